/**
 * The log: one way in, one way out.
 *
 * Every append takes one transaction-level advisory lock before it draws positions, and holds it to the commit,
 * so the order of position is the order of commit and a reader's cursor is one integer. Measured without the lock:
 * a cursor skips 6 to 10 % of events under 8 writers. Do no I/O but SQL while holding it.
 *
 * A transaction that appends and also changes tasks or timers takes the lock first (`lockLog`), so that nobody who
 * holds such a row ever waits for the log. A test found the other order to end in deadlocks between the runner, which
 * merges into an open task, and the dispatcher, which claims it. See docs/decisions/0003-the-log-is-locked-first.md.
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
import { bool, copyRows, int2, int8, json, text, timestamp, uuid } from "../db/copy.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Json, Position, RecordedEvent } from "./event.ts";
import { type FoldedEvents, unfold } from "./settlement.ts";

/** An advisory lock's key: "millrace" as a number nobody else is likely to take. */
export const LOG_LOCK = 7_241_033;
export const PARTITIONS = 64;

/** A row on its way into the log, its position drawn. */
export interface EventRow {
  readonly position: Position;
  readonly type: string;
  readonly contact: string | null;
  /** JSON text. */
  readonly data: string;
  readonly occurredAt: number;
  readonly cause: Position | null;
  readonly root: Position;
  readonly depth: number;
  readonly actor: string;
  readonly isSettled: boolean;
}

/** Keeps everyone else from appending until the transaction ends. Taking it again in the same transaction costs nothing. */
export async function lockLog(tx: Tx): Promise<void> {
  await tx.script(`select pg_advisory_xact_lock(${LOG_LOCK})`);
  failpoint("after-log-lock");
}

/**
 * Takes the log's lock and draws `count` positions; until this transaction ends nobody else appends.
 * Every append begins here.
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

/** The columns of a RecordedEvent, for every query that reads events. */
export const EVENT_COLUMNS = 'position, type, data, contact, occurred_at as "occurredAt", cause, root, depth, actor';

/** Events after `after`, in order, at most `limit`; only those of `types` when given. */
export async function readEvents(
  db: Queryable,
  after: Position,
  limit: number,
  types?: readonly string[],
): Promise<RecordedEvent<string, Json>[]> {
  const rows =
    types === undefined
      ? await db.query<StoredRow>(READ_ALL, [after, limit], "read_events")
      : await db.query<StoredRow>(READ_TYPES, [after, limit, types], "read_events_of_types");
  const wanted = types === undefined ? undefined : new Set(types);
  return rows
    .flatMap((row) => eventsIn(row))
    .filter(({ position, type }) => position > after && (wanted?.has(type) ?? true))
    .sort((a, b) => a.position - b.position)
    .slice(0, limit);
}

// Each is one statement, so that both halves are of one moment: a single event committed between two would be stepped over.
// Of the settlements so many are read that `limit` events come out, the first one perhaps begun before: at least one of each.
const SETTLED =
  "first, null, events::json, contact, null::timestamptz, null::bigint, null::bigint, null::smallint, null, types";
const READ_ALL = `
  select * from (select ${EVENT_COLUMNS}, null::text[] as types from single_events where position > $1 order by position limit $2) single
  union all
  select ${SETTLED} from
    (select *, sum(cardinality(types)) over earlier - cardinality(types) as told, first_value(cardinality(types)) over earlier as begun
     from (select * from settlements where last > $1 order by last limit $2 + 1) next window earlier as (order by last)) counted
  where told < $2 + begun`;
const READ_TYPES = `
  select * from (select ${EVENT_COLUMNS}, null::text[] as types from single_events
                 where position > $1 and type = any($3::text[]) order by position limit $2) single
  union all
  select ${SETTLED} from (select * from settlements where last > $1 and types && $3::text[] order by last limit $2 + 1) next`;

/** An event that stands alone, or the events of a settlement, then without a type of its own. */
interface StoredRow extends Omit<RecordedEvent<string, Json>, "type"> {
  readonly type: string | null;
  readonly types: readonly string[] | null;
}

function eventsIn({ types, type, ...row }: StoredRow): RecordedEvent<string, Json>[] {
  if (type !== null) return [{ ...row, type }];
  const events = row.data as unknown as FoldedEvents["events"];
  return unfold({ first: row.position, contact: row.contact ?? "", types: types ?? [], events });
}

/** Events after `after` that were not decided in the transaction that appended them: the runner's reading. */
export function readUnsettledEvents(
  db: Queryable,
  after: Position,
  limit: number,
): Promise<RecordedEvent<string, Json>[]> {
  return db.query(
    `select ${EVENT_COLUMNS} from single_events where position > $1 and not settled order by position limit $2`,
    [after, limit],
    "read_unsettled_events",
  );
}

/** The position of the newest event, 0 for an empty log. */
export async function newestPosition(db: Queryable): Promise<Position> {
  const [row] = await db.query<{ position: number }>("select newest_position() as position");
  return row?.position ?? 0;
}

/**
 * When the cascades these events belong to began: the nearest event of depth 0 on the way up, which is the outside
 * event, or the timer that fired later. By position, in milliseconds.
 */
export async function rootTimesOf(db: Queryable, positions: readonly Position[]): Promise<Map<Position, number>> {
  if (positions.length === 0) return new Map();
  const rows = await db.query<{ start: number; bornAt: number }>(
    `select start, born_at as "bornAt" from unnest($1::bigint[]) as asked(start) cross join lateral birth_of(start) as born_at
     where born_at is not null`,
    [int8Column(positions)],
    "births_of",
  );
  return new Map(rows.map((row) => [row.start, row.bornAt]));
}
