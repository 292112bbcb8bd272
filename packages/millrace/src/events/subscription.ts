/**
 * A consumer of the log with a cursor of its own: it sees every event once, in order, from the beginning or from now,
 * however often it is restarted, and no other consumer waits for it. An event it cannot take is tried a few times and
 * then set aside as a dead letter with its error, and the rest goes on.
 */
import { messageOf } from "../base/errors.ts";
import type { Database, Queryable, Tx } from "../db/database.ts";
import { PollLoop } from "../db/poll-loop.ts";
import { ANY_EVENT, type WakeUps } from "../db/wake.ts";
import type { Json, Position, RecordedEvent } from "./event.ts";
import { newestPosition, readEvents } from "./log.ts";

export interface SubscriptionOptions {
  /** Unique; the cursor is kept under it. */
  readonly name: string;
  /** Takes events inside the transaction that moves the cursor on: what it writes there happens exactly once. */
  readonly take: (events: readonly RecordedEvent<string, Json>[], tx: Tx) => Promise<void>;
  /** Only these types; the cursor moves over the others. Default: all. */
  readonly types?: readonly string[];
  /** Where a new subscription begins. Default "start". */
  readonly from?: "start" | "now";
  /** Events at most per transaction. Default 500. */
  readonly batchSize?: number;
  /** Attempts at one event before it becomes a dead letter. Default 3. */
  readonly attempts?: number;
  /** Looks on its own this often, in case no wake-up came. Default 5,000. */
  readonly sweepMs?: number;
  /** Stands still so long after a batch, so that what comes meanwhile is taken together. Default 0. */
  readonly restMs?: number;
}

type Settings = Required<Omit<SubscriptionOptions, "types">> & Pick<SubscriptionOptions, "types">;

export class Subscription {
  readonly name: string;
  readonly #db: Database;
  readonly #options: Settings;
  readonly #looper: PollLoop;
  readonly #wakeUps: WakeUps;
  #forget: (() => void) | undefined;

  constructor(db: Database, wakeUps: WakeUps, options: SubscriptionOptions, onError: (error: unknown) => void) {
    this.name = options.name;
    this.#db = db;
    this.#wakeUps = wakeUps;
    this.#options = { from: "start", batchSize: 500, attempts: 3, sweepMs: 5_000, restMs: 0, ...options };
    const { sweepMs, restMs } = this.#options;
    this.#looper = new PollLoop({ turn: () => this.#turn(), sweepMs, restMs, onError });
  }

  async start(): Promise<void> {
    await registerSubscription(this.#db, this.name, this.#options.from);
    this.#forget = this.#wakeUps.on(ANY_EVENT, () => this.#looper.trigger());
    this.#looper.start();
  }

  async stop(): Promise<void> {
    this.#forget?.();
    await this.#looper.stop();
  }

  trigger(): void {
    this.#looper.trigger();
  }

  /** Takes the next batch; alone with each event when the batch fails, so that one bad event costs only itself. */
  async #turn(): Promise<boolean> {
    try {
      return (await this.#takeBatch(this.#options.batchSize)) === this.#options.batchSize;
    } catch (error) {
      // The database's trouble is not the event's: the loop waits and tries again.
      if (!(error instanceof TakeError)) throw error;
      await this.#takeOne();
      return true;
    }
  }

  async #takeBatch(limit: number): Promise<number> {
    let first: Position | undefined;
    const taking = this.#db.transaction(async (tx) => {
      const cursor = await lockPlace(tx, this.name);
      const newest = this.#options.types === undefined ? cursor : await newestPosition(tx);
      const events = await readEvents(tx, cursor, limit, this.#options.types);
      first = events[0]?.position;
      if (events.length > 0) await this.#options.take(events, tx);
      // Everything up to the newest has been looked at, unless the batch was full.
      const reached =
        events.length === limit
          ? (events.at(-1)?.position ?? cursor)
          : Math.max(newest, events.at(-1)?.position ?? cursor);
      if (reached > cursor) await moveCursor(tx, this.name, reached);
      return events.length;
    });
    return taking.catch((error: unknown) => {
      throw first === undefined ? error : new TakeError(first, error);
    });
  }

  async #takeOne(): Promise<void> {
    let failure: TakeError | undefined;
    for (let attempt = 1; attempt <= this.#options.attempts; attempt++) {
      try {
        await this.#takeBatch(1);
        return;
      } catch (error) {
        if (!(error instanceof TakeError)) throw error;
        failure = error;
      }
    }
    if (failure !== undefined) await this.#setAside(failure);
  }

  async #setAside(failure: TakeError): Promise<void> {
    await this.#db.transaction(async (tx) => {
      const cursor = await lockPlace(tx, this.name);
      const [event] = await readEvents(tx, cursor, 1, this.#options.types);
      // Another process with this subscription has taken it meanwhile: the event that is next now is a different one.
      if (event?.position !== failure.position) return;
      await addDeadLetter(tx, {
        subscription: this.name,
        event: event.position,
        error: messageOf(failure.cause),
        attempts: this.#options.attempts,
      });
      await moveCursor(tx, this.name, event.position);
    });
  }
}

/** The consumer could not take the events that begin at `position`. */
class TakeError extends Error {
  readonly position: Position;

  constructor(position: Position, cause: unknown) {
    super(messageOf(cause), { cause });
    this.position = position;
  }
}

export interface NewDeadLetter {
  readonly subscription: string;
  readonly event: Position;
  readonly error: string;
  readonly attempts: number;
}

export async function addDeadLetter(tx: Tx, deadLetter: NewDeadLetter): Promise<void> {
  await tx.query(
    `insert into dead_letters (subscription, event, error, attempts) values ($1, $2, $3, $4)
     on conflict (subscription, event) do update
       set error = excluded.error, attempts = dead_letters.attempts + excluded.attempts, resolved_at = null`,
    [deadLetter.subscription, deadLetter.event, deadLetter.error, deadLetter.attempts],
  );
}

/** @param resolution what became of it, in words for people. */
export async function resolveDeadLetter(
  tx: Queryable,
  subscription: string,
  event: Position,
  resolution: string,
): Promise<void> {
  await tx.query(
    `update dead_letters set resolved_at = clock_timestamp(), resolution = $3
     where subscription = $1 and event = $2 and resolved_at is null`,
    [subscription, event, resolution],
    "resolve_dead_letter",
  );
}

/** Makes sure a cursor exists; an existing one is left where it is. */
export async function registerSubscription(
  db: Queryable,
  name: string,
  from: "start" | "now" = "start",
): Promise<void> {
  const position = from === "now" ? await newestPosition(db) : 0;
  await db.query("insert into subscriptions (name, position) values ($1, $2) on conflict (name) do nothing", [
    name,
    position,
  ]);
}

/** Reads a cursor and keeps others from moving it until the transaction ends. */
export async function lockPlace(tx: Tx, name: string): Promise<Position> {
  const [row] = await tx.query<{ position: number }>(
    "select position from subscriptions where name = $1 for update",
    [name],
    "lock_place",
  );
  return row?.position ?? 0;
}

export async function moveCursor(tx: Queryable, name: string, position: Position): Promise<void> {
  await tx.query(
    "update subscriptions set position = $2, updated_at = clock_timestamp() where name = $1",
    [name, position],
    "move_place",
  );
}
