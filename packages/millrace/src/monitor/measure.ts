/** What the monitor sees at one look: a few set-based queries, and what the process knows of itself. */
import { statfs } from "node:fs/promises";
import { textColumn } from "../db/columns.ts";
import type { Queryable } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import type { AgentRuns, Measurements, SetAside } from "./thresholds.ts";

/** Counts stop here, as in the overview. */
const MAX_COUNTED = 10_001;
/** Latencies are taken from so many tasks at most: a busy engine's window is shortened accordingly. */
const MAX_LATENCIES = 50_000;
/** Of so many settlements at most, the latest: they are unfolded for it, and nearly all are of the moment they were asked for. */
const MAX_SETTLEMENTS = 10_000;
/** The log is counted in parts of so many positions, so that no look takes long. */
const MAX_POSITIONS = 500_000;

export interface Scope {
  readonly now: number;
  readonly windowMs: number;
  /** Up to where the log was counted before. */
  readonly place: Position;
  /** The kinds agents do, and whose they are. */
  readonly agents: readonly { readonly kind: string; readonly agent: string; readonly isPure: boolean }[];
  readonly runner: string;
  readonly dataFolder: string | undefined;
  /** Above this share of failed runs the commonest errors are looked up. */
  readonly errorRate: number;
}

/** What one agent did since the last look. */
export interface Tally {
  readonly agent: string;
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  /** The latest error, when there was one. */
  readonly error: string | null;
}

export interface Snapshot {
  readonly measured: Measurements;
  readonly tally: readonly Tally[];
  /** Up to where the log is counted now. */
  readonly place: Position;
}

export async function measure(db: Queryable, scope: Scope): Promise<Snapshot> {
  const place = await countedUpTo(db, scope.place);
  const tally = await countRuns(db, scope, place);
  const before = await windowOfRuns(db, scope);
  const agents = withTally(before, tally);
  const failed = agents.reduce((sum, runs) => sum + runs.failed, 0);
  const runs = failed + agents.reduce((sum, { completed }) => sum + completed, 0);
  const kindsOf = (isMeant: (agent: string) => boolean) =>
    scope.agents.filter(({ agent }) => isMeant(agent)).map(({ kind }) => kind);
  const stopped = new Set(agents.filter((agent) => agent.isStopped).map(({ agent }) => agent));
  const kinds = { working: kindsOf((agent) => !stopped.has(agent)), held: kindsOf((agent) => stopped.has(agent)) };
  const [queue, latency, lagMs, house, inbox, setAside, topErrors, diskFreeMb] = await Promise.all([
    readQueue(db, kinds, scope.now),
    readLatency(db, scope, runs),
    readLag(db, scope.runner),
    readHouse(db),
    readInbox(db, scope.now),
    readSetAside(db),
    runs > 0 && failed / runs > scope.errorRate ? readTopErrors(db, before.from ?? scope.place, place) : "",
    freeDiskMb(scope.dataFolder),
  ]);
  const memoryMb = Math.round(process.memoryUsage.rss() / 1_048_576);
  const measured = {
    ...queue,
    ...latency,
    ...house,
    ...inbox,
    setAside,
    eventLagMs: lagMs,
    memoryMb,
    diskFreeMb,
    agents,
    topErrors,
  };
  return { measured, tally, place };
}

async function countedUpTo(db: Queryable, place: Position): Promise<Position> {
  const [row] = await db.query<{ newest: number }>("select newest_position() as newest", [], "monitor_newest");
  return Math.min(Math.max(row?.newest ?? 0, place), place + MAX_POSITIONS);
}

/**
 * Counts attempts from the log itself, so that nothing has to be written per run: begun, done, failed. An attempt that
 * was asked for patience (429, open circuit) is none, nor is one whose worker died; one that got stuck failed.
 * What was done within a settlement is counted by its tasks: unfolding all its events, a look at 480,000 took 8 s, and so
 * it takes 1.5 to 2. A settlement belongs to where it ends.
 */
