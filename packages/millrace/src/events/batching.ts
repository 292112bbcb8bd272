/**
 * The buffers of flow 8: many events, one reaction. A buffer is a place in the log, so a crash loses nothing: what had
 * gathered is read again. A flush is one `events_aggregated` event, appended together with the new place; workflows
 * react to it (see `batched` in workflows/workflow.ts). Run by the engine; any number of processes may.
 */

import type { Clock } from "../base/clock.ts";
import { failpoint } from "../base/failpoint.ts";
import type { Database, Tx } from "../db/database.ts";
import { PollLoop } from "../db/poll-loop.ts";
import type { WakeUps } from "../db/wake.ts";
import { append } from "./append.ts";
import { aggregated, type BatchRule, dueFlush, type Flush, type Gathered } from "./batch-rule.ts";
import { type EventDraft, referenceOf } from "./draft.ts";
import type { Json, Position } from "./event.ts";
import { newestPosition } from "./log.ts";
import { lockLog } from "./log-lock.ts";
import { registerSubscription } from "./subscription.ts";

export interface BatchingOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  /** The buffers wanted now; asked at every turn, so workflows may change while the engine runs. */
  readonly rules: () => readonly BatchRule[];
  readonly onError: (error: unknown) => void;
}

/** A buffer as this process knows it; built from the log when it is first needed or someone else has flushed it. */
interface Buffer {
  readonly waiting: Gathered[];
  readonly urgent: Gathered[];
  readonly scannedTo: Position;
  /** Where the buffer would be read from after a restart. */
  readonly place: Position;
  /** Behind the place, and flushed already because something urgent came. */
  readonly flushed: ReadonlySet<Position>;
  /** Changes with every flush, whoever flushed. */
  readonly stamp: string;
}

interface Row extends Omit<Gathered, "since"> {
  readonly root: Position;
  readonly depth: number;
  readonly recordedAt: number;
}

/** A buffer need not be quicker than a second: what is urgent never waits in it. */
const SWEEP_MS = 1_000;
const ROWS_A_SCAN = 2_000;
/** An empty buffer's place is written down when it is so far behind, so that a restart reads little. */
const FAR_BEHIND = 10_000;

export class Batching {
  readonly #options: BatchingOptions;
  readonly #looper: PollLoop;
  readonly #buffers = new Map<string, Buffer>();
  #turning: Promise<boolean> | undefined;

  constructor(options: BatchingOptions) {
    this.#options = options;
    this.#looper = new PollLoop({ turn: () => this.turnNow(), sweepMs: SWEEP_MS, onError: options.onError });
  }

  /** Resolves when every buffer has its place: what is appended from then on gathers. */
  async start(): Promise<void> {
    await this.turnNow();
    this.#looper.start();
  }

  async stop(): Promise<void> {
    await this.#looper.stop();
    await this.#turning;
  }

  /** One look at every buffer now. @returns true when something was flushed. */
  turnNow(): Promise<boolean> {
    const turn = (this.#turning ?? Promise.resolve()).then(() => this.#turn());
    // The next one waits for this one, however it ends.
    this.#turning = turn.catch(() => false);
    return turn;
  }

  async #turn(): Promise<boolean> {
    let hasFlushed = false;
    for (const rule of this.#options.rules()) hasFlushed = (await this.#look(rule)) || hasFlushed;
    return hasFlushed;
  }

  async #look(rule: BatchRule): Promise<boolean> {
    const { db, clock } = this.#options;
    const now = clock.now();
    const known = this.#buffers.get(rule.name) ?? (await load(db, rule));
    let buffer = await scan(db, rule, known, now);
    this.#buffers.set(rule.name, buffer);
    let hasFlushed = false;
    for (let flush = dueFlush(rule, buffer.waiting, buffer.urgent, now); flush !== undefined; ) {
      const after = await this.#flush(rule, buffer, flush, now);
      if (after === undefined) return true;
      buffer = after;
      this.#buffers.set(rule.name, buffer);
      hasFlushed = true;
      flush = dueFlush(rule, buffer.waiting, buffer.urgent, now);
    }
    // Nothing of their contacts waits any more: they have hurried what they could.
    this.#buffers.set(rule.name, { ...buffer, urgent: [] });
    return hasFlushed;
  }

