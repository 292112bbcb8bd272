/** The official MCP server, started as it is and pointed here by its own BASE_URL_OVERRIDE: each of its tools is called. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import type { Simulator } from "../src/server.ts";
import { simulatorFor } from "./simulator.fixture.ts";

type Result = { content: { type: string; text: string }[]; isError?: boolean };

/** Speaks JSON-RPC over the server's pipes, one line a message. */
async function mcpFor(t: TestContext, simulator: Simulator) {
  const main = createRequire(import.meta.url).resolve("@hubspot/mcp-server");
  // The server reads a .env file of its working directory; an empty folder has none.
  const folder = await mkdtemp(join(tmpdir(), "hubspot-mcp-"));
  const child = spawn(process.execPath, [join(dirname(main), "index.js")], {
    cwd: folder,
    env: { PATH: process.env.PATH, PRIVATE_APP_ACCESS_TOKEN: simulator.token, BASE_URL_OVERRIDE: simulator.url },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  t.after(async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true });
  });
  const waiting = new Map<number, (message: { result?: unknown; error?: unknown }) => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const message = JSON.parse(line);
    waiting.get(message.id)?.(message);
  });
  let lastId = 0;
  const request = (method: string, params: unknown): Promise<{ result?: unknown; error?: unknown }> =>
    new Promise((done) => {
      lastId += 1;
      waiting.set(lastId, done);
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: lastId, method, params })}\n`);
    });
  await request("initialize", {
    protocolVersion: "2024-11-05",
    capabilities: {},
    clientInfo: { name: "test", version: "1" },
  });
  child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
  const called = new Set<string>();
  return {
    called,
    tools: async () => ((await request("tools/list", {})).result as { tools: { name: string }[] }).tools,
    /** The text of a tool's answer; an error of the tool fails the test. */
    async call(name: string, args: Record<string, unknown> = {}): Promise<string> {
      called.add(name);
      const { result, error } = await request("tools/call", { name, arguments: args });
      assert.equal(error, undefined, `${name}: ${JSON.stringify(error)}`);
      const { content, isError } = result as Result;
      const text = content.map((part) => part.text).join("\n");
      assert.ok(!isError, `${name}: ${text}`);
      return text;
    },
  };
}

test("every tool of HubSpot's own MCP server works on the simulator", async (t) => {
  const simulator = await simulatorFor(t, { seed: true });
  simulator.account().flows.set("500", {
    id: "500",
    name: "Welcome",
    type: "CONTACT_FLOW",
    isEnabled: true,
    revisionId: "1",
    actions: [],
  });
  const mcp = await mcpFor(t, simulator);
  const tools = await mcp.tools();

  const who = await mcp.call("hubspot-get-user-details");
  assert.match(who, new RegExp(`"hubId": ${simulator.portalId}`));
  assert.match(who, /sales@example\.com/);
  assert.match(who, /"uiDomain": "app\.hubspot\.com"/);

  const listed = JSON.parse(
    await mcp.call("hubspot-list-objects", {
      objectType: "contacts",
      limit: 500,
      properties: ["email", "lead_score"],
      associations: ["companies"],
    }),
  );
  const ada = listed.results.find((item: { properties: { email: string } }) =>
    item.properties.email.startsWith("ada@"),
  );
  assert.equal(ada.properties.lead_score, "62");
  assert.equal(ada.associations.companies.results.length, 1);

  const found = await mcp.call("hubspot-search-objects", {
    objectType: "contacts",
    filterGroups: [{ filters: [{ propertyName: "lead_score", operator: "GTE", value: "70" }] }],
    properties: ["email"],
  });
  assert.match(found, /grace@/);

  const made = JSON.parse(
    await mcp.call("hubspot-batch-create-objects", {
      objectType: "contacts",
      inputs: [{ properties: { email: "new@example.org" } }],
    }),
  );
  const id = made.results[0].id;
  await mcp.call("hubspot-batch-update-objects", {
    objectType: "contacts",
    inputs: [{ id, properties: { city: "Ely" } }],
  });
  const read = await mcp.call("hubspot-batch-read-objects", {
    objectType: "contacts",
    inputs: [{ id }],
    properties: ["city"],
  });
  assert.match(read, /Ely/);

  await mcp.call("hubspot-get-schemas");
  assert.match(await mcp.call("hubspot-list-properties", { objectType: "contacts" }), /lead_score/);
  await mcp.call("hubspot-get-property", { objectType: "contacts", propertyName: "email" });
  await mcp.call("hubspot-create-property", {
    objectType: "contacts",
    name: "Favourite Mill",
    label: "Favourite mill",
    groupName: "contactinformation",
    type: "string",
    fieldType: "text",
  });
  await mcp.call("hubspot-update-property", {
    objectType: "contacts",
    propertyName: "favourite_mill",
    label: "Best mill",
  });

  const companyId = ada.associations.companies.results[0].id;
  await mcp.call("hubspot-batch-create-associations", {
    fromObjectType: "contacts",
    toObjectType: "companies",
    types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 }],
    inputs: [{ from: { id }, to: { id: companyId } }],
  });
  const links = await mcp.call("hubspot-list-associations", {
    objectType: "contacts",
    objectId: id,
    toObjectType: "companies",
  });
  assert.match(links, new RegExp(companyId));
  await mcp.call("hubspot-get-association-definitions", { fromObjectType: "contacts", toObjectType: "companies" });

  const task = JSON.parse(
    await mcp.call("hubspot-create-engagement", {
      type: "TASK",
      ownerId: 71,
      associations: { contactIds: [Number(id)] },
      metadata: { subject: "Call", body: "today", status: "NOT_STARTED", forObjectType: "CONTACT" },
    }),
  );
  const engagementId = task.engagement.engagement.id;
  await mcp.call("hubspot-update-engagement", {
    engagementId,
    metadata: { status: "COMPLETED" },
    associations: {},
  });
  const closed = JSON.parse(await mcp.call("hubspot-get-engagement", { engagementId }));
  assert.equal(closed.metadata.status, "COMPLETED");
  assert.equal(closed.metadata.subject, "Call");
  assert.deepEqual(closed.associations.contactIds, [Number(id)]);

  assert.match(await mcp.call("hubspot-list-workflows"), /Welcome/);
  await mcp.call("hubspot-get-workflow", { flowId: "500" });
  await mcp.call("hubspot-get-link", {
    portalId: String(simulator.portalId),
    uiDomain: "app.hubspot.com",
    pageRequests: [{ pagetype: "record", objectTypeId: "0-1", objectId: id }],
  });
  await mcp.call("hubspot-generate-feedback-link");

  const forgotten = tools.map(({ name }) => name).filter((name) => !mcp.called.has(name));
  assert.deepEqual(forgotten, [], "each tool was called");
  assert.ok(
    simulator.calls.latest().every(({ status }) => status < 300),
    "each call was answered well",
  );
});
