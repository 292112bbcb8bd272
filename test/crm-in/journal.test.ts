/** What HubSpot's journal tells comes in like webhooks: once, whatever else told it, and after any silence. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EngineHandle } from "../../packages/millrace/src/engine/engine-handle.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { formSubmitted } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { type CrmIn, type CrmInOptions, crmIn, hubspotEvent, signed } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada", company: "Acme Systems", jobtitle: "CTO" };
const DAY_MS = 86_400_000;

/** HubSpot cannot reach us; the journal is read when the test says so. */
async function reading({ webhooks = false, ...options }: CrmInOptions = {}): Promise<CrmIn> {
  const hubspot = { clientId: "simulated-client-id", ...options.hubspot };
  const crm = await crmIn({ ...options, webhooks, hubspot });
  await crm.hubspot.readJournalNow();
  return crm;
}

async function read(crm: CrmIn): Promise<void> {
  await crm.hubspot.readJournalNow();
  await crm.settle();
}

const journalCalls = ({ simulator }: CrmIn) =>
  simulator.calls.latest(1_000).filter(({ path }) => path.startsWith("/webhooks-journal/journal/")).length;

async function deleteIn(crm: CrmIn, id: string): Promise<void> {
  const { api } = crm;
  const path = api.paths.object("contacts", id);
  const answer = await api.request({ method: "DELETE", path, urgency: "normal", kind: "other" });
  assert.ok(answer.ok);
}

const titlesHeard = async (crm: CrmIn) =>
  (await crm.events("contact_updated")).map(({ data }) => data.changes.jobtitle?.to);

describe("the journal", () => {
  it("brings a contact, an edit, a deletion, and the end of a person's task, each once", async () => {
    await using crm = await reading();
    const id = await crm.make(ADA);
    await read(crm);
    assert.equal((await crm.contact(id))?.properties.firstname, "Ada");
    crm.test.clock.advance(60_000);
    await crm.edit(id, { jobtitle: "CEO", lead_score: "90" });
    await read(crm);
    await read(crm);
    const edits = (await crm.events("contact_updated")).flatMap(({ data }) => Object.keys(data.changes));
    assert.deepEqual(edits.toSorted(), ["jobtitle", "lead_score"]);
    assert.equal((await crm.contact(id))?.properties.jobtitle, "CEO");
    let mirrored: { task: number; id: string }[] = [];
    await until(async () => {
      mirrored = await crm.test.engine.db.query(
        "select m.task, m.hubspot_id as id from crm_tasks m join tasks t on t.id = m.task where t.kind = 'human_review' and m.hubspot_id is not null",
      );
      return mirrored.length > 0;
    });
    await read(crm);
    assert.deepEqual(await crm.events("crm_task_changed"), [], "that we showed it there is nothing anybody did");
    crm.test.clock.advance(60_000);
    await crm.edit(mirrored[0]?.id ?? "", { hs_task_status: "COMPLETED" }, "tasks");
    await deleteIn(crm, id);
    await read(crm);
    const ended = `select count(*) from finished_tasks where id = ${mirrored[0]?.task} and state = 'COMPLETED'`;
    assert.equal(await crm.count(ended), 1);
    assert.equal((await crm.events("contact_deleted")).length, 1);
    assert.equal((await crm.events("contact_created")).length, 1);
    assert.deepEqual(crm.test.errors, []);
  });

  it("and webhooks and polling that tell the same are one change, down to the deletion", async () => {
    await using crm = await reading({ webhooks: true });
    await crm.hubspot.pollNow();
    const id = await crm.make(ADA);
    await crm.settle();
    crm.test.clock.advance(300_000);
    await crm.edit(id, { jobtitle: "CEO" });
    await Promise.all([crm.hubspot.readJournalNow(), crm.hubspot.pollNow()]);
    await crm.settle();
    await deleteIn(crm, id);
    await crm.settle();
    const before = await crm.count("select count(*) from events where source like 'hubspot:%'");
    await read(crm);
    assert.equal(await crm.count("select count(*) from events where source like 'hubspot:%'"), before);
    for (const type of ["contact_created", "contact_updated", "contact_deleted"])
      assert.equal((await crm.events(type)).length, 1, type);
  });

  it("that gives another moment than the webhook did changes nothing either", async () => {
    await using crm = await reading();
    const id = await crm.make(ADA);
    await read(crm);
    crm.test.clock.advance(60_000);
    await crm.edit(id, { jobtitle: "CEO" });
    const url = `${crm.gateway.url}/webhooks/hubspot`;
    const now = crm.test.clock.now();
    const told = hubspotEvent({ objectId: Number(id), occurredAt: now + 400, propertyValue: "CEO" });
    assert.equal((await fetch(url, signed(url, JSON.stringify([told]), now))).status, 204);
    await crm.settle();
    await read(crm);
    assert.deepEqual(await titlesHeard(crm), ["CEO"]);
    assert.equal((await crm.events("crm_change_noted")).filter(({ data }) => data.value === "CEO").length, 1);
  });

  it("tells of our own writes too, not saying that they are ours; nothing follows", async () => {
    await using crm = await reading();
    await crm.test.engine.append([formSubmitted(ADA)]);
    await crm.settle();
    await read(crm);
    assert.deepEqual(await crm.events("contact_updated"), []);
    assert.equal((await crm.events("contact_created")).length, 1);
    const echoes = await crm.events("crm_change_noted");
    const values = Object.assign({}, ...echoes.map(({ data }) => data.properties ?? { [data.property]: data.value }));
    assert.equal(values.jobtitle, "CTO", JSON.stringify(echoes));
    const names = Object.keys(values).length;
    assert.ok(echoes.length < names / 2, `${echoes.length} events for ${names} properties`);
  });

  it("loses nothing and doubles nothing when the transaction that keeps its changes fails, and when two read at once", async () => {
    await using crm = await reading();
    const { db } = crm.test.engine;
    const id = await crm.make(ADA);
    await read(crm);
    await db.query("create function refuse() returns trigger language plpgsql as $$ begin raise 'not now'; end $$");
    await db.query("create trigger refuse before insert on hubspot_deliveries for each row execute function refuse()");
    crm.test.clock.advance(60_000);
    await crm.edit(id, { jobtitle: "title 1" });
    await assert.rejects(crm.hubspot.readJournalNow(), /not now/);
    await db.query("drop trigger refuse on hubspot_deliveries");
    const other: EngineHandle = await openEngine(
      { databaseUrl: crm.test.url, hubspot: crm.test.engine.config.hubspot },
      { clock: crm.test.clock },
    );
    try {
      for (let i = 2; i <= 10; i++) {
        crm.test.clock.advance(1_000);
        await crm.edit(id, { jobtitle: `title ${i}` });
        await Promise.all([crm.hubspot.readJournalNow(), other.hubspot?.readJournalNow()]);
      }
    } finally {
      await other.stop();
    }
    await read(crm);
    const expected = Array.from({ length: 10 }, (_, i) => `title ${i + 1}`);
    assert.deepEqual(await titlesHeard(crm), expected);
  });

  it("whose file came cut off is asked for it again: nothing in it is passed over", async () => {
    await using crm = await reading();
    const id = await crm.make(ADA);
    await read(crm);
    crm.test.clock.advance(60_000);
    await crm.edit(id, { jobtitle: "CEO" });
    crm.simulator.faults.set({ wrongJson: 1, onlyPath: "/webhooks-journal/files/" });
    await assert.rejects(crm.hubspot.readJournalNow(), /its file cannot be read: it is not JSON/);
    crm.simulator.faults.reset();
    await read(crm);
    assert.deepEqual(await titlesHeard(crm), ["CEO"]);
    assert.equal(await crm.count("select count(*) from crm_set_aside"), 0);
  });

  it("with one change that cannot be read keeps that for a person; the others come in", async () => {
    await using crm = await reading();
    const id = await crm.make(ADA);
    await read(crm);
    crm.test.clock.advance(60_000);
    await crm.edit(id, { jobtitle: "x".repeat(20_000), firstname: "Augusta" });
    await crm.edit(id, { company: "Acme" });
    await read(crm);
    assert.equal(await crm.count("select count(*) from crm_set_aside where raw like '%xxxx%'"), 1);
    const { firstname, company, jobtitle } = (await crm.contact(id))?.properties ?? {};
    assert.deepEqual([firstname, company, jobtitle], ["Augusta", "Acme", "CTO"]);
  });

  it("is read on after its token ended, or was taken back", async () => {
    await using crm = await reading();
    const id = await crm.make(ADA);
    await read(crm);
    crm.test.clock.advance(2_000_000);
    await crm.edit(id, { jobtitle: "CEO" });
    await read(crm);
    crm.simulator.appTokens.revoke();
    await crm.edit(id, { jobtitle: "Chair" });
    await read(crm);
    assert.deepEqual(await titlesHeard(crm), ["CEO", "Chair"]);
  });
});

