/** What no webhook told is found by asking, after any silence, and an import brings everybody, once. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { on, stop, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { type CrmIn, crmIn, hubspotEvent, signed } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada", company: "Acme Systems", jobtitle: "CTO" };
const UNHEARD = { webhooks: false } as const;

async function polled(crm: CrmIn): Promise<void> {
  await crm.hubspot.pollNow();
  await crm.settle();
}

/** Contacts in HubSpot, a hundred in a call and a second. @returns HubSpot's ids. */
async function makeMany(crm: CrmIn, count: number): Promise<string[]> {
  const ids: string[] = [];
  const path = crm.api.paths.batch("contacts", "create");
  for (let at = 0; at < count; at += 100) {
    crm.test.clock.advance(1_000);
    const inputs = Array.from({ length: 100 }, (_, i) => ({ properties: { email: `lead${at + i}@acme.example` } }));
    const answer = await crm.api.request({ method: "POST", path, body: { inputs }, urgency: "normal", kind: "other" });
    assert.ok(answer.ok, JSON.stringify(answer));
    ids.push(...(answer.body as { results: { id: string }[] }).results.map((one) => one.id));
  }
  return ids;
}

describe("polling", () => {
  it("finds a contact, an edit and a closed task that no webhook told of, each once", async () => {
    await using crm = await crmIn(UNHEARD);
    await crm.hubspot.pollNow();
    const id = await crm.make(ADA);
    await polled(crm);
    assert.equal((await crm.events("contact_created")).length, 1);
    crm.test.clock.advance(300_000);
    await crm.edit(id, { jobtitle: "CEO", lead_score: "90" });
    await polled(crm);
    await polled(crm);
    assert.equal((await crm.contact(id))?.properties.jobtitle, "CEO");
    const edits = (await crm.events("contact_updated")).flatMap(({ data }) => Object.keys(data.changes));
    assert.deepEqual(edits.toSorted(), ["jobtitle", "lead_score"]);
    let mirrored: { task: number; id: string }[] = [];
    for (let i = 0; i < 300 && mirrored.length === 0; i++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      mirrored = await crm.test.engine.db.query(
        "select m.task, m.hubspot_id as id from crm_tasks m join tasks t on t.id = m.task where t.kind = 'human_review' and m.hubspot_id is not null",
      );
    }
    crm.test.clock.advance(300_000);
    await crm.edit(mirrored[0]?.id ?? "", { hs_task_status: "COMPLETED" }, "tasks");
    await polled(crm);
    assert.equal(
      await crm.count(`select count(*) from finished_tasks where id = ${mirrored[0]?.task} and state = 'COMPLETED'`),
      1,
    );
    assert.deepEqual(crm.test.errors, []);
  });

  it("and webhooks that tell the same are one change", async () => {
    await using crm = await crmIn();
    await crm.hubspot.pollNow();
    const id = await crm.make(ADA);
    await crm.settle();
    crm.test.clock.advance(300_000);
    await Promise.all([crm.edit(id, { jobtitle: "CEO" }), crm.hubspot.pollNow()]);
    await polled(crm);
    await crm.settle();
    assert.equal((await crm.events("contact_updated")).length, 1);
    assert.equal((await crm.events("contact_created")).length, 1);
  });

  it("catches up on 25 hours of 2,000 changes after an outage; a webhook that comes yet later starts nothing again", async () => {
    const noticed = workflow("noticed", {}, [on("contact_updated", stop("seen"))]);
    await using crm = await crmIn({ ...UNHEARD, config: { pack: false, workflows: [noticed] } });
    await crm.hubspot.pollNow();
    const ids = await makeMany(crm, 2_000);
    await polled(crm);
    assert.equal(await crm.count("select count(*) from contacts"), 2_000);
    const moments: number[] = [];
    for (const [i, id] of ids.entries()) {
      if (i % 100 === 0) crm.test.clock.advance(75 * 60_000);
      await crm.edit(id, { jobtitle: `Head of ${i}` });
      moments.push(crm.test.clock.now());
    }
    await polled(crm);
    await polled(crm);
    const titled = "select count(*) from contacts where properties->>'jobtitle' like 'Head of %'";
    assert.equal(await crm.count(titled), 2_000);
    const url = `${crm.gateway.url}/webhooks/hubspot`;
    const late = ids.slice(-100).map((id, i) =>
      hubspotEvent({
        objectId: Number(id),
        occurredAt: moments.at(i - 100),
        propertyValue: `Head of ${1_900 + i}`,
        attemptNumber: 10,
      }),
    );
    const told = await fetch(url, signed(url, JSON.stringify(late), crm.test.clock.now()));
    assert.equal(told.status, 204);
    await crm.settle();
    assert.equal(await crm.count("select count(*) from crm_set_aside"), 0);
    assert.equal((await crm.events("contact_updated")).length, 2_000);
    assert.equal(await crm.count("select count(*) from decisions where workflow = 'noticed'"), 2_000);
    assert.equal(await crm.count("select count(distinct contact) from decisions where workflow = 'noticed'"), 2_000);
    assert.deepEqual(crm.test.errors, []);
  });

  it("finds everybody when more have changed than one search gives", { timeout: 120_000 }, async () => {
    await using crm = await crmIn({ ...UNHEARD, config: { pack: false } });
    await crm.hubspot.pollNow();
    await makeMany(crm, 10_300);
    await polled(crm);
    assert.equal(await crm.count("select count(*) from contacts"), 10_300);
    assert.equal(await crm.count("select count(*) from events where type = 'contact_created'"), 10_300);
    assert.deepEqual(crm.test.errors, []);
  });

  it("rests while webhooks come, never asks when told so, and asks again when they are silent", async () => {
    await using crm = await crmIn({ hubspot: { pollEveryMs: 60_000 } });
    const searches = () =>
      crm.simulator.calls.latest().filter(({ path }) => /(contacts|tasks).search$/.test(path)).length;
    const settled = () => new Promise((resolve) => setTimeout(resolve, 1_200));
    await settled();
    await crm.make(ADA);
    await crm.settle();
    crm.test.clock.advance(120_000);
    await settled();
    assert.equal(searches(), 0);
    crm.test.clock.advance(1_000_000);
    await settled();
    assert.ok(searches() > 0);
  });
});

