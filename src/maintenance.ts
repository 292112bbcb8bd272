/**
 * The sweeps of the engine on one loop: timers fire, sleeping tasks wake, waiting tasks rise, lost ones are rescued.
 * Turns every few seconds, and sooner when something is known to come due.
 */
import type { Clock } from "./clock.ts";
import type { Database, Tx } from "./db/database.ts";
import { Looper } from "./db/looper.ts";
import type { WakeUps } from "./db/wake.ts";
import { fireTimers, nextTimerAt } from "./events/timers.ts";
import type { WorkRules } from "./tasks/finish.ts";
import { liftTasks, rescueTasks, wakeTasks } from "./tasks/sweeps.ts";

const TIMERS_PER_TURN = 500;

export interface MaintenanceOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly rules: WorkRules;
  readonly sweepMs: number;
  readonly onError: (error: unknown) => void;
}

export class Maintenance {
  readonly #options: MaintenanceOptions;
  readonly #looper: Looper;
  #alarm: NodeJS.Timeout | undefined;
  #forget: (() => void) | undefined;

  constructor(options: MaintenanceOptions) {
    this.#options = options;
    this.#looper = new Looper({ turn: () => this.#turn(), sweepMs: options.sweepMs, onError: options.onError });
  }

  start(): void {
    // A commit may have set a timer that is due before the next sweep.
    this.#forget = this.#options.wakeUps.on("tasks", () => void this.#setAlarm().catch(() => {}));
    this.#looper.start();
  }

  async stop(): Promise<void> {
    this.#forget?.();
    clearTimeout(this.#alarm);
    await this.#looper.stop();
    clearTimeout(this.#alarm);
  }

  /** One turn now, whatever the time. */
  async turnNow(): Promise<void> {
    await this.#turn();
  }

  async #turn(): Promise<boolean> {
    const { clock, rules, wakeUps } = this.#options;
    const now = clock.now();
    const fired = await this.#inTx((tx) => fireTimers(tx, now, TIMERS_PER_TURN));
    const woken = await this.#inTx((tx) => wakeTasks(tx, now));
    const lifted = await this.#inTx((tx) => liftTasks(tx, now, rules.agingMs));
    const rescued = await this.#inTx((tx) => rescueTasks(tx, now, rules));
    if (fired + rescued > 0) wakeUps.local("events");
    if (woken + rescued > 0) wakeUps.local("tasks");
    await this.#setAlarm();
    return fired === TIMERS_PER_TURN || woken >= 1_000 || lifted >= 1_000 || rescued >= 1_000;
  }

  #inTx(work: (tx: Tx) => Promise<number>): Promise<number> {
    return this.#options.db.transaction(work);
  }

  async #setAlarm(): Promise<void> {
    const { db, clock, sweepMs } = this.#options;
    const [row] = await db.query<{ at: number | null }>(
      "select min(not_before) as at from tasks where state = 'WAITING' and not_before is not null",
      [],
      "next_waking",
    );
    const next = Math.min((await nextTimerAt(db)) ?? Number.POSITIVE_INFINITY, row?.at ?? Number.POSITIVE_INFINITY);
    clearTimeout(this.#alarm);
    const inMs = next - clock.now();
    if (inMs < sweepMs) this.#alarm = setTimeout(() => this.#looper.poke(), Math.max(inMs, 1));
  }
}
