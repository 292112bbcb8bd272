/**
 * How often each event and each branch of each workflow came, counted a moment behind the log: what the diagram of the flows
 * shows on its arrows. Exact, and read in a few rows; a decision that is made once more is not counted again, and one of an event that was set aside when it is made.
 */
import type { Database, Queryable, Tx } from "../db/database.ts";
import { catchUp, catchUpOnce, type ReadTable } from "../events/catch-up.ts";
import type { Position } from "../events/event.ts";
import { RUNNER_SUBSCRIPTION } from "./cursor.ts";

const TURNS_WAITED_FOR = 2;
/** Longer than a day, by which people count. */
const KEPT_HOURS = 26;

const COUNTS: ReadTable = {
  name: "counts",
  place: "flow_counts_place",
  async write(tx, after, upTo) {
    await count(tx, after, upTo);
    await tx.query(
      `delete from flow_counts where bucket > '-infinity' and bucket < clock_timestamp() - interval '${KEPT_HOURS} hours'`,
      [],
      "forget_old_counts",
    );
  },
};

/** One turn, unless another process is at it. @returns whether there is more. */
export function refreshCounts(db: Database): Promise<boolean> {
  return catchUpOnce(db, COUNTS, RUNNER_SUBSCRIPTION, "leave");
}

/** A settlement is counted with its last position, a decision that stands alone with its event's. */
async function count(tx: Tx, after: Position, upTo: Position): Promise<void> {
  await tx.query(
    `with settled as materialized (select * from settlements where last > $1 and last <= $2),
     decided as (
       select 'event' as what, type as name, '' as version, '' as branch, recorded_at as at from single_events where position > $1 and position <= $2
       union all select 'event', t, '', '', s.recorded_at from settled s cross join lateral unnest(s.types) t
       union all select 'branch', workflow, version, branch, coalesce((select recorded_at from single_events e where e.position = event), decided_at)
         from single_decisions where event > $1 and event <= $2
       union all select 'branch', d->>1, d->>2, d->>3, s.recorded_at from settled s cross join lateral json_array_elements(s.decisions::json) d),
     counted as (
       select what, name, version, branch, b.bucket, count(*) as count, min(at) as first_at, max(at) as last_at
       from decided cross join lateral (values (date_bin('5 minutes', at, '2000-01-01Z')), ('-infinity'::timestamptz)) b(bucket)
       where b.bucket = '-infinity' or at > clock_timestamp() - interval '${KEPT_HOURS} hours'
       group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5)
     insert into flow_counts select * from counted
     on conflict (what, name, version, branch, bucket) do update set count = flow_counts.count + excluded.count,
       first_at = least(flow_counts.first_at, excluded.first_at), last_at = greatest(flow_counts.last_at, excluded.last_at)`,
    [after, upTo],
    "count_flows",
  );
}

/**
 * Counts what workflows decided of an event that was set aside for them before and is past the place counted to, once.
 * @param workflows those that had not decided it yet; their decisions are written.
 */
export async function countDecidedLate(tx: Tx, event: Position, workflows: readonly string[]): Promise<void> {
  if (workflows.length === 0) return;
  // Held to the end: a turn that passes the event now would count them too.
  const [place] = await tx.query<{ position: Position }>(
    "select position from flow_counts_place for update",
    [],
    "wait_counts_place",
  );
  if (place === undefined || place.position < event) return;
  await tx.query(
    `with counted as (
       select 'branch' as what, d.workflow as name, d.version, d.branch, b.bucket, count(*) as count, min(t.at) as first_at, max(t.at) as last_at
       from single_decisions d
         cross join lateral (select coalesce((select recorded_at from single_events e where e.position = d.event), d.decided_at) as at) t
         cross join lateral (values (date_bin('5 minutes', t.at, '2000-01-01Z')), ('-infinity'::timestamptz)) b(bucket)
       where d.event = $1 and d.workflow = any($2::text[]) group by 1, 2, 3, 4, 5)
     insert into flow_counts select * from counted
     on conflict (what, name, version, branch, bucket) do update set count = flow_counts.count + excluded.count,
       first_at = least(flow_counts.first_at, excluded.first_at), last_at = greatest(flow_counts.last_at, excluded.last_at)`,
    [event, workflows],
    "count_decided_late",
  );
}

export interface FlowCount {
  readonly name: string;
  readonly version: string;
  readonly branch: string;
  readonly hour: number;
  readonly day: number;
  readonly all: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Counts of events, or of branches of workflows, up to a moment ago. By the database's clock; an hour is up to five minutes longer. */
export async function readCounts(db: Database, what: "event" | "branch"): Promise<FlowCount[]> {
  await catchUp(db, COUNTS, RUNNER_SUBSCRIPTION, TURNS_WAITED_FOR);
  return db.query<FlowCount>(
    `select name, version, branch,
            coalesce(sum(count) filter (where bucket > clock_timestamp() - interval '1 hour 5 minutes'), 0)::float8 as hour,
            coalesce(sum(count) filter (where bucket > clock_timestamp() - interval '24 hours 5 minutes'), 0)::float8 as day,
            coalesce(sum(count) filter (where bucket = '-infinity'), 0)::float8 as "all", min(first_at) as "firstAt", max(last_at) as "lastAt"
     from flow_counts where what = $1 group by name, version, branch order by name, version, branch`,
    [what],
    "read_counts",
  );
}

/** Positions that are not counted yet; 0: all are. After an upgrade the history is counted bit by bit. */
export async function countsBehind(db: Queryable): Promise<number> {
  const [row] = await db.query<{ behind: number }>(
    "select greatest(newest_position() - position, 0)::float8 as behind from flow_counts_place",
  );
  return row?.behind ?? 0;
}