describe("a journal that was not read for longer than it keeps", () => {
  it("is told once, what changed meanwhile is asked for, and the reading goes on", async () => {
    await using crm = await reading();
    const id = await crm.make(ADA);
    await read(crm);
    crm.test.clock.advance(3_600_000);
    await crm.edit(id, { jobtitle: "CEO" });
    crm.test.clock.advance(4 * DAY_MS);
    await crm.edit(id, { company: "Acme" });
    await read(crm);
    await read(crm);
    assert.equal((await crm.contact(id))?.properties.jobtitle, "CEO");
    assert.equal((await crm.contact(id))?.properties.company, "Acme");
    crm.test.clock.advance(60_000);
    await crm.edit(id, { jobtitle: "Chair" });
    await read(crm);
    assert.deepEqual(
      (await titlesHeard(crm)).filter((title) => title !== undefined),
      ["CEO", "Chair"],
    );
    assert.equal((await crm.events("crm_changes_missed")).length, 1);
    assert.equal(await crm.count("select count(*) from alerts where name = 'crm_changes_missed'"), 1);
  });

  it("is no gap when nothing happened in an account that was looked at every day", async () => {
    await using crm = await reading();
    const id = await crm.make(ADA);
    for (let day = 0; day < 6; day++) {
      await read(crm);
      crm.test.clock.advance(DAY_MS);
    }
    await crm.edit(id, { jobtitle: "CEO" });
    await read(crm);
    assert.deepEqual(await titlesHeard(crm), ["CEO"]);
    assert.deepEqual(await crm.events("crm_changes_missed"), []);
  });
});

describe("hubspot.journalEveryMs", () => {
  it("is how often the journal is looked at, and lets polling rest; without it nobody does", async () => {
    await using crm = await reading({ hubspot: { journalEveryMs: 5_000, pollEveryMs: 60_000 } });
    const looks = journalCalls(crm);
    const id = await crm.make(ADA);
    await until(async () => {
      crm.test.clock.advance(5_000);
      return (await crm.contact(id)) !== undefined;
    });
    assert.ok(journalCalls(crm) > looks);
    const searches = crm.simulator.calls.latest(1_000).filter(({ path }) => path.endsWith("contacts/search"));
    assert.deepEqual(searches, []);
    await using without = await crmIn({ webhooks: false, hubspot: { clientId: "simulated-client-id" } });
    await without.make(ADA);
    without.test.clock.advance(DAY_MS);
    await without.settle();
    assert.equal(journalCalls(without), 0);
  });
});
