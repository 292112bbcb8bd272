/** What no webhook told is found by asking, after any silence, and an import brings everybody, once. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CrmIn, crmIn } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada", company: "Acme Systems", jobtitle: "CTO" };
const UNHEARD = { webhooks: false } as const;

async function polled(crm: CrmIn): Promise<void> {
  await crm.hubspot.pollNow();
  await crm.settle();
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

  it("catches up on 25 hours of 2,000 changes after an outage, nothing doubled", async () => {
    await using crm = await crmIn({ ...UNHEARD, config: { pack: false } });
    await crm.hubspot.pollNow();
    const { api } = crm;
    const ids: string[] = [];
    for (let i = 0; i < 20; i++) {
      const inputs = Array.from({ length: 100 }, (_, j) => ({
        properties: { email: `lead${i * 100 + j}@acme.example` },
      }));
      const path = api.paths.batch("contacts", "create");
      const answer = await api.request({ method: "POST", path, body: { inputs }, urgency: "normal", kind: "other" });
      assert.ok(answer.ok, JSON.stringify(answer));
      ids.push(...(answer.body as { results: { id: string }[] }).results.map((one) => one.id));
    }
    await polled(crm);
    assert.equal(await crm.count("select count(*) from contacts"), 2_000);
    for (const [i, id] of ids.entries()) {
      if (i % 100 === 0) crm.test.clock.advance(75 * 60_000);
      await crm.edit(id, { jobtitle: `Head of ${i}` });
    }
    await polled(crm);
    await polled(crm);
    assert.equal(
      await crm.count("select count(*) from contacts where properties->>'jobtitle' like 'Head of %'"),
      2_000,
    );
    assert.equal((await crm.events("contact_updated")).length, 2_000);
  });

  it("rests while webhooks come, never asks when told so, and asks again when they are silent", async () => {
    await using crm = await crmIn({ hubspot: { pollEveryMs: 60_000 } });
    const searches = () => crm.simulator.calls.latest().filter(({ path }) => path.endsWith("/search")).length;
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
