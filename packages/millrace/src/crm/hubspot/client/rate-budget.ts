/**
 * The one pace of calls to HubSpot, shared by every process through a row in the database and judged by its clock.
 * A process takes the moments of several calls in one round trip, and gives each to the most urgent call that waits.
 */
import type { Queryable } from "../../../db/database.ts";
import type { CheckedHubspot } from "./hubspot-settings.ts";
import {
  blockFor,
  dayAllows,
  type Lane,
  momentsOf,
  pauseBetween,
  URGENCIES,
  type Urgency,
  usable,
} from "./rate-pace.ts";

/** May the call leave? `afterMs`: not before so long, and the caller should not wait for it. */
export type Leave =
  | { readonly may: true }
  | { readonly may: false; readonly because: "day" | "pace" | "closed"; readonly afterMs: number };

interface Waiting {
  readonly urgency: Urgency;
  readonly answer: (leave: Leave) => void;
}

/** Longer than this no one waits in a process; the task waits in its row instead. */
const MAX_WAIT_MS = 15_000;
/** The day may be longer, but someone else may have given calls back. */
const DAY_RETRY_MS = 900_000;

export class RateBudget {
  readonly #db: Queryable | undefined;
  readonly #settings: Pick<CheckedHubspot, "limits" | "rateShare" | "timeZone">;
  readonly #name: string;
  readonly #waiting: Record<Lane, Waiting[]> = { calls: [], search: [] };
  readonly #moments: Record<Lane, number[]> = { calls: [], search: [] };
  readonly #isServing: Record<Lane, boolean> = { calls: false, search: false };
  /** What the last answer of HubSpot said was used today, other programs' calls included. */
  #reported = 0;
  #day = "";
  #usedToday = 0;
  /** The setting, or less when HubSpot says so. */
  #perDay: number;
  /** The next free moment, where no row holds it. */
  readonly #freeAt: Record<Lane, number> = { calls: 0, search: 0 };
  #isClosed = false;

  /**
   * @param db undefined: a pace of this process alone, for a command that has no database.
   * @param name tells one HubSpot account's rows from another's.
   */
  constructor(
    db: Queryable | undefined,
    settings: Pick<CheckedHubspot, "limits" | "rateShare" | "timeZone">,
    name = "hubspot",
  ) {
    this.#db = db;
    this.#settings = settings;
    this.#perDay = settings.limits.perDay;
    this.#name = name;
  }

  /** Resolves at the moment the call may leave; urgent ones stand first. A search waits for both of its limits. */
  async leave(kind: "search" | "other", urgency: Urgency): Promise<Leave> {
    if (kind === "search") {
      const first = await this.#wait("search", urgency);
      if (!first.may) return first;
    }
    return this.#wait("calls", urgency);
  }

