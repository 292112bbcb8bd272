/** The numbers of flow 6. Read by the monitor, the thresholds and the recovery agent. */
import { type Duration, durationMs } from "../base/clock.ts";
import { checkedSettings } from "../settings/check.ts";
import { address, amount, count, duration, group, milliseconds, setting, share } from "../settings/setting.ts";

export interface MonitorSettings {
  /** How often the monitor looks. After three times this without a look, admin is alerted. A whole number of milliseconds from 1 to 86,400,000. Default: 60,000. */
  readonly everyMs?: number;
  /** The stretch of time that latencies and failure rates are taken over. A number and a unit, like "90s", "30m", "4h" or "2d", from 1s, at most 3650d. Default: "15m". */
  readonly window?: Duration;
  /** Components and metrics are put on record at least this often, when nothing changes. A number and a unit, like "90s", "30m", "4h" or "2d", from 1s, at most 3650d. Default: "15m". */
  readonly recordAfter?: Duration;
  /** An alert about something that goes on is raised again at most this often. A number and a unit, like "90s", "30m", "4h" or "2d", from 1s, at most 3650d. Default: "4h". */
  readonly repeatAfter?: Duration;
  /** What is over its limit is well again below this share of the limit, so that an alert does not flicker. A number from 0.01 to 1. Default: 0.8. */
  readonly clearShare?: number;
  /** Fewer runs than this say nothing about a rate or a latency. A whole number of runs from 1 to 1,000,000. Default: 20. */
  readonly minRuns?: number;
  /** From asked for to finished, for 95 of 100 tasks. A whole number of milliseconds from 1 to 2,592,000,000. Default: 300,000. */
  readonly latencyP95Ms?: number;
  /** The oldest undecided event may wait so long. A whole number of milliseconds from 1 to 86,400,000. Default: 30,000. */
  readonly eventLagMs?: number;
  /** Share of all runs that may fail. A number from 0 to 1. Default: 0.05. */
  readonly errorRate?: number;
  /** Share of one agent's runs that may fail. A number from 0 to 1. Default: 0.1. */
  readonly agentFailureRate?: number;
  /** Below this share an agent is well again. A number from 0 to 1. Default: 0.05. */
  readonly agentClearRate?: number;
  /** Tasks that agents could do now and have not begun. A whole number of tasks from 1 to 100,000,000. Default: 100. */
  readonly backlog?: number;
  /** Memory of the engine's process. A number of MB from 0 to 100,000,000. Default: 1,200. */
  readonly memoryMb?: number;
  /** Free space the data folder's disk must have. A number of MB from 0 to 100,000,000. Default: 1,000. */
  readonly diskFreeMb?: number;
  /** Share of the database's connections that may be in use. A number from 0 to 1. Default: 0.9. */
  readonly connectionShare?: number;
  /** Called (GET) after every look, for a watcher outside that misses it when it stops. An address like https://watch.acme.com/millrace. Default: nothing is called. */
  readonly heartbeatUrl?: string;
  /** How long a stopped agent rests before one task is tried; doubled after each that fails. A number and a unit, like "90s", "30m", "4h" or "2d", from 1ms, at most 3650d. Default: "5m". */
  readonly circuitPause?: Duration;
  /** No rest is longer. A number and a unit, like "90s", "30m", "4h" or "2d", from 1ms, at most 3650d. Default: "1h". */
  readonly maxPause?: Duration;
  /** After so many failed tries in a row a person is asked. A whole number of tries from 1 to 1,000. Default: 3. */
  readonly canaries?: number;
  /** Work of a stopped agent that has been under way for longer is given back to the queue. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "1m". */
  readonly releaseAfter?: Duration;
  /** How many calls of one agent overload may allow at once in a process. A whole number of calls from 1 to 10,000. Default: 16. */
  readonly concurrencyCeiling?: number;
  /** Resolved dead letters and system alerts older than this go when room is needed. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "30d". */
  readonly keepResolved?: Duration;
  /** Dead rows of the queue's table that ask for a vacuum when room is needed. A whole number of rows from 0 to 1,000,000,000. Default: 10,000. */
  readonly bloatRows?: number;
}