  /** @returns the buffer afterwards; undefined when another process has flushed meanwhile and it must be built anew. */
  async #flush(rule: BatchRule, buffer: Buffer, flush: Flush, now: number): Promise<Buffer | undefined> {
    const { db, wakeUps } = this.#options;
    const gone = new Set(flush.events.map((event) => event.position));
    const waiting = buffer.waiting.filter((event) => !gone.has(event.position));
    const place = (waiting[0]?.position ?? buffer.scannedTo + 1) - 1;
    const stamp = await db.transaction(async (tx) => {
      await lockLog(tx);
      const moved = await moveCursor(tx, rule, place, buffer.stamp);
      if (moved === undefined) return undefined;
      failpoint("before-buffer-flushed");
      await append(tx, [aggregation(aggregated(rule, flush), flush, now)]);
      await wakeUps.remote(tx, "events");
      return moved;
    });
    wakeUps.local("events");
    if (stamp !== undefined) return { ...buffer, waiting, place, stamp };
    this.#buffers.delete(rule.name);
    return undefined;
  }
}

function subscriptionOf(rule: BatchRule): string {
  return `batch:${rule.name}`;
}

/** Begins at the place; what was flushed behind it on its own, for being urgent, is left out. */
async function load(db: Database, rule: BatchRule): Promise<Buffer> {
  await registerSubscription(db, subscriptionOf(rule), "now");
  const [row] = await db.query<{ position: Position; stamp: string }>(
    "select position, updated_at::text as stamp from subscriptions where name = $1",
    [subscriptionOf(rule)],
    "batch_place",
  );
  const place = row?.position ?? 0;
  const flushes = await db.query<{ data: { batch: string; positions: Position[] } }>(
    "select data from single_events where position > $1 and type = 'events_aggregated'",
    [place],
    "batch_flushed",
  );
  const mine = flushes.filter((flush) => flush.data.batch === rule.name);
  const flushed = new Set(mine.flatMap((flush) => flush.data.positions));
  return { waiting: [], urgent: [], scannedTo: place, place, flushed, stamp: row?.stamp ?? "" };
}

/** Reads on where the last scan ended. */
async function scan(db: Database, rule: BatchRule, buffer: Buffer, now: number): Promise<Buffer> {
  const newest = await newestPosition(db);
  if (newest <= buffer.scannedTo) return buffer;
  const rows = await db.query<Row>(
    `select position, type, contact, root, depth, recorded_at as "recordedAt" from events_between($1, $2)
     where type = any($3::text[]) order by position limit $4`,
    [buffer.scannedTo, newest, [...rule.types, ...rule.urgent], ROWS_A_SCAN],
    "batch_scan",
  );
  const fresh = rows.filter((row) => !buffer.flushed.has(row.position)).map((row) => gathered(row, now));
  const read: Buffer = {
    ...buffer,
    waiting: [...buffer.waiting, ...fresh.filter((row) => rule.types.includes(row.type))],
    urgent: [...buffer.urgent, ...fresh.filter((row) => rule.urgent.includes(row.type))],
    scannedTo: rows.length === ROWS_A_SCAN ? (rows.at(-1)?.position ?? newest) : newest,
  };
  if (read.waiting.length > 0 || read.scannedTo - read.place < FAR_BEHIND) return read;
  const stamp = await db.transaction((tx) => moveCursor(tx, rule, read.scannedTo, read.stamp));
  return stamp === undefined ? read : { ...read, place: read.scannedTo, stamp };
}

function gathered({ recordedAt, ...row }: Row, now: number): Gathered {
  // After a restart the wait goes on; a database whose clock is ahead makes no one wait longer.
  return { ...row, since: Math.min(recordedAt, now) };
}

/** @returns the new stamp, or undefined when the place is not where this process believes it to be. */
async function moveCursor(tx: Tx, rule: BatchRule, to: Position, stamp: string): Promise<string | undefined> {
  const [row] = await tx.query<{ stamp: string }>(
    `update subscriptions set position = $2, updated_at = clock_timestamp()
     where name = $1 and updated_at::text = $3 returning updated_at::text as stamp`,
    [subscriptionOf(rule), to, stamp],
    "batch_move_place",
  );
  return row?.stamp;
}

/** The flush belongs to the cascade of its last event and goes on counting from the deepest one (R8). */
function aggregation(data: Json, flush: Flush, now: number): Omit<EventDraft, "reference"> {
  const last = flush.events.at(-1);
  return {
    type: "events_aggregated",
    contact: null,
    data,
    occurredAt: now,
    cause: last?.position ?? null,
    root: last?.root ?? referenceOf(0),
    depth: Math.max(...flush.events.map((event) => event.depth)) + 1,
    actor: "engine",
  };
}
