/** Tasks for people to see, open and finished ones alike. The queue's own verbs are in tasks/queue.ts. */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import { PRIORITIES, type Priority, rankOf, type Task, type TaskState } from "../../tasks/task.ts";
import { TASK_GROUP } from "../../tasks/task-ids.ts";

/** A task, and whom it is about. */
export interface TaskRow extends Task {
  readonly who: Who | null;
}

/** A contact in one line. */
export interface Who {
  readonly name: string | null;
  readonly email: string | null;
  readonly company: string | null;
  readonly jobtitle: string | null;
  readonly score: number | null;
}

export interface TaskFilter {
  /** "open" is everything not final, "finished" everything final. */
  readonly state: TaskState | "open" | "finished";
  /** Only these kinds. */
  readonly kinds?: readonly string[];
  readonly contact?: string;
  readonly priority?: Priority;
  /** Asked for at this moment or later, in milliseconds. */
  readonly since?: number;
  /** Asked for before this moment, in milliseconds. */
  readonly until?: number;
  /** Finished ones only: ids below this. */
  readonly before?: number;
  readonly limit: number;
}

const FINAL: ReadonlySet<string> = new Set(["finished", "COMPLETED", "FAILED", "CANCELLED"]);

/** Whom a row with a `contact` column is about; join `contacts` as `c` beside it. */
export const WHO = `case when c.id is null then null else jsonb_build_object(
  'name', nullif(trim(concat_ws(' ', c.properties->>'firstname', c.properties->>'lastname')), ''),
  'email', c.properties->>'email', 'company', c.properties->>'company', 'jobtitle', c.properties->>'jobtitle',
  'score', case when json_typeof(c.properties->'lead_score') = 'number' then c.properties->'lead_score' end) end as who`;

const SHARED = `t.id, t.kind, t.contact, t.merge_key as "mergeKey", t.state, t.priority, t.due_at as "dueAt", t.payload, t.causes, t.root, t.depth,
  t.requested_by as "requestedBy", t.attempt, t.worker, t.error, t.created_at as "createdAt", t.started_at as "startedAt"`;
export const OPEN_TASK = `${SHARED}, t.not_before as "notBefore", t.stale_at as "staleAt", null::json as result, null::timestamptz as "finishedAt"`;
const FINISHED = `${SHARED}, null::timestamptz as "notBefore", null::timestamptz as "staleAt", t.result, t.finished_at as "finishedAt"`;

/** A row as it comes: the priority a number. */
export type RawTask = Omit<TaskRow, "priority"> & { readonly priority: number };

/** Open tasks in the order of work, finished ones newest first. */
export async function listTasks(db: Queryable, filter: TaskFilter): Promise<TaskRow[]> {
  const rows = FINAL.has(filter.state) ? await finishedTasks(db, filter) : await openTasks(db, filter);
  return rows.map(withPriority);
}

function openTasks(db: Queryable, filter: TaskFilter): Promise<RawTask[]> {
  return db.query(
    `select ${OPEN_TASK}, ${WHO} from tasks t left join contacts c on c.id = t.contact
     where ($1 = 'open' or t.state = $1) and ($2::text[] is null or t.kind = any($2)) and ($3::uuid is null or t.contact = $3)
       and ($5::smallint is null or t.priority = $5) and ($6::timestamptz is null or t.created_at >= $6) and ($7::timestamptz is null or t.created_at < $7)
       and ($8::bigint is null or (t.rank, t.due_at, t.id) > (select last.rank, last.due_at, last.id from tasks last where last.id = $8))
     order by t.rank, t.due_at, t.id limit $4`,
    [
      filter.state,
      filter.kinds ?? null,
      filter.contact ?? null,
      filter.limit,
      ...narrowed(filter),
      filter.before ?? null,
    ],
  );
}

const IS_WANTED = `($1 = 'finished' or t.state = $1) and ($2::text[] is null or t.kind = any($2)) and t.id < $5::bigint
     and ($6::smallint is null or t.priority = $6) and ($7::timestamptz is null or t.created_at >= $7) and ($8::timestamptz is null or t.created_at < $8)`;

function narrowed({ priority, since, until }: TaskFilter): unknown[] {
  return [
    priority === undefined ? null : rankOf[priority],
    since === undefined ? null : new Date(since),
    until === undefined ? null : new Date(until),
  ];
}

function finishedTasks(db: Queryable, filter: TaskFilter): Promise<RawTask[]> {
  return db.query(
    `with wanted as (
       select * from (select * from single_finished_tasks t where ${IS_WANTED} and ($3::uuid is null or t.contact = $3) order by t.id desc limit $4) alone
       union all
       select t.* from
         (select * from settlements s where task_group <= $5::bigint / ${TASK_GROUP} and ($3::uuid is null or s.contact = $3)
            and exists (select from finished_in(s) t where ${IS_WANTED}) order by task_group desc limit $4) s
         cross join lateral finished_in(s) t where ${IS_WANTED})
     select ${FINISHED}, ${WHO} from wanted t left join contacts c on c.id = t.contact order by t.id desc limit $4`,
    [
      filter.state,
      filter.kinds ?? null,
      filter.contact ?? null,
      filter.limit,
      filter.before ?? Number.MAX_SAFE_INTEGER,
      ...narrowed(filter),
    ],
  );
}

export async function findTask(db: Queryable, id: number): Promise<TaskRow | undefined> {
  const [open] = await db.query<RawTask>(
    `select ${OPEN_TASK}, ${WHO} from tasks t left join contacts c on c.id = t.contact where t.id = $1`,
    [id],
  );
  if (open !== undefined) return withPriority(open);
  const [finished] = await db.query<RawTask>(
    `select ${FINISHED}, ${WHO} from finished_task($1) t left join contacts c on c.id = t.contact`,
    [id],
  );
  return finished === undefined ? undefined : withPriority(finished);
}

/** Every task that one of these events asked for. @param contacts whom the events are about: the way in by an index. */
export async function tasksAskedBy(
  db: Queryable,
  positions: readonly Position[],
  contacts: readonly string[],
  root: Position,
): Promise<TaskRow[]> {
  const rows = await db.query<RawTask>(
    `select * from (
       select ${OPEN_TASK}, ${WHO}
       from tasks t left join contacts c on c.id = t.contact where t.contact = any($2::uuid[]) or (t.contact is null and t.root = $3)
       union all
       select ${FINISHED}, ${WHO}
       from finished_tasks t left join contacts c on c.id = t.contact where t.contact = any($2::uuid[])
       union all
       select ${FINISHED}, ${WHO}
       from single_finished_tasks t left join contacts c on c.id = t.contact where t.contact is null and t.root = $3
     ) asked where causes && $1::bigint[] order by id`,
    [positions, contacts, root],
  );
  return rows.map(withPriority);
}

export function withPriority(row: RawTask): TaskRow {
  return { ...row, priority: PRIORITIES[row.priority] ?? "LOW" };
}