const ratio = (least = 0) => share({ min: least });
const megabytes = () => amount({ max: 100_000_000, unit: "MB" });
/** From a second on: shorter ones only say the same again. */
const span = () => duration({ min: "1s" });

export const monitorSettings = group({
  everyMs: setting(
    "How often the monitor looks. After three times this without a look, admin is alerted.",
    milliseconds().default(60_000),
  ),
  window: setting("The stretch of time that latencies and failure rates are taken over.", span().default("15m")),
  recordAfter: setting(
    "Components and metrics are put on record at least this often, when nothing changes.",
    span().default("15m"),
  ),
  repeatAfter: setting(
    "An alert about something that goes on is raised again at most this often.",
    span().default("4h"),
  ),
  clearShare: setting(
    "What is over its limit is well again below this share of the limit, so that an alert does not flicker.",
    ratio(0.01).default(0.8),
  ),
  minRuns: setting("Fewer runs than this say nothing about a rate or a latency.", count({ unit: "runs" }).default(20)),
  latencyP95Ms: setting(
    "From asked for to finished, for 95 of 100 tasks.",
    milliseconds({ max: 30 * 86_400_000 }).default(300_000),
  ),
  eventLagMs: setting("The oldest undecided event may wait so long.", milliseconds().default(30_000)),
  errorRate: setting("Share of all runs that may fail.", ratio().default(0.05)),
  agentFailureRate: setting("Share of one agent's runs that may fail.", ratio().default(0.1)),
  agentClearRate: setting("Below this share an agent is well again.", ratio().default(0.05)),
  backlog: setting(
    "Tasks that agents could do now and have not begun.",
    count({ max: 100_000_000, unit: "tasks" }).default(100),
  ),
  memoryMb: setting("Memory of the engine's process.", megabytes().default(1_200)),
  diskFreeMb: setting("Free space the data folder's disk must have.", megabytes().default(1_000)),
  connectionShare: setting("Share of the database's connections that may be in use.", ratio().default(0.9)),
  heartbeatUrl: setting(
    "Called (GET) after every look, for a watcher outside that misses it when it stops.",
    address(["http", "https"], "https://watch.acme.com/millrace").optional(),
    { unset: "nothing is called" },
  ),
  circuitPause: setting(
    "How long a stopped agent rests before one task is tried; doubled after each that fails.",
    duration({ min: "1ms" }).default("5m"),
  ),
  maxPause: setting("No rest is longer.", duration({ min: "1ms" }).default("1h")),
  canaries: setting(
    "After so many failed tries in a row a person is asked.",
    count({ max: 1_000, unit: "tries" }).default(3),
  ),
  releaseAfter: setting(
    "Work of a stopped agent that has been under way for longer is given back to the queue.",
    duration().default("1m"),
  ),
  concurrencyCeiling: setting(
    "How many calls of one agent overload may allow at once in a process.",
    count({ max: 10_000, unit: "calls" }).default(16),
  ),
  keepResolved: setting(
    "Resolved dead letters and system alerts older than this go when room is needed.",
    duration().default("30d"),
  ),
  bloatRows: setting(
    "Dead rows of the queue's table that ask for a vacuum when room is needed.",
    count({ min: 0, max: 1_000_000_000, unit: "rows" }).default(10_000),
  ),
});

/** The settings with their defaults, durations in milliseconds. @throws MillraceError invalid_config. */
export function monitorRules(settings: MonitorSettings = {}) {
  const {
    window,
    recordAfter,
    repeatAfter,
    circuitPause,
    maxPause,
    releaseAfter,
    keepResolved,
    heartbeatUrl,
    ...rest
  } = checkedSettings(monitorSettings, settings, { source: "Settings of the monitor", prefix: "monitor" });
  return {
    ...rest,
    heartbeatUrl,
    windowMs: durationMs(window),
    recordAfterMs: durationMs(recordAfter),
    repeatAfterMs: durationMs(repeatAfter),
    circuitPauseMs: durationMs(circuitPause),
    maxPauseMs: durationMs(maxPause),
    releaseAfterMs: durationMs(releaseAfter),
    keepResolvedMs: durationMs(keepResolved),
  };
}

export type MonitorRules = ReturnType<typeof monitorRules>;
