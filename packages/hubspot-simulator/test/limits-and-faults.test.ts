/** Limits as HubSpot publishes them, and the switches that make it fail. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { callApi, clientFor, simulatorFor } from "./simulator.fixture.ts";

const CONTACTS = "/crm/v3/objects/contacts";
const clock = (at = Date.parse("2026-11-22T10:00:00Z")) => {
  const held = { at };
  return { now: () => held.at, advance: (ms: number) => (held.at += ms) };
};

test("the 191st call in ten seconds is refused with the policy's name, and ten seconds later all is well", async (t) => {
  const { now, advance } = clock();
  const simulator = await simulatorFor(t, { tier: "professional", now });
  for (let i = 0; i < 190; i += 1) await callApi(simulator, "GET", `${CONTACTS}?limit=1`);
  const refused = await callApi(simulator, "GET", CONTACTS);
  assert.equal(refused.status, 429);
  assert.equal(refused.body.policyName, "TEN_SECONDLY_ROLLING");
  assert.equal(refused.body.errorType, "RATE_LIMIT");
  assert.equal(refused.body.category, undefined);
  assert.equal(refused.headers.get("retry-after"), null);
  advance(10_001);
  const well = await callApi(simulator, "GET", CONTACTS);
  assert.equal(well.status, 200);
  assert.equal(well.headers.get("x-hubspot-ratelimit-max"), "190");
  assert.equal(well.headers.get("x-hubspot-ratelimit-remaining"), "189");
  assert.equal(well.headers.get("x-hubspot-ratelimit-interval-milliseconds"), "10000");
  assert.equal(well.headers.get("x-hubspot-ratelimit-daily"), "625000");
  assert.equal(well.headers.get("x-hubspot-correlation-id")?.length, 36);
});

test("the sixth search in a second is refused, and searches tell nothing about limits", async (t) => {
  const { now, advance } = clock();
  const simulator = await simulatorFor(t, { tier: "professional", now });
  const search = () => callApi(simulator, "POST", `${CONTACTS}/search`, {});
  for (let i = 0; i < 5; i += 1) assert.equal((await search()).headers.get("x-hubspot-ratelimit-max"), null);
  const refused = await search();
  assert.deepEqual([refused.status, refused.body.policyName], [429, "SECONDLY"]);
  assert.equal(refused.body.message, "You have reached your secondly limit.");
  advance(1_001);
  assert.equal((await search()).status, 200);
});

test("the day's limit ends at midnight of the account's own time zone", async (t) => {
  const { now, advance } = clock(Date.parse("2026-11-22T22:30:00Z"));
  const simulator = await simulatorFor(t, { limits: { perDay: 3 }, timeZone: "Europe/Berlin", now });
  for (let i = 0; i < 3; i += 1) await callApi(simulator, "GET", CONTACTS);
  const refused = await callApi(simulator, "GET", CONTACTS);
  assert.deepEqual([refused.status, refused.body.policyName], [429, "DAILY"]);
  assert.equal(refused.body.message, "You have reached your daily limit.");
  advance(31 * 60_000);
  assert.equal((await callApi(simulator, "GET", CONTACTS)).status, 200);
  const usage = await callApi(simulator, "GET", "/account-info/v3/api-usage/daily/private-apps");
  const [today] = usage.body.results as { currentUsage: number; resetsAt: string }[];
  assert.equal(today?.currentUsage, 2);
  assert.equal(today?.resetsAt, "2026-11-23T23:00:00.000Z");
});

test("a storm of 429s hits only the calls it is meant for, and stops after its count", async (t) => {
  const simulator = await simulatorFor(t);
  simulator.faults.set({ tooManyRequests: 1, retryAfterSeconds: 3, onlyPath: "contacts", strikesLeft: 2 });
  const companies = await callApi(simulator, "GET", "/crm/v3/objects/companies");
  assert.equal(companies.status, 200);
  const struck = await callApi(simulator, "GET", CONTACTS);
  assert.deepEqual([struck.status, struck.headers.get("retry-after")], [429, "3"]);
  await callApi(simulator, "GET", CONTACTS);
  assert.equal((await callApi(simulator, "GET", CONTACTS)).status, 200);
});

test("the client's own retry gets through a short trouble of the gateway", async (t) => {
  const simulator = await simulatorFor(t);
  simulator.faults.set({ serverError: 1, serverErrorStatus: 503, strikesLeft: 2 });
  const page = await clientFor(simulator, 3).crm.contacts.basicApi.getPage(5);
  assert.deepEqual(page.results, []);
});

test("a connection cut before leaves nothing behind, one cut after has done its work", async (t) => {
  const simulator = await simulatorFor(t);
  const create = () => callApi(simulator, "POST", CONTACTS, { properties: { email: "ada@example.org" } });
  simulator.faults.set({ cutBefore: 1, strikesLeft: 1 });
  await assert.rejects(create());
  assert.equal(simulator.account().tables.get("0-1")?.records.size, 0);
  simulator.faults.set({ cutBefore: 0, cutAfter: 1, strikesLeft: 1 });
  await assert.rejects(create());
  assert.equal(simulator.account().tables.get("0-1")?.records.size, 1);
  assert.equal((await create()).status, 409);
});

test("broken JSON, slow answers and half-done batches can be had", async (t) => {
  const simulator = await simulatorFor(t, { random: () => 0 });
  simulator.faults.set({ wrongJson: 1, strikesLeft: 1 });
  await assert.rejects(clientFor(simulator).crm.contacts.basicApi.getPage(1));
  simulator.faults.reset();
  simulator.faults.set({ partialBatch: 1, strikesLeft: 1, latencyMs: 1 });
  const inputs = ["a", "b"].map((name) => ({ properties: { email: `${name}@example.org` } }));
  const partial = await callApi(simulator, "POST", `${CONTACTS}/batch/create`, { inputs });
  assert.equal(partial.status, 207);
  assert.equal(partial.body.numErrors, 1);
  assert.equal((partial.body.results as unknown[]).length, 1);
});

test("a write stays invisible to search until the index has caught up", async (t) => {
  const { now, advance } = clock();
  const simulator = await simulatorFor(t, { now });
  simulator.faults.set({ indexDelayMs: 5_000 });
  const made = await callApi(simulator, "POST", CONTACTS, { properties: { email: "ada@example.org", city: "Leeds" } });
  const totalOf = async (city: string) => {
    const filters = [{ propertyName: "city", operator: "EQ", value: city }];
    return (await callApi(simulator, "POST", `${CONTACTS}/search`, { filterGroups: [{ filters }] })).body.total;
  };
  assert.equal(await totalOf("Leeds"), 0);
  advance(5_000);
  assert.equal(await totalOf("Leeds"), 1);
  await callApi(simulator, "PATCH", `${CONTACTS}/${made.body.id}`, { properties: { city: "York" } });
  assert.deepEqual([await totalOf("Leeds"), await totalOf("York")], [1, 0]);
  advance(5_000);
  assert.deepEqual([await totalOf("Leeds"), await totalOf("York")], [0, 1]);
});

test("the switches can be turned over HTTP, and a wrong one is refused", async (t) => {
  const simulator = await simulatorFor(t);
  const put = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${simulator.url}/__simulator/faults`, {
      method: "PUT",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  assert.equal((await put({ serverError: 0.5 })).status, 200);
  assert.equal(simulator.faults.settings.serverError, 0.5);
  assert.equal((await put({ serverError: 2 })).status, 400);
  assert.equal((await put({ nonsense: 1 })).status, 400);
  assert.equal((await put({ serverError: 1 }, { origin: "https://elsewhere.example" })).status, 403);
  assert.equal(simulator.faults.settings.serverError, 0.5);
});
