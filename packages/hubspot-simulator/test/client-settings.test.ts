/** The official client on what surrounds the records: properties, preferences, forms, owners, webhooks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clientFor, simulatorFor } from "./simulator.fixture.ts";

const TASK = {
  hs_timestamp: "2026-11-22T10:31:00Z",
  hs_task_subject: "Qualify lead: Ada",
  hs_task_status: "NOT_STARTED",
};

test("properties and groups are made, changed, listed and archived", async (t) => {
  const simulator = await simulatorFor(t);
  const { coreApi, groupsApi, batchApi } = clientFor(simulator).crm.properties;
  await groupsApi.create("tasks", { name: "engine", label: "Workflow engine", displayOrder: -1 });
  const given = { label: "Key", type: "string", fieldType: "text", groupName: "engine" };
  const made = await coreApi.create("tasks", { ...given, name: "engine_key", hasUniqueValue: true } as never);
  assert.deepEqual([made.hasUniqueValue, made.archived, made.options, made.displayOrder], [true, false, [], -1]);
  await assert.rejects(coreApi.create("tasks", { ...given, name: "engine_key" } as never), (error: unknown) => {
    const { code, body } = error as { code: number; body: { category: string; subCategory: string } };
    assert.deepEqual(
      [code, body.category, body.subCategory],
      [409, "OBJECT_ALREADY_EXISTS", "Properties.PROPERTY_WITH_NAME_EXISTS"],
    );
    return true;
  });
  assert.equal(
    (await coreApi.update("tasks", "engine_key", { label: "Idempotency key" } as never)).label,
    "Idempotency key",
  );
  assert.equal((await coreApi.getByName("tasks", "engine_key")).label, "Idempotency key");
  await assert.rejects(groupsApi.archive("tasks", "engine"), { code: 400 });

  const batch = await batchApi.create("tasks", {
    inputs: [{ ...given, name: "engine_state" } as never, { ...given, name: "engine_error" } as never],
  });
  assert.equal(batch.results.length, 2);
  const read = await batchApi.read("tasks", { inputs: [{ name: "engine_state" }], archived: false } as never);
  assert.equal(read.results.length, 1);
  await batchApi.archive("tasks", { inputs: [{ name: "engine_state" }, { name: "engine_error" }] });
  await coreApi.archive("tasks", "engine_key");
  assert.equal((await coreApi.getAll("tasks", true)).results.length, 3);
  assert.equal((await groupsApi.update("tasks", "engine", { label: "Engine" } as never)).label, "Engine");
  await groupsApi.archive("tasks", "engine");
  assert.ok(!(await groupsApi.getAll("tasks")).results.some(({ name }) => name === "engine"));
});

test("a task is made once by its key, however often it is sent", async (t) => {
  const simulator = await simulatorFor(t);
  const { crm } = clientFor(simulator);
  await crm.properties.coreApi.create("tasks", {
    name: "engine_key",
    label: "Key",
    type: "string",
    fieldType: "text",
    groupName: "taskinformation",
    hasUniqueValue: true,
  } as never);
  const input = { id: "k-1", idProperty: "engine_key", properties: TASK };
  const first = await crm.objects.batchApi.upsert("tasks", { inputs: [input] });
  const again = await crm.objects.batchApi.upsert("tasks", { inputs: [input] });
  assert.equal(first.results[0]?.id, again.results[0]?.id);
  await assert.rejects(
    crm.objects.basicApi.create("tasks", { properties: { ...TASK, engine_key: "k-1" }, associations: [] }),
    { code: 400 },
  );
});

test("who may be written to: definitions, status, unsubscribe, and no way back by the API", async (t) => {
  const simulator = await simulatorFor(t);
  const { definitionApi, statusApi } = clientFor(simulator).communicationPreferences;
  const { subscriptionDefinitions } = await definitionApi.getPage();
  const subscriptionId = subscriptionDefinitions[0]?.id ?? "";
  const person = { emailAddress: "ada@example.org", subscriptionId };
  assert.equal((await statusApi.subscribe(person)).status, "SUBSCRIBED");
  assert.equal((await statusApi.unsubscribe(person)).status, "NOT_SUBSCRIBED");
  const status = await statusApi.getEmailStatus("ada@example.org");
  assert.equal(status.subscriptionStatuses.find(({ id }) => id === subscriptionId)?.status, "NOT_SUBSCRIBED");
  await assert.rejects(statusApi.subscribe(person), { code: 400 });
});

test("owners, schemas, forms, tokens, timeline, events and callbacks answer as the client expects", async (t) => {
  const simulator = await simulatorFor(t, { seed: true });
  const client = clientFor(simulator);
  const owners = await client.crm.owners.ownersApi.getPage();
  assert.equal((await client.crm.owners.ownersApi.getById(Number(owners.results[0]?.id))).email, "sales@example.com");
  assert.deepEqual((await client.crm.schemas.coreApi.getAll()).results, []);

  const { formsApi } = client.marketing.forms;
  const forms = await formsApi.getPage();
  assert.equal(forms.results[0]?.name, "Request a demo");
  const form = await formsApi.getById(forms.results[0]?.id ?? "");
  const { id: _, ...copy } = form as unknown as Record<string, unknown>;
  const made = await formsApi.create({ ...copy, name: "Copy" } as never);
  assert.equal((await formsApi.update(made.id, { name: "Renamed" } as never)).name, "Renamed");
  await formsApi.archive(made.id);

  const token = await client.oauth.accessTokensApi.get(simulator.token);
  assert.equal(token.hubId, simulator.portalId);
  const template = await client.crm.timeline.templatesApi.create(simulator.appId, {
    name: "Scored",
    objectType: "contacts",
    tokens: [],
  });
  const event = await client.crm.timeline.eventsApi.create({
    eventTemplateId: template.id,
    email: "ada@engines.example",
    tokens: { score: "88" },
  } as never);
  assert.equal(event.eventTemplateId, template.id);
  await client.automation.actions.callbacksApi.complete("cb-1", {
    outputFields: { hs_execution_state: "SUCCESS" },
  } as never);
  assert.equal(simulator.account().customEvents[0]?.callbackId, "cb-1");
  const details = await client.apiRequest({ path: "/account-info/v3/details" });
  assert.equal(((await details.json()) as { portalId: number }).portalId, simulator.portalId);
});

test("webhook settings and subscriptions are kept through the client", async (t) => {
  const simulator = await simulatorFor(t);
  const { settingsApi, subscriptionsApi } = clientFor(simulator).webhooks;
  const throttling = { maxConcurrentRequests: 10 };
  await settingsApi.configure(simulator.appId, { targetUrl: "https://engine.example.com/hooks", throttling } as never);
  assert.equal((await settingsApi.getAll(simulator.appId)).targetUrl, "https://engine.example.com/hooks");
  const made = await subscriptionsApi.create(simulator.appId, {
    eventType: "contact.propertyChange",
    propertyName: "city",
  } as never);
  assert.equal(made.active, false);
  assert.equal((await subscriptionsApi.update(Number(made.id), simulator.appId, { active: true })).active, true);
  assert.equal((await subscriptionsApi.getAll(simulator.appId)).results.length, 1);
  await subscriptionsApi.archive(Number(made.id), simulator.appId);
  await settingsApi.clear(simulator.appId);
  await assert.rejects(settingsApi.getAll(simulator.appId), { code: 404 });
});
