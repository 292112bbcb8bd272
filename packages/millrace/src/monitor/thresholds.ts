/**
 * When something about the system is worth telling, and when it is over. Pure: measurements, the alerts that are active
 * and the rules in, what to raise and what to clear out. Each rule is judged on its own, so two problems are two alerts;
 * between its limit and its all-clear a rule changes nothing, so no alert flickers.
 */
import type { EventTypes } from "../events/catalogue.ts";
import type { MonitorRules } from "./monitor-settings.ts";

export interface AgentRuns {
  readonly agent: string;
  /** Within the window, since its circuit was last closed. */
  readonly completed: number;
  readonly failed: number;
  /** Its circuit is open or tried. */
  readonly isStopped: boolean;
}

/** Dead letters of one workflow or other consumer. */
export interface SetAside {
  readonly consumer: string;
  readonly events: number;
  /** Of the newest one. */
  readonly error: string;
}

export interface Measurements {
  readonly eventLagMs: number;
  /** Of the tasks finished within the window; null when there were none. */
  readonly latencyP95Ms: number | null;
  readonly finished: number;
  /** Tasks that agents could do now; people's, later ones and those of stopped agents do not count. */
  readonly ready: number;
  /** Those of stopped agents: more hands do not help them, and the backlog is not gone while they stand. */
  readonly held: number;
  /** How long the longest overdue of them is overdue. */
  readonly oldestDueMs: number;
  readonly stuckLeases: number;
  readonly deadLetters: number;
  /** Whose they are, the newest first; the first hundred. */
  readonly setAside: readonly SetAside[];
  readonly unknownEmails: number;
  /** The inbox that is read, or the one of them that fails: for how long (0 while all is well), and why; left out when none is read. */
  readonly inbox?: { readonly failingMs: number; readonly error: string };
  readonly connections: number;
  readonly maxConnections: number;
  readonly oldestTransactionMs: number;
  readonly memoryMb: number;
  /** Null where there is no data folder. */
  readonly diskFreeMb: number | null;
  readonly agents: readonly AgentRuns[];
  /** The commonest errors, a line each; empty while errors are rare. */
  readonly topErrors: string;
}

/** An alert's name is the type of the event that raises it. */
export type AlertName =
  | "performance_alert"
  | "error_rate_alert"
  | "resource_alert"
  | "agent_health_critical"
  | "queue_overload"
  | "dead_letter_alert";

export interface ActiveAlert {
  /** "monitor_silent" is raised by who watches the monitor (silence.ts). */
  readonly alert: AlertName | "monitor_silent";
  readonly subject: string;
  /** When it was last told. */
  readonly repeatedAt: number;
}

export type Raise = {
  [Name in AlertName]: { readonly alert: Name; readonly subject: string; readonly data: EventTypes[Name] };
}[AlertName];

/** How one rule stands: "between" keeps what is. */
type Reading = Raise & { readonly stands: "bad" | "between" | "good" };

export interface Verdict {
  readonly raise: readonly Raise[];
  readonly clear: readonly ActiveAlert[];
  /** The last active alert went: said once. */
  readonly isHealthyAgain: boolean;
}

export function judge(
  measured: Measurements,
  active: readonly ActiveAlert[],
  rules: MonitorRules,
  now: number,
): Verdict {
  const readings = readingsOf(measured, rules);
  const activeOf = ({ alert, subject }: Raise) =>
    active.find((other) => other.alert === alert && other.subject === subject);
  const raise = readings.filter((reading) => {
    if (reading.stands !== "bad") return false;
    const open = activeOf(reading);
    return open === undefined || now - open.repeatedAt >= rules.repeatAfterMs;
  });
  const isOver = ({ alert, subject }: ActiveAlert) =>
    readings.find((reading) => reading.alert === alert && reading.subject === subject)?.stands ?? "good";
  const clear = active.filter((open) => isOver(open) === "good");
  return {
    raise: raise.map(({ stands, ...rest }) => rest as Raise),
    clear,
    isHealthyAgain: active.length > 0 && clear.length === active.length && raise.length === 0,
  };
}

