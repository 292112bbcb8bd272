/**
 * The sweeps of the engine on one loop: timers fire, sleeping tasks wake, waiting tasks rise, lost ones are rescued, overdue ones are stated, and
 * the database hears how much there is.
 * Turns every few seconds, and sooner when something is known to come due.
 */

import type { Clock } from "../base/clock.ts";
import { failpoint } from "../base/failpoint.ts";
import type { ClockWatch } from "../db/clock-watch.ts";
import type { Database, Tx } from "../db/database.ts";
import { PollLoop } from "../db/poll-loop.ts";
import { refreshStatistics } from "../db/statistics.ts";
import type { WakeUps } from "../db/wake.ts";
import { fireTimers } from "../events/timers.ts";
import { isSilent, reportSilence } from "../monitor/silence.ts";
import { forgetStatistics } from "../privacy/forget-statistics.ts";
import { retain } from "../privacy/retention.ts";
import type { RetentionSettings } from "../privacy/retention-settings.ts";
import type { RestoreGuard } from "../restore/restore-guard.ts";
import { type CircuitRules, judgeCanaries } from "../tasks/canary.ts";
import type { Circuits } from "../tasks/circuits.ts";
import type { WorkRules } from "../tasks/finish.ts";
import { agePriorities, raiseOverdue, rescueTasks, wakeTasks } from "../tasks/sweeps.ts";
import { Alarm } from "./alarm.ts";
import { endLeasesOfTheDead, HOLDERS } from "./leases-of-the-dead.ts";
import { ListUpkeep } from "./list-upkeep.ts";

const TIMERS_PER_TURN = 500;
const RETAIN_EVERY_MS = 3_600_000;

export interface MaintenanceOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly rules: WorkRules;
  readonly circuits: Circuits;
  /** A process whose clock is off fires no timer and wakes no one. */
  readonly clockWatch: ClockWatch;
  readonly circuitRules: CircuitRules;
  /** How long texts are kept. */
  readonly retention: Required<RetentionSettings>;
  /** Writes down what was seen of the database. */
  readonly restoreGuard: RestoreGuard;
  /** How often the monitor is to turn; undefined: there is none to watch. */
  readonly monitorEveryMs: number | undefined;
  readonly sweepMs: number;
  readonly onError: (error: unknown) => void;
}

export class Maintenance {
  readonly #options: MaintenanceOptions;
  readonly #looper: PollLoop;
  readonly #upkeep: ListUpkeep;
  readonly #alarm: Alarm;
  #forget: (() => void) | undefined;

  constructor(options: MaintenanceOptions) {
    this.#options = options;
    this.#upkeep = new ListUpkeep(options.db);
    this.#alarm = new Alarm({ ...options, ring: () => this.#looper.trigger() });
    this.#looper = new PollLoop({ turn: () => this.#sweep(), sweepMs: options.sweepMs, onError: options.onError });
  }

  start(): void {
    // A commit may have set a timer that is due before the next sweep.
    this.#forget = this.#options.wakeUps.on("tasks", () => this.#alarm.lookSoon());
    this.#looper.start();
  }

  async stop(): Promise<void> {
    this.#forget?.();
    this.#alarm.stop();
    await this.#looper.stop();
  }

  /** What is due now, whatever the time. */
  async turnNow(): Promise<void> {
    await this.#turn();
  }

