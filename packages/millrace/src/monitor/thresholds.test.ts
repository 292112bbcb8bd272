/** Given measurements and what was told, what is raised and what is cleared: every edge, and every number a setting. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { componentsToReport } from "./components.ts";
import { type MonitorSettings, monitorRules } from "./monitor-settings.ts";
import { type ActiveAlert, type AgentRuns, judge, type Measurements, magnitudeOf } from "./thresholds.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const HOUR = 3_600_000;

const well: Measurements = {
  eventLagMs: 0,
  latencyP95Ms: 100,
  finished: 100,
  ready: 0,
  held: 0,
  oldestDueMs: 0,
  stuckLeases: 0,
  deadLetters: 0,
  setAside: [],
  unknownEmails: 0,
  connections: 10,
  maxConnections: 100,
  oldestTransactionMs: 0,
  memoryMb: 200,
  diskFreeMb: 50_000,
  agents: [],
  topErrors: "",
};

/** An agent with so many runs, and so many of them failed. */
const ran = (failed: number, runs: number, isStopped = false): AgentRuns => ({
  agent: "ringer",
  failed,
  completed: runs - failed,
  isStopped,
});
const others: AgentRuns = { agent: "others", failed: 0, completed: 100_000, isStopped: false };

interface Case {
  readonly so: string;
  readonly given: Partial<Measurements>;
  readonly settings?: MonitorSettings;
  /** Active alerts, "alert subject"; told just now, or `toldAgoMs` ago. */
  readonly active?: readonly string[];
  readonly toldAgoMs?: number;
  readonly raise?: readonly string[];
  readonly clear?: readonly string[];
  readonly healthy?: boolean;
}

const OVERLOAD = "queue_overload queue";
const CRITICAL = "agent_health_critical ringer";
const LATENCY = "performance_alert task_latency_p95_ms";
const LAG = "performance_alert event_lag_ms";
const ERRORS = "error_rate_alert all agents";
const MEMORY = "resource_alert memory_mb";
const DISK = "resource_alert disk_free_mb";
const CONNECTIONS = "resource_alert connection_share";