function readingsOf(measured: Measurements, rules: MonitorRules): Reading[] {
  return [
    ...performance(measured, rules),
    errors(measured, rules),
    ...resources(measured, rules),
    ...measured.agents.map((runs) => agent(runs, rules)),
    queue(measured, rules),
    ...measured.setAside.map(deadLetters),
  ];
}

/** One is enough: an event that could not be taken waits for a person. Without any, the alert is over. */
function deadLetters({ consumer, events, error }: SetAside): Reading {
  return { alert: "dead_letter_alert", subject: consumer, stands: "bad", data: { consumer, events, error } };
}

function performance({ latencyP95Ms, finished, eventLagMs }: Measurements, rules: MonitorRules): Reading[] {
  const latency = finished < rules.minRuns ? 0 : (latencyP95Ms ?? 0);
  return [
    ["task_latency_p95_ms", latency, rules.latencyP95Ms] as const,
    ["event_lag_ms", eventLagMs, rules.eventLagMs] as const,
  ].map(([metric, value, threshold]) => ({
    alert: "performance_alert",
    subject: metric,
    stands: upTo(value, threshold, rules.clearShare),
    data: { metric, value: Math.round(value), threshold },
  }));
}

function errors({ agents, topErrors }: Measurements, rules: MonitorRules): Reading {
  const failed = agents.reduce((sum, runs) => sum + runs.failed, 0);
  const runs = failed + agents.reduce((sum, { completed }) => sum + completed, 0);
  const rate = runs === 0 ? 0 : failed / runs;
  const stands = upTo(rate, rules.errorRate, rules.clearShare);
  return {
    alert: "error_rate_alert",
    subject: "all agents",
    stands: stands === "bad" && runs < rules.minRuns ? "between" : stands,
    data: { rate, threshold: rules.errorRate, summary: topErrors.slice(0, 2_048) },
  };
}

function resources(measured: Measurements, rules: MonitorRules): Reading[] {
  const share = measured.maxConnections === 0 ? 0 : measured.connections / measured.maxConnections;
  const free = measured.diskFreeMb ?? Number.POSITIVE_INFINITY;
  const disk = free < rules.diskFreeMb ? "bad" : free > rules.diskFreeMb / rules.clearShare ? "good" : "between";
  return [
    resource("memory_mb", measured.memoryMb, rules.memoryMb, upTo(measured.memoryMb, rules.memoryMb, rules.clearShare)),
    resource("disk_free_mb", Number.isFinite(free) ? free : 0, rules.diskFreeMb, disk),
    resource("connection_share", share, rules.connectionShare, upTo(share, rules.connectionShare, rules.clearShare)),
  ];
}

function resource(name: string, value: number, threshold: number, stands: Reading["stands"]): Reading {
  return { alert: "resource_alert", subject: name, stands, data: { resource: name, value, threshold } };
}

/** A stopped agent is not well, however little it does. */
function agent({ agent, completed, failed, isStopped }: AgentRuns, rules: MonitorRules): Reading {
  const runs = completed + failed;
  const failureRate = runs === 0 ? 0 : failed / runs;
  const isBad = failureRate > rules.agentFailureRate && runs >= rules.minRuns;
  const isGood = failureRate < rules.agentClearRate && !isStopped;
  return {
    alert: "agent_health_critical",
    subject: agent,
    stands: isBad ? "bad" : isGood ? "good" : "between",
    data: { agent, failureRate, runs },
  };
}

/** The mission's edges: more than the limit is too much, and it is over when nothing is left. */
function queue({ ready, held }: Measurements, { backlog }: MonitorRules): Reading {
  return {
    alert: "queue_overload",
    subject: "queue",
    stands: ready > backlog ? "bad" : ready + held === 0 ? "good" : "between",
    data: { ready, threshold: backlog },
  };
}

function upTo(value: number, limit: number, clearShare: number): Reading["stands"] {
  return value > limit ? "bad" : value < limit * clearShare || value === 0 ? "good" : "between";
}

/** 0, 1 to 9, 10 to 99 …: a backlog's change is told when this changes. */
export function magnitudeOf(ready: number): number {
  return ready === 0 ? 0 : String(Math.trunc(ready)).length;
}
