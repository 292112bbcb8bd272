/** A contact deleted in HubSpot is known to be deleted: nothing is written to it, nobody makes it anew, until it is there again. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formSubmitted } from "../factories/engine.ts";
import { type CrmIn, type CrmInOptions, crmIn } from "./crm-in.fixture.ts";

const ADA = { email: "ada@acme-systems.example", firstname: "Ada", company: "Acme Systems", jobtitle: "CTO" };

async function withAda(options: CrmInOptions = {}): Promise<{ crm: CrmIn; id: string }> {
  const crm = await crmIn(options);
  if (options.webhooks === false) await crm.hubspot.pollNow();
  const id = await crm.make(ADA);
  if (options.webhooks === false) await crm.hubspot.pollNow();
  await crm.settle();
  assert.equal((await crm.contact(id))?.properties.email, ADA.email);
  return { crm, id };
}

async function atHubspot(crm: CrmIn, method: string, path: string): Promise<void> {
  const answer = await fetch(`${crm.simulator.url}/__simulator/records/contacts/${path}`, { method });
  assert.equal(answer.status, 200, await answer.text());
}

const records = (crm: CrmIn) => [...(crm.simulator.account().tables.get("0-1")?.records.values() ?? [])];

/** How often contacts were written, made or looked up to be written. */
async function calls(crm: CrmIn): Promise<number> {
  const answer = await fetch(`${crm.simulator.url}/__simulator/calls`);
  const { results } = (await answer.json()) as { results: { method: string; path: string }[] };
  return results.filter(({ method, path }) => method !== "GET" && /objects\/(contacts|0-1)\/batch/.test(path)).length;
}

/** Something happens here that would be written to HubSpot. */
async function newsOf(crm: CrmIn, firstname: string): Promise<void> {
  crm.test.clock.advance(300_000);
  // A form asks for work but changes nothing of what HubSpot has said; the name is changed beside it.
  const data = { changes: { firstname: { from: null, to: firstname } } };
  const changed = { type: "contact_updated", contact: { email: ADA.email }, data };
  await crm.test.engine.append([changed, formSubmitted({ email: ADA.email })]);
  await crm.settle();
}

describe("a contact deleted in HubSpot", () => {
  it("is not written to, looked for or made anew, whatever happens here; it is told once", async () => {
    const { crm, id } = await withAda();
    await using _ = crm;
    const before = await calls(crm);
    await newsOf(crm, "Augusta");
    assert.ok((await calls(crm)) > before, "before, what happens here is written");
    await atHubspot(crm, "DELETE", id);
    await crm.settle();
    const calm = await calls(crm);
    await newsOf(crm, "Ada Augusta");
    await newsOf(crm, "Ada A.");
    assert.equal(await calls(crm), calm);
    assert.deepEqual(records(crm), []);
    assert.equal((await crm.events("contact_deleted")).length, 1);
    assert.equal(
      await crm.count("select count(*) from finished_tasks where kind = 'sync_crm' and state = 'FAILED'"),
      0,
    );
    assert.equal(await crm.count("select count(*) from tasks where kind = 'sync_crm'"), 0);
    assert.equal((await crm.contact(id))?.properties.firstname, "Ada A.", "here it lives on");
    assert.deepEqual(crm.test.errors, []);
  });

  it("of which no webhook told is found out by the next write, told once, and left alone from then on", async () => {
    const { crm, id } = await withAda({ webhooks: false });
    await using _ = crm;
    await atHubspot(crm, "DELETE", id);
    await newsOf(crm, "Augusta");
    const told = await crm.events("contact_deleted");
    assert.deepEqual(
      told.map(({ actor, data }) => [actor, data]),
      [["hubspot", { externalIds: { hubspot: id }, system: "hubspot" }]],
    );
    const calm = await calls(crm);
    await newsOf(crm, "Ada Augusta");
    assert.equal(await calls(crm), calm);
    assert.deepEqual(records(crm), []);
    assert.equal((await crm.events("contact_deleted")).length, 1);
    assert.equal(
      await crm.count("select count(*) from finished_tasks where kind = 'sync_crm' and state = 'FAILED'"),
      0,
    );
    assert.deepEqual(crm.test.errors, []);
  });

  it("of which a late webhook tells what a write found out is still told once", async () => {
    const { crm, id } = await withAda();
    await using _ = crm;
    const target = crm.simulator.webhooks.delivery.settings.targetUrl;
    crm.simulator.webhooks.delivery.settings.targetUrl = "http://127.0.0.1:1/nowhere";
    await atHubspot(crm, "DELETE", id);
    crm.test.clock.advance(300_000);
    await crm.test.engine.append([formSubmitted({ email: ADA.email, firstname: "Augusta" })]);
    await crm.test.engine.idle();
    crm.simulator.webhooks.delivery.settings.targetUrl = target;
    const { hubspotEvent, signed } = await import("./crm-in.fixture.ts");
    const url = `${crm.gateway.url}/webhooks/hubspot`;
    const late = hubspotEvent({
      eventId: 900,
      subscriptionType: "contact.deletion",
      objectId: Number(id),
      propertyName: undefined,
      propertyValue: undefined,
    });
    const answer = await fetch(url, signed(url, JSON.stringify([late]), crm.test.clock.now()));
    assert.equal(answer.status, 204);
    await crm.test.engine.idle();
    assert.equal((await crm.events("contact_deleted")).length, 1);
  });
});

describe("a contact restored in HubSpot", () => {
  it("is told, and gets what happened here while it was gone", async () => {
    const { crm, id } = await withAda();
    await using _ = crm;
    await atHubspot(crm, "DELETE", id);
    await crm.settle();
    await newsOf(crm, "Augusta");
    crm.test.clock.advance(300_000);
    await atHubspot(crm, "POST", `${id}/restore`);
    await crm.settle();
    assert.equal((await crm.events("contact_restored")).length, 1);
    assert.deepEqual(
      records(crm).map((record) => [record.id, record.properties.get("firstname")]),
      [[id, "Augusta"]],
    );
    assert.deepEqual(crm.test.errors, []);
  });

  it("of which no webhook told is found by polling", async () => {
    const { crm, id } = await withAda({ webhooks: false });
    await using _ = crm;
    await atHubspot(crm, "DELETE", id);
    await newsOf(crm, "Augusta");
    assert.equal((await crm.events("contact_deleted")).length, 1);
    crm.test.clock.advance(300_000);
    await atHubspot(crm, "POST", `${id}/restore`);
    await crm.hubspot.pollNow();
    await crm.settle();
    assert.equal((await crm.events("contact_restored")).length, 1);
    await newsOf(crm, "Ada Augusta");
    assert.deepEqual(
      records(crm).map((record) => record.properties.get("firstname")),
      ["Ada Augusta"],
    );
    assert.deepEqual(crm.test.errors, []);
  });

  it("made anew by a person in HubSpot is the same contact, with a record of its own", async () => {
    const { crm, id } = await withAda();
    await using _ = crm;
    const contact = (await crm.contact(id))?.id;
    await atHubspot(crm, "DELETE", id);
    await crm.settle();
    crm.test.clock.advance(300_000);
    const second = await crm.make(ADA);
    await crm.settle();
    assert.equal((await crm.contact(second))?.id, contact);
    await newsOf(crm, "Augusta");
    assert.deepEqual(
      records(crm).map((record) => [record.id, record.properties.get("firstname")]),
      [[second, "Augusta"]],
    );
    assert.deepEqual(crm.test.errors, []);
  });
});
