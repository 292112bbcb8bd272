/** The dated API beside the numbered one, forms, preferences of the later kind, and what a restart keeps. */
import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { SEED_FORM_ID } from "../src/account/seed.ts";
import { type Simulator, startSimulator } from "../src/server.ts";
import { callApi, simulatorFor } from "./simulator.fixture.ts";

test("both families show the same records, each with its own success codes", async (t) => {
  const simulator = await simulatorFor(t);
  const make = async (path: string, properties: object) => {
    const reply = await callApi(simulator, "POST", path, { properties });
    assert.equal(reply.status, 201);
    return String(reply.body.id);
  };
  const ada = await make("/crm/objects/2026-09/contacts", { email: "ada@example.org" });
  const mill = await make("/crm/v3/objects/companies", { name: "Mill" });
  assert.equal((await callApi(simulator, "GET", `/crm/v3/objects/contacts/${ada}`)).status, 200);
  assert.equal((await callApi(simulator, "GET", `/crm/objects/2026-03/companies/${mill}`)).status, 200);

  const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 }];
  const codes = async (associations: string, properties: string, name: string) => {
    const pair = `${associations}/contacts/companies/batch`;
    const inputs = [{ from: { id: ada }, to: { id: mill }, types }];
    const made = await callApi(simulator, "POST", `${pair}/create`, { inputs });
    const gone = await callApi(simulator, "POST", `${pair}/archive`, {
      inputs: [{ from: { id: ada }, to: [{ id: mill }] }],
    });
    const property = { name, label: "P", type: "string", fieldType: "text", groupName: "contactinformation" };
    const defined = await callApi(simulator, "POST", `${properties}/contacts/batch/create`, { inputs: [property] });
    return [made.status, gone.status, defined.status];
  };
  assert.deepEqual(await codes("/crm/v4/associations", "/crm/v3/properties", "p_one"), [201, 204, 201]);
  assert.deepEqual(await codes("/crm/associations/2026-09", "/crm/properties/2026-09", "p_two"), [200, 200, 200]);
  assert.equal((await callApi(simulator, "GET", `/crm/v4/objects/contacts/${ada}/associations/companies`)).status, 200);
  assert.equal(
    (await callApi(simulator, "GET", `/crm/objects/2026-09/contacts/${ada}/associations/companies`)).status,
    404,
  );
  for (const path of ["/crm/owners/2026-09", "/account-info/2026-09/details", "/crm/pipelines/2026-09/deals"]) {
    assert.equal((await callApi(simulator, "GET", path)).status, 200, path);
  }
});

test("a sent form makes a contact once, is read back newest first, and is refused with HubSpot's error types", async (t) => {
  const simulator = await simulatorFor(t, { seed: true });
  const path = `${simulator.portalId}/${SEED_FORM_ID}`;
  const field = (name: string, value: string) => ({ objectTypeId: "0-1", name, value });
  const send = (secure: string, fields: object[], more = {}) =>
    callApi(simulator, "POST", `/submissions/v3/integration/${secure}submit/${path}`, { fields, ...more });

  const context = { pageUri: "https://www.example.com/demo", pageName: "Demo" };
  const first = await send("", [field("email", "new@example.org"), field("message", "demo please")], { context });
  assert.deepEqual([first.status, first.body.inlineMessage], [200, "Thanks for submitting the form."]);
  assert.equal(first.headers.get("access-control-allow-origin"), "*");
  await send("secure/", [field("email", "new@example.org"), field("city", "Leeds")]);
  const contact = await callApi(
    simulator,
    "GET",
    "/crm/v3/objects/contacts/new@example.org?idProperty=email&properties=city,num_conversion_events,recent_conversion_event_name",
  );
  const properties = contact.body.properties as Record<string, string>;
  assert.deepEqual([properties.city, properties.num_conversion_events], ["Leeds", "2"]);

  const read = await callApi(simulator, "GET", `/form-integrations/v1/submissions/forms/${SEED_FORM_ID}?limit=50`);
  const results = read.body.results as { submittedAt: number; values: { name: string }[]; pageUrl?: string }[];
  assert.deepEqual(
    results.map(({ values }) => values[1]?.name),
    ["city", "message"],
  );
  assert.equal(results[1]?.pageUrl, context.pageUri);

  const refused = await send("", [field("email", "nonsense"), field("city", "x")], { context: { hutk: "no" } });
  assert.equal(refused.status, 400);
  assert.equal(refused.body.message, "The request is not valid");
  const errors = refused.body.errors as { errorType: string }[];
  assert.deepEqual(
    errors.map(({ errorType }) => errorType),
    ["INVALID_EMAIL", "FIELD_NOT_IN_FORM_DEFINITION", "INVALID_HUTK"],
  );
  const [missing] = (await send("", [])).body.errors as { errorType: string }[];
  assert.equal(missing?.errorType, "REQUIRED_FIELD");
});

