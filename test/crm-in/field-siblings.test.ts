/** Neighbours of what went wrong in the field: the same kind of input, another one of it, from HubSpot's side. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";
import { type CrmIn, crmIn, hubspotEvent, signed } from "./crm-in.fixture.ts";
import { makeForm, readForms, submit } from "./hubspot-forms.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada", company: "Acme Systems" };
const MINUTE_MS = 60_000;
const AGENTS = { config: { agents: [scoresByPoints, findsNothing] } };

const records = (crm: CrmIn, type: string) => [...(crm.simulator.account().tables.get(type)?.records.values() ?? [])];
const lists = (crm: CrmIn, id: string) => crm.contact(id).then((contact) => contact?.facts.lists ?? []);

async function onlyId(crm: CrmIn): Promise<string> {
  const ids = [...(crm.simulator.account().tables.get("0-1")?.records.keys() ?? [])];
  assert.equal(ids.length, 1, "one contact stands in HubSpot");
  return ids[0] ?? "";
}

/** HubSpot delivers changes of one contact in the order given. */
async function deliver(crm: CrmIn, changes: readonly Record<string, unknown>[]): Promise<void> {
  const url = `${crm.gateway.url}/webhooks/hubspot`;
  for (const change of changes) {
    const body = JSON.stringify([hubspotEvent({ ...change, attemptNumber: 2 })]);
    const { status } = await fetch(url, signed(url, body, crm.test.clock.now()));
    assert.equal(status, 204);
    await crm.settle();
  }
}

describe("a form sent at HubSpot by someone we know", () => {
  it("under the address in capitals is a form of that contact", async () => {
    await using crm = await crmIn({ webhooks: false, ...AGENTS });
    const form = await makeForm(crm);
    await readForms(crm);
    await crm.test.engine.append([formSubmitted({ ...ADA, points: 50 })]);
    await crm.settle();
    crm.test.clock.advance(2 * MINUTE_MS);
    await submit(crm, form, { email: "  ADA@Acme-Systems.Example ", firstname: "Ada" });
    assert.equal(await readForms(crm), 1);
    assert.equal(await crm.count("select count(distinct contact) from events where type = 'form_submitted'"), 1);
    assert.equal((await crm.events("form_submitted")).length, 2);
  });
});

describe("a score edited in HubSpot", () => {
  it("takes the lead off the low list, and back onto it", async () => {
    await using crm = await crmIn(AGENTS);
    await crm.test.engine.append([formSubmitted({ ...ADA, points: 20 })]);
    await crm.settle();
    const id = await onlyId(crm);
    assert.deepEqual(await lists(crm, id), ["low_priority"]);
    for (const [score, expected] of [
      ["90", []],
      ["15", ["low_priority"]],
    ] as const) {
      crm.test.clock.advance(5 * MINUTE_MS);
      await crm.edit(id, { lead_score: score });
      await crm.settle();
      assert.deepEqual(await lists(crm, id), expected);
    }
  });

  it("to hot ends a nurture, its timers too, and HubSpot sees band and status", async () => {
    await using crm = await crmIn(AGENTS);
    await crm.test.engine.append([formSubmitted({ ...ADA, points: 50 })]);
    await crm.settle();
    const id = await onlyId(crm);
    crm.test.clock.advance(5 * MINUTE_MS);
    await crm.edit(id, { lead_score: "95" });
    await crm.settle();
    assert.equal((await crm.contact(id))?.facts.sequence, undefined);
    assert.equal(await crm.count("select count(*) from scheduled_events"), 0, "no touch waits");
    const theirs = records(crm, "0-1")[0]?.properties;
    assert.deepEqual([theirs?.get("lead_band"), theirs?.get("lead_score")], ["hot", "95"]);
  });
});

describe("a status that comes late", () => {
  it("UNQUALIFIED and then OPEN, the newer first: the lead is open", async () => {
    await using crm = await crmIn(AGENTS);
    await crm.test.engine.append([formSubmitted({ ...ADA, points: 50 })]);
    await crm.settle();
    const id = await onlyId(crm);
    crm.simulator.webhooks.delivery.settings.targetUrl = undefined;
    const edits: Record<string, unknown>[] = [];
    for (const value of ["UNQUALIFIED", "OPEN"]) {
      crm.test.clock.advance(5 * MINUTE_MS);
      await crm.edit(id, { hs_lead_status: value });
      const occurredAt = crm.test.clock.now();
      edits.push({ objectId: Number(id), propertyName: "hs_lead_status", propertyValue: value, occurredAt });
    }
    crm.test.clock.advance(5 * MINUTE_MS);
    await deliver(crm, edits.toReversed());
    const contact = await crm.contact(id);
    assert.equal(contact?.properties.hs_lead_status, "OPEN");
    assert.equal(contact?.facts.declined, undefined, JSON.stringify(contact?.facts));
  });
});

describe("spam in the name of someone HubSpot knows", () => {
  it("changes nothing there", async () => {
    await using crm = await crmIn(AGENTS);
    await crm.test.engine.append([formSubmitted({ ...ADA, points: 50 })]);
    await crm.settle();
    crm.test.clock.advance(5 * MINUTE_MS);
    await crm.test.engine.append([
      formSubmitted({ ...ADA, firstname: "Buy now", company: "Spam Inc", hp_website: "https://spam.example" }),
    ]);
    await crm.settle();
    const theirs = records(crm, "0-1")[0]?.properties;
    assert.deepEqual([theirs?.get("firstname"), theirs?.get("company")], ["Ada", "Acme Systems"]);
  });
});

describe("a purchase of someone HubSpot has never seen", () => {
  it("stands in HubSpot on a new contact, with its stage, once", async () => {
    await using crm = await crmIn(AGENTS);
    const data = { email: "bob@shop.example", product: "Team plan", amount: 490, currency: "EUR" };
    await crm.test.engine.append([{ type: "customer_purchased", data }]);
    await crm.settle();
    assert.deepEqual(
      records(crm, "0-1").map(({ properties }) => properties.get("lifecyclestage")),
      ["customer"],
    );
    const notes = records(crm, "0-46").filter(({ properties }) =>
      String(properties.get("hs_note_body")).startsWith("Bought"),
    );
    assert.equal(notes.length, 1);
    const { tasks } = await traceOf(crm.test.engine);
    assert.equal(count(tasks, "customer_onboarding WAITING HIGH"), 1, tasks.join("\n"));
  });
});
