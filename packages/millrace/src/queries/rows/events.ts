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
  /** Not before this position. */
  readonly first?: Position;
  readonly type?: string;
  readonly contact?: string;
  /** A text in the event's data, in any case. */
  readonly q?: string;
  /** Who did it: "person:ada", or with a colon at its end all of a sort, "person:". */
  readonly actor?: string;
  readonly limit: number;
}

export interface FoundEvents {
  readonly events: readonly EventRow[];
  /** How far the log was looked through when the time was over, with fewer found than asked for; null: to its end. */
  readonly scannedTo: Position | null;
}

/** A person waits: after so long what was found is given, and how far the log was looked through. */
const TIMEOUT_MS = 25;
/** So far is looked in any case, however busy the machine is. */
const MIN_LOOKED_THROUGH = 20_000;
/** Positions looked through at once: where whole rows are left out by their types, and where each text is read. */
const SPAN_OF_TYPES = 100_000;
const SPAN_OF_TEXTS = 20_000;

/** Newest first, unless `after` is given: then on from there, oldest first. */
export async function findEvents(db: Queryable, filter: EventFilter): Promise<FoundEvents> {
  if (filter.contact !== undefined) return whole(await eventsOfContact(db, filter.contact, filter));
  const { after, before, type, q, actor, limit } = filter;
  if (after !== undefined && q === undefined && actor === undefined) {
    const events = await readEvents(db, after, limit, type === undefined ? undefined : [type]);
    return whole(before === undefined ? events : events.filter(({ position }) => position < before));
  }
  return after === undefined ? goBack(db, filter) : goOn(db, after, filter);
}

function whole(events: readonly EventRow[]): FoundEvents {
  return { events, scannedTo: null };
}

function eventsOfContact(
  db: Queryable,
  contact: string,
  { after, before, first, type, q, actor, limit }: EventFilter,
): Promise<EventRow[]> {
  return db.query<EventRow>(
    `select ${EVENT_COLUMNS} from events_of($1)
     where ($2::bigint is null or position > $2) and ($3::bigint is null or position < $3) and position >= $8 and ${IS_WANTED("$4", "$5", "$6")}
     order by position ${after === undefined ? "desc" : "asc"} limit $7`,
    [contact, after ?? null, before ?? null, type ?? null, likeOf(q), actor ?? null, limit, first ?? 0],
  );
}

/** Further and further back, until there are enough or the time is over: the newest ones are mostly near. */
async function goBack(db: Queryable, filter: EventFilter): Promise<FoundEvents> {
  const until = performance.now() + TIMEOUT_MS;
  const found: EventRow[] = [];
  const newest = filter.before === undefined ? await newestPosition(db) : filter.before - 1;
  let upTo = newest;
  const first = filter.first ?? 1;
  for (let span = firstSpan(filter); upTo >= first && found.length < filter.limit; span = nextSpan(span, filter)) {
    if (newest - upTo >= MIN_LOOKED_THROUGH && performance.now() > until) return { events: found, scannedTo: upTo + 1 };
    found.push(
      ...(await eventsBetween(
        db,
        { from: Math.max(upTo - span, first - 1), upTo },
        filter,
        filter.limit - found.length,
      )),
    );
    upTo -= span;
  }
  return whole(found);
}

async function goOn(db: Queryable, after: Position, filter: EventFilter): Promise<FoundEvents> {
  const until = performance.now() + TIMEOUT_MS;
  const newest = Math.min(await newestPosition(db), (filter.before ?? Number.POSITIVE_INFINITY) - 1);
  const found: EventRow[] = [];
  let from = after;
  for (let span = firstSpan(filter); from < newest && found.length < filter.limit; span = nextSpan(span, filter)) {
    if (from - after >= MIN_LOOKED_THROUGH && performance.now() > until) return { events: found, scannedTo: from };
    const upTo = Math.min(from + span, newest);
    found.push(...(await eventsBetween(db, { from, upTo }, filter, filter.limit - found.length)));
    from = upTo;
  }
  return whole(found);
}

function firstSpan({ limit }: EventFilter): number {
  return Math.max(2 * limit, 1_000);
}

function nextSpan(span: number, { q, actor }: EventFilter): number {
  return Math.min(span * 4, q === undefined && actor === undefined ? SPAN_OF_TYPES : SPAN_OF_TEXTS);
}

const IS_WANTED = (type: string, like: string, actor: string) =>
  `(${type}::text is null or type = ${type}) and (${like}::text is null or data::text ilike ${like})
     and (${actor}::text is null or actor = ${actor} or (right(${actor}, 1) = ':' and starts_with(actor, ${actor})))`;

/** A settlement without the type, the text or the actor anywhere in it is not taken apart. */
function eventsBetween(
  db: Queryable,
  { from, upTo }: { readonly from: Position; readonly upTo: Position },
  { after, type, q, actor }: EventFilter,
  limit: number,
): Promise<EventRow[]> {
  return db.query<EventRow>(
    `select ${EVENT_COLUMNS} from (
       select * from single_events where position > $1 and position <= $2
       union all
       select e.* from settlements s cross join lateral events_in(s) e
       where s.last > $1 and s.last <= coalesce((select min(l.last) from settlements l where l.last >= $2), $2)
         and ($3::text is null or s.types @> array[$3::text]) and ($4::text is null or s.events ilike $4)
         and ($5::text is null or strpos(s.events, '"' || $5) > 0) and e.position > $1 and e.position <= $2) e
     where ${IS_WANTED("$3", "$4", "$5")} order by position ${after === undefined ? "desc" : "asc"} limit $6`,
    [from, upTo, type ?? null, likeOf(q), actor ?? null, limit],
  );
}

/** As the text stands in JSON. */
function likeOf(q: string | undefined): string | null {
  return q === undefined
    ? null
    : `%${JSON.stringify(q)
        .slice(1, -1)
        .replace(/[\\%_]/g, "\\$&")}%`;
}

/**
 * The position of the first event that was recorded at a moment or later; one past the newest when there is none. The log
 * grows in the order of time, so it is found by halving.
 */
export async function positionAt(db: Queryable, ms: number): Promise<Position> {
  let low = 1;
  let high = (await newestPosition(db)) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [row] = await db.query<{ isBefore: boolean }>(
      `select recorded_at < $2 as "isBefore" from (
         (select last as position, recorded_at from settlements where last >= $1 order by last limit 1)
         union all (select position, recorded_at from single_events where position >= $1 order by position limit 1)) near
       order by position limit 1`,
      [middle, new Date(ms)],
      "is_position_before",
    );
    if (row?.isBefore === true) low = middle + 1;
    else high = middle;
  }
  return low;
}

export async function findEvent(db: Queryable, position: Position): Promise<EventRow | undefined> {
  const [event] = await db.query<EventRow>(`select ${EVENT_COLUMNS} from events_at($1)`, [position]);
  return event;
}