  /** HubSpot said that too much was called: every process pauses. */
  async pause(kind: "search" | "other", forMs: number): Promise<void> {
    const lane = kind === "search" ? "search" : "calls";
    this.#moments[lane] = [];
    this.#freeAt[lane] = Math.max(this.#freeAt[lane], performance.now() + forMs);
    await this.#db?.query(
      "update rate_budgets set next_at = greatest(next_at, clock_timestamp() + $2 * interval '1 ms') where name = $1",
      [`${this.#name}:${lane}`, forMs],
      "pause_rate_budget",
    );
  }

  /** What an answer's headers said of the day: how much it has, and what is left. */
  noteDay(perDay: number, remaining: number): void {
    this.#perDay = Math.min(this.#settings.limits.perDay, perDay);
    this.#reported = Math.max(0, perDay - remaining);
  }

  /** Calls of today as this process last saw them. */
  get usedToday(): number {
    return this.#usedToday;
  }

  close(): void {
    this.#isClosed = true;
    for (const lane of ["calls", "search"] as const)
      this.#refuse(lane, () => true, { may: false, because: "closed", afterMs: 0 });
  }

  #wait(lane: Lane, urgency: Urgency): Promise<Leave> {
    return new Promise((answer, reject) => {
      if (this.#isClosed) return answer({ may: false, because: "closed", afterMs: 0 });
      this.#waiting[lane].push({ urgency, answer });
      if (this.#isServing[lane]) return;
      this.#isServing[lane] = true;
      this.#serve(lane)
        .catch((error) => {
          // The database is away: whoever waits is told at once, with the reason for the one who asked.
          this.#refuse(lane, (waiting) => waiting.answer !== answer, { may: false, because: "pace", afterMs: 5_000 });
          reject(error);
        })
        .finally(() => {
          this.#isServing[lane] = false;
        });
    });
  }

  async #serve(lane: Lane): Promise<void> {
    while (this.#waiting[lane].length > 0) {
      const moment = await this.#nextMoment(lane);
      if (moment === undefined) continue;
      const inMs = moment - performance.now();
      if (inMs > MAX_WAIT_MS) {
        this.#moments[lane] = [];
        this.#refuse(lane, () => true, { may: false, because: "pace", afterMs: Math.ceil(inMs) });
        return;
      }
      if (inMs > 1) await new Promise((resolve) => setTimeout(resolve, inMs));
      this.#takeMostUrgent(lane)?.answer({ may: true });
    }
  }

  /** The next moment that may be used; undefined when the day is used up for some of those who waited. */
  async #nextMoment(lane: Lane): Promise<number | undefined> {
    this.#moments[lane] = usable(this.#moments[lane], performance.now());
    if (this.#moments[lane].length === 0) this.#moments[lane] = await this.#reserve(lane);
    if (this.#refuseByDay(lane)) return undefined;
    return this.#moments[lane].shift();
  }

  async #reserve(lane: Lane): Promise<number[]> {
    const { limits, rateShare, timeZone } = this.#settings;
    const pauseMs = pauseBetween(lane, limits, rateShare);
    const count = blockFor(this.#waiting[lane].length, pauseMs);
    if (this.#db === undefined) {
      const from = Math.max(this.#freeAt[lane], performance.now());
      this.#freeAt[lane] = from + pauseMs * count;
      return momentsOf(from, count, pauseMs);
    }
    const [row] = await this.#db.query<{ waitMs: number; used: number; day: string }>(
      `insert into rate_budgets as b (name, next_at, day, used)
       values ($1, clock_timestamp() + $2 * interval '1 ms', (clock_timestamp() at time zone $4)::date, $3)
       on conflict (name) do update set
         next_at = greatest(b.next_at, clock_timestamp()) + $2 * interval '1 ms',
         day = excluded.day,
         used = case when b.day = excluded.day then greatest(b.used, $5) else 0 end + $3
       returning extract(epoch from next_at - clock_timestamp())::float8 * 1000 - $2 as "waitMs", used, day::text as day`,
      [`${this.#name}:${lane}`, pauseMs * count, count, timeZone, this.#reported],
      "reserve_rate_budget",
    );
    if (lane === "calls" && row !== undefined) {
      // What was reported yesterday says nothing of today.
      if (row.day !== this.#day && this.#day !== "") this.#reported = 0;
      this.#day = row.day;
      this.#usedToday = row.used;
    }
    return momentsOf(performance.now() + Math.max(row?.waitMs ?? 0, 0), count, pauseMs);
  }

  #refuseByDay(lane: Lane): boolean {
    return this.#refuse(lane, ({ urgency }) => !dayAllows(this.#usedToday, this.#perDay, urgency), {
      may: false,
      because: "day",
      afterMs: DAY_RETRY_MS,
    });
  }

  #refuse(lane: Lane, whom: (waiting: Waiting) => boolean, leave: Leave): boolean {
    const refused = this.#waiting[lane].filter(whom);
    this.#waiting[lane] = this.#waiting[lane].filter((waiting) => !refused.includes(waiting));
    for (const { answer } of refused) answer(leave);
    return refused.length > 0;
  }

  #takeMostUrgent(lane: Lane): Waiting | undefined {
    const waiting = this.#waiting[lane];
    for (const urgency of URGENCIES) {
      const at = waiting.findIndex((each) => each.urgency === urgency);
      if (at >= 0) return waiting.splice(at, 1)[0];
    }
    return undefined;
  }
}
