/**
 * What an engine relies on, asked of a HubSpot. With HUBSPOT_ACCESS_TOKEN it is the real one (use a test account: records
 * are made and archived again); without, it is the simulator. Both must pass.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "@hubspot/api-client";
import { type Simulator, startSimulator } from "../src/server.ts";

const realToken = process.env.HUBSPOT_ACCESS_TOKEN;
let simulator: Simulator | undefined;
let client: Client;
const made: { type: string; id: string }[] = [];
const run = randomUUID().slice(0, 8);
const emailOf = (name: string): string => `millrace-${run}-${name}@example.com`;

before(async () => {
  if (realToken === undefined) simulator = await startSimulator();
  client = new Client({
    accessToken: realToken ?? simulator?.token ?? "",
    ...(simulator === undefined ? {} : { basePath: simulator.url }),
    numberOfApiCallRetries: 3,
  });
});

after(async () => {
  for (const { type, id } of made) await client.crm.objects.basicApi.archive(type, id).catch(() => undefined);
  await simulator?.close();
});

async function create(type: string, properties: Record<string, string>) {
  const record = await client.crm.objects.basicApi.create(type, { properties, associations: [] });
  made.push({ type, id: record.id });
  return record;
}

test("a contact keeps what was written, as strings, and can be had by its e-mail", async () => {
  const contact = await create("contacts", { email: emailOf("a"), firstname: "Ada" });
  const read = await client.crm.contacts.basicApi.getById(emailOf("a"), ["firstname"], [], [], false, "email");
  assert.equal(read.id, contact.id);
  assert.equal(read.properties.firstname, "Ada");
  assert.equal(read.properties.hs_object_id, contact.id);
  assert.equal(read.archived, false);
  assert.ok(read.createdAt <= read.updatedAt);
});

test("the same e-mail again is a conflict that tells the id", async () => {
  const contact = await create("contacts", { email: emailOf("b") });
  await assert.rejects(
    create("contacts", { email: emailOf("b") }),
    (error: { code: number; body: { message: string } }) => {
      assert.equal(error.code, 409);
      assert.ok(error.body.message.includes(contact.id));
      return true;
    },
  );
});

test("an unknown property is refused with its name", async () => {
  await assert.rejects(
    create("contacts", { email: emailOf("c"), millrace_no_such_property: "1" }),
    (error: { code: number; body: { category: string; message: string } }) => {
      assert.deepEqual([error.code, error.body.category], [400, "VALIDATION_ERROR"]);
      assert.match(error.body.message, /PROPERTY_DOESNT_EXIST/);
      assert.match(error.body.message, /millrace_no_such_property/);
      return true;
    },
  );
});

test("an upsert by e-mail makes once and changes after", async () => {
  const input = { id: emailOf("d"), idProperty: "email", properties: { email: emailOf("d"), city: "Leeds" } };
  const first = await client.crm.contacts.batchApi.upsert({ inputs: [input] });
  const again = await client.crm.contacts.batchApi.upsert({ inputs: [input] });
  const id = first.results[0]?.id ?? "";
  made.push({ type: "contacts", id });
  assert.equal(again.results[0]?.id, id);
});

test("a batch read names what is not there and still brings the rest", async () => {
  const contact = await create("contacts", { email: emailOf("e") });
  const answer = await client.crm.contacts.batchApi.read({
    idProperty: "email",
    inputs: [{ id: emailOf("e") }, { id: emailOf("nobody") }],
    properties: ["email"],
    propertiesWithHistory: [],
  });
  assert.deepEqual(
    answer.results.map(({ id }) => id),
    [contact.id],
  );
  assert.ok("numErrors" in answer);
  assert.equal(answer.errors?.[0]?.category, "OBJECT_NOT_FOUND");
});

test("a task hangs on its contact by type 204 and can be completed", async () => {
  const contact = await create("contacts", { email: emailOf("f") });
  const task = await client.crm.objects.basicApi.create("tasks", {
    properties: { hs_timestamp: new Date().toISOString(), hs_task_subject: "Call", hs_task_status: "NOT_STARTED" },
    associations: [
      { to: { id: contact.id }, types: [{ associationCategory: "HUBSPOT_DEFINED" as never, associationTypeId: 204 }] },
    ],
  });
  made.push({ type: "tasks", id: task.id });
  const links = await client.crm.associations.v4.basicApi.getPage("tasks", task.id, "contacts");
  assert.deepEqual(
    links.results.map(({ toObjectId }) => String(toObjectId)),
    [contact.id],
  );
  const done = await client.crm.objects.basicApi.update("tasks", task.id, {
    properties: { hs_task_status: "COMPLETED" },
  });
  assert.equal(done.properties.hs_task_status, "COMPLETED");
});

test("search finds a contact once the index knows it", async () => {
  const contact = await create("contacts", { email: emailOf("g") });
  const filters = [{ propertyName: "email", operator: "EQ" as never, value: emailOf("g") }];
  let ids: string[] = [];
  for (let attempt = 0; attempt < 30 && ids.length === 0; attempt += 1) {
    if (attempt > 0) await pause(1_000);
    const found = await client.crm.contacts.searchApi.doSearch({ filterGroups: [{ filters }], limit: 1 } as never);
    ids = found.results.map(({ id }) => id);
  }
  assert.deepEqual(ids, [contact.id]);
});

test("what is archived is gone from reading and listed as archived", async () => {
  const contact = await create("contacts", { email: emailOf("h") });
  await client.crm.contacts.basicApi.archive(contact.id);
  await assert.rejects(client.crm.contacts.basicApi.getById(contact.id), { code: 404 });
});

test("a wrong token is refused, and the answer carries an id to ask support with", async () => {
  const stranger = new Client({
    accessToken: "pat-eu1-00000000-0000-4000-8000-00000000dead",
    ...(simulator === undefined ? {} : { basePath: simulator.url }),
  });
  await assert.rejects(
    stranger.crm.contacts.basicApi.getPage(1),
    (error: { code: number; body: Record<string, string> }) => {
      assert.equal(error.code, 401);
      assert.equal(error.body.category, "INVALID_AUTHENTICATION");
      assert.ok(error.body.correlationId);
      return true;
    },
  );
});
