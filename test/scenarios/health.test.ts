/** Flow 6: the engine watches itself. Time stands still but for what a test turns; the monitor turns on demand. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { RUNNER_SUBSCRIPTION } from "../../packages/millrace/src/decider/cursor.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import type { MonitorSettings } from "../../packages/millrace/src/monitor/monitor-settings.ts";
import { isSilent } from "../../packages/millrace/src/monitor/silence.ts";
import { readHealth } from "../../packages/millrace/src/queries/rows/health.ts";
import { pauseAgent } from "../../packages/millrace/src/tasks/circuits.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";
import { until } from "../factories/until.ts";

const MINUTE = 60_000;
const kinds = {
  ring: { about: "Ring somebody.", priority: "MEDIUM", dueIn: "1h", doneBy: "ringer", retries: 0 },
  write: { about: "Write somebody.", priority: "MEDIUM", dueIn: "1h", doneBy: "writer" },
} as const satisfies MillraceConfig["tasks"];

/** Each form asks for one ring and one letter; who rings fails when told to. */
function twoAgents(monitor?: MonitorSettings | false) {
  const said = { failOf10: 0, rung: 0, written: 0 };
  const ringer = does("ringer", "ring", () => {
    said.rung += 1;
    const fails = said.rung % 10 < said.failOf10;
    return fails
      ? { outcome: "failed", error: `line 7${said.rung} is dead`, retry: "later" }
      : { outcome: "completed" };
  });
  const writer = does("writer", "write", () => {
    said.written += 1;
    return { outcome: "completed" };
  });
  const each = workflow("each_form", {}, [
    on("form_submitted", task("ring" as "qualify_lead"), task("write" as "qualify_lead")),
  ]);
  const config: MillraceConfig = {
    tasks: kinds,
    agents: [ringer, writer],
    workflows: [each],
    monitor: monitor ?? { errorRate: 1 },
  };
  return { said, config };
}

async function forms(test: TestEngine, many: number, from = 0): Promise<void> {
  const events = Array.from({ length: many }, (_, i) =>
    formSubmitted({ email: `p${from + i}@acme-systems.example` }, "other"),
  );
  await test.engine.append(events);
}

/** The workflow in question alone: no thank-you, no scoring. */
const lone = async (config: MillraceConfig) => testEngine(config);

async function turn(test: TestEngine, ms = MINUTE): Promise<void> {
  test.clock.advance(ms);
  assert.equal(await test.engine.monitor?.turnNow(), true);
  await test.engine.idle();
}

async function openTasks(test: TestEngine, kind: string): Promise<{ state: string; attempt: number }[]> {
  return test.engine.db.query("select state, attempt from tasks where kind = $1 order by id", [kind]);
}

async function resultOf(test: TestEngine, kind: string) {
  const [row] = await test.engine.db.query<{ result: Record<string, unknown> }>(
    "select result from finished_tasks where kind = $1 order by id desc limit 1",
    [kind],
  );
  return row?.result;
}

