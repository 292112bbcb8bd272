/**
 * The one file that draws positions and writes rows of the log, under its lock (log-lock.ts). Two use it: append.ts, by which everyone
 * states facts that stand for themselves, and the pipeline (intake/, decider/), which lays out in rows what follows from events.
 * The dependency rules keep everyone else out.
 */
import { failpoint } from "../base/failpoint.ts";
import {
  boolColumn,
  int2Column,
  int8Column,
  jsonColumn,
  textColumn,
  timestampColumn,
  uuidColumn,
} from "../db/columns.ts";
import { bool, copyRows, int2, int8, json, text, textArray, timestamp, uuid } from "../db/copy.ts";
import type { Tx } from "../db/database.ts";
import type { EventRow } from "./draft.ts";
import type { Position } from "./event.ts";
import { LOG_LOCK } from "./log-lock.ts";
import type { SettlementRow } from "./settlement.ts";

export const PARTITIONS = 64;

/**
 * Takes the log's lock and draws `count` positions; until this transaction ends no one else appends.
 * @param alsoRead one more statement to run under the lock, e.g. to see what was appended meanwhile (no strangers' text).
 * @returns the first position (the others follow without a gap), and the rows of `alsoRead`.
 */
export async function reservePositions(
  tx: Tx,
  count: number,
  alsoRead = "select 1",
): Promise<{ first: Position; rows: object[] }> {
  failpoint("before-positions");
  const [, drawn, rows] = await tx.script(
    `select pg_advisory_xact_lock(${LOG_LOCK});
     select setval('events_position', nextval('events_position') + ${count - 1}) as last;
     ${alsoRead}`,
  );
  failpoint("after-positions");
  const [{ last }] = drawn as [{ last: number }];
  return { first: last - count + 1, rows: rows ?? [] };
}

/** Draws positions under the log's lock. @returns the first of them, and the newest event there was before. */
export async function reserveAfter(tx: Tx, count: number): Promise<{ first: Position; newest: Position }> {
  const { first, rows } = await reservePositions(tx, count, "select newest_position() as newest");
  return { first, newest: (rows[0] as { newest: number }).newest };
}

/** How the log has to end for what was decided on it to hold. */
export interface ExpectedEnd {
  /** Up to where events are decided. */
  readonly cursor: Position;
  readonly newest: Position;
  /** What the next position drawn will be, if no one draws before. */
  readonly next: Position;
}

/**
 * Draws the `count` positions from `expected.next` on, under the log's lock. The database sees whether the log and the
 * cursor are as expected, so that the answer need not be waited for: what is sent behind it fails with it.
 * @param runner the name of the cursor up to which events are decided.
 * @throws DatabaseError MR001 when they are not, see `hasLogGrown`.
 */
export async function takeLogEnd(tx: Tx, runner: string, expected: ExpectedEnd, count: number): Promise<void> {
  await tx.query(
    "select take_log_end($1, $2, $3, $4, $5)",
    [runner, expected.cursor, expected.newest, expected.next, count],
    "take_log_end",
  );
}

/** Did `takeLogEnd` fail since someone else was there first? */
export function hasLogGrown(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "MR001";
}

/** Writes facts of the engine itself: rows without a delivery id, whose positions were drawn in this transaction. */
export async function insertEvents(tx: Tx, rows: readonly EventRow[]): Promise<void> {
  await copyRows(tx, "single_events", rows.length, columnsOf(rows));
}

function columnsOf(rows: readonly EventRow[]) {
  return {
    position: int8(rows.map((row) => row.position)),
    contact: uuid(rows.map((row) => row.contact)),
    cause: int8(rows.map((row) => row.cause)),
    root: int8(rows.map((row) => row.root)),
    occurred_at: timestamp(rows.map((row) => row.occurredAt)),
    depth: int2(rows.map((row) => row.depth)),
    partition: int2(rows.map((row) => partitionOf(row.contact))),
    settled: bool(rows.map((row) => row.isSettled)),
    type: text(rows.map((row) => row.type)),
    actor: text(rows.map((row) => row.actor)),
    data: json(rows.map((row) => row.data)),
  };
}