const cases: readonly Case[] = [
  { so: "nothing is told while all is well", given: {} },
  {
    so: "an event that is set aside is told, of each workflow or consumer for itself",
    given: {
      setAside: [
        { consumer: "workflow:trial", events: 2, error: "a bug" },
        { consumer: "analytics", events: 1, error: "another" },
      ],
    },
    raise: ["dead_letter_alert workflow:trial", "dead_letter_alert analytics"],
  },
  {
    so: "while it waits it is not told again at once",
    given: { setAside: [{ consumer: "workflow:trial", events: 3, error: "a bug" }] },
    active: ["dead_letter_alert workflow:trial"],
  },
  {
    so: "when none waits any more it is over",
    given: {},
    active: ["dead_letter_alert workflow:trial"],
    clear: ["dead_letter_alert workflow:trial"],
    healthy: true,
  },
  { so: "a backlog of 100 is fine", given: { ready: 100 } },
  { so: "a backlog of 101 is an overload", given: { ready: 101 }, raise: [OVERLOAD] },
  { so: "backlog: 10 moves the limit", given: { ready: 11 }, settings: { backlog: 10 }, raise: [OVERLOAD] },
  { so: "an overload is told once", given: { ready: 150 }, active: [OVERLOAD] },
  { so: "an overload is not over at 1", given: { ready: 1 }, active: [OVERLOAD] },
  { so: "an overload is over at 0", given: { ready: 0 }, active: [OVERLOAD], clear: [OVERLOAD], healthy: true },
  { so: "10 % of 1,000 attempts is fine", given: { agents: [ran(100, 1_000), others] } },
  { so: "10.1 % of 1,000 attempts is critical", given: { agents: [ran(101, 1_000), others] }, raise: [CRITICAL] },
  { so: "19 attempts say nothing", given: { agents: [ran(19, 19), others] } },
  { so: "20 attempts do", given: { agents: [ran(20, 20), others] }, raise: [CRITICAL] },
  {
    so: "minRuns: 5 says so of 5",
    given: { agents: [ran(5, 5), others] },
    settings: { minRuns: 5 },
    raise: [CRITICAL],
  },
  {
    so: "agentFailureRate: 0.5 moves the limit",
    given: { agents: [ran(40, 100), others] },
    settings: { agentFailureRate: 0.5 },
  },
  { so: "a critical agent is not well at 5 %", given: { agents: [ran(50, 1_000), others] }, active: [CRITICAL] },
  {
    so: "a critical agent is well below 5 %",
    given: { agents: [ran(49, 1_000), others] },
    active: [CRITICAL],
    clear: [CRITICAL],
    healthy: true,
  },
  {
    so: "agentClearRate: 0.09 moves the all-clear",
    given: { agents: [ran(80, 1_000), others] },
    settings: { agentClearRate: 0.09 },
    active: [CRITICAL],
    clear: [CRITICAL],
    healthy: true,
  },
  {
    so: "a stopped agent that does nothing is not well",
    given: { agents: [ran(0, 0, true), others] },
    active: [CRITICAL],
  },
  {
    so: "one that has done nothing since is",
    given: { agents: [others] },
    active: [CRITICAL],
    clear: [CRITICAL],
    healthy: true,
  },
  { so: "a p95 at the limit is fine", given: { latencyP95Ms: 300_000 } },
  { so: "a p95 above it is slow", given: { latencyP95Ms: 300_001 }, raise: [LATENCY] },
  { so: "latencyP95Ms: 50 moves the limit", given: {}, settings: { latencyP95Ms: 50 }, raise: [LATENCY] },
  { so: "a p95 of 19 tasks says nothing", given: { latencyP95Ms: 900_000, finished: 19 } },
  { so: "an event that waits for long is slow", given: { eventLagMs: 30_001 }, raise: [LAG] },
  { so: "eventLagMs: 60,000 moves the limit", given: { eventLagMs: 30_001 }, settings: { eventLagMs: 60_000 } },
  { so: "slow is not over at 80 % of the limit", given: { eventLagMs: 24_000 }, active: [LAG] },
  {
    so: "slow is over below 80 % of the limit",
    given: { eventLagMs: 23_999 },
    active: [LAG],
    clear: [LAG],
    healthy: true,
  },
  {
    so: "clearShare: 0.5 moves the all-clear",
    given: { eventLagMs: 23_999 },
    settings: { clearShare: 0.5 },
    active: [LAG],
  },
  { so: "5 % of all attempts failing is fine", given: { agents: [ran(1, 20)] } },
  { so: "5.1 % is too many", given: { agents: [ran(51, 1_000)] }, raise: [ERRORS] },
  { so: "errorRate: 0.06 moves the limit", given: { agents: [ran(51, 1_000)] }, settings: { errorRate: 0.06 } },
  { so: "1,201 MB are too much", given: { memoryMb: 1_201 }, raise: [MEMORY] },
  { so: "memoryMb: 2,000 moves the limit", given: { memoryMb: 1_201 }, settings: { memoryMb: 2_000 } },
  { so: "999 MB free are too little", given: { diskFreeMb: 999 }, raise: [DISK] },
  { so: "diskFreeMb: 500 moves the limit", given: { diskFreeMb: 999 }, settings: { diskFreeMb: 500 } },
  { so: "without a data folder nothing is said of the disk", given: { diskFreeMb: null } },
  { so: "91 of 100 connections are too many", given: { connections: 91 }, raise: [CONNECTIONS] },
  { so: "connectionShare: 0.95 moves the limit", given: { connections: 91 }, settings: { connectionShare: 0.95 } },
  { so: "an overload is not over while a stopped agent's tasks stand", given: { held: 108 }, active: [OVERLOAD] },
  { so: "a stopped agent's tasks are no overload: more hands do not help", given: { held: 130 } },
  { so: "two problems are two alerts", given: { ready: 101, memoryMb: 5_000 }, raise: [MEMORY, OVERLOAD] },
  {
    so: "one of two over is not healthy yet",
    given: { ready: 0, memoryMb: 5_000 },
    active: [OVERLOAD, MEMORY],
    clear: [OVERLOAD],
  },
  {
    so: "what goes on is told again after four hours",
    given: { ready: 101 },
    active: [OVERLOAD],
    toldAgoMs: 4 * HOUR,
    raise: [OVERLOAD],
  },
  { so: "and not a moment sooner", given: { ready: 101 }, active: [OVERLOAD], toldAgoMs: 4 * HOUR - 1 },
  {
    so: "repeatAfter: 1h tells it sooner",
    given: { ready: 101 },
    settings: { repeatAfter: "1h" },
    active: [OVERLOAD],
    toldAgoMs: HOUR,
    raise: [OVERLOAD],
  },
  {
    so: "a monitor that looks is not silent",
    given: {},
    active: ["monitor_silent monitor"],
    clear: ["monitor_silent monitor"],
    healthy: true,
  },
];

describe("what is worth telling", () => {
  for (const { so, given, settings, active = [], toldAgoMs = 0, raise = [], clear = [], healthy = false } of cases) {
    it(so, () => {
      const known = active.map((name) => {
        const [alert, ...subject] = name.split(" ");
        return { alert, subject: subject.join(" "), repeatedAt: NOW - toldAgoMs } as ActiveAlert;
      });
      const verdict = judge({ ...well, ...given }, known, monitorRules(settings), NOW);
      const named = (list: readonly { alert: string; subject: string }[]) =>
        list.map(({ alert, subject }) => `${alert} ${subject}`);
      assert.deepEqual(named(verdict.raise), raise);
      assert.deepEqual(named(verdict.clear), clear);
      assert.equal(verdict.isHealthyAgain, healthy);
    });
  }

  it("a backlog's change is told when it has another number of digits", () => {
    assert.deepEqual([0, 1, 9, 10, 99, 100, 10_001].map(magnitudeOf), [0, 1, 1, 2, 2, 3, 5]);
  });

  it("a component is put on record when it changes, and else every recordAfter", () => {
    const known = [{ component: "runner", ok: true, toldAt: NOW - HOUR / 2 }];
    const tell = (ok: boolean, recordAfterMs: number) =>
      componentsToReport([{ component: "runner", ok }], known, recordAfterMs, NOW).length;
    assert.deepEqual([tell(true, HOUR), tell(false, HOUR), tell(true, HOUR / 2)], [0, 1, 1]);
  });
});