describe("an import", () => {
  it("that was killed goes on where it was; everybody comes in once, however often it is run", async () => {
    await using crm = await crmIn({ ...UNHEARD, config: { pack: false } });
    const { api } = crm;
    for (let i = 0; i < 5; i++) {
      const inputs = Array.from({ length: 100 }, (_, j) => ({
        properties: { email: `lead${i * 100 + j}@acme.example`, firstname: `Lead ${j}`, numemployees: "250" },
      }));
      const path = api.paths.batch("contacts", "create");
      const answer = await api.request({ method: "POST", path, body: { inputs }, urgency: "normal", kind: "other" });
      assert.ok(answer.ok, JSON.stringify(answer));
    }
    await crm.test.engine.append([{ type: "contact_created", data: { email: "lead7@acme.example" } }]);
    const dry = await crm.hubspot.importAll(true, () => {});
    assert.deepEqual(dry, { seen: 500, taken: 499, recognised: 1, known: 0, isResumed: false });
    await assert.rejects(
      crm.hubspot.importAll(false, ({ seen }) => {
        if (seen === 200) throw new Error("killed");
      }),
    );
    const second = await crm.hubspot.importAll(false, () => {});
    assert.equal(second.isResumed, true);
    assert.equal(second.seen, 300);
    await crm.settle();
    while ((await crm.count("select count(*) from bulk_events")) > 0) await crm.settle();
    assert.equal(await crm.count("select count(*) from contacts"), 500);
    const third = await crm.hubspot.importAll(false, () => {});
    assert.deepEqual(third, { seen: 500, taken: 0, recognised: 0, known: 500, isResumed: false });
    await crm.settle();
    assert.equal((await crm.events("contact_created")).length, 500);
    const [lead] = await crm.test.engine.db.query<{ employees: unknown }>(
      "select properties->'numberofemployees' as employees from contacts where properties->>'email' = 'lead9@acme.example'",
    );
    assert.deepEqual(lead, { employees: 250 });
    assert.equal(await crm.count("select count(*) from bulk_events"), 0);
  });
});
