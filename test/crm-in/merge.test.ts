/** Two contacts that HubSpot says are one are one here too, with both histories, and no mail goes past an opt-out of either. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hashContacts, rebuildContacts } from "../../packages/millrace/src/contacts/store.ts";
import { newestPosition } from "../../packages/millrace/src/events/log.ts";
import { findContact } from "../../packages/millrace/src/queries/rows/contacts.ts";
import { formSubmitted } from "../factories/engine.ts";
import { type CrmIn, crmIn } from "./crm-in.fixture.ts";

async function mergeInHubspot({ api }: CrmIn, primary: string, other: string): Promise<void> {
  const body = { primaryObjectId: primary, objectIdToMerge: other };
  const answer = await api.request({
    method: "POST",
    path: api.paths.merge("contacts"),
    body,
    urgency: "normal",
    kind: "other",
  });
  assert.ok(answer.ok, JSON.stringify(answer));
}

describe("a merge in HubSpot", () => {
  it("makes one contact of two: names, open tasks, what was lacking, the opt-out; rebuilt from the log it is the same", async () => {
    await using crm = await crmIn();
    const ada = await crm.make({ email: "ada@acme.example", firstname: "Ada" });
    const twin = await crm.make({ email: "a.lovelace@acme.example", company: "Acme Systems" });
    await crm.settle();
    crm.test.clock.advance(60_000);
    await crm.edit(twin, { lead_score: "95" });
    await crm.test.engine.append([{ type: "opted_out", data: { email: "a.lovelace@acme.example", by: "phone" } }]);
    await crm.settle();
    const before = { ada: await crm.contact(ada), twin: await crm.contact(twin) };
    assert.notEqual(before.ada?.id, before.twin?.id);
    crm.test.clock.advance(60_000);
    await mergeInHubspot(crm, ada, twin);
    await crm.settle();
    const one = await crm.contact(twin);
    assert.equal(one?.id, before.ada?.id);
    assert.equal(one?.properties.company, "Acme Systems");
    assert.equal(one?.properties.email, "ada@acme.example");
    assert.ok(one?.facts.optedOut, "the opt-out of either is an opt-out of both");
    const { db } = crm.test.engine;
    const reviews = await db.query<{ contact: string }>("select contact from tasks where kind = 'human_review'");
    assert.deepEqual(reviews, [{ contact: one?.id }]);
    assert.equal(await crm.count(`select count(*) from tasks where contact = '${before.twin?.id}'`), 0);
    const found = await findContact(db, before.twin?.id ?? "");
    assert.equal(found?.id, one?.id);
    assert.ok(found?.path.some(({ type, data }) => type === "opted_out" && (data as { by: string }).by === "phone"));
    await crm.test.engine.append([formSubmitted({ email: "a.lovelace@acme.example", firstname: "A." })]);
    await crm.settle();
    assert.equal(await crm.count("select count(*) from emails where state = 'sent'"), 0);
    assert.equal(await crm.count("select count(*) from contacts"), 2);
    const hash = await hashContacts(db);
    await db.transaction(async (tx) => rebuildContacts(tx, await newestPosition(tx)));
    assert.equal(await hashContacts(db), hash);
    assert.deepEqual(crm.test.errors, []);
  });

  it("told ten times, or of contacts nobody here knows, does nothing more", async () => {
    await using crm = await crmIn({ webhooks: false });
    const ada = await crm.make({ email: "ada@acme.example" });
    const twin = await crm.make({ email: "twin@acme.example" });
    await mergeInHubspot(crm, ada, twin);
    const { hubspotEvent, signed } = await import("./crm-in.fixture.ts");
    const url = `${crm.gateway.url}/webhooks/hubspot`;
    const merge = hubspotEvent({
      subscriptionType: "contact.merge",
      objectId: Number(ada),
      propertyName: undefined,
      propertyValue: undefined,
      primaryObjectId: Number(ada),
      newObjectId: Number(ada),
      mergedObjectIds: [Number(twin)],
    });
    for (let i = 0; i < 10; i++) {
      const { status } = await fetch(url, signed(url, JSON.stringify([merge, merge]), crm.test.clock.now()));
      assert.equal(status, 204);
    }
    await crm.settle();
    assert.equal((await crm.events("crm_change_noted")).length, 1);
    assert.equal(await crm.count("select count(*) from contacts"), 0);
  });

  it("and an address that moves to a contact takes along the one who had it here", async () => {
    await using crm = await crmIn();
    const ada = await crm.make({ email: "ada@acme.example", firstname: "Ada" });
    await crm.settle();
    const config = { type: "contact_created", data: { email: "new@acme.example", properties: { phone: "+49 1" } } };
    await crm.test.engine.append([config]);
    crm.test.clock.advance(60_000);
    await crm.edit(ada, { email: "new@acme.example" });
    await crm.settle();
    const [owner] = await crm.test.engine.db.query<{ contact: string }>(
      "select contact from contact_identities where kind = 'email' and value = 'new@acme.example'",
    );
    assert.equal(owner?.contact, (await crm.contact(ada))?.id);
    assert.equal((await crm.contact(ada))?.properties.phone, "+49 1");
    assert.equal((await crm.events("contact_merged")).length, 1);
  });
});