  async #sweep(): Promise<boolean> {
    const isMore = await this.#turn();
    if (!isMore && !(await this.#options.clockWatch.isOff())) await this.#upkeep.turn();
    return isMore;
  }

  async #turn(): Promise<boolean> {
    const { db, clock, rules, wakeUps, clockWatch } = this.#options;
    if (await clockWatch.isOff()) return false;
    const now = clock.now();
    // Mostly nothing is due. Asked in one query, a turn costs 1 round trip and not 16: idle, that is half of the engine's work.
    const due = await whatIsDue(db, now);
    const fired = due.timers ? await this.#inTx((tx) => fireTimers(tx, now, TIMERS_PER_TURN)) : 0;
    if (fired > 0) failpoint("after-timer-fired");
    const woken = due.waking ? await this.#inTx((tx) => wakeTasks(tx, now)) : 0;
    const lifted = due.lifting ? await this.#inTx((tx) => agePriorities(tx, now, rules.agingMs)) : 0;
    const isLost = (await endLeasesOfTheDead(db, due.holders)) || due.lost;
    const rescued = isLost ? await this.#inTx((tx) => rescueTasks(tx, now, rules)) : 0;
    const overdue = await raiseOverdue(db, now, rules);
    if (fired + rescued + overdue > 0) wakeUps.local("events");
    const judged = await this.#judge(now);
    if (woken + lifted + rescued + judged > 0) wakeUps.local("tasks");
    await this.#watchMonitor(now);
    await refreshStatistics(db);
    await forgetStatistics(db);
    await this.#retain(now);
    await this.#options.restoreGuard.note(db);
    await this.#alarm.set();
    return fired === TIMERS_PER_TURN || woken >= 1_000 || lifted >= 1_000 || rescued >= 1_000 || overdue >= 1_000;
  }

  /** Texts that have had their time go, once an hour; while there are more, at each turn. */
  async #retain(now: number): Promise<void> {
    if (performance.now() < this.#retainFrom) return;
    const { isMore } = await retain(this.#options.db, this.#options.retention, now);
    this.#retainFrom = isMore ? 0 : performance.now() + RETAIN_EVERY_MS;
  }
  // Not at once: a start has more urgent work.
  #retainFrom = performance.now() + RETAIN_EVERY_MS / 60;

  /** What became of the tasks stopped agents are tried with. */
  async #judge(now: number): Promise<number> {
    const { db, circuits, rules, circuitRules, wakeUps } = this.#options;
    await circuits.refresh();
    if (!circuits.hasCanary) return 0;
    await rules.taskIds.ensure(db, 10);
    const judged = await this.#inTx((tx) => judgeCanaries(tx, now, rules, circuitRules));
    if (judged === 0) return 0;
    circuits.forget();
    await circuits.refresh();
    wakeUps.local("events");
    return judged;
  }

  /** Not before this process has given it the time: after a long night no one has measured for long. */
  async #watchMonitor(now: number): Promise<void> {
    const { db, rules, monitorEveryMs, wakeUps } = this.#options;
    if (monitorEveryMs === undefined) return;
    this.#watchFrom ??= performance.now() + 4 * monitorEveryMs;
    if (performance.now() < this.#watchFrom) return;
    this.#watchFrom = performance.now() + monitorEveryMs;
    if (!(await isSilent(db, monitorEveryMs))) return;
    await rules.taskIds.ensure(db, 10);
    const isTold = await db.transaction((tx) => reportSilence(tx, monitorEveryMs, now, rules));
    if (isTold) for (const topic of ["events", "tasks"] as const) wakeUps.local(topic);
  }
  #watchFrom: number | undefined;

  #inTx(work: (tx: Tx) => Promise<number>): Promise<number> {
    return this.#options.db.transaction(work);
  }
}

interface Due {
  readonly timers: boolean;
  readonly waking: boolean;
  readonly lifting: boolean;
  readonly lost: boolean;
  readonly holders: readonly string[];
}

async function whatIsDue(db: Database, now: number): Promise<Due> {
  const [row] = await db.query<Due>(
    `select exists (select 1 from scheduled_events where due_at <= $1) as timers,
            exists (select 1 from tasks where standing = 'WAITING' and not_before <= $1) as waking,
            exists (select 1 from tasks where lift_at <= $1 and state <> 'IN_PROGRESS') as lifting,
            exists (select 1 from task_claims where lease_until < clock_timestamp() or timeout_at < clock_timestamp()) as lost,
            ${HOLDERS} as holders`,
    [new Date(now)],
    "what_is_due",
  );
  return row ?? { timers: true, waking: true, lifting: true, lost: true, holders: [] };
}