test("leaving everything is kept, shows on the contact, and cannot be written there by hand", async (t) => {
  const simulator = await simulatorFor(t, { seed: true });
  const root = "/communication-preferences/2026-09/statuses/ada@engines.example";
  const set = await callApi(simulator, "POST", root, {
    subscriptionId: 9001,
    statusState: "SUBSCRIBED",
    channel: "EMAIL",
  });
  assert.equal(set.status, 200);
  await callApi(simulator, "POST", `${root}/unsubscribe-all?channel=EMAIL`);
  const read = await callApi(simulator, "GET", `${root}?channel=EMAIL`);
  const results = read.body.results as { status: string }[];
  assert.ok(results.every(({ status }) => status === "UNSUBSCRIBED"));
  const contact = "/crm/v3/objects/contacts/ada@engines.example?idProperty=email&properties=hs_email_optout";
  const { body } = await callApi(simulator, "GET", contact);
  assert.equal((body.properties as Record<string, string>).hs_email_optout, "true");
  assert.equal((await callApi(simulator, "PATCH", contact, { properties: { hs_email_optout: "false" } })).status, 400);
});

test("a stage goes forward only, until it is cleared", async (t) => {
  const simulator = await simulatorFor(t, { seed: true });
  const path = "/crm/v3/objects/contacts/ada@engines.example?idProperty=email";
  const stageAfter = async (lifecyclestage: string) => {
    const reply = await callApi(simulator, "PATCH", path, { properties: { lifecyclestage } });
    return (reply.body.properties as Record<string, string>).lifecyclestage;
  };
  assert.equal(await stageAfter("customer"), "customer");
  assert.equal(await stageAfter("lead"), "customer");
  assert.equal(await stageAfter(""), null);
  assert.equal(await stageAfter("lead"), "lead");
});

test("with a data folder everything is there again after a restart; a broken file stops the start", async (t) => {
  const dataFolder = await mkdtemp(join(tmpdir(), "hubspot-simulator-"));
  t.after(() => rm(dataFolder, { recursive: true }));
  const before = await startSimulator({ dataFolder, tier: "none", seed: true });
  await callApi(before, "POST", "/crm/v3/objects/contacts", { properties: { email: "kept@example.org" } });
  await before.close();

  const after = await startSimulator({ dataFolder, tier: "none" });
  const kept = "/crm/v3/objects/contacts/kept@example.org?idProperty=email";
  assert.equal((await callApi(after, "GET", kept)).status, 200);
  const again = await callApi(after, "POST", "/crm/v3/objects/contacts", { properties: { email: "kept@example.org" } });
  assert.equal(again.status, 409);
  const linked = await callApi(after, "GET", "/crm/v3/objects/contacts?associations=companies");
  assert.ok((linked.body.results as { associations?: unknown }[])[0]?.associations);
  await after.close();

  await writeFile(join(dataFolder, "hubspot-simulator.json"), "{");
  await assert.rejects(startSimulator({ dataFolder }), /cannot be read/);
});

test("no id is given twice: neither after a kill nor after a reset, and a proper end leaves none out", async (t) => {
  const folders = await mkdtemp(join(tmpdir(), "hubspot-simulator-"));
  t.after(() => rm(folders, { recursive: true }));
  const [dataFolder, ofKilled] = [join(folders, "whole"), join(folders, "killed")];
  const make = async (simulator: Simulator, email: string): Promise<number> =>
    Number((await callApi(simulator, "POST", "/crm/v3/objects/contacts", { properties: { email } })).body.id);
  const before = await startSimulator({ dataFolder, tier: "none" });
  const first = await make(before, "ada@example.org");
  // What a kill at this moment leaves: the answer is out, the snapshot of it not yet written.
  await cp(dataFolder, ofKilled, { recursive: true });
  await rm(join(ofKilled, "hubspot-simulator.json"), { force: true });
  before.reset();
  const second = await make(before, "bob@example.org");
  await before.close();

  const killed = await startSimulator({ dataFolder: ofKilled, tier: "none" });
  const third = await make(killed, "eve@example.org");
  await killed.close();
  assert.ok(second > first && third > first, `${first}, ${second}, ${third}`);

  const after = await startSimulator({ dataFolder, tier: "none" });
  assert.equal(await make(after, "mia@example.org"), second + 1);
  await after.close();
});
