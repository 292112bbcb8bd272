/** What people do in HubSpot reaches us, once, and our own writes coming back start nothing. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formSubmitted } from "../factories/engine.ts";
import { crmIn, hubspotEvent, signed } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada", company: "Acme Systems", jobtitle: "CTO" };

describe("a contact made in HubSpot", () => {
  it("comes in once with everything HubSpot has of it, and is assessed", async () => {
    await using crm = await crmIn();
    const id = await crm.make({ ...ADA, numemployees: "500-1000" });
    await crm.settle();
    const created = await crm.events("contact_created");
    assert.equal(created.length, 1);
    assert.equal(created[0]?.data.origin, "hubspot");
    assert.deepEqual(created[0]?.data.externalIds, { hubspot: id });
    const contact = await crm.contact(id);
    assert.equal(contact?.properties.email, ADA.email);
    assert.equal(contact?.properties.company, ADA.company);
    assert.ok(Number(contact?.properties.lead_score) > 0, "it was assessed");
    assert.equal(await crm.count("select count(*) from contacts"), 1);
    assert.deepEqual(crm.test.errors, []);
  });

  it("that we know by its address already stays one contact", async () => {
    await using crm = await crmIn({ config: { hubspot: false } as never });
    await crm.test.engine.append([
      { type: "contact_created", data: { email: ADA.email, properties: { firstname: "Ada" } } },
    ]);
    const id = await crm.make(ADA);
    await crm.settle();
    assert.equal(await crm.count("select count(*) from contacts"), 1);
    assert.equal((await crm.events("contact_created")).length, 1);
    assert.equal((await crm.contact(id))?.properties.jobtitle, "CTO");
  });

  it("that our own sync made is not created again", async () => {
    await using crm = await crmIn();
    await crm.test.engine.append([formSubmitted(ADA)]);
    await crm.settle();
    assert.equal((await crm.events("contact_created")).length, 1);
    assert.equal(await crm.count("select count(*) from contacts"), 1);
    assert.equal((await crm.events("contact_updated")).length, 0, "nothing of ours came back as news");
    assert.ok((await crm.events("crm_change_noted")).length > 0, "and the log tells of the echoes");
    assert.deepEqual(crm.test.errors, []);
  });
});

describe("a person's edit in HubSpot", () => {
  it("reaches the contact with its value before, and fires the workflow", async () => {
    await using crm = await crmIn();
    const id = await crm.make(ADA);
    await crm.settle();
    crm.test.clock.advance(60_000);
    await crm.edit(id, { jobtitle: "CEO" });
    await crm.settle();
    const [updated, ...more] = await crm.events("contact_updated");
    assert.deepEqual(more, []);
    assert.deepEqual(updated?.data.changes, { jobtitle: { from: "CTO", to: "CEO" } });
    assert.equal(updated?.actor, "hubspot:7");
    assert.equal((await crm.contact(id))?.properties.jobtitle, "CEO");
    assert.equal(
      await crm.count("select count(*) from finished_tasks where kind = 'requalify_lead' and state = 'COMPLETED'"),
      1,
    );
  });

  it("of the lead score crosses every threshold it passes", async () => {
    await using crm = await crmIn();
    const id = await crm.make(ADA);
    await crm.settle();
    for (const score of ["60", "90", "65"]) {
      crm.test.clock.advance(60_000);
      await crm.edit(id, { lead_score: score });
    }
    await crm.settle();
    const seen = (await crm.events("lead_score_updated")).map(({ data }) => data.to).slice(-3);
    assert.deepEqual(seen, [60, 90, 65]);
    assert.equal(await crm.count("select count(*) from tasks where kind = 'human_review'"), 1);
  });

  it("back to the value we wrote is taken for what it is", async () => {
    await using crm = await crmIn();
    await crm.test.engine.append([formSubmitted(ADA)]);
    await crm.settle();
    const id = [...(crm.simulator.account().tables.get("0-1")?.records.keys() ?? [])][0] ?? "";
    crm.test.clock.advance(60_000);
    await crm.edit(id, { jobtitle: "CEO" });
    await crm.settle();
    crm.test.clock.advance(60_000);
    await crm.edit(id, { jobtitle: "CTO" });
    await crm.settle();
    const changes = (await crm.events("contact_updated")).map(({ data }) => data.changes.jobtitle);
    assert.deepEqual(changes, [
      { from: "CTO", to: "CEO" },
      { from: "CEO", to: "CTO" },
    ]);
    assert.equal((await crm.contact(id))?.properties.jobtitle, "CTO");
    assert.equal(crm.simulator.account().tables.get("0-1")?.records.get(id)?.properties.get("jobtitle"), "CTO");
  });

  it("that opts the contact out ends all mail", async () => {
    await using crm = await crmIn();
    const id = await crm.make(ADA);
    await crm.settle();
    const url = `${crm.gateway.url}/webhooks/hubspot`;
    const optOut = hubspotEvent({ objectId: Number(id), propertyName: "hs_email_optout", propertyValue: "true" });
    const answer = await fetch(url, signed(url, JSON.stringify([optOut]), crm.test.clock.now()));
    assert.equal(answer.status, 204);
    await crm.settle();
    const [optedOut] = await crm.events("opted_out");
    assert.equal(optedOut?.data.by, "hubspot");
    assert.ok((await crm.contact(id))?.facts.optedOut);
    // HubSpot says it again, and says that it takes it back: final is final.
    const again = [
      { ...optOut, eventId: 2, occurredAt: crm.test.clock.now() + 1 },
      { ...optOut, eventId: 3, occurredAt: crm.test.clock.now() + 2, propertyValue: "false" },
    ];
    await fetch(url, signed(url, JSON.stringify(again), crm.test.clock.now()));
    await crm.settle();
    assert.equal((await crm.events("opted_out")).length, 1);
    assert.ok((await crm.contact(id))?.facts.optedOut);
  });

  it("that deletes the contact ends prospecting and keeps what is known", async () => {
    await using crm = await crmIn();
    const id = await crm.make(ADA);
    await crm.settle();
    await fetch(`${crm.simulator.url}/__simulator/records/contacts/${id}`, { method: "DELETE" });
    await crm.settle();
    assert.equal((await crm.events("contact_deleted")).length, 1);
    assert.equal((await crm.contact(id))?.properties.email, ADA.email);
  });
});

describe("a task of a person", () => {
  it("completed in HubSpot is completed here, by that person", async () => {
    await using crm = await crmIn();
    const id = await crm.make(ADA);
    await crm.settle();
    crm.test.clock.advance(60_000);
    await crm.edit(id, { lead_score: "90" });
    await crm.settle();
    const [task] = await until(() =>
      crm.test.engine.db.query<{ task: number; hubspotId: string }>(
        `select m.task, m.hubspot_id as "hubspotId" from crm_tasks m join tasks t on t.id = m.task where t.kind = 'human_review' and m.hubspot_id is not null`,
      ),
    );
    crm.test.clock.advance(60_000);
    await crm.edit(task?.hubspotId ?? "", { hs_task_status: "COMPLETED" }, "tasks");
    await crm.settle();
    const [done] = await crm.test.engine.db.query<{ state: string; worker: string }>(
      "select state, worker from finished_tasks where id = $1",
      [task?.task],
    );
    assert.deepEqual(done, { state: "COMPLETED", worker: "hubspot:7" });
    assert.equal((await crm.events("crm_task_changed")).length, 1);
    assert.deepEqual(crm.test.errors, []);
  });
});

async function until<Row>(look: () => Promise<Row[]>): Promise<Row[]> {
  for (let i = 0; i < 500; i++) {
    const rows = await look();
    if (rows.length > 0) return rows;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("it did not come");
}
