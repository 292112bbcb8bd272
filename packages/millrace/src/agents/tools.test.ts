import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../base/clock.ts";
import { EventCatalogue } from "../events/catalogue.ts";
import { isTransientError, toolbox } from "./tools.ts";

const clock = new ManualClock();
const catalogue = new EventCatalogue();
const quick = { task: 7, retryPauseMs: 1 };
const lost = () => Object.assign(new Error("lost"), { code: "ECONNRESET" });

test("every call of a tool is told, with how long it took", async () => {
  const tools = toolbox("scout", clock, quick);
  const call = await tools.call("look", async () => {
    clock.advance(30);
    return 42;
  });
  assert.deepEqual(call, { ok: true, value: 42 });
  assert.deepEqual(tools.events, [{ type: "mcp_tool_called", data: { agent: "scout", tool: "look", ms: 30 } }]);
});

test("a transient error is tried once more, and what then works is no failure", async () => {
  const tools = toolbox("scout", clock, quick);
  let tries = 0;
  const call = await tools.call("look", async () => {
    if (++tries === 1) throw lost();
    return "there";
  });
  assert.deepEqual(call, { ok: true, value: "there" });
  assert.deepEqual(
    tools.events.map(({ type }) => type),
    ["mcp_tool_called", "mcp_tool_called"],
  );
});

test("what fails twice, or will always fail, is told with its task, in a form the log takes", async () => {
  for (const [error, tries] of [
    [lost(), 2],
    [new Error(`no\u0000\ud800${"x".repeat(9_000)}`), 1],
    ["text", 1],
  ] as const) {
    const tools = toolbox("scout", clock, quick);
    const call = await tools.call("look", () => Promise.reject(error));
    assert.equal(call.ok, false);
    assert.equal(tools.events.filter(({ type }) => type === "mcp_tool_called").length, tries);
    assert.equal(tools.events.at(-1)?.type, "mcp_tool_failed");
    for (const event of tools.events) catalogue.check({ ...event, contact: { id: "01a" } });
  }
});

test("a tool that throws before it has begun fails like any other", async () => {
  const tools = toolbox("scout", clock, quick);
  const call = await tools.call("look", () => {
    throw new Error("wrong at once");
  });
  assert.deepEqual(call, { ok: false, error: "wrong at once" });
});

test("a tool that never answers ends with its time, whether it listens or not", async () => {
  const tools = toolbox("scout", clock, quick);
  const call = await tools.call("look", () => new Promise(() => undefined), { timeoutMs: 30 });
  assert.equal(call.ok, false);
  assert.equal(tools.events.length, 3);
});

test("when the task is taken away the call ends with that, and is no failure of the tool", async () => {
  const abort = new AbortController();
  const tools = toolbox("scout", clock, { ...quick, signal: abort.signal });
  const call = tools.call("look", () => new Promise(() => undefined));
  abort.abort(new Error("lease lost"));
  await assert.rejects(call, /lease lost/);
  assert.ok(!tools.events.some(({ type }) => type === "mcp_tool_failed"));
});

test("time-outs, lost connections, 429 and 5xx may be gone in a moment; other errors may not", () => {
  const passing = [
    new DOMException("", "TimeoutError"),
    lost(),
    { status: 429 },
    { status: 503 },
    { code: "UND_ERR_SOCKET" },
    // As Node's fetch, HubSpot's client, MCP clients of both major versions and model SDKs throw them.
    new TypeError("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) }),
    Object.assign(new Error("HTTP-Code: 503"), { code: 503 }),
    Object.assign(new Error("Request timed out"), { code: -32_001 }),
    Object.assign(new Error("Request timed out"), { code: "REQUEST_TIMEOUT" }),
    Object.assign(new Error("Connection error."), { name: "APIConnectionError" }),
    { type: "overloaded_error" },
    Object.assign(new Error("Overloaded"), { statusCode: 529, isRetryable: true }),
  ];
  for (const error of passing) assert.equal(isTransientError(error), true);
  const lasting = [
    new Error("x"),
    { status: 404 },
    { code: 404 },
    { statusCode: 400 },
    { code: -32_602 },
    null,
    "x",
    { code: "ENOENT" },
  ];
  for (const error of lasting) assert.equal(isTransientError(error), false);
});

test("a result that MCP marks as an error is a failure in its words, and busy ones are tried once more", async () => {
  for (const [words, tries] of [
    ["HubSpot API Error: 429", 2],
    ["Request failed with status code 503", 2],
    ["No contact with the id 500123", 1],
    ["Unknown tool: serch", 1],
  ] as const) {
    const tools = toolbox("scout", clock, quick);
    const answer = { isError: true, content: [{ type: "text", text: words }] };
    assert.deepEqual(await tools.call("search", async () => answer), { ok: false, error: words });
    assert.equal(tools.events.filter(({ type }) => type === "mcp_tool_called").length, tries, words);
    assert.equal(tools.events.at(-1)?.type, "mcp_tool_failed");
  }
  const tools = toolbox("scout", clock, quick);
  assert.equal((await tools.call("search", async () => ({ isError: false, content: [] }))).ok, true);
});