function countRuns(db: Queryable, scope: Scope, upTo: Position): Promise<Tally[]> {
  if (upTo === scope.place) return Promise.resolve([]);
  return db.query<Tally>(
    `with done_by as (
       select by.*, c.closed_at from unnest($3::text[], $4::text[], $5::text[]::boolean[]) as by(kind, agent, is_pure)
       left join agent_circuits c on c.agent = by.agent),
     told as (
       select position, type, actor, occurred_at, data from single_events
       where position > $1 and position <= $2 and type in ('task_completed', 'task_failed', 'task_timeout', 'task_status_changed')
       union all
       select e.position, e.type, e.actor, e.occurred_at, e.data from settlements s cross join lateral events_in(s) e
       where s.last > $1 and s.last <= $2 and s.types && '{task_failed,task_timeout,task_status_changed}'
         and (e.type in ('task_failed', 'task_timeout', 'task_status_changed')
              -- A contact's tasks of another group than the row's are finished beside it.
              or e.type = 'task_completed' and not exists (
                select from json_array_elements(s.tasks::json) t where t->>0 = e.data->>'task'))),
     settled as (
       select t->>1 as kind, s.decided_at, count(*) as times from settlements s cross join lateral json_array_elements(s.tasks::json) t
       where s.last > $1 and s.last <= $2 and t->>3 = 'COMPLETED' group by 1, 2),
     runs as (
       select agent, is_pure, position, 1 as times, left(data->>'error', 500) as error,
              case when type = 'task_completed' and actor like 'agent:%' then 'done'
                   when type = 'task_failed' and actor <> 'agent:engine' and data->>'retry' <> 'waiting' then 'failed'
                   when type = 'task_timeout' then 'failed'
                   when type = 'task_status_changed' and data->>'to' = 'IN_PROGRESS' and not is_pure then 'begun' end as what
       from told join done_by on done_by.kind = data->>'kind' where closed_at is null or occurred_at > closed_at
       union all
       select agent, is_pure, null, times, null, 'done' from settled join done_by using (kind) where closed_at is null or decided_at > closed_at)
     select agent, coalesce(sum(times) filter (where what = 'begun' or (what in ('done', 'failed') and is_pure)), 0)::int as started,
            coalesce(sum(times) filter (where what = 'done'), 0)::int as completed, coalesce(sum(times) filter (where what = 'failed'), 0)::int as failed,
            (array_agg(error order by position desc) filter (where what = 'failed'))[1] as error
     from runs where what is not null group by agent`,
    [
      scope.place,
      upTo,
      textColumn(scope.agents.map(({ kind }) => kind)),
      textColumn(scope.agents.map(({ agent }) => agent)),
      scope.agents.map(({ isPure }) => String(isPure)),
    ],
    "count_runs",
  );
}

interface Window {
  readonly runs: readonly AgentRuns[];
  /** The place of the oldest look within the window. */
  readonly from: Position | undefined;
}

async function windowOfRuns(db: Queryable, { now, windowMs }: Scope): Promise<Window> {
  const rows = await db.query<AgentRuns & { from: number | null }>(
    `select coalesce(r.agent, c.agent) as agent, coalesce(completed, 0) as completed, coalesce(failed, 0) as failed,
            c.agent is not null as "isStopped", r.place as from
     from (select agent, sum(completed)::int as completed, sum(failed)::int as failed, min(place) as place from agent_runs where at > $1 group by agent) r
     full join (select agent from agent_circuits where state <> 'closed') c using (agent)`,
    [new Date(now - windowMs)],
    "window_of_runs",
  );
  const places = rows.flatMap(({ from }) => from ?? []);
  return { runs: rows, from: places.length === 0 ? undefined : Math.min(...places) };
}

function withTally({ runs }: Window, tally: readonly Tally[]): AgentRuns[] {
  const names = new Set([...runs, ...tally].map(({ agent }) => agent));
  return [...names].sort().map((agent) => {
    const before = runs.find((other) => other.agent === agent);
    const since = tally.find((other) => other.agent === agent);
    return {
      agent,
      completed: (before?.completed ?? 0) + (since?.completed ?? 0),
      failed: (before?.failed ?? 0) + (since?.failed ?? 0),
      isStopped: before?.isStopped ?? false,
    };
  });
}

interface Kinds {
  readonly working: readonly string[];
  /** Of stopped agents. */
  readonly held: readonly string[];
}

async function readQueue(db: Queryable, kinds: Kinds, now: number) {
  const [row] = await db.query<{ ready: number; held: number; oldestDueMs: number; stuckLeases: number }>(
    `select (select count(*)::int from (select 1 from tasks where standing = 'NOT_STARTED' and claim is null and kind = any($1::text[]) limit ${MAX_COUNTED}) t) as ready,
            (select count(*)::int from (select 1 from tasks where standing = 'NOT_STARTED' and claim is null and kind = any($3::text[]) limit ${MAX_COUNTED}) t) as held,
            (select coalesce(greatest(0, max(extract(epoch from $2::timestamptz - due_at)) * 1000), 0)::float8
             from unnest($1::text[]) as wish(kind) cross join generate_series(0, 3) as level(rank)
             cross join lateral (select due_at from tasks where standing = 'NOT_STARTED' and claim is null and kind = wish.kind and rank = level.rank order by due_at limit 1) first) as "oldestDueMs",
            (select count(*)::int from held_tasks where lease_until < clock_timestamp()) as "stuckLeases"`,
    [textColumn(kinds.working), new Date(now), textColumn(kinds.held)],
    "measure_queue",
  );
  return row ?? { ready: 0, held: 0, oldestDueMs: 0, stuckLeases: 0 };
}

