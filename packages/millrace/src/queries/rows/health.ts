/** The engine's health as the monitor left it in the database: for /api/health, `millrace health` and Prometheus. */
import type { Queryable } from "../../db/database.ts";
import { whyHeld } from "../../db/outside-hold.ts";
import { readSetAside } from "../../monitor/measure.ts";
import { isSilent } from "../../monitor/silence.ts";
import { listCircuits } from "../../tasks/circuits.ts";

export interface AgentHealth {
  readonly agent: string;
  readonly state: "working" | "stopped" | "being tried";
  /** Why it is stopped, and since when. */
  readonly reason: string | null;
  readonly since: number | null;
  /** When one of its tasks is tried; null while stopped: when a person resumes it. */
  readonly retryAt: number | null;
  /** Attempts within the monitor's window. */
  readonly completed: number;
  readonly failed: number;
  /** More hands than it declares, because of a backlog. */
  readonly concurrency: number | null;
}

export interface Health {
  /** "unknown": no one has looked, or not for long. */
  readonly status: "well" | "ill" | "unknown";
  /** Why it is not well, a sentence each. */
  readonly reasons: readonly string[];
  readonly measuredAt: number | null;
  /** The last measurements are older than three turns. */
  readonly isSilent: boolean;
  readonly components: readonly {
    readonly component: string;
    readonly ok: boolean;
    readonly detail: string | null;
    readonly since: number;
  }[];
  /** What is wrong and was told. */
  readonly alerts: readonly {
    readonly alert: string;
    readonly subject: string;
    readonly since: number;
    readonly data: Readonly<Record<string, string | number | boolean>>;
  }[];
  readonly agents: readonly AgentHealth[];
  /** The newest measurements, by name. */
  readonly metrics: Readonly<Record<string, number>>;
}

const STATES = { closed: "working", open: "stopped", half_open: "being tried" } as const;

/** Alerts whose reason stands among the others in words of its own. */
const SAID_OTHERWISE: ReadonlySet<string> = new Set(["monitor_silent", "dead_letter_alert"]);

/** @param everyMs how often the monitor is to turn; undefined: it is switched off. */
export async function readHealth(db: Queryable, everyMs: number | undefined): Promise<Health> {
  const [state, components, alerts, agents, setAside, silent, held] = await Promise.all([
    readState(db),
    db.query<Health["components"][number]>(
      "select component, ok, detail, changed_at as since from component_health where component <> 'monitor' order by component",
    ),
    db.query<Health["alerts"][number]>(
      "select alert, subject, raised_at as since, data from health_alerts where cleared_at is null order by raised_at, alert, subject",
    ),
    readAgents(db),
    // Looked up now: an event that is set aside makes it not well before the monitor looks again.
    readSetAside(db),
    everyMs === undefined ? false : isSilent(db, everyMs),
    whyHeld(db),
  ]);
  const ill = [
    ...(held === undefined ? [] : [held]),
    ...alerts.filter(({ alert }) => !SAID_OTHERWISE.has(alert)).map(({ alert, subject }) => `${alert}: ${subject}`),
    ...components.filter(({ ok }) => !ok).map(({ component, detail }) => `${component}: ${detail ?? "is not well"}`),
    ...agents.filter(({ state }) => state !== "working").map(({ agent, state }) => `agent ${agent} is ${state}`),
    ...setAside.map(({ consumer, events, error }) => `${consumer}: ${events} set aside; ${error}`),
  ];
  const unseen = whyUnknown(everyMs, silent, state.measuredAt);
  return {
    status: ill.length > 0 || silent ? "ill" : unseen === undefined ? "well" : "unknown",
    reasons: unseen === undefined ? ill : [...ill, unseen],
    measuredAt: state.measuredAt,
    isSilent: silent,
    components,
    alerts,
    agents,
    metrics: state.metrics ?? {},
  };
}

function whyUnknown(everyMs: number | undefined, silent: boolean, measuredAt: number | null): string | undefined {
  if (everyMs === undefined) return "the monitor is switched off (monitor: false)";
  if (silent) return silenceWords(measuredAt);
  return measuredAt === null ? "the monitor has not looked yet" : undefined;
}

/** What is said when the last measurements are older than three turns. */
export function silenceWords(measuredAt: number | null): string {
  const since = measuredAt === null ? "it was started" : `${new Date(measuredAt).toISOString().slice(0, 19)} UTC`;
  return `the monitor is silent: no measurements since ${since}`;
}

async function readState(db: Queryable) {
  const [row] = await db.query<{ measuredAt: number | null; metrics: Record<string, number> | null }>(
    `select turned_at as "measuredAt", metrics from monitor_state`,
  );
  return row ?? { measuredAt: null, metrics: null };
}

/** Those that did something within the monitor's window, or are stopped, or have more hands. */
async function readAgents(db: Queryable): Promise<AgentHealth[]> {
  const runs = await db.query<{ agent: string; completed: number; failed: number }>(
    "select agent, sum(completed)::int as completed, sum(failed)::int as failed from agent_runs group by agent",
  );
  const circuits = await listCircuits(db);
  const names = new Set([...runs, ...circuits].map(({ agent }) => agent));
  return [...names].sort().map((agent) => {
    const circuit = circuits.find((other) => other.agent === agent);
    const did = runs.find((other) => other.agent === agent);
    const isStopped = circuit !== undefined && circuit.state !== "closed";
    return {
      agent,
      state: STATES[circuit?.state ?? "closed"],
      reason: isStopped ? circuit.reason : null,
      since: isStopped ? circuit.openedAt : null,
      retryAt: isStopped ? circuit.retryAt : null,
      completed: did?.completed ?? 0,
      failed: did?.failed ?? 0,
      concurrency: circuit?.concurrency ?? null,
    };
  });
}

export interface HealthCounts {
  readonly unknownEmails: number;
  readonly deadLetters: number;
  /** HubSpot's, kept and not in the log yet. */
  readonly webhooksWaiting: number;
}

export async function countUnsettled(db: Queryable): Promise<HealthCounts> {
  const [row] = await db.query<HealthCounts>(
    `select (select count(*)::int from emails where state = 'unknown') as "unknownEmails",
            (select count(*)::int from dead_letters where resolved_at is null) as "deadLetters",
            (select count(*)::int from hubspot_deliveries) as "webhooksWaiting"`,
    [],
    "count_unsettled",
  );
  return row ?? { unknownEmails: 0, deadLetters: 0, webhooksWaiting: 0 };
}
