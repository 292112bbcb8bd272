/** Servers that die, hang, flood, change their tools or speak half a protocol: each end has a name, and a person is asked once. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { after, before, beforeEach, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { readServers } from "../../packages/millrace/src/mcp/client/server-state.ts";
import { type TestEngine, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { ECHO, NOTE, testServers } from "./mcp-client.fixture.ts";

let test: TestEngine;
before(async () => {
  test = await testEngine({ pack: false });
});
after(async () => {
  await test[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await test.engine.db.query("delete from mcp_servers");
});

const typesOf = (events: readonly NewEvent[]) => events.map(({ type }) => type);
const outcomesOf = (events: readonly NewEvent[]) =>
  events.filter(({ type }) => type === "mcp_tool_called").map(({ data }) => (data as { outcome: string }).outcome);
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("a tool of a server", () => {
  it("is called, and the call is told without what was asked", async () => {
    await using one = testServers(test, "good");
    const tools = one.tools(7);
    assert.deepEqual(await tools.call(ECHO, { text: "Ada" }), { ok: true, text: "You said: Ada" });
    const [event, ...rest] = tools.takeEvents();
    assert.deepEqual(rest, []);
    assert.ok(event !== undefined);
    const { arguments: hash, ms, ...data } = event.data as Record<string, unknown>;
    assert.equal(typeof ms, "number");
    assert.deepEqual(data, {
      agent: "scout",
      tool: "echo",
      task: 7,
      server: "test",
      size: 13,
      ok: true,
      outcome: "ok",
    });
    assert.match(String(hash), /^[0-9a-f]{64}$/);
    assert.ok(!JSON.stringify(event).includes("Ada"));
    test.engine.events.check({ ...event, contact: { id: "01a" } });
  });

  it("is called by many at once over one program", async () => {
    await using one = testServers(test, "good");
    const said = await Promise.all(Array.from({ length: 50 }, (_, i) => one.tools(i + 1).call(ECHO, { text: `${i}` })));
    assert.ok(said.every((result, i) => result.ok && result.text === `You said: ${i}`));
    assert.equal(one.lines().filter((line) => line.startsWith("started")).length, 1);
  });

  it("is spoken to although the program greets on its standard output", async () => {
    await using one = testServers(test, "greets");
    assert.equal((await one.tools(1).call(ECHO, { text: "x" })).ok, true);
  });

  it("that an agent may not use is not called, and its server is not started", async () => {
    await using one = testServers(test, "good", { tools: { scout: ["test/echo"], other: ["test/note"] } });
    const result = await one.tools(1).call(NOTE, { text: "x" });
    assert.equal(!result.ok && result.outcome, "not_allowed");
    assert.throws(() => one.lines(), /ENOENT/);
  });

  it("gets no variable of the environment but those named", async () => {
    await using one = testServers(test, "environment", {
      environment: { PATH: process.env.PATH, HUBSPOT_TOKEN: "secret", SEARCH_ACCOUNT: "acme", DATABASE_URL: "x" },
      server: { env: { OWN: "1" }, passEnv: ["SEARCH_ACCOUNT"] },
    });
    const result = await one.tools(1).call(ECHO, {});
    assert.equal(result.ok && result.text, "OWN PATH SEARCH_ACCOUNT");
  });

  it("that says it failed is a failure of this call alone, and its words are told", async () => {
    await using one = testServers(test, "fails");
    const tools = one.tools(1);
    assert.deepEqual(await tools.call(ECHO, {}), { ok: false, outcome: "tool_error", error: "The index is broken." });
    assert.deepEqual(typesOf(tools.takeEvents()), ["mcp_tool_called", "mcp_tool_failed"]);
    assert.deepEqual(
      (await readServers(test.engine.db)).map(({ state }) => state),
      ["up"],
    );
  });

  it("answers no longer than it may", async () => {
    await using one = testServers(test, "good", { maxAnswer: 100 });
    const result = await one.tools(1).call(ECHO, { text: "x".repeat(5_000) });
    assert.ok(result.ok && result.text.length < 130 && result.text.endsWith("[The rest is cut.]"));
  });

  it("is not called any more when the task has used up what it may", async () => {
    await using one = testServers(test, "good", { perTask: { calls: 2 } });
    const tools = one.tools(1);
    for (const text of ["1", "2", "3", "4"]) await tools.call(ECHO, { text });
    assert.equal(one.lines().filter((line) => line.startsWith("echo")).length, 2);
    const last = await tools.call(ECHO, {});
    assert.deepEqual(last, { ok: false, outcome: "over_budget", error: "The task has used up 2 calls." });
  });
});

/** A mode, the outcome of a call, and how often the program was started for one call. */
const FAULTS: readonly (readonly [mode: string, outcome: string, starts: number])[] = [
  ["dies-at-start", "died", 2],
  ["not-mcp", "not_mcp", 1],
  ["half", "not_mcp", 1],
  ["no-tools", "not_mcp", 1],
  ["dies", "died", 2],
  ["hangs", "hung", 2],
  ["floods", "flooded", 1],
  ["storms", "flooded", 1],
  ["silent", "hung", 2],
];

