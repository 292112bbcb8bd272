/**
 * Whether this process and the database agree about the time. What is due, stale, in a quiet hour or under a cap is judged by the
 * process's clock; one that is wrong by an hour throws thank-yous away and fires timers early. So a process whose clock is off
 * does no work, and says so: another one, or this one when it is right again, does it. What it records meanwhile (a form, a HubSpot
 * cursor, a measurement) has the database's time: this is the clock of everything else in the engine.
 */
import { type Clock, ManualClock } from "../base/clock.ts";
import type { Queryable } from "./database.ts";

/** Below this no due time of minutes is wrong, and clocks kept by NTP stay far below. */
export const MAX_OFF_MS = 30_000;
const LOOK_EVERY_MS = 10_000;

export class ClockWatch implements Clock {
  readonly #db: Queryable;
  readonly #clock: Clock;
  #skewMs = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** The process's clock when it was looked. */
  #read = 0;

  constructor(db: Queryable, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Asks the database, every ten seconds, or at once when the clock has jumped. @returns whether this process may not work. */
  async isOff(): Promise<boolean> {
    // A clock that is turned by hand is not meant to be the time.
    if (this.#clock instanceof ManualClock) return false;
    const now = performance.now();
    if (now - this.#lookedAt >= LOOK_EVERY_MS || this.hasJumped) {
      this.#lookedAt = now;
      this.#read = this.#clock.now();
      this.#skewMs = await skewOf(this.#db, this.#clock);
    }
    return Math.abs(this.#skewMs) > MAX_OFF_MS;
  }

  /**
   * Was the clock set, or this machine asleep, since it was looked? Until it is looked again nothing may be decided by it. What
   * counts the seconds of a process is never set.
   */
  get hasJumped(): boolean {
    if (this.#clock instanceof ManualClock) return false;
    return Math.abs(this.#clock.now() - this.#read - (performance.now() - this.#lookedAt)) > MAX_OFF_MS;
  }

  /** The time, also where the process's clock is off. */
  now(): number {
    return this.#clock.now() - (Math.abs(this.#skewMs) > MAX_OFF_MS ? Math.round(this.#skewMs) : 0);
  }

  /** In words for people; undefined while all is well. */
  async trouble(): Promise<string | undefined> {
    if (!(await this.isOff())) return undefined;
    const seconds = Math.round(Math.abs(this.#skewMs) / 1_000);
    const way = this.#skewMs > 0 ? "ahead of" : "behind";
    return `this process's clock is ${seconds} s ${way} the database's: it does no work until they agree; keep both by NTP`;
  }
}

/** Milliseconds by which the clock is ahead; what the question itself took is in no one's disfavour. */
export async function skewOf(db: Queryable, clock: Clock): Promise<number> {
  const asked = clock.now();
  const [row] = await db.query<{ now: number }>("select clock_timestamp() as now", [], "clock_of_database");
  const answered = clock.now();
  const ahead = (asked + answered) / 2 - (row?.now ?? 0);
  const least = Math.max(0, Math.abs(ahead) - (answered - asked) / 2);
  return Math.sign(ahead) * least;
}