describe("an agent that fails in 30 % of its attempts", () => {
  it("is told of once, is stopped, and works again when one task went well; the others never notice", async () => {
    const { said, config } = twoAgents();
    await using test = await lone(config);
    said.failOf10 = 3;
    await forms(test, 30);
    await test.engine.idle();
    await turn(test);
    let trace = await traceOf(test.engine);
    assert.equal(count(trace.events, "agent_health_critical"), 1);
    assert.equal(count(trace.alerts, "admin agent_health_critical"), 1);
    assert.equal((await resultOf(test, "recover_agent"))?.stopped, true);
    const [alert] = await test.engine.db.query<{ title: string }>(
      "select title from alerts where name = 'agent_health_critical'",
    );
    assert.equal(alert?.title, "ringer fails in 30 % of 30 attempts");

    // While it is stopped its tasks wait, and use up no attempt; the writer goes on.
    said.failOf10 = 0;
    await forms(test, 10, 100);
    await test.engine.idle();
    assert.equal(said.rung, 30);
    assert.equal(said.written, 40);
    assert.deepEqual(await openTasks(test, "ring"), Array(10).fill({ state: "NOT_STARTED", attempt: 0 }));
    await turn(test);
    assert.equal(count((await traceOf(test.engine)).events, "agent_health_critical"), 1, "told once");

    // After its rest one task is tried, then the others.
    test.clock.advance(5 * MINUTE);
    await test.engine.idle();
    assert.equal(said.rung, 40);
    await turn(test);
    trace = await traceOf(test.engine);
    assert.equal(count(trace.events, "health_alert_cleared"), 1);
    assert.equal(count(trace.events, "system_healthy"), 1);
    const [told] = await test.engine.db.query<{ resolved: boolean }>(
      "select resolved_at is not null as resolved from alerts where name = 'agent_health_critical'",
    );
    assert.equal(told?.resolved, true);
    await turn(test);
    assert.equal(count((await traceOf(test.engine)).events, "system_healthy"), 1);
  });

  it("is tried with exactly one task; each that fails doubles the rest, and after three a person is asked", async () => {
    const { said, config } = twoAgents({ errorRate: 1, maxPause: "10m" });
    await using test = await lone(config);
    said.failOf10 = 10;
    await forms(test, 30);
    await test.engine.idle();
    await turn(test);
    await forms(test, 10, 100);
    await test.engine.idle();
    const rests = [5, 10, 10];
    for (const [i, rest] of rests.entries()) {
      const before = said.rung;
      test.clock.advance(rest * MINUTE - 1);
      await test.engine.idle();
      assert.equal(said.rung, before, `rest ${i} is not over`);
      test.clock.advance(1);
      await test.engine.idle();
      assert.equal(said.rung, before + 1, `one canary after rest ${i}`);
    }
    const reviews = await test.engine.db.query<{ payload: { reason: string } }>(
      "select payload from tasks where kind = 'manual_review' and merge_key = 'manual_review:circuit:ringer'",
    );
    assert.match(reviews[0]?.payload.reason ?? "", /^ringer stays stopped: 3 tasks in a row failed/);
    assert.equal(count((await traceOf(test.engine)).alerts, "admin agent_health_critical"), 1);
  });
});

describe("a backlog", () => {
  /** Tasks of a kind that has an agent, written as a burst leaves them; claimed when the dispatcher is let to. */
  async function backlog(test: TestEngine, ready: number): Promise<void> {
    await test.engine.db.query("delete from tasks");
    await test.engine.db.query(
      `insert into tasks (id, root, due_at, created_at, depth, priority, rank, kind, merge_key, standing, requested_by, causes, payload)
       select 1000000 + i, 0, $2, $2, 0, 2, 2, 'ring', 'ring:' || i, 'NOT_STARTED', 'test', array[0], 'null' from generate_series(1, $1::int) i`,
      [ready, new Date(test.clock.now())],
    );
  }
  /** Nobody in this process claims, so that what waits is what the test says. */
  const decidesOnly = { roles: ["engine"] } as const;

  for (const [ready, alerts] of [
    [100, 0],
    [101, 1],
  ] as const) {
    it(`of ${ready} tasks raises ${alerts} alerts, and is over when nothing is left`, async () => {
      await using test = await testEngine(twoAgents().config, decidesOnly);
      await backlog(test, ready);
      await test.engine.monitor?.turnNow();
      await settled(test);
      let trace = await traceOf(test.engine);
      assert.equal(count(trace.events, "queue_overload"), alerts);
      assert.equal(count(trace.alerts, "admin queue_overload"), alerts);
      await backlog(test, 1);
      await test.engine.monitor?.turnNow();
      await settled(test);
      assert.equal(count((await traceOf(test.engine)).events, "queue_cleared"), 0);
      await backlog(test, 0);
      await test.engine.monitor?.turnNow();
      await settled(test);
      trace = await traceOf(test.engine);
      assert.equal(count(trace.events, "queue_cleared"), alerts);
      assert.equal(count(trace.events, "system_healthy"), alerts);
    });
  }

  it("is not over while a stopped agent's tasks stand", async () => {
    await using test = await testEngine(twoAgents().config, decidesOnly);
    await backlog(test, 130);
    await test.engine.monitor?.turnNow();
    await test.engine.db.transaction((tx) =>
      pauseAgent(tx, { agent: "ringer", by: "person:ada", now: test.clock.now() }),
    );
    await test.engine.monitor?.turnNow();
    await settled(test);
    let trace = await traceOf(test.engine);
    assert.deepEqual([count(trace.events, "queue_overload"), count(trace.events, "queue_cleared")], [1, 0]);
    await backlog(test, 0);
    await test.engine.monitor?.turnNow();
    await settled(test);
    trace = await traceOf(test.engine);
    assert.equal(count(trace.events, "queue_cleared"), 1);
  });

  it("that is too long gives its agents more hands, up to the ceiling, and takes them back when it is gone", async () => {
    const gate = Promise.withResolvers<void>();
    let most = 0;
    let at = 0;
    const slow = does("ringer", "ring", async () => {
      at += 1;
      most = Math.max(most, at);
      await gate.promise;
      at -= 1;
      return { outcome: "completed" };
    });
    await using test = await testEngine({ tasks: kinds, agents: [slow], monitor: { concurrencyCeiling: 6 } });
    await backlog(test, 150);
    test.engine.wakeUps.local("tasks");
    while (at < 4) await sleep(5);
    await test.engine.monitor?.turnNow();
    while (at < 6) await sleep(5);
    await until(async () => (await resultOf(test, "scale_processing")) !== undefined);
    assert.deepEqual((await resultOf(test, "scale_processing"))?.concurrency, { ringer: 6 });
    gate.resolve();
    await test.engine.idle();
    assert.equal(most, 6);
    await turn(test);
    assert.deepEqual(await resultOf(test, "scale_processing"), { direction: "down", concurrency: { ringer: 4 } });
  });

  /** Without a dispatcher here: until the events are decided. */
  async function settled(test: TestEngine): Promise<void> {
    for (;;) {
      const [row] = await test.engine.db.query<{ open: boolean }>(
        "select exists (select 1 from events where not settled and position > (select position from subscriptions where name = $1)) as open",
        [RUNNER_SUBSCRIPTION],
      );
      if (row?.open !== true) return;
      await sleep(5);
    }
  }
});