describe("a server", () => {
  for (const [mode, outcome, starts] of FAULTS) {
    it(`that ${mode.replaceAll("-", " ")}: "${outcome}", told once, and left alone`, async () => {
      await using one = testServers(test, mode, outcome === "hung" ? { callTimeout: "1s", startTimeout: "1s" } : {});
      const tools = [1, 2, 3].map((task) => one.tools(task));
      const results = [];
      for (const each of tools) results.push(await each.call(ECHO, { text: "x" }));
      assert.deepEqual(
        results.map((result) => !result.ok && result.outcome),
        [outcome, "server_down", "server_down"],
      );
      const events = tools.map((each) => each.takeEvents());
      assert.deepEqual(outcomesOf(events.flat()), Array(starts).fill(outcome));
      assert.equal(typesOf(events.flat()).filter((type) => type === "mcp_tool_failed").length, 1);
      assert.equal(one.lines().filter((line) => line.startsWith("started")).length, starts);
    });
  }

  it("that dies under many calls at once asks one person, not one for each", async () => {
    await using one = testServers(test, "dies");
    const tools = Array.from({ length: 30 }, (_, i) => one.tools(i + 1));
    await Promise.all(tools.map((each) => each.call(ECHO, { text: "x" })));
    const failed = tools.flatMap((each) => each.takeEvents()).filter(({ type }) => type === "mcp_tool_failed");
    assert.equal(failed.length, 1);
  });

  it("that died once is started again, and what reads is asked again", async () => {
    await using one = testServers(test, "dies-once");
    const tools = one.tools(1);
    assert.equal((await tools.call(ECHO, { text: "x" })).ok, true);
    assert.deepEqual(outcomesOf(tools.takeEvents()), ["died", "ok"]);
  });

  it("that ends between two calls is started again before the next one", async () => {
    await using one = testServers(test, "good");
    const tools = one.tools(1);
    assert.equal((await tools.call(ECHO, { text: "one" })).ok, true);
    const starts = () => one.lines().flatMap((line) => /^started (\d+)/.exec(line)?.[1] ?? []);
    process.kill(Number(starts()[0]), "SIGKILL");
    await until(async () => starts().length === 2);
    assert.equal((await tools.call(ECHO, { text: "two" })).ok, true);
    assert.equal(starts().length, 2, "the call found it running");
  });

  it("that died in a tool that acts is not asked to act again", async () => {
    await using one = testServers(test, "dies-once");
    const result = await one.tools(1).call(NOTE, { text: "x" });
    assert.equal(!result.ok && result.outcome, "died");
    assert.equal(one.lines().filter((line) => line.startsWith("note")).length, 1);
  });

  it("is tried by one call when its pause is over, and is back when that goes well", async () => {
    await using one = testServers(test, "dies-once");
    await one.tools(1).call(NOTE, { text: "x" });
    assert.equal((await readServers(test.engine.db))[0]?.state, "down");
    test.clock.advance(29_000);
    assert.equal((await one.tools(2).call(ECHO, {})).ok, false);
    test.clock.advance(1_000);
    const results = await Promise.all([3, 4, 5].map((task) => one.tools(task).call(ECHO, {})));
    assert.equal(results.filter(({ ok }) => ok).length, 1);
    assert.equal((await readServers(test.engine.db))[0]?.state, "up");
  });

  it("is left alone longer each time it fails again, and asks nobody a second time", async () => {
    await using one = testServers(test, "dies");
    const failed = [];
    for (const waitMs of [0, 30_000, 60_000, 120_000]) {
      test.clock.advance(waitMs);
      const tools = one.tools(1 + waitMs);
      await tools.call(ECHO, {});
      failed.push(...tools.takeEvents().filter(({ type }) => type === "mcp_tool_failed"));
      const [state] = await readServers(test.engine.db);
      assert.equal((state?.retryAt ?? 0) - test.clock.now(), Math.max(30_000, waitMs * 2));
    }
    assert.equal(failed.length, 1);
  });

  const CHANGED = { ok: false, outcome: "tool_changed" };
  const without = (result: object) => ({ ...result, error: undefined });
  it("that changes a tool while it runs is not given the agent's trust any more, until a person has looked", async () => {
    await using one = testServers(test, "changes");
    assert.equal((await one.tools(1).call(ECHO, {})).ok, true);
    // The server's word that its list has changed comes by itself.
    let result = await one.tools(2).call(ECHO, {});
    while (result.ok) result = await one.tools(2).call(ECHO, {});
    assert.deepEqual(without(result), { ...CHANGED, error: undefined });
    assert.match(result.error, /"echo" of "test" is described otherwise/);
    const asking = one.tools(2);
    await asking.call(ECHO, {});
    assert.deepEqual(
      asking.alerts.map(({ name }) => name),
      ["mcp_tool_changed"],
    );
    assert.deepEqual((await readServers(test.engine.db))[0]?.changed, ["echo"]);
    assert.deepEqual(await test.engine.actions.acceptMcpTools({ server: "test" }, { by: "ada" }), {
      ok: true,
      server: "test",
      tools: ["echo"],
    });
    const { servers } = await test.engine.queries.mcpServers({});
    assert.deepEqual(
      servers.map(({ name, changed }) => [name, changed]),
      [["test", []]],
    );
    assert.equal((await one.tools(3).call(ECHO, {})).ok, true);
  });

  it("that comes back with another tool after a restart is noticed, by another process too", async () => {
    await using one = testServers(test, "changed-at-restart");
    assert.equal((await one.tools(1).call(ECHO, {})).ok, true);
    await one.servers.close();
    writeFileSync(one.other, "");
    const { rules } = one.servers;
    const { mcpServers } = await import("../../packages/millrace/src/mcp/client/mcp-servers.ts");
    const { mcpTools } = await import("../../packages/millrace/src/agents/mcp-tools.ts");
    const servers = mcpServers({
      db: test.engine.db,
      clock: test.clock,
      rules,
      version: async () => "0",
      startProxy: () => Promise.reject(new Error("none")),
    });
    const { signal } = new AbortController();
    const result = await mcpTools({ servers, clock: test.clock, agent: "scout", task: 2, signal }).call(ECHO, {});
    await servers.close();
    assert.deepEqual(without(result), { ...CHANGED, error: undefined });
  });

  it("ends with the engine, and so does what it has started, though neither listens", async () => {
    const one = testServers(test, "stubborn");
    await one.tools(1).call(ECHO, { text: "x" });
    const pids = one.lines().flatMap((line) => /^(?:started|child) (\d+)/.exec(line)?.[1] ?? []);
    assert.equal(pids.length, 2);
    assert.ok(pids.every((pid) => isAlive(Number(pid))));
    const begun = performance.now();
    await one.servers.close();
    assert.ok(performance.now() - begun < 10_000);
    while (pids.some((pid) => isAlive(Number(pid)))) await sleep(10);
  });

  it("is not waited for when the task is taken away", async () => {
    await using one = testServers(test, "hangs");
    const abort = new AbortController();
    const called = one.tools(1, abort.signal).call(ECHO, {});
    while (!safeLines(one).some((line) => line.startsWith("echo"))) await sleep(10);
    abort.abort(new Error("lease lost"));
    await assert.rejects(called, /lease lost/);
  });
});

function safeLines(one: { lines(): readonly string[] }): readonly string[] {
  try {
    return one.lines();
  } catch {
    return [];
  }
}
