/** Reading the log for people: newest first, or on from a position. Read by the gateway, the console and the CLI. */
import type { Queryable } from "../../db/database.ts";
import type { Json, Position, RecordedEvent } from "../../events/event.ts";
import { EVENT_COLUMNS, newestPosition, readEvents } from "../../events/log.ts";

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
export async function listEvents(db: Queryable, filter: EventFilter): Promise<EventRow[]> {
  if (filter.contact !== undefined) return eventsOfContact(db, filter.contact, filter);
  return filter.after === undefined ? newestEvents(db, filter) : nextEvents(db, filter.after, filter);
}

function eventsOfContact(db: Queryable, contact: string, { after, before, type, limit }: EventFilter) {
  return db.query<EventRow>(
    `select ${EVENT_COLUMNS} from events_of($1)
     where ($2::bigint is null or position > $2) and ($3::bigint is null or position < $3) and ($4::text is null or type = $4)
     order by position ${after === undefined ? "desc" : "asc"} limit $5`,
    [contact, after ?? null, before ?? null, type ?? null, limit],
  );
}

/** Further and further back, until there are enough: the newest ones are mostly near. */
async function newestEvents(db: Queryable, { before, type, limit }: EventFilter): Promise<EventRow[]> {
  const found: EventRow[] = [];
  let upTo = before === undefined ? await newestPosition(db) : before - 1;
  for (let span = Math.max(2 * limit, 1_000); upTo > 0 && found.length < limit; span *= 4) {
    const rows = await db.query<EventRow>(
      `select ${EVENT_COLUMNS} from events_between($1, $2) where $3::text is null or type = $3 order by position desc limit $4`,
      [upTo - span, upTo, type ?? null, limit - found.length],
    );
    found.push(...rows);
    upTo -= span;
  }
  return found;
}

async function nextEvents(db: Queryable, after: Position, { before, type, limit }: EventFilter): Promise<EventRow[]> {
  const events = await readEvents(db, after, limit, type === undefined ? undefined : [type]);
  return before === undefined ? events : events.filter(({ position }) => position < before);
}

export async function findEvent(db: Queryable, position: Position): Promise<EventRow | undefined> {
  const [event] = await db.query<EventRow>(`select ${EVENT_COLUMNS} from events_at($1)`, [position]);
  return event;
}
