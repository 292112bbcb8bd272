/**
 * The bulk lane (R11): the events of an import wait here, durably, and enter the log in small batches while nothing
 * else is waiting to be decided. So a form never stands behind ten thousand imported contacts: at worst behind one
 * batch of them. Filled by `engine.appendBulk`, emptied by the engine; any number of processes may.
 */

import type { Clock } from "../base/clock.ts";
import { MillraceError, messageOf } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import { jsonColumn, textColumn, timestampColumn } from "../db/columns.ts";
import { type Database, isRefused, type Queryable, type Tx } from "../db/database.ts";
import { PollLoop } from "../db/poll-loop.ts";
import type { WakeUps } from "../db/wake.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { ContactReference, NewEvent } from "../events/event.ts";
import { type IncomingEvent, incomingEventOf } from "./incoming-event.ts";
import { appendIncoming } from "./ingest.ts";

export interface BulkLaneOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly catalogue: EventCatalogue;
  readonly clock: Clock;
  /** Events that enter the log at once. Default 100. */
  readonly batchSize: number;
  /** How often it looks whether the way is free while something waits. */
  readonly sweepMs: number;
  /** True while live events wait to be decided. */
  readonly isBusy: () => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

interface Waiting extends IncomingEvent {
  readonly row: number;
}

/** How long the lane stands still when others are being served. */
const YIELD_MS = 20;

export class BulkLane {
  readonly #options: BulkLaneOptions;
  readonly #looper: PollLoop;
  #forget: (() => void) | undefined;

  constructor(options: BulkLaneOptions) {
    this.#options = options;
    this.#looper = new PollLoop({ turn: () => this.#turn(), sweepMs: options.sweepMs, onError: options.onError });
  }

  start(): void {
    this.#forget = this.#options.wakeUps.on("bulk", () => this.#looper.trigger());
    this.#looper.start();
  }

  async stop(): Promise<void> {
    this.#forget?.();
    await this.#looper.stop();
  }

  trigger(): void {
    this.#looper.trigger();
  }

  async #turn(): Promise<boolean> {
    const { db, isBusy, batchSize } = this.#options;
    if (!(await isSomethingWaiting(db))) return false;
    if (await isBusy()) {
      await new Promise((resolve) => setTimeout(resolve, YIELD_MS));
      return true;
    }
    try {
      return (await this.#move(batchSize)) > 0;
    } catch (error) {
      if (!(error instanceof MillraceError) && !isRefused(error)) throw error;
      return this.#moveApart();
    }
  }

  /** @param tried told the rows before they are written, so that a refusal can be put down to them. */
  async #move(limit: number, tried: (rows: readonly Waiting[]) => void = () => {}): Promise<number> {
    const { db, wakeUps } = this.#options;
    const moved = await db.transaction(async (tx) => {
      const waiting = await takeWaiting(tx, limit);
      tried(waiting);
      if (waiting.length > 0) await appendIncoming(tx, wakeUps, waiting);
      return waiting.length;
    });
    if (moved > 0) failpoint("after-bulk-taken");
    if (moved > 0) wakeUps.local("events");
    return moved;
  }

  /** One event of the batch cannot enter the log: it is set aside with its error, the others go on. */
  async #moveApart(): Promise<boolean> {
    const { db, batchSize } = this.#options;
    for (let i = 0; i < batchSize; i++) {
      let row: number | undefined;
      try {
        const moved = await this.#move(1, ([first]) => {
          row = first?.row;
        });
        if (moved === 0) return false;
      } catch (error) {
        if (row === undefined || (!(error instanceof MillraceError) && !isRefused(error))) throw error;
        // This very row: the oldest one may be another, which another process holds at the moment.
        await db.query("update bulk_events set error = $1 where id = $2", [messageOf(error).slice(0, 2_000), row]);
      }
    }
    return true;
  }
}

/**
 * Puts events into the lane; all or none. Resolves when they are durable. One whose (source, id) waits there already is
 * taken for the same; one that is in the log already is recognised when its turn comes.
 * @returns how many wait now because of this call.
 * @throws MillraceError unknown_event_type, invalid_event: nothing was taken.
 */
export async function putIntoBulkLane(
  db: Database,
  wakeUps: WakeUps,
  events: readonly NewEvent[],
  catalogue: EventCatalogue,
  now: number,
): Promise<number> {
  const arrivals = events.map((event) => incomingEventOf(event, catalogue, now));
  const taken = await db.query(
    `insert into bulk_events (source, event_id, type, data, contact, occurred_at, actor)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::json[], $5::json[], $6::timestamptz[], $7::text[])
     on conflict (source, event_id) where event_id is not null do nothing returning 1`,
    [
      textColumn(arrivals.map((arrival) => arrival.source)),
      textColumn(arrivals.map((arrival) => arrival.id)),
      textColumn(arrivals.map((arrival) => arrival.type)),
      jsonColumn(arrivals.map((arrival) => arrival.data)),
      jsonColumn(arrivals.map((arrival) => (arrival.contact === undefined ? null : JSON.stringify(arrival.contact)))),
      timestampColumn(arrivals.map((arrival) => arrival.occurredAt)),
      textColumn(arrivals.map((arrival) => arrival.actor)),
    ],
    "put_into_bulk_lane",
  );
  wakeUps.local("bulk");
  return taken.length;
}

/** How many events wait in the lane. */
export async function waitingInLane(db: Queryable): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    "select count(*)::int as count from bulk_events where error is null",
    [],
    "waiting_in_lane",
  );
  return row?.count ?? 0;
}

async function isSomethingWaiting(db: Queryable): Promise<boolean> {
  const rows = await db.query("select 1 from bulk_events where error is null limit 1", [], "bulk_waiting");
  return rows.length > 0;
}

async function takeWaiting(tx: Tx, limit: number): Promise<Waiting[]> {
  const rows = await tx.query<Omit<Waiting, "contact"> & { readonly contact: ContactReference | null }>(
    `with taken as (delete from bulk_events where id in
       (select id from bulk_events where error is null order by id limit $1 for update skip locked) returning *)
     select id as row, source, event_id as id, type, data::text, contact, occurred_at as "occurredAt", actor from taken order by taken.id`,
    [limit],
    "take_waiting",
  );
  if (rows.length > 0) failpoint("before-bulk-taken");
  return rows.map((row) => ({ ...row, contact: row.contact ?? undefined }));
}