/** From asked for to done, of what was not put off on purpose. */
async function readLatency(db: Queryable, { now, windowMs, agents }: Scope, runs: number) {
  const spanMs = windowMs * Math.min(1, MAX_LATENCIES / Math.max(runs, 1));
  const [row] = await db.query<{ finished: number; latencyP95Ms: number | null }>(
    `with recent as materialized (select last from settlements where decided_at > $1),
     latest as (select last from recent order by last desc limit ${MAX_SETTLEMENTS}),
     done as (
       select finished_at, created_at, state, slept, kind from single_finished_tasks where finished_at > $1
       union all
       select t.finished_at, t.created_at, t.state, t.slept, t.kind
       from latest join settlements s using (last) cross join lateral finished_in(s) t)
     select count(*)::int as finished,
            percentile_cont(0.95) within group (order by extract(epoch from finished_at - created_at)::float8 * 1000) as "latencyP95Ms"
     from done where state = 'COMPLETED' and not slept and kind = any($2::text[])`,
    [new Date(now - spanMs), textColumn(agents.map(({ kind }) => kind))],
    "measure_latency",
  );
  return row ?? { finished: 0, latencyP95Ms: null };
}

/** Of the oldest event no one has decided, or the oldest webhook that is kept and not in the log yet. */
async function readLag(db: Queryable, runner: string): Promise<number> {
  const [row] = await db.query<{ ms: number }>(
    `select greatest(0, extract(epoch from clock_timestamp() - least(
       (select recorded_at from single_events where not settled
          and position > coalesce((select position from subscriptions where name = $1), 0) order by position limit 1),
       (select received_at from hubspot_deliveries order by id limit 1)))::float8 * 1000) as ms`,
    [runner],
    "measure_lag",
  );
  return row?.ms ?? 0;
}

async function readHouse(db: Queryable) {
  const [row] = await db.query<{
    deadLetters: number;
    unknownEmails: number;
    connections: number;
    maxConnections: number;
    oldestTransactionMs: number;
  }>(
    `select (select count(*)::int from (select 1 from dead_letters where resolved_at is null limit ${MAX_COUNTED}) t) as "deadLetters",
            (select count(*)::int from emails where state = 'unknown') as "unknownEmails",
            count(*)::int as connections, current_setting('max_connections')::int as "maxConnections",
            coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 * 1000 as "oldestTransactionMs"
     from pg_stat_activity where backend_type = 'client backend'`,
    [],
    "measure_house",
  );
  return row ?? { deadLetters: 0, unknownEmails: 0, connections: 0, maxConnections: 0, oldestTransactionMs: 0 };
}

/** A failure that was not repeated for this long is of an inbox that is not read any more. */
const INBOX_REPORTS_MS = 900_000;

/** How an inbox that is read stands: `failingMs` 0 while all is well. */
async function readInbox(db: Queryable, now: number) {
  const rows = await db.query<{ failingMs: number; error: string }>(
    `select (extract(epoch from $1::timestamptz - coalesce(failing_since, $1)) * 1000)::float8 as "failingMs", coalesce(error, '') as error
       from inbox_places where coalesce(failed_at, looked_at) > $2 order by failing_since nulls last limit 1`,
    [new Date(now), new Date(now - INBOX_REPORTS_MS)],
    "measure_inbox",
  );
  return rows[0] === undefined ? {} : { inbox: rows[0] };
}

/** Dead letters by whose they are. Their errors are cut to what an event may hold. */
export function readSetAside(db: Queryable): Promise<SetAside[]> {
  return db.query<SetAside>(
    `select left(subscription, 200) as consumer, least(count(*), 1000000)::int as events, left((array_agg(error order by id desc))[1], 2000) as error
     from dead_letters where resolved_at is null group by subscription order by max(id) desc limit 100`,
    [],
    "measure_set_aside",
  );
}

/** The commonest errors, alike but for their numbers taken together: "12 × enrich_data: HTTP #". */
async function readTopErrors(db: Queryable, from: Position, upTo: Position): Promise<string> {
  const rows = await db.query<{ line: string }>(
    `select count(*) || ' × ' || kind || ': ' || error as line
     from (select data->>'kind' as kind, regexp_replace(left(data->>'error', 200), '\\d+', '#', 'g') as error from events_between(greatest($1, $2::bigint - ${MAX_POSITIONS}), $2)
           where type = 'task_failed' and data->>'retry' <> 'waiting') failures
     group by kind, error order by count(*) desc, kind, error limit 5`,
    [from, upTo],
    "top_errors",
  );
  return rows.map(({ line }) => line).join("\n");
}

export async function freeDiskMb(folder: string | undefined): Promise<number | null> {
  if (folder === undefined) return null;
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.round((bavail * bsize) / 1_048_576);
  } catch {
    return null;
  }
}
