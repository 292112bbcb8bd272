/**
 * One look at the whole engine. Costs the same with ten million events of history and a million waiting tasks:
 * rates come from the newest events, counts stop at `MAX_COUNTED`.
 */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";

/** Counts stop here: 10,001 reads "more than 10,000". */
export const MAX_COUNTED = 10_001;

export interface Overview {
  /** Position of the newest event, 0 for an empty log. */
  readonly newest: Position;
  readonly events: { readonly perMinute: number; readonly formsPerMinute: number };
  readonly tasks: {
    readonly ready: number;
    readonly running: number;
    readonly waiting: number;
    readonly forPeople: number;
  };
  /** Milliseconds the oldest task that an agent could begin has been due for; 0 when none is. */
  readonly oldestReadyMs: number;
  /** Undecided events behind the runner's place. */
  readonly backlog: number;
  readonly deadLetters: number;
  readonly unseenAlerts: number;
  readonly hotLeadsToday: number;
  /** From the visitor's click to the alert, in milliseconds, over the last 200 hot leads; null when there was none. */
  readonly formToAction: {
    readonly p50: number;
    readonly p95: number;
    readonly slowest: number;
    readonly count: number;
  } | null;
}

/** @param humanKinds kinds only a person can finish. @param now the engine's clock, for "today" (UTC) and ages. */
export async function overview(
  db: Queryable,
  humanKinds: readonly string[],
  runner: string,
  now: number,
): Promise<Overview> {
  const [[flow], [work], [people], [clock]] = await Promise.all([
    readFlow(db, runner),
    readWork(db, humanKinds, now),
    readPeople(db, now),
    readFormToAction(db),
  ]);
  return {
    newest: flow?.newest ?? 0,
    events: { perMinute: flow?.perMinute ?? 0, formsPerMinute: flow?.formsPerMinute ?? 0 },
    tasks: {
      ready: work?.ready ?? 0,
      running: work?.running ?? 0,
      waiting: work?.waiting ?? 0,
      forPeople: work?.forPeople ?? 0,
    },
    oldestReadyMs: Math.max(0, work?.oldestReadyMs ?? 0),
    backlog: flow?.backlog ?? 0,
    deadLetters: people?.deadLetters ?? 0,
    unseenAlerts: people?.unseenAlerts ?? 0,
    hotLeadsToday: people?.hotLeadsToday ?? 0,
    formToAction: clock === undefined || clock.count === 0 ? null : clock,
  };
}

/**
 * Rates over the last minute, or over the newest 5,000 events when those came in less. By the database's clock. Rows are counted by
 * their types: unfolding 5,000 events to count them took nearly all of the time that the first screen waits.
 */
function readFlow(db: Queryable, runner: string) {
  return db.query<{ newest: number; perMinute: number; formsPerMinute: number; backlog: number }>(
    // The end is asked for once: within a condition it would be asked for at every row of a table that has no statistics yet.
    `with log as materialized (select newest_position() as position),
          newest as (select recorded_at, 1 as events, (type = 'form_submitted')::int as forms from single_events
                       where position > (select position from log) - 5000
                     union all
                     select recorded_at, cardinality(types), coalesce(cardinality(array_positions(types, 'form_submitted')), 0) from settlements
                       where last > (select position from log) - 5000),
          recent as (select coalesce(sum(events), 0) as events, coalesce(sum(forms), 0) as forms, min(recorded_at) as since
                       from newest where recorded_at > clock_timestamp() - interval '1 minute'),
          span as (select case when events < 5000 then 1.0 else greatest(extract(epoch from clock_timestamp() - since) / 60, 0.0001) end as minutes from recent)
     select (select position from log) as newest,
            round((select events from recent) / (select minutes from span))::int as "perMinute",
            round((select forms from recent) / (select minutes from span))::int as "formsPerMinute",
            (select count(*)::int from (select 1 from single_events where not settled
               and position > coalesce((select position from subscriptions where name = $1), 0) order by position limit ${MAX_COUNTED}) behind) as backlog`,
    [runner],
    "overview_flow",
  );
}

function readWork(db: Queryable, humanKinds: readonly string[], now: number) {
  return db.query<{ ready: number; running: number; waiting: number; forPeople: number; oldestReadyMs: number | null }>(
    `select (select count(*)::int from (select 1 from tasks where standing = 'NOT_STARTED' and claim is null limit ${MAX_COUNTED}) t) as ready,
            (select count(*)::int from (select 1 from held_tasks where kind <> all($1::text[])
                                  union all select 1 from tasks where standing = 'IN_PROGRESS' and kind <> all($1::text[]) limit ${MAX_COUNTED}) t) as running,
            (select count(*)::int from (select 1 from tasks where standing = 'WAITING' and kind <> all($1::text[]) limit ${MAX_COUNTED}) t) as waiting,
            (select count(*)::int from (select 1 from tasks where standing in ('WAITING', 'IN_PROGRESS') and kind = any($1::text[]) limit ${MAX_COUNTED}) t) as "forPeople",
            (select extract(epoch from $2::timestamptz - created_at)::float8 * 1000 from tasks where standing = 'NOT_STARTED' and claim is null order by id limit 1) as "oldestReadyMs"`,
    [humanKinds, new Date(now)],
    "overview_work",
  );
}

function readPeople(db: Queryable, now: number) {
  return db.query<{ deadLetters: number; unseenAlerts: number; hotLeadsToday: number }>(
    `with newest as (select name, created_at, coalesce(seen_at, resolved_at) as seen_at from alerts order by id desc limit 5000)
     select (select count(*)::int from dead_letters where resolved_at is null) as "deadLetters",
            (select count(*)::int from newest where seen_at is null) as "unseenAlerts",
            (select count(*)::int from newest where name = 'hot_lead' and created_at >= date_trunc('day', $1::timestamptz)) as "hotLeadsToday"`,
    [new Date(now)],
    "overview_people",
  );
}

function readFormToAction(db: Queryable) {
  return db.query<{ p50: number; p95: number; slowest: number; count: number }>(
    `select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95,
            max(ms) as slowest, count(*)::int as count
     from (select greatest(0, extract(epoch from a.created_at - a.began_at)::float8 * 1000) as ms
           from (select created_at, coalesce((select e.occurred_at from single_events e where e.position = newest.root), (select e.occurred_at from events_at(newest.root) e)) as began_at
                 from (select * from alerts order by id desc limit 5000) newest where name = 'hot_lead' limit 200) a
           where began_at is not null) clocks`,
    [],
    "overview_form_to_action",
  );
}
