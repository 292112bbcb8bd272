/** The numbers of flow 6. Read by the monitor, the thresholds and the recovery agent. */
import { type Duration, durationMs } from "../clock.ts";

export interface MonitorSettings {
  /** How often the monitor looks. Three times this without a look, and somebody is told. Default 60,000. */
  readonly everyMs?: number;
  /** The stretch of time that latencies and failure rates are taken over. Default 15m. */
  readonly window?: Duration;
  /** Components and metrics are put on record at least this often, when nothing changes. Default 15m. */
  readonly recordAfter?: Duration;
  /** An alert about something that goes on is raised again at most this often. Default 4h. */
  readonly repeatAfter?: Duration;
  /** What is over its limit is well again below this share of the limit, so that an alert does not flicker. Default 0.8. */
  readonly clearShare?: number;
  /** Fewer runs than this say nothing about a rate or a latency. Default 20. */
  readonly fewestRuns?: number;
  /** Milliseconds from asked for to finished for 95 of 100 tasks. Default 300,000. */
  readonly latencyP95Ms?: number;
  /** Milliseconds the oldest undecided event may wait. Default 30,000. */
  readonly eventLagMs?: number;
  /** Share of all runs that may fail. Default 0.05. */
  readonly errorRate?: number;
  /** Share of one agent's runs that may fail. Default 0.1. */
  readonly agentFailureRate?: number;
  /** Below this share an agent is well again. Default 0.05. */
  readonly agentClearRate?: number;
  /** Tasks that agents could do now and have not begun. Default 100. */
  readonly backlog?: number;
  /** Memory of the engine's process, in MB. Default 1,200. */
  readonly memoryMb?: number;
  /** Free space the data folder's disk must have, in MB. Default 1,000. */
  readonly diskFreeMb?: number;
  /** Share of the database's connections that may be in use. Default 0.9. */
  readonly connectionShare?: number;
  /** Called (GET) after every turn, for a watcher outside that misses it when it stops. Default: nothing is called. */
  readonly heartbeatUrl?: string;
  /** How long a stopped agent rests before one task is tried; doubled after each that fails. Default 5m. */
  readonly circuitPause?: Duration;
  /** No rest is longer. Default 1h. */
  readonly longestPause?: Duration;
  /** After so many failed tries in a row a person is asked. Default 3. */
  readonly canaries?: number;
  /** Work of a stopped agent that has been under way for longer is given back to the queue. Default 1m. */
  readonly releaseAfter?: Duration;
  /** How many calls of one agent overload may allow at once in a process. Default 16. */
  readonly concurrencyCeiling?: number;
  /** Resolved dead letters and system alerts older than this go when room is needed. Default 30d. */
  readonly keepResolved?: Duration;
  /** Dead rows of the queue's table that ask for a vacuum when room is needed. Default 10,000. */
  readonly bloatRows?: number;
}

/** The settings with their defaults, durations in milliseconds. */
export function monitorRules(settings: MonitorSettings = {}) {
  return {
    everyMs: settings.everyMs ?? 60_000,
    windowMs: durationMs(settings.window ?? "15m"),
    recordAfterMs: durationMs(settings.recordAfter ?? "15m"),
    repeatAfterMs: durationMs(settings.repeatAfter ?? "4h"),
    clearShare: settings.clearShare ?? 0.8,
    fewestRuns: settings.fewestRuns ?? 20,
    latencyP95Ms: settings.latencyP95Ms ?? 300_000,
    eventLagMs: settings.eventLagMs ?? 30_000,
    errorRate: settings.errorRate ?? 0.05,
    agentFailureRate: settings.agentFailureRate ?? 0.1,
    agentClearRate: settings.agentClearRate ?? 0.05,
    backlog: settings.backlog ?? 100,
    memoryMb: settings.memoryMb ?? 1_200,
    diskFreeMb: settings.diskFreeMb ?? 1_000,
    connectionShare: settings.connectionShare ?? 0.9,
    heartbeatUrl: settings.heartbeatUrl,
    circuitPauseMs: durationMs(settings.circuitPause ?? "5m"),
    longestPauseMs: durationMs(settings.longestPause ?? "1h"),
    canaries: settings.canaries ?? 3,
    releaseAfterMs: durationMs(settings.releaseAfter ?? "1m"),
    concurrencyCeiling: settings.concurrencyCeiling ?? 16,
    keepResolvedMs: durationMs(settings.keepResolved ?? "30d"),
    bloatRows: settings.bloatRows ?? 10_000,
  };
}

export type MonitorRules = ReturnType<typeof monitorRules>;
