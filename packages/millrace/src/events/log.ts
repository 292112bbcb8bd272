/** The log, read: in order, by range, by type. It is written in log-writer.ts. */
import { int8Column } from "../db/columns.ts";
import type { Queryable } from "../db/database.ts";
import type { Json, Position, RecordedEvent } from "./event.ts";
import { type FoldedEvents, unfold } from "./settlement.ts";

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
