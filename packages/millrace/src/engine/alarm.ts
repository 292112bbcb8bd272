/** Rings for the next timer that fires and the next task that wakes, where that is sooner than the next sweep. */
import type { Clock } from "../base/clock.ts";
import { newestReading } from "../base/newest-reading.ts";
import type { Database } from "../db/database.ts";

/** Under load each commit says that there may be something: without a pause, two statements for each batch of results. */
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

  /** Looks what is due next, and rings then. Of looks that overlap the one that began last counts: it knows the newest timer. */
  readonly set = newestReading(
    () => this.#nextDueAt(),
    (at) => this.#ringAt(at),
  );

  async #nextDueAt(): Promise<number> {
    const [row] = await this.#options.db.query<{ at: number | null }>(
      `select least((select min(due_at) from scheduled_events),
                    (select min(not_before) from tasks where standing = 'WAITING' and not_before is not null)) as at`,
      [],
      "next_due",
    );
    return row?.at ?? Number.POSITIVE_INFINITY;
  }

  #ringAt(at: number): void {
    const { clock, sweepMs, ring } = this.#options;
    clearTimeout(this.#ringing);
    const inMs = at - clock.now();
    if (inMs < sweepMs && !this.#isStopped) this.#ringing = setTimeout(ring, Math.max(inMs, 1));
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#ringing);
    clearTimeout(this.#pause);
  }
}
