/** What a person lifts here is lifted in HubSpot too, with the reason, and a later look at HubSpot does not bring it back. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { putValues } from "../../packages/hubspot-simulator/src/account/records.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";
import { type CrmIn, crmIn } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada" };
const WHY = { contact: ADA.email, reason: "She asked about <prices>, not to leave." };

async function withLead(webhooks = false): Promise<CrmIn & { id: string }> {
  const crm = await crmIn({ webhooks, config: { agents: [scoresByPoints, findsNothing] } });
  crm.simulator.account().subscriptionTypes.push({
    id: "9001",
    name: "News",
    description: "",
    purpose: "",
    isInternal: false,
    createdAt: "2026-01-01T00:00:00Z",
  });
  await crm.test.engine.append([formSubmitted({ ...ADA, points: 50 })]);
  await crm.settle();
  await crm.hubspot.pollNow();
  crm.test.clock.advance(60_000);
  const [row] = await crm.test.engine.db.query<{ id: string }>(
    "select value as id from contact_identities where kind = 'hubspot'",
  );
  return { ...crm, id: row?.id ?? "" };
}

async function optedOut(crm: CrmIn): Promise<void> {
  await crm.test.engine.append([{ type: "opted_out", data: { email: ADA.email, by: "reply" } }]);
  await crm.settle();
  crm.test.clock.advance(60_000);
}

async function lifted(crm: CrmIn): Promise<void> {
  await crm.test.engine.actions.liftOptOut(WHY, { by: "person:grace" });
  await crm.settle();
  crm.test.clock.advance(60_000);
}

const consents = (crm: CrmIn) =>
  Object.fromEntries(
    [...(crm.simulator.account().consents.get(ADA.email) ?? [])].map(([key, { status }]) => [key, status]),
  );

const notes = (crm: CrmIn) =>
  [...(crm.simulator.account().tables.get("0-46")?.records.values() ?? [])].map((record) =>
    String(Object.fromEntries(record.properties).hs_note_body),
  );

const isOut = async (crm: CrmIn & { id: string }) => (await crm.contact(crm.id))?.facts.optedOut !== undefined;

/** As a page of HubSpot's sets it: its API cannot. */
function flag(crm: CrmIn & { id: string }, value: "true" | "false"): void {
  const account = crm.simulator.account();
  const table = account.tables.get("0-1");
  const record = table?.records.get(crm.id);
  assert.ok(table && record);
  putValues(account, table, record, new Map([["hs_email_optout", value]]), {
    changeSource: "CRM_UI",
    sourceId: "userId:7",
  });
}

describe("an opt-out that a person lifts", () => {
  it("ends in HubSpot too: its subscriptions, a note with the reason and who, a task for what its API cannot do", async () => {
    await using crm = await withLead();
    await optedOut(crm);
    assert.deepEqual(consents(crm), { all: "UNSUBSCRIBED" });
    await lifted(crm);
    assert.equal(await isOut(crm), false);
    assert.equal(consents(crm)["9001"], "SUBSCRIBED");
    const note = notes(crm).find((text) => text.includes("opt-out was lifted"));
    assert.equal(note, "The opt-out was lifted by grace: She asked about &lt;prices&gt;, not to leave.");
    const [fact] = await crm.events("opt_out_lifted");
    assert.deepEqual([fact?.actor, fact?.data.reason], ["person:grace", WHY.reason]);
    const task = "select count(*) from tasks where merge_key like 'lift_opt_out_in_hubspot%'";
    assert.equal(await crm.count(task), 1);
    assert.deepEqual(crm.test.errors, []);
  });

  it("is not brought back by a poll that still sees the flag; a new one in HubSpot is heard", async () => {
    await using crm = await withLead();
    await optedOut(crm);
    await lifted(crm);
    await crm.edit(crm.id, { jobtitle: "CEO" });
    await crm.hubspot.pollNow();
    await crm.settle();
    assert.equal((await crm.contact(crm.id))?.properties.jobtitle, "CEO", "the poll has seen the contact");
    assert.equal(await isOut(crm), false);
    crm.test.clock.advance(60_000);
    flag(crm, "false");
    crm.test.clock.advance(60_000);
    flag(crm, "true");
    await crm.hubspot.pollNow();
    await crm.settle();
    assert.equal(await isOut(crm), true);
  });
});

/** Known here by an address alone, as before HubSpot and we have met them. */
async function unmet(crm: CrmIn): Promise<void> {
  const { db } = crm.test.engine;
  await db.query("delete from contact_identities where kind = 'hubspot'");
  await db.query("delete from crm_records");
}

/** In each HubSpot names the contact for the first time; webhooks lead to the waiting room, which asks who it is. */
const MEETINGS: Readonly<Record<string, (crm: CrmIn & { id: string }) => Promise<void>>> = {
  "the import": async (crm) => {
    assert.equal((await crm.hubspot.importAll(false, () => {})).recognised, 1);
  },
  "a poll": async (crm) => {
    await crm.edit(crm.id, { jobtitle: "CEO" });
    await crm.hubspot.pollNow();
  },
  "a webhook": async (crm) => crm.edit(crm.id, { jobtitle: `CEO ${crm.test.clock.now()}` }),
};

for (const [how, meet] of Object.entries(MEETINGS)) {
  describe(`a contact whose opt-out was lifted, met in HubSpot by ${how}`, () => {
    it("stays lifted where the flag there is older; one that was set since is heard", async () => {
      await using crm = await withLead(how === "a webhook");
      await optedOut(crm);
      flag(crm, "true");
      crm.test.clock.advance(60_000);
      await lifted(crm);
      await unmet(crm);
      await meet(crm);
      await crm.settle();
      assert.notEqual(await crm.contact(crm.id), undefined, "they have met");
      assert.equal(await isOut(crm), false);
      await unmet(crm);
      flag(crm, "false");
      crm.test.clock.advance(60_000);
      flag(crm, "true");
      await meet(crm);
      await crm.settle();
      assert.equal(await isOut(crm), true);
    });
  });
}

describe("the suppression of an address that a person lifts", () => {
  it("stands in HubSpot as a note with the reason and who", async () => {
    await using crm = await withLead();
    await crm.test.engine.append([
      { type: "email_bounced", data: { hard: true, reason: "5.1.1" }, contact: { email: ADA.email } },
    ]);
    await crm.settle();
    await crm.test.engine.actions.liftSuppression(
      { ...WHY, reason: "Their server was broken." },
      { by: "person:grace" },
    );
    await crm.settle();
    assert.equal((await crm.contact(crm.id))?.facts.bounced, undefined);
    assert.ok(notes(crm).includes("The address is written to again, as grace says: Their server was broken."));
  });
});
