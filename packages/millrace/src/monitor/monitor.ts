/**
 * The health monitor (flow 6): looks at the whole engine once a minute, in one process, and puts on record what changed.
 * It only states facts; what is done about them is a workflow (flows/system-health.ts), what is worth telling is pure
 * (thresholds.ts), and what it has reported stands in the database (monitor-store.ts).
 *
 * Runs are counted from the log and reported once per agent and period, with their number: an event per run would double
 * the log to say what task_completed and task_failed say already.
 */
import type { Clock } from "../base/clock.ts";
import type { Database } from "../db/database.ts";
import { Leadership } from "../db/leadership.ts";
import { PollLoop } from "../db/poll-loop.ts";
import type { WakeUps } from "../db/wake.ts";
import type { Json } from "../events/event.ts";
import { appendFacts, type Fact } from "../events/facts.ts";
import { lockLog } from "../events/log-lock.ts";
import { type ComponentHealth, componentsOf, componentsToReport } from "./components.ts";
import { measure, type Scope, type Snapshot, type Tally } from "./measure.ts";
import type { MonitorRules } from "./monitor-settings.ts";
import {
  beginMemory,
  clearAlerts,
  lastTurn,
  type MonitorStore,
  moveOn,
  recall,
  rememberAlerts,
  rememberComponents,
  rememberRuns,
  resolveAlerts,
  type Turn,
} from "./monitor-store.ts";
import { isSilent } from "./silence.ts";
import { judge, type Measurements, magnitudeOf, type Verdict } from "./thresholds.ts";

const MONITOR_LOCK = 7_241_035;
const HEARTBEAT_TIMEOUT_MS = 5_000;
/** A timer may ring a little before the clock says so. */
const EARLY = 0.9;

export interface MonitorOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly rules: MonitorRules;
  readonly agents: Scope["agents"];
  /** The name of the place that says how far events are decided. */
  readonly runner: string;
  readonly dataFolder: string | undefined;
  readonly onError: (error: unknown) => void;
}

/** Says whether a part is well; what it throws is its illness. */
export type ComponentCheck = () => Promise<{ readonly ok: boolean; readonly detail?: string }>;

