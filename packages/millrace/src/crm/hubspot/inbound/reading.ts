/**
 * Things of HubSpot's that no webhook brings in full are read from there: every now and then by one process, and at
 * once where a webhook gave a hint. Where it stands is kept. A token that may not read them is asked again in an hour,
 * and reported once. Used for forms, e-mails, what HubSpot's own e-mails led to, and lists.
 */
import { MillraceError } from "../../../base/errors.ts";
import { Leadership } from "../../../db/leadership.ts";
import { PollLoop } from "../../../db/poll-loop.ts";
import type { HubspotFailure } from "../client/answer.ts";
import type { Intake } from "./delivery.ts";
import { readCursor, saveCursor } from "./incoming-rows.ts";

const LOOK_EVERY_MS = 1_000;
const REFUSED_PAUSE_MS = 3_600_000;

/** What was read so far. */
export interface ReadUpTo {
  /** HubSpot's clock: all before was taken. */
  readonly since: number;
  /** Our clock. */
  readonly readAt: number;
}

export interface ReadingOptions {
  /** Name of the place in `crm_places`. */
  readonly name: string;
  /** One process reads. */
  readonly lock: number;
  /** Milliseconds; 0: only after a hint. */
  readonly everyMs: number;
  /** Reads what is new. @throws MillraceError; with the field "token" when the token may not. */
  readonly read: (isHinted: boolean) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}

export class Reading {
  readonly #intake: Intake;
  readonly #options: ReadingOptions;
  readonly #leadership: Leadership;
  readonly #looper: PollLoop;
  #isHinted = false;
  #refusedUntil = 0;

  constructor(intake: Intake, options: ReadingOptions) {
    this.#intake = intake;
    this.#options = options;
    this.#leadership = new Leadership(intake.db, options.lock);
    this.#looper = new PollLoop({ turn: () => this.#turn(), sweepMs: LOOK_EVERY_MS, onError: options.onError });
  }

  start(): void {
    this.#looper.start();
  }

  async stop(): Promise<void> {
    await this.#looper.stop();
    await this.#leadership.release();
  }

  /** There is something new: it is read at once, in this process. What two processes read is taken once. */
  trigger(): void {
    this.#isHinted = true;
    this.#looper.trigger();
  }

  async #turn(): Promise<boolean> {
    const now = this.#intake.clock.now();
    if (now < this.#refusedUntil) return false;
    const isHinted = this.#isHinted;
    this.#isHinted = false;
    if (!isHinted && !((await this.#leadership.lead()) && (await this.#isDue(now)))) return false;
    await this.#options.read(isHinted).catch((error: unknown) => {
      if (error instanceof MillraceError && error.parts.field === "token") this.#refusedUntil = now + REFUSED_PAUSE_MS;
      throw error;
    });
    return false;
  }

  /** The first turn of an installation only takes its place: what was there before is for the import. */
  async #isDue(now: number): Promise<boolean> {
    const { everyMs, name } = this.#options;
    if (everyMs === 0) return false;
    const place = await readCursor<ReadUpTo>(this.#intake.db, name);
    if (place !== undefined) return now - place.readAt >= everyMs;
    await saveCursor(this.#intake.db, name, { since: now, readAt: now } satisfies ReadUpTo);
    return false;
  }
}

/** @param what "submitted forms". @param scope the token needs for it. */
export function unread(failure: HubspotFailure, what: string, scope: string): MillraceError {
  const isForbidden = failure.kind === "unauthorised";
  return new MillraceError("hubspot_failed", {
    saw: `HubSpot was asked for ${what} and answered: ${failure.message}`,
    next: isForbidden
      ? `give the token the scope \`${scope}\`; it is asked again in an hour.`
      : "nothing is lost; it is asked again.",
    ...(isForbidden ? { field: "token" } : {}),
  });
}
