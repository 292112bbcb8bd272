/** Reading the log for people: newest first, or on from a position. Read by the gateway, the console and the CLI. */
import type { Queryable } from "../db/database.ts";
import type { Json, Position, RecordedEvent } from "../events/event.ts";
import { EVENT_COLUMNS } from "../events/log.ts";

export type EventRow = RecordedEvent<string, Json>;

export interface EventFilter {
  /** Only events past this position, oldest first. */
  readonly after?: Position;
  /** Only events before this position, newest first. */
  readonly before?: Position;
  readonly type?: string;
  readonly contact?: string;
  readonly limit: number;
}

/** Newest first, unless `after` is given: then on from there, oldest first. */
export function listEvents(db: Queryable, filter: EventFilter): Promise<EventRow[]> {
  const values = [
    filter.after ?? null,
    filter.before ?? null,
    filter.type ?? null,
    filter.contact ?? null,
    filter.limit,
  ];
  return filter.after === undefined ? newestEvents(db, values) : nextEvents(db, values);
}

function newestEvents(db: Queryable, values: readonly unknown[]): Promise<EventRow[]> {
  return db.query(
    `select ${EVENT_COLUMNS} from events
     where ($1::bigint is null or position > $1) and ($2::bigint is null or position < $2)
       and ($3::text is null or type = $3) and ($4::uuid is null or contact = $4)
     order by position desc limit $5`,
    values,
  );
}

function nextEvents(db: Queryable, values: readonly unknown[]): Promise<EventRow[]> {
  return db.query(
    `select ${EVENT_COLUMNS} from events
     where position > $1::bigint and ($2::bigint is null or position < $2)
       and ($3::text is null or type = $3) and ($4::uuid is null or contact = $4)
     order by position limit $5`,
    values,
  );
}

export async function findEvent(db: Queryable, position: Position): Promise<EventRow | undefined> {
  const [event] = await db.query<EventRow>(`select ${EVENT_COLUMNS} from events where position = $1`, [position]);
  return event;
}