/** A fact from outside, which the sender may deliver again. */
export interface DeliveredRow extends EventRow {
  readonly source: string;
  /** Unique within the source; null for a sender that gives none. */
  readonly id: string | null;
}

/**
 * Writes facts from outside of which none is expected to be there; asks nothing about erased ones.
 * @throws DatabaseError 23505 when one of the deliveries is in the log.
 */
export async function addDeliveries(tx: Tx, rows: readonly DeliveredRow[]): Promise<void> {
  await copyRows(tx, "single_events", rows.length, {
    ...columnsOf(rows),
    source: text(rows.map((row) => row.source)),
    id: text(rows.map((row) => row.id)),
  });
}

/**
 * Writes facts from outside, each delivery once.
 * @returns the positions written: rows whose (source, id) was in the log already, erased or not, are left out.
 */
export async function insertDeliveries(tx: Tx, rows: readonly DeliveredRow[]): Promise<ReadonlySet<Position>> {
  const [written] = await tx.query<{ count: number }>(
    `with written as (
       insert into single_events (position, contact, cause, root, occurred_at, depth, partition, settled, type, actor, source, id, data)
       select * from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::smallint[], $7::smallint[],
                            $8::boolean[], $9::text[], $10::text[], $11::text[], $12::text[], $13::json[])
         as d(position, contact, cause, root, occurred_at, depth, partition, settled, type, actor, source, id, data)
       where d.id is null or not (select exists (select from erasures))
          or not exists (select from single_events e where e.source = 'erased' and e.id = erased_delivery((select salt from erasure_marks), d.source, d.id))
       on conflict (source, id) where id is not null do nothing returning 1)
     select count(*) from written`,
    [
      int8Column(rows.map((row) => row.position)),
      uuidColumn(rows.map((row) => row.contact)),
      int8Column(rows.map((row) => row.cause)),
      int8Column(rows.map((row) => row.root)),
      timestampColumn(rows.map((row) => row.occurredAt)),
      int2Column(rows.map((row) => row.depth)),
      int2Column(rows.map((row) => partitionOf(row.contact))),
      boolColumn(rows.map((row) => row.isSettled)),
      textColumn(rows.map((row) => row.type)),
      textColumn(rows.map((row) => row.actor)),
      textColumn(rows.map((row) => row.source)),
      textColumn(rows.map((row) => row.id)),
      jsonColumn(rows.map((row) => row.data)),
    ],
    "insert_deliveries",
  );
  const positions = rows.map((row) => row.position);
  if (written?.count === rows.length) return new Set(positions);
  const there = await tx.query<{ position: number }>(
    "select position from single_events where position = any($1::bigint[])",
    [int8Column(positions)],
    "deliveries_written",
  );
  return new Set(there.map((row) => row.position));
}

/** The partition of a contact's events, 0 to 63; events without a contact are in 0. */
export function partitionOf(contact: string | null): number {
  return contact === null ? 0 : Number.parseInt(contact.slice(-2), 16) % PARTITIONS;
}

/** @param decidedAt the engine's clock, in milliseconds. */
export async function insertSettlements(tx: Tx, rows: readonly SettlementRow[], decidedAt: number): Promise<void> {
  await copyRows(tx, "settlements", rows.length, {
    last: int8(rows.map((row) => row.first + row.types.length - 1)),
    first: int8(rows.map((row) => row.first)),
    since: int8(rows.map((row) => row.since)),
    task_group: int8(rows.map((row) => row.taskGroup)),
    contact: uuid(rows.map((row) => row.contact)),
    decided_at: timestamp(rows.map(() => decidedAt)),
    types: textArray(rows.map((row) => row.types)),
    events: text(rows.map((row) => row.events)),
    decisions: text(rows.map((row) => row.decisions)),
    tasks: text(rows.map((row) => row.tasks)),
  });
}
