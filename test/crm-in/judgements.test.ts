/** What sales say of a lead in HubSpot counts here: a customer, a lead set aside, bad timing; and a purchase is written there. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";
import { type CrmIn, crmIn } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada", company: "Acme Systems" };
const DAY_MS = 86_400_000;
const SUBSCRIBED = { eventType: "contact.propertyChange", propertyName: "hs_lead_status" };

/** A nurtured lead whom HubSpot knows. */
async function nurtured(config = {}): Promise<CrmIn & { id: string }> {
  const crm = await crmIn({ config: { agents: [scoresByPoints, findsNothing], ...config } });
  crm.simulator.webhooks.state.subscriptions.push({
    ...SUBSCRIBED,
    id: 900,
    active: true,
    createdAt: 0,
    updatedAt: 0,
  });
  await crm.test.engine.append([formSubmitted({ ...ADA, points: 50 })]);
  await crm.settle();
  const [row] = await crm.test.engine.db.query<{ id: string }>(
    "select value as id from contact_identities where kind = 'hubspot'",
  );
  crm.test.clock.advance(60_000);
  return { ...crm, id: row?.id ?? "" };
}

const facts = async (crm: CrmIn & { id: string }) => (await crm.contact(crm.id))?.facts;

/** Given a lead in nurture; when a person edits it in HubSpot; then this is in the log, and it is in a sequence or not. */
const CASES: readonly {
  readonly name: string;
  readonly edit: Record<string, string>;
  readonly fact: string;
  readonly isNurtured: boolean;
  readonly config?: object;
}[] = [
  {
    name: "the stage of a customer",
    edit: { lifecyclestage: "customer" },
    fact: "purchase_completed",
    isNurtured: false,
  },
  {
    name: "a stage beyond it",
    edit: { lifecyclestage: "evangelist" },
    fact: "purchase_completed",
    isNurtured: false,
  },
  {
    name: "a stage that the settings call a customer's",
    edit: { lifecyclestage: "opportunity" },
    fact: "purchase_completed",
    isNurtured: false,
    config: { pack: { crmSays: { customerStages: ["opportunity"] } } },
  },
  {
    name: "the status UNQUALIFIED",
    edit: { hs_lead_status: "UNQUALIFIED" },
    fact: "lead_set_aside",
    isNurtured: false,
  },
  { name: "the status BAD_TIMING", edit: { hs_lead_status: "BAD_TIMING" }, fact: "lead_set_aside", isNurtured: false },
  { name: "a stage of a lead", edit: { lifecyclestage: "opportunity" }, fact: "contact_updated", isNurtured: true },
  { name: "a status of a lead", edit: { hs_lead_status: "CONNECTED" }, fact: "contact_updated", isNurtured: true },
];

describe("in HubSpot a person gives a nurtured lead", () => {
  for (const { name, edit, fact, isNurtured, config } of CASES) {
    it(`${name}: ${isNurtured ? "nurture goes on" : "prospecting ends"}`, async () => {
      await using crm = await nurtured(config);
      assert.equal((await facts(crm))?.sequence === undefined, false, "it was nurtured before");
      await crm.edit(crm.id, edit);
      await crm.settle();
      assert.equal((await crm.events(fact)).length, 1);
      assert.equal((await facts(crm))?.sequence !== undefined, isNurtured);
      const timers = await crm.count("select count(*) from scheduled_events where key like '%next_touch%'");
      assert.equal(timers, isNurtured ? 1 : 0);
      assert.deepEqual(crm.test.errors, []);
    });
  }

  it("the stage of a customer: onboarding is asked for, once, and the shop's purchase after it asks anew", async () => {
    await using crm = await nurtured();
    await crm.edit(crm.id, { lifecyclestage: "customer" });
    await crm.settle();
    crm.test.clock.advance(60_000);
    await crm.edit(crm.id, { lifecyclestage: "evangelist" });
    await crm.settle();
    const trace = await traceOf(crm.test.engine);
    assert.equal(count(trace.events, "purchase_completed"), 1);
    assert.equal(count(trace.tasks, "customer_onboarding WAITING HIGH"), 1);
  });

  it("BAD_TIMING: for so long as badTimingFor says", async () => {
    await using crm = await nurtured({ pack: { crmSays: { badTimingFor: "10d" } } });
    await crm.edit(crm.id, { hs_lead_status: "BAD_TIMING" });
    await crm.settle();
    const declined = (await facts(crm))?.declined as { until: number; at: number };
    assert.equal(declined.until - declined.at, 10 * DAY_MS);
  });

  it("UNQUALIFIED and then an open status: the lead may be written to again", async () => {
    await using crm = await nurtured();
    await crm.edit(crm.id, { hs_lead_status: "UNQUALIFIED" });
    await crm.settle();
    crm.test.clock.advance(60_000);
    await crm.edit(crm.id, { hs_lead_status: "OPEN" });
    await crm.settle();
    assert.deepEqual(
      (await crm.events("lead_taken_up")).map(({ data }) => data.status),
      ["OPEN"],
    );
    assert.equal((await facts(crm))?.declined, undefined);
  });
});

describe("a contact that is a customer in HubSpot when it is first met", () => {
  it("is never prospected, and no one is asked to welcome it", async () => {
    await using crm = await crmIn();
    const id = await crm.make({ ...ADA, lifecyclestage: "customer", jobtitle: "CTO" });
    await crm.settle();
    assert.equal((await crm.events("customer_recognised")).length, 1);
    assert.equal((await crm.events("purchase_completed")).length, 0);
    const trace = await traceOf(crm.test.engine);
    assert.equal(trace.tasks.filter((task) => task.startsWith("customer_onboarding")).length, 0);
    crm.test.clock.advance(60_000);
    await crm.edit(id, { lead_score: "80" });
    await crm.settle();
    assert.equal(trace.emails.length, 0);
  });
});

describe("a purchase that comes from a shop", () => {
  it("stands in HubSpot: the stage, and a note with product and price, once", async () => {
    await using crm = await nurtured();
    const data = { email: ADA.email, product: "Team plan", amount: 490, currency: "EUR" };
    await crm.test.engine.append([{ type: "customer_purchased", data }]);
    await crm.settle();
    const records = (type: string) => [...(crm.simulator.account().tables.get(type)?.records.values() ?? [])];
    assert.equal(records("0-1")[0]?.properties.get("lifecyclestage"), "customer");
    const notes = records("0-46").map(({ properties }) => properties.get("hs_note_body"));
    assert.equal(notes.filter((note) => note === "Bought: Team plan (490 EUR).").length, 1);
    assert.equal((await crm.events("purchase_completed")).length, 1, "its echo is no second purchase");
  });
});
