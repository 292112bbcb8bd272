/** Erasing by the API: for operators, named after who asked, harmless twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ADDRESS, CANARY, FIELDS, keyFolder, whereIs } from "../privacy/erasure.fixture.ts";
import { signIn, testGateway } from "./gateway.fixture.ts";

test("a contact is erased by an operator, who is named in the log; a second time changes nothing", async () => {
  await using folder = await keyFolder();
  await using tested = await testGateway({}, { dataFolder: folder.path });
  const [form] = await tested.engine.append([{ type: "form_submitted", data: { form: "demo", fields: FIELDS } }]);
  await tested.engine.idle();
  // The analytics keep a row of their own of a lead, a little later, and lists one that is made when they are read.
  await tested.engine.caughtUp();
  await tested.read("/api/contacts");
  const there = await tested.read(`/api/contacts/${form?.contact}/erasure`);
  assert.equal(there.wasErased, false);
  assert.ok((await whereIs(tested.engine.db, CANARY)).length > 0, "a look does nothing");
  const response = await tested.post(`/api/contacts/${form?.contact}/erase`, { person: "ana" });
  assert.equal(response.status, 200);
  const erased = (await response.json()) as { contacts: string[]; rows: Record<string, number>; wasErased: boolean };
  assert.deepEqual([erased.contacts, erased.wasErased], [[form?.contact], false]);
  assert.deepEqual(erased.rows, there.rows);
  await tested.engine.idle();
  assert.deepEqual(await whereIs(tested.engine.db, CANARY), []);
  const [fact] = await tested.engine.db.query("select actor, data from events where type = 'contact_erased'");
  assert.deepEqual(fact, { actor: "person:ana", data: { because: "asked" } });
  const again = (await (await tested.post(`/api/contacts/${form?.contact}/erase`, {})).json()) as {
    wasErased: boolean;
  };
  assert.equal(again.wasErased, true);
  const left = await tested.read(`/api/contacts/${form?.contact}/erasure`);
  assert.deepEqual([left.wasErased, Object.values(left.rows).some((count) => Number(count) > 0)], [true, false]);
  const { contacts } = await tested.read("/api/contacts");
  assert.deepEqual(contacts, []);
  const story = await tested.read(`/api/contacts/${form?.contact}`);
  assert.ok(!JSON.stringify(story).includes(ADDRESS));
  assert.deepEqual(tested.troubles, []);
});

test("nobody is erased by who is not signed in, by another site, or under an id nobody has", async () => {
  await using folder = await keyFolder();
  await using tested = await testGateway({}, { dataFolder: folder.path });
  const [form] = await tested.engine.append([{ type: "form_submitted", data: { form: "demo", fields: FIELDS } }]);
  await tested.engine.idle();
  const path = `/api/contacts/${form?.contact}/erase`;
  const send = (headers: Record<string, string>) =>
    fetch(`${tested.url}${path}`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json", ...headers },
    });
  assert.equal((await send({})).status, 401);
  const cookie = await signIn(tested.gateway, "ana");
  assert.equal((await send({ cookie, "sec-fetch-site": "cross-site" })).status, 403);
  assert.equal((await tested.post("/api/contacts/01a21565-0aa3-7d00-bb33-a40561771433/erase", {})).status, 404);
  assert.equal((await tested.post("/api/contacts/ada/erase", {})).status, 400);
  assert.ok((await whereIs(tested.engine.db, CANARY)).includes("contacts.properties"));
  assert.equal((await send({ cookie, "sec-fetch-site": "same-origin" })).status, 200);
  const [fact] = await tested.engine.db.query("select actor from events where type = 'contact_erased'");
  assert.deepEqual(fact, { actor: "person:ana" });
});