describe("alerts about the system", () => {
  it("two problems at once are two alerts", async () => {
    await using test = await testEngine({ monitor: { memoryMb: 1, connectionShare: 0.0001 } });
    await turn(test);
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.alerts, "admin resource_alert"), 2);
    assert.equal(count(trace.tasks, "free_resources COMPLETED HIGH"), 1, "one clean-up serves both");
  });

  it("neither a restart nor another leader repeats or forgets what was told", async () => {
    const monitor = { memoryMb: 1, repeatAfter: "1h" } as const;
    await using test = await testEngine({ monitor });
    await turn(test);
    const other = await openEngine({ databaseUrl: test.url, monitor }, { clock: test.clock });
    try {
      assert.equal(await other.monitor?.turnNow(), false, "one process at a time");
      await test.engine.monitor?.stop();
      test.clock.advance(MINUTE);
      assert.equal(await other.monitor?.turnNow(), true);
      await other.idle();
      assert.equal(count((await traceOf(other)).alerts, "admin resource_alert"), 1);
      test.clock.advance(60 * MINUTE);
      await other.monitor?.turnNow();
      await other.idle();
      assert.equal(count((await traceOf(other)).alerts, "admin resource_alert"), 2, "told again after an hour");
    } finally {
      await other.stop();
    }
    const well = await openEngine({ databaseUrl: test.url }, { clock: test.clock });
    try {
      await well.monitor?.turnNow();
      await well.idle();
      const open = await well.db.query("select 1 from alerts where resolved_at is null");
      assert.equal(open.length, 0, "what an earlier process told is resolved by a later one");
      assert.equal(count((await traceOf(well)).events, "system_healthy"), 1);
    } finally {
      await well.stop();
    }
  });

  it("errors are summed up: the commonest first, alike but for their numbers", async () => {
    const { said, config } = twoAgents({ agentFailureRate: 1 });
    await using test = await lone(config);
    said.failOf10 = 5;
    await forms(test, 30);
    await test.engine.idle();
    await turn(test);
    const [alert] = await test.engine.db.query<{ title: string; body: string }>(
      "select title, body from alerts where name = 'error_rate_alert'",
    );
    assert.match(alert?.title ?? "", /% of all attempts fail$/);
    assert.match(alert?.body ?? "", /15 × ring: line # is dead/);
  });

  it("the free_resources task removes what ran out and what was resolved long ago, and nothing else", async () => {
    await using test = await testEngine({ monitor: { memoryMb: 1, keepResolved: "10d" } });
    const { db } = test.engine;
    await db.query(
      "insert into sessions (token_hash, person, expires_at) values ('old', 'x', now() - interval '1 h'), ('new', 'x', now() + interval '1 h')",
    );
    await db.query(
      "insert into sign_in_links (token_hash, person, expires_at) values ('old', 'x', now() - interval '1 h')",
    );
    for (const [event, days] of [
      [1, 11],
      [2, 9],
    ] as const) {
      await db.query(
        "insert into dead_letters (subscription, event, error, attempts, resolved_at) values ('s', $1, 'e', 1, $2)",
        [event, new Date(test.clock.now() - days * 86_400_000)],
      );
    }
    await db.query("insert into dead_letters (subscription, event, error, attempts) values ('s', 3, 'open', 1)");
    await turn(test);
    assert.deepEqual(await resultOf(test, "free_resources"), {
      sessions: 1,
      signInLinks: 1,
      deadLetters: 1,
      alerts: 0,
      vacuumed: false,
    });
  });
});

