/** What leaves by itself: events in batches, signed, again when not taken, and everything that can go wrong on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Signature } from "@hubspot/api-client";
import type { Simulator } from "../src/server.ts";
import { callApi, receiverFor, simulatorFor, until } from "./simulator.fixture.ts";

/** One post at a time, so that a test can tell the order; HubSpot itself sends ten. */
const quick = { retryScale: 60_000, batchWindowMs: 5, maxConcurrentRequests: 1 };

async function control(url: string, method: string, path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${url}/__simulator${path}`, { method, headers, body: JSON.stringify(body) });
}

function subscribe(url: string, subscriptions: object[]): Promise<Response> {
  return control(url, "PUT", "/webhooks", { subscriptions });
}

test("a change by the token and one by a person both arrive, and say who it was", async (t) => {
  const receiver = await receiverFor(t);
  const simulator = await simulatorFor(t, { webhooks: { ...quick, targetUrl: receiver.url } });
  await subscribe(simulator.url, [
    { eventType: "contact.creation" },
    { eventType: "contact.propertyChange", propertyName: "city" },
    { eventType: "contact.deletion" },
  ]);
  const made = await callApi(simulator, "POST", "/crm/v3/objects/contacts", {
    properties: { email: "ada@example.org", city: "Leeds", phone: "1" },
  });
  await control(simulator.url, "PATCH", `/records/contacts/${made.body.id}`, { properties: { city: "York" } });
  await callApi(simulator, "DELETE", `/crm/v3/objects/contacts/${made.body.id}`);
  const events = () => receiver.received.flatMap((post) => post.events);
  await until(() => events().length === 4, "four events came");

  const short = events().map((event) => [
    event.subscriptionType,
    event.propertyValue,
    event.changeSource,
    event.sourceId,
  ]);
  assert.deepEqual(short, [
    ["contact.creation", undefined, "INTEGRATION", String(simulator.appId)],
    ["contact.propertyChange", "Leeds", "INTEGRATION", String(simulator.appId)],
    ["contact.propertyChange", "York", "CRM_UI", "userId:7"],
    ["contact.deletion", undefined, "INTEGRATION", String(simulator.appId)],
  ]);
  const [first] = events();
  assert.equal(first?.objectId, Number(made.body.id));
  assert.equal(first?.portalId, simulator.portalId);
  assert.equal(first?.attemptNumber, 0);
  assert.equal(typeof first?.occurredAt, "number");
});

test("tasks, notes and e-mails come through the generic subscriptions with their type", async (t) => {
  const receiver = await receiverFor(t);
  const simulator = await simulatorFor(t, { webhooks: { ...quick, targetUrl: receiver.url } });
  await subscribe(simulator.url, [
    { eventType: "object.creation", objectTypeId: "task" },
    { eventType: "object.propertyChange", objectTypeId: "0-27", propertyName: "hs_task_status" },
  ]);
  const task = await callApi(simulator, "POST", "/crm/v3/objects/tasks", {
    properties: { hs_timestamp: "2026-11-22T10:31:00Z", hs_task_status: "NOT_STARTED" },
  });
  await callApi(simulator, "PATCH", `/crm/v3/objects/tasks/${task.body.id}`, {
    properties: { hs_task_status: "COMPLETED" },
  });
  const events = () => receiver.received.flatMap((post) => post.events);
  await until(() => events().length === 3, "three events came");
  assert.ok(events().every(({ objectTypeId }) => objectTypeId === "0-27"));
  assert.deepEqual(
    events().map(({ propertyValue }) => propertyValue),
    [undefined, "NOT_STARTED", "COMPLETED"],
  );
});

test("merging, forgetting and linking are told too", async (t) => {
  const receiver = await receiverFor(t);
  const simulator = await simulatorFor(t, { webhooks: { ...quick, targetUrl: receiver.url } });
  await subscribe(simulator.url, [
    { eventType: "contact.merge" },
    { eventType: "contact.privacyDeletion" },
    { eventType: "contact.associationChange" },
  ]);
  const make = async (type: string, properties: object) =>
    String((await callApi(simulator, "POST", `/crm/v3/objects/${type}`, { properties })).body.id);
  const [one, two] = [
    await make("contacts", { email: "a@example.org" }),
    await make("contacts", { email: "b@example.org" }),
  ];
  const mill = await make("companies", { name: "Mill" });
  await callApi(simulator, "PUT", `/crm/v4/objects/contact/${one}/associations/default/company/${mill}`);
  await callApi(simulator, "POST", "/crm/v3/objects/contacts/merge", { primaryObjectId: one, objectIdToMerge: two });
  await callApi(simulator, "POST", "/crm/v3/objects/contacts/gdpr-delete", { objectId: one });
  const events = () => receiver.received.flatMap((post) => post.events);
  await until(() => events().length === 3, "three events came");
  assert.deepEqual(
    events().map(({ subscriptionType }) => subscriptionType),
    ["contact.associationChange", "contact.merge", "contact.privacyDeletion"],
  );
  assert.equal(events()[0]?.associationType, "CONTACT_TO_COMPANY");
  assert.deepEqual(events()[1]?.mergedObjectIds, [Number(two)]);
});

test("two hundred and fifty changes at once travel in posts of a hundred at most", async (t) => {
  const receiver = await receiverFor(t);
  const simulator = await simulatorFor(t, { webhooks: { ...quick, batchWindowMs: 500, targetUrl: receiver.url } });
  await subscribe(simulator.url, [{ eventType: "company.creation" }]);
  for (const size of [100, 100, 50]) {
    const inputs = Array.from({ length: size }, (_, i) => ({ properties: { name: `Company ${i}` } }));
    await callApi(simulator, "POST", "/crm/v3/objects/companies/batch/create", { inputs });
  }
  await until(() => receiver.received.flatMap(({ events }) => events).length === 250, "all came");
  assert.ok(receiver.received.every(({ events }) => events.length <= 100));
});

test("each post is signed the old way and the current one, and HubSpot's own verifier agrees", async (t) => {
  const receiver = await receiverFor(t);
  const simulator = await simulatorFor(t, { webhooks: { ...quick, targetUrl: receiver.url } });
  await subscribe(simulator.url, [{ eventType: "contact.creation" }]);
  await callApi(simulator, "POST", "/crm/v3/objects/contacts", { properties: { email: "ä@example.org" } });
  await until(() => receiver.received.length === 1, "one post came");
  const [post] = receiver.received;
  const given = { clientSecret: simulator.clientSecret, requestBody: post?.raw ?? "", url: receiver.url };
  const v1 = String(post?.headers["x-hubspot-signature"]);
  const v3 = String(post?.headers["x-hubspot-signature-v3"]);
  const timestamp = Number(post?.headers["x-hubspot-request-timestamp"]);
  assert.ok(Signature.isValid({ ...given, signatureVersion: "v1", signature: v1 }));
  assert.ok(Signature.isValid({ ...given, signatureVersion: "v3", signature: v3, timestamp, method: "POST" }));
  assert.ok(!Signature.isValid({ ...given, clientSecret: "other", signatureVersion: "v1", signature: v1 }));
});

test("a call from a workflow carries the v2 signature and brings the answer back", async (t) => {
  const receiver = await receiverFor(t);
  const simulator = await simulatorFor(t);
  const body = { callbackId: "ap-1", object: { objectId: 101, objectType: "CONTACT" } };
  const answer = await control(simulator.url, "POST", "/workflow-calls", { url: receiver.url, body });
  assert.equal(((await answer.json()) as { status: number }).status, 204);
  const [post] = receiver.received;
  assert.ok(
    Signature.isValid({
      clientSecret: simulator.clientSecret,
      requestBody: post?.raw ?? "",
      url: receiver.url,
      method: "POST",
      signatureVersion: "v2",
      signature: String(post?.headers["x-hubspot-signature"]),
    }),
  );
});

test("what is not taken with 2xx in time comes again, ten times at most, with the attempt counted", async (t) => {
  const receiver = await receiverFor(t, [500, 404, "hang"]);
  const simulator = await simulatorFor(t, {
    webhooks: { ...quick, retryScale: 6_000_000, timeoutMs: 200, targetUrl: receiver.url },
  });
  await subscribe(simulator.url, [{ eventType: "contact.creation" }]);
  await callApi(simulator, "POST", "/crm/v3/objects/contacts", { properties: { email: "a@example.org" } });
  await until(() => simulator.deliveries.latest().some(({ outcome }) => outcome === "delivered"), "it was taken");
  assert.deepEqual(
    receiver.received.map(({ events }) => events[0]?.attemptNumber),
    [0, 1, 2, 3],
  );
  assert.deepEqual(
    simulator.deliveries.latest().map(({ status }) => status),
    [204, 0, 404, 500],
  );
});

test("after ten retries it is given up", async (t) => {
  const receiver = await receiverFor(
    t,
    Array.from({ length: 20 }, () => 503),
  );
  const simulator = await simulatorFor(t, { webhooks: { ...quick, retryScale: 1e9, targetUrl: receiver.url } });
  await subscribe(simulator.url, [{ eventType: "contact.creation" }]);
  await callApi(simulator, "POST", "/crm/v3/objects/contacts", { properties: { email: "a@example.org" } });
  await until(() => simulator.deliveries.latest()[0]?.outcome === "given up", "it was given up");
  assert.equal(receiver.received.length, 11);
  assert.ok(simulator.webhooks.delivery.isIdle());
});

test("posts can be doubled, mixed up, lost on the way back, or never leave", async (t) => {
  const receiver = await receiverFor(t);
  const simulator = await simulatorFor(t, { webhooks: { ...quick, retryScale: 1e9, targetUrl: receiver.url } });
  await subscribe(simulator.url, [{ eventType: "contact.creation" }]);
  const create = (email: string) => callApi(simulator, "POST", "/crm/v3/objects/contacts", { properties: { email } });
  // A post that has come may still wait for its answer, and would be struck by the next fault.
  const arrived = (posts: number, what: string) =>
    until(() => receiver.received.length === posts && simulator.webhooks.delivery.isIdle(), what);

  simulator.faults.set({ webhookDuplicate: 1 });
  await create("twice@example.org");
  await arrived(2, "it came twice");
  assert.equal(receiver.received[0]?.raw, receiver.received[1]?.raw);

  simulator.faults.reset();
  simulator.faults.set({ webhookAnswerLost: 1 });
  await create("again@example.org");
  await arrived(13, "it came again though it had been taken");

  simulator.faults.reset();
  simulator.faults.set({ webhookDrop: 1 });
  await create("never@example.org");
  await until(() => simulator.deliveries.latest()[0]?.outcome === "dropped", "it was dropped");
  assert.equal(receiver.received.length, 13);
});

test("the journal gives what was subscribed to those who fetch with a token of the app, file by file, three days long", async (t) => {
  let now = Date.UTC(2026, 2, 2);
  const simulator = await simulatorFor(t, { now: () => now });
  const root = "/webhooks-journal/journal/2026-09";
  assert.equal((await callApi(simulator, "GET", `${root}/earliest`)).status, 401, "the usual token opens nothing here");
  const { authorization, refused } = await appToken(simulator);
  assert.equal(refused.status, 400);
  const call = (method: string, path: string, body?: unknown) =>
    callApi(simulator, method, path, body, { authorization });
  assert.equal((await call("GET", `${root}/earliest`)).status, 204);
  const create = (email: string) =>
    callApi(simulator, "POST", "/crm/v3/objects/contacts", { properties: { email, phone: "1" } });
  await create("unheard@example.org");
  assert.equal((await call("GET", `${root}/earliest`)).status, 204, "nothing is subscribed to");
  await call("POST", "/webhooks-journal/subscriptions/2026-09", {
    subscriptionType: "OBJECT",
    portalId: simulator.portalId,
    objectTypeId: "0-1",
    actions: ["CREATE", "UPDATE"],
    properties: ["email"],
  });
  const { id } = (await create("a@example.org")).body as { id: string };
  const first = await call("GET", `${root}/earliest`);
  const file = (await (await fetch(`${first.body.url}`)).json()) as { journalEvents: Record<string, unknown>[] };
  assert.deepEqual(
    file.journalEvents.map(({ action, objectId, propertyChanges }) => ({ action, objectId, propertyChanges })),
    [
      { action: "CREATE", objectId: Number(id), propertyChanges: undefined },
      { action: "UPDATE", objectId: Number(id), propertyChanges: { email: "a@example.org" } },
    ],
  );
  const next = `${root}/offset/${first.body.currentOffset}/next`;
  assert.equal((await call("GET", next)).status, 204);
  now += 1_000;
  await create("b@example.org");
  const second = await call("GET", next);
  assert.notEqual(second.body.currentOffset, first.body.currentOffset);
  now += 1_800_000;
  assert.equal((await call("GET", next)).status, 401, "a token lasts half an hour");
  now += 3 * 24 * 3_600_000;
  const later = await appToken(simulator);
  const gone = await callApi(simulator, "GET", next, undefined, { authorization: later.authorization });
  assert.equal(gone.status, 404, "an entry is kept for three days");
});

async function appToken(simulator: Simulator) {
  const post = (client_secret: string) =>
    fetch(`${simulator.url}/oauth/v1/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "client_credentials", client_id: simulator.clientId, client_secret }),
    });
  const { access_token } = (await (await post(simulator.clientSecret)).json()) as { access_token: string };
  return { authorization: `Bearer ${access_token}`, refused: await post("another") };
}
