/** What must be refused, and how: never a crash, always HubSpot's words, and nothing written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { callApi, type Reply, simulatorFor } from "./simulator.fixture.ts";

const CONTACTS = "/crm/v3/objects/contacts";

function assertRefused(reply: Reply, status: number, category: string): void {
  assert.deepEqual([reply.status, reply.body.status, reply.body.category], [status, "error", category], reply.text);
  assert.equal(reply.headers.get("content-type"), "application/json;charset=utf-8");
  assert.equal(reply.headers.get("x-hubspot-correlation-id"), reply.body.correlationId);
}

test("broken JSON, wrong shapes and other media are refused", async (t) => {
  const simulator = await simulatorFor(t);
  const bodies = [
    '{"properties":',
    "[]",
    '"text"',
    "7",
    "null",
    '{"properties":[]}',
    '{"properties":{"email":{}}}',
    "",
  ];
  for (const body of bodies) {
    assertRefused(await callApi(simulator, "POST", CONTACTS, body || undefined), 400, "VALIDATION_ERROR");
  }
  const form = { "content-type": "application/x-www-form-urlencoded" };
  assert.equal((await callApi(simulator, "POST", CONTACTS, "a=b", form)).status, 415);
  assert.equal((await callApi(simulator, "GET", "/no/such/place")).status, 404);
  assert.equal((await callApi(simulator, "POST", CONTACTS, `"${"x".repeat(11 * 1024 * 1024)}"`)).status, 413);
  assert.equal(simulator.account().tables.get("0-1")?.records.size, 0);
});

test("a type nobody knows is named in the answer", async (t) => {
  const simulator = await simulatorFor(t);
  for (const type of ["contactz", "__proto__", "constructor", "toString", "0-99"]) {
    const reply = await callApi(simulator, "GET", `/crm/v3/objects/${type}`);
    assertRefused(reply, 400, "VALIDATION_ERROR");
    assert.equal(reply.body.message, `Unable to infer object type from: ${type}`);
  }
});

test("names of prototypes are names like any other", async (t) => {
  const simulator = await simulatorFor(t);
  const raw = '{"properties":{"__proto__":"1","constructor":"2","email":"a@example.org"}}';
  const refused = await callApi(simulator, "POST", CONTACTS, raw);
  assertRefused(refused, 400, "VALIDATION_ERROR");
  assert.match(String(refused.body.message), /PROPERTY_DOESNT_EXIST/);
  assert.equal((await callApi(simulator, "GET", `${CONTACTS}/__proto__`)).status, 404);
  assert.equal((await callApi(simulator, "GET", `${CONTACTS}/constructor?idProperty=email`)).status, 404);

  const definition = {
    name: "constructor",
    label: "C",
    type: "string",
    fieldType: "text",
    groupName: "contactinformation",
  };
  assert.equal((await callApi(simulator, "POST", "/crm/v3/properties/contacts", definition)).status, 201);
  const made = await callApi(simulator, "POST", CONTACTS, { properties: { email: "a@example.org", constructor: "x" } });
  const read = await callApi(simulator, "GET", `${CONTACTS}/${made.body.id}?properties=constructor,__proto__`);
  assert.equal((read.body.properties as Record<string, unknown>).constructor, "x");
});

test("each wrong value is told by its name, inside the message and beside it", async (t) => {
  const simulator = await simulatorFor(t);
  const reply = await callApi(simulator, "POST", CONTACTS, {
    properties: {
      email: "nonsense",
      lifecyclestage: "king",
      hs_object_id: "1",
      no_such: "x",
      phone: "y".repeat(70_000),
    },
  });
  assertRefused(reply, 400, "VALIDATION_ERROR");
  const inner = JSON.parse(String(reply.body.message).replace("Property values were not valid: ", ""));
  assert.deepEqual(
    inner.map(({ name, error, isValid }: Record<string, unknown>) => [name, error, isValid]),
    [
      ["email", "INVALID_EMAIL", false],
      ["lifecyclestage", "INVALID_OPTION", false],
      ["hs_object_id", "READ_ONLY_VALUE", false],
      ["no_such", "PROPERTY_DOESNT_EXIST", false],
      ["phone", "PROPERTY_VALUE_TOO_LONG", false],
    ],
  );
});

test("a batch of a hundred and one is refused whole, for every kind of batch", async (t) => {
  const simulator = await simulatorFor(t);
  const inputs = Array.from({ length: 101 }, (_, i) => ({ id: String(i), properties: {} }));
  for (const kind of ["create", "read", "update", "upsert", "archive"]) {
    assertRefused(await callApi(simulator, "POST", `${CONTACTS}/batch/${kind}`, { inputs }), 400, "VALIDATION_ERROR");
    assertRefused(
      await callApi(simulator, "POST", `${CONTACTS}/batch/${kind}`, { inputs: [] }),
      400,
      "VALIDATION_ERROR",
    );
  }
});

test("a batch with the same e-mail twice writes nothing", async (t) => {
  const simulator = await simulatorFor(t);
  const twice = { inputs: [0, 1].map(() => ({ properties: { email: "a@example.org" } })) };
  assertRefused(await callApi(simulator, "POST", `${CONTACTS}/batch/create`, twice), 409, "CONFLICT");
  assert.equal(simulator.account().tables.get("0-1")?.records.size, 0);
});

test("searches beyond their limits are refused", async (t) => {
  const simulator = await simulatorFor(t);
  const filter = { propertyName: "email", operator: "EQ", value: "a" };
  const group = { filters: [filter] };
  const bodies = [
    { limit: 201 },
    { limit: 0 },
    { limit: 100, after: "9901" },
    { after: "x" },
    { query: "x".repeat(3_001) },
    { filterGroups: Array.from({ length: 6 }, () => group) },
    { filterGroups: [{ filters: Array.from({ length: 7 }, () => filter) }] },
    { filterGroups: Array.from({ length: 4 }, () => ({ filters: Array.from({ length: 5 }, () => filter) })) },
    { sorts: [{ propertyName: "email" }, { propertyName: "phone" }] },
    { filterGroups: [{ filters: [{ propertyName: "email", operator: "LIKE", value: "a" }] }] },
    { filterGroups: [{ filters: [{ propertyName: "nope", operator: "EQ", value: "a" }] }] },
    { filterGroups: [{ filters: [{ propertyName: "email", operator: "EQ" }] }] },
  ];
  for (const body of bodies) {
    assertRefused(await callApi(simulator, "POST", `${CONTACTS}/search`, body), 400, "VALIDATION_ERROR");
  }
  assert.equal((await callApi(simulator, "POST", `${CONTACTS}/search`, { limit: 200, after: "9800" })).status, 200);
});

test("no token, a wrong one, and one without the scope", async (t) => {
  const simulator = await simulatorFor(t, { scopes: ["crm.objects.contacts.read"] });
  for (const authorization of ["", "Bearer pat-eu1-wrong", simulator.token]) {
    const reply = await callApi(simulator, "GET", CONTACTS, undefined, { authorization });
    assertRefused(reply, 401, "INVALID_AUTHENTICATION");
    assert.equal(reply.headers.get("x-hubspot-auth-failure"), "401 Unauthorized");
  }
  assert.equal((await callApi(simulator, "GET", CONTACTS)).status, 200);
  const refused = await callApi(simulator, "POST", CONTACTS, { properties: { email: "a@example.org" } });
  assertRefused(refused, 403, "MISSING_SCOPES");
  const [detail] = refused.body.errors as { context: { requiredGranularScopes: string[] } }[];
  assert.deepEqual(detail?.context.requiredGranularScopes, ["crm.objects.contacts.write"]);
  assert.equal((await callApi(simulator, "GET", "/crm/v3/objects/tasks")).status, 200);
});

test("the simulator's own doors do not open for a name that points here or for another site", async (t) => {
  const simulator = await simulatorFor(t);
  const door = (headers: Record<string, string>) => fetch(`${simulator.url}/__simulator/state`, { headers });
  assert.equal((await door({})).status, 200);
  assert.equal((await door({ origin: "https://evil.example" })).status, 403);
  const page = await fetch(simulator.url);
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
});