export class Monitor {
  readonly #options: MonitorOptions;
  readonly #looper: PollLoop;
  readonly #leadership: Leadership;
  readonly #checks = new Map<string, ComponentCheck>();
  readonly #stopping = new AbortController();
  #startedAt = 0;
  #turning: Promise<boolean> = Promise.resolve(false);

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#leadership = new Leadership(options.db, MONITOR_LOCK);
    this.#looper = new PollLoop({
      turn: () => this.#turnWhenDue(),
      sweepMs: options.rules.everyMs,
      onError: options.onError,
    });
  }

  #hasLooked = false;

  async start(): Promise<void> {
    this.#startedAt = this.#options.clock.now();
    await beginMemory(this.#options.db);
    this.#looper.start();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#looper.stop();
    await this.#turning.catch(() => {});
    await this.#leadership.release();
  }

  /** A part beside the engine's own reports its health, e.g. the gateway. @returns forgets it. */
  watch(component: string, check: ComponentCheck): () => void {
    this.#checks.set(component, check);
    return () => void this.#checks.delete(component);
  }

  /** One turn now, whatever the time. @returns false when another process leads. */
  turnNow(): Promise<boolean> {
    this.#turning = this.#turning.catch(() => false).then(() => this.#turn());
    return this.#turning;
  }

  /** By the engine's clock: where that stands still, so does the monitor. */
  async #turnWhenDue(): Promise<boolean> {
    const { db, clock, rules } = this.#options;
    const now = clock.now();
    const last = Math.max((await lastTurn(db)) ?? 0, this.#startedAt);
    // After a pause no one has measured for long: until someone does, health says that the monitor is silent.
    const isLate = !this.#hasLooked && (await isSilent(db, rules.everyMs));
    this.#hasLooked = true;
    if (isLate || now - last >= rules.everyMs * EARLY) await this.turnNow();
    return false;
  }

  async #turn(): Promise<boolean> {
    if (!(await this.#leadership.lead())) {
      // A leader that is stopped without being dead keeps its session.
      if (await isSilent(this.#options.db, this.#options.rules.everyMs)) await this.#leadership.depose();
      return false;
    }
    const { db, clock, rules, agents, runner, dataFolder } = this.#options;
    const now = clock.now();
    const memory = await recall(db);
    const { windowMs, errorRate } = rules;
    const scope = { now, windowMs, errorRate, place: memory.place, agents, runner, dataFolder };
    const look = await measure(db, scope);
    const components = [...componentsOf(look.measured, rules), ...(await this.#ownReports())];
    await this.#write(memory, look, components, now);
    await this.#beat();
    return true;
  }

  async #ownReports(): Promise<ComponentHealth[]> {
    const reports = [...this.#checks].map(async ([component, check]) => {
      try {
        return { component, ...(await check()) };
      } catch (error) {
        return { component, ok: false, detail: String(error).slice(0, 500) };
      }
    });
    return Promise.all(reports);
  }

  async #write(
    memory: MonitorStore,
    look: Snapshot,
    components: readonly ComponentHealth[],
    now: number,
  ): Promise<void> {
    const { db, rules, wakeUps } = this.#options;
    const { measured, tally, place } = look;
    const verdict = judge(measured, memory.active, rules, now);
    const reported = componentsToReport(components, memory.components, rules.recordAfterMs, now);
    const magnitude = magnitudeOf(measured.ready + measured.held);
    const isRecorded =
      tally.length > 0 ||
      magnitude !== memory.magnitude ||
      verdict.raise.length + verdict.clear.length > 0 ||
      now - (memory.recordedAt ?? Number.NEGATIVE_INFINITY) >= rules.recordAfterMs;
    const metrics = metricsOf(measured);
    const turn: Turn = { from: memory.place, place, now, magnitude, isRecorded, metrics };
    const before: Fact[] = [
      ...reported.map((data): Fact => ({ type: "component_health_check", data: { ...data } })),
      ...tally.flatMap(factsOfRuns),
      ...(magnitude === memory.magnitude
        ? []
        : [{ type: "queue_depth_changed", data: { ready: measured.ready, held: measured.held } } as const]),
      ...(isRecorded ? [{ type: "metrics_calculated", data: { metrics } } as const] : []),
    ];
    const facts = [...before, ...factsOfVerdict(verdict)];
    await db.transaction(async (tx) => {
      await lockLog(tx);
      if (!(await moveOn(tx, turn))) return;
      const first = await appendFacts(tx, facts, "monitor", now);
      const raised = verdict.raise.map((raise, i) => ({
        ...raise,
        data: raise.data as Json,
        event: first + before.length + i,
      }));
      await rememberAlerts(tx, raised, now);
      await clearAlerts(tx, verdict.clear, now);
      await resolveAlerts(tx, now);
      await rememberComponents(tx, reported, now);
      await rememberRuns(tx, tally, turn, rules.windowMs);
      if (facts.length > 0) await wakeUps.remote(tx, "events");
    });
    if (facts.length > 0) wakeUps.local("events");
  }

  /** For a watcher outside of this machine; nothing is called unless the config names it. */
  async #beat(): Promise<void> {
    const { rules, onError } = this.#options;
    if (rules.heartbeatUrl === undefined) return;
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(HEARTBEAT_TIMEOUT_MS)]);
    try {
      const response = await fetch(rules.heartbeatUrl, { signal, headers: { connection: "close" } });
      await response.body?.cancel();
      // Whoever answers so has not counted it, and will miss it.
      if (!response.ok)
        throw new Error(`The heartbeat's address answered ${response.status}; see monitor.heartbeatUrl.`);
    } catch (error) {
      if (!this.#stopping.signal.aborted) onError(error);
    }
  }
}

function factsOfRuns({ agent, started, completed, failed, error }: Tally): Fact[] {
  return [
    ...(started > 0 ? [{ type: "agent_started", data: { agent, runs: started } } as const] : []),
    ...(completed > 0 ? [{ type: "agent_completed", data: { agent, runs: completed } } as const] : []),
    ...(failed > 0
      ? [{ type: "agent_failed", data: { agent, runs: failed, error: error ?? "it ran past its time" } } as const]
      : []),
  ];
}

/** What is raised comes first: its positions are remembered. */
function factsOfVerdict({ raise, clear, isHealthyAgain }: Verdict): Fact[] {
  return [
    ...raise.map(({ alert, data }) => ({ type: alert, data }) as Fact),
    ...clear.map(({ alert, subject }): Fact => ({ type: "health_alert_cleared", data: { alert, subject } })),
    ...(clear.some(({ alert }) => alert === "queue_overload") ? [{ type: "queue_cleared", data: {} } as const] : []),
    ...(isHealthyAgain ? [{ type: "system_healthy", data: {} } as const] : []),
  ];
}

function metricsOf({ agents, topErrors, setAside, ...numbers }: Measurements): Record<string, number> {
  const runs = { runs: 0, failedRuns: 0 };
  for (const { completed, failed } of agents) {
    runs.runs += completed + failed;
    runs.failedRuns += failed;
  }
  const known = Object.entries({ ...numbers, ...runs }).filter((entry): entry is [string, number] => entry[1] !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, Math.round(value)]));
}
