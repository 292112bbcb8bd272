/** The numbers of the engine: `engine.*` in millrace.config.ts. */
import { count, flag, group, milliseconds, setting } from "../settings/setting.ts";
import { type RetryPolicy, retrySettings } from "../tasks/retry.ts";

export interface EngineSettings {
  /** Silence after which a worker's task goes to another. A whole number of milliseconds from 1 to 86,400,000. Default: 60,000. */
  readonly leaseMs?: number;
  /** Waiting lifts a task one level each time this much has passed. A whole number of milliseconds from 1 to 2,592,000,000. Default: 3,600,000. */
  readonly agingMs?: number;
  /** A person's task that is overdue for so long is escalated to `pack.escalateTo`; 0: never. A whole number of milliseconds from 0 to 2,592,000,000. Default: 0. */
  readonly escalateAfterMs?: number;
  /** When a failed attempt is tried again. */
  readonly retry?: Partial<RetryPolicy>;
  /** Processor time a workflow may take to decide one event. One that takes longer is named, the process ends, and the next start leaves that workflow out; 0: any time. A whole number of milliseconds from 0 to 600,000. Default: 1,000. */
  readonly decisionLimitMs?: number;
  /** Depth at which a chain of events is stopped. A whole number of steps from 1 to 1,000. Default: 12. */
  readonly maxDepth?: number;
  /** Events one outside event may lead to within ten minutes before its chain is stopped. A whole number of events from 1 to 1,000,000. Default: 300. */
  readonly maxEvents?: number;
  /** Events decided in one transaction at most. A whole number of events from 1 to 10,000. Default: 500. */
  readonly batchSize?: number;
  /** Events of imports that enter the log at once, when no live event waits. A whole number of events from 1 to 10,000. Default: 100. */
  readonly bulkBatchSize?: number;
  /** How often everything that waits looks again on its own. A whole number of milliseconds from 1 to 86,400,000. Default: 2,000. */
  readonly sweepMs?: number;
  /** False switches wake-ups off and leaves the sweep alone (to test the safety net). True or false. Default: true. */
  readonly wakeUps?: boolean;
  /** How long `stop()` waits for tasks under way before it aborts them. A process that is asked to end does so at most 2.5 s after that, whatever hangs. A whole number of milliseconds from 0 to 86,400,000. Default: 7,000. */
  readonly drainMs?: number;
  /** How long a start waits for a server that is not there or is just starting. A whole number of milliseconds from 0 to 86,400,000. Default: 60,000. */
  readonly waitForDatabaseMs?: number;
  /** After this time without an answer a connection to the database is given up; the server ends a statement a second earlier. A whole number of milliseconds from 2,000 to 600,000. Default: 10,000. */
  readonly answerWithinMs?: number;
  /** Connections to the database. A whole number of connections from 1 to 10,000. Default: 10. */
  readonly maxConnections?: number;
}

export const engineSettings = group({
  leaseMs: setting("Silence after which a worker's task goes to another.", milliseconds().default(60_000)),
  agingMs: setting(
    "Waiting lifts a task one level each time this much has passed.",
    milliseconds({ max: 30 * 86_400_000 }).default(3_600_000),
  ),
  escalateAfterMs: setting(
    "A person's task that is overdue for so long is escalated to `pack.escalateTo`; 0: never.",
    milliseconds({ min: 0, max: 30 * 86_400_000 }).default(0),
  ),
  retry: setting("When a failed attempt is tried again.", retrySettings.prefault({})),
  decisionLimitMs: setting(
    "Processor time a workflow may take to decide one event. One that takes longer is named, the process ends, and the next start leaves that workflow out; 0: any time.",
    milliseconds({ min: 0, max: 600_000 }).default(1_000),
  ),
  maxDepth: setting("Depth at which a chain of events is stopped.", count({ max: 1_000, unit: "steps" }).default(12)),
  maxEvents: setting(
    "Events one outside event may lead to within ten minutes before its chain is stopped.",
    count({ unit: "events" }).default(300),
  ),
  batchSize: setting("Events decided in one transaction at most.", count({ max: 10_000, unit: "events" }).default(500)),
  bulkBatchSize: setting(
    "Events of imports that enter the log at once, when no live event waits.",
    count({ max: 10_000, unit: "events" }).default(100),
  ),
  sweepMs: setting("How often everything that waits looks again on its own.", milliseconds().default(2_000)),
  wakeUps: setting(
    "False switches wake-ups off and leaves the sweep alone (to test the safety net).",
    flag().default(true),
  ),
  drainMs: setting(
    "How long `stop()` waits for tasks under way before it aborts them. A process that is asked to end does so at most 2.5 s after that, whatever hangs.",
    milliseconds({ min: 0 }).default(7_000),
  ),
  waitForDatabaseMs: setting(
    "How long a start waits for a server that is not there or is just starting.",
    milliseconds({ min: 0 }).default(60_000),
  ),
  answerWithinMs: setting(
    "After this time without an answer a connection to the database is given up; the server ends a statement a second earlier.",
    milliseconds({ min: 2_000, max: 600_000 }).default(10_000),
  ),
  maxConnections: setting("Connections to the database.", count({ max: 10_000, unit: "connections" }).default(10)),
});

/** Every setting with its value in force. */
export type EngineSettingsInForce = ReturnType<typeof engineSettings.parse>;