describe("the monitor itself", () => {
  it("false: nobody looks, and a failing agent is not stopped", async () => {
    const { said, config } = twoAgents(false);
    await using test = await lone(config);
    said.failOf10 = 10;
    await forms(test, 30);
    test.clock.advance(60 * MINUTE);
    await test.engine.idle();
    assert.equal(test.engine.monitor, undefined);
    const trace = await traceOf(test.engine);
    assert.deepEqual(
      trace.events.filter((type) => /health|metrics|agent_/.test(type)),
      [],
    );
  });

  it("adds fewer than 30 events an hour when nothing happens", async () => {
    await using test = await testEngine();
    for (let i = 0; i < 60; i++) await turn(test);
    const { events } = await traceOf(test.engine);
    assert.ok(events.length > 0 && events.length < 30, `${events.length} events`);
    assert.deepEqual([...new Set(events)], ["component_health_check", "metrics_calculated"]);
  });

  it("tells runs with their number, once per agent and period", async () => {
    const { config } = twoAgents();
    await using test = await lone(config);
    await forms(test, 12);
    await test.engine.idle();
    await turn(test);
    const told = await test.engine.db.query<{ type: string; runs: number }>(
      "select type, (data->>'runs')::int as runs from events where type in ('agent_started', 'agent_completed') and data->>'agent' = 'ringer' order by position",
    );
    assert.deepEqual(told, [
      { type: "agent_started", runs: 12 },
      { type: "agent_completed", runs: 12 },
    ]);
  });

  it("that is silent for three turns is told of by any process, once, and it is resolved when it is back", async () => {
    await using test = await testEngine({ monitor: { everyMs: 1 } }, { roles: ["worker"] });
    const { db } = test.engine;
    await db.query("insert into monitor_state (place, beat_at) values (0, now() - interval '1 h')");
    while ((await db.query("select 1 from alerts where name = 'monitor_silent'")).length === 0) await sleep(20);
    const engine = await openEngine({ databaseUrl: test.url, monitor: { everyMs: 3_600_000 } }, { clock: test.clock });
    try {
      await engine.monitor?.turnNow();
      await engine.idle();
      assert.deepEqual(await db.query("select name, resolved_at is not null as resolved from alerts"), [
        { name: "monitor_silent", resolved: true },
      ]);
    } finally {
      await engine.stop();
    }
  });

  it("measures at once when it starts after a pause: nobody hears for a minute that it is silent", async () => {
    await using test = await testEngine({}, { roles: ["worker"] });
    const { db } = test.engine;
    await db.query("insert into monitor_state (place, beat_at) values (0, now() - interval '1 h')");
    const engine = await openEngine({ databaseUrl: test.url, monitor: { everyMs: 60_000 } }, { clock: test.clock });
    try {
      await until(async () => !(await isSilent(db, 60_000)));
      assert.deepEqual(await db.query("select 1 from alerts where name = 'monitor_silent'"), []);
    } finally {
      await engine.stop();
    }
  });

  it("calls the heartbeat's address after each turn, and survives when nobody answers", async () => {
    let calls = 0;
    const server = createServer((_, response) => {
      calls += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await using test = await testEngine({ monitor: { heartbeatUrl: `http://127.0.0.1:${port}/beat` } });
    await turn(test);
    await turn(test);
    assert.equal(calls, 2);
    await new Promise((resolve) => server.close(resolve));
    await turn(test);
    assert.equal(test.errors.length, 1);
  });

  it("says that the heartbeat's address did not take it", async () => {
    const server = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await using test = await testEngine({ monitor: { heartbeatUrl: `http://127.0.0.1:${port}/beat` } });
    await turn(test);
    assert.match(String(test.errors), /answered 404; see monitor\.heartbeatUrl/);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("settings of the monitor", () => {
  for (const [window, runs] of [
    ["15m", 24],
    ["2m", 12],
  ] as const) {
    it(`window ${window}: of 24 attempts, half of them five minutes old, ${runs} count`, async () => {
      const { config } = twoAgents({ window });
      await using test = await lone(config);
      await forms(test, 12);
      await test.engine.idle();
      await turn(test);
      test.clock.advance(4 * MINUTE);
      await forms(test, 12, 100);
      await test.engine.idle();
      await turn(test);
      const health = await readHealth(test.engine.db, MINUTE);
      assert.equal(health.agents.find(({ agent }) => agent === "ringer")?.completed, runs);
    });
  }

  for (const [circuitPause, canaries, tries, reviews] of [
    ["5m", 3, 1, 0],
    ["1m", 3, 2, 0],
    ["5m", 1, 1, 1],
  ] as const) {
    it(`circuitPause ${circuitPause}, canaries ${canaries}: ${tries} tries in five minutes, ${reviews} reviews`, async () => {
      const { said, config } = twoAgents({ errorRate: 1, circuitPause, canaries });
      await using test = await lone(config);
      said.failOf10 = 10;
      await forms(test, 20);
      await test.engine.idle();
      await turn(test);
      await forms(test, 5, 100);
      for (let i = 0; i < 5; i++) {
        await test.engine.idle();
        test.clock.advance(MINUTE);
      }
      await test.engine.idle();
      assert.equal(said.rung - 20, tries);
      const asked = await test.engine.db.query("select 1 from tasks where merge_key = 'manual_review:circuit:ringer'");
      assert.equal(asked.length, reviews);
    });
  }

  for (const [releaseAfter, released] of [
    ["1m", 0],
    ["10s", 1],
  ] as const) {
    it(`releaseAfter ${releaseAfter}: of a stopped agent, ${released} tasks of half a minute ago are given back`, async () => {
      const gate = Promise.withResolvers<void>();
      let calls = 0;
      const ringer = does("ringer", "ring", async () => {
        calls += 1;
        if (calls > 20) await gate.promise;
        return { outcome: "failed", error: "dead", retry: "never" };
      });
      const { config } = twoAgents({ errorRate: 1, releaseAfter });
      await using test = await testEngine({ ...config, agents: [ringer, ...(config.agents?.slice(1) ?? [])] });
      await forms(test, 20);
      await test.engine.idle();
      await forms(test, 1, 100);
      while (calls < 21) await sleep(5);
      test.clock.advance(30_000);
      await test.engine.monitor?.turnNow();
      while ((await resultOf(test, "recover_agent")) === undefined) await sleep(5);
      assert.equal((await resultOf(test, "recover_agent"))?.released, released);
      gate.resolve();
      await test.engine.idle();
      assert.equal(count((await traceOf(test.engine)).events, "task_result_discarded"), released);
    });
  }

  for (const [bloatRows, vacuumed] of [
    [10_000, false],
    [0, true],
  ] as const) {
    it(`bloatRows ${bloatRows}: the queue's table is ${vacuumed ? "" : "not "}vacuumed`, async () => {
      await using test = await testEngine({ monitor: { memoryMb: 1, bloatRows } });
      await turn(test);
      assert.equal((await resultOf(test, "free_resources"))?.vacuumed, vacuumed);
    });
  }

  for (const [everyMs, turns] of [
    [60_000, 0],
    [20, 1],
  ] as const) {
    it(`everyMs ${everyMs}: ${turns === 0 ? "no" : "a"} turn by itself after half a minute`, async () => {
      await using test = await testEngine({ monitor: { everyMs } });
      test.clock.advance(30_000);
      const measured = async () => (await readHealth(test.engine.db, everyMs)).measuredAt !== null;
      while (turns === 1 && !(await measured())) await sleep(5);
      assert.equal(await measured(), turns === 1);
    });
  }
});
