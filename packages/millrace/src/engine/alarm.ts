/** Rings for the next timer that fires and the next task that wakes, where that is sooner than the next sweep. */
import type { Clock } from "../base/clock.ts";
import type { Database } from "../db/database.ts";

/** Under load each commit says that there may be something: 60 a second, each with a look, were a tenth of all statements. */
const MIN_MS_BETWEEN_LOOKS = 50;

export interface AlarmOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly sweepMs: number;
  /** Something is due. */
  readonly ring: () => void;
}

export class Alarm {
  readonly #options: AlarmOptions;
  #ringing: NodeJS.Timeout | undefined;
  #pause: NodeJS.Timeout | undefined;
  #isWanted = false;
  #isStopped = false;

  constructor(options: AlarmOptions) {
    this.#options = options;
  }

  /** A commit may have set something. Looks at once, and at most every 50 ms. */
  lookSoon(): void {
    this.#isWanted = true;
    if (this.#pause === undefined) this.#lookWanted();
  }

  #lookWanted(): void {
    this.#pause = undefined;
    if (!this.#isWanted || this.#isStopped) return;
    this.#isWanted = false;
    this.#pause = setTimeout(() => this.#lookWanted(), MIN_MS_BETWEEN_LOOKS);
    // A look that fails is made up for by the next sweep.
    void this.set().catch(() => {});
  }

  /** Looks what is due next, and rings then. */
  async set(): Promise<void> {
    const { db, clock, sweepMs, ring } = this.#options;
    const [row] = await db.query<{ at: number | null }>(
      `select least((select min(due_at) from scheduled_events),
                    (select min(not_before) from tasks where standing = 'WAITING' and not_before is not null)) as at`,
      [],
      "next_due",
    );
    clearTimeout(this.#ringing);
    const inMs = (row?.at ?? Number.POSITIVE_INFINITY) - clock.now();
    if (inMs < sweepMs && !this.#isStopped) this.#ringing = setTimeout(ring, Math.max(inMs, 1));
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#ringing);
    clearTimeout(this.#pause);
  }
}
