/**
 * The queue: one SQL verb a function. Leases are judged by the database's clock alone; every write by a worker
 * carries the fencing token it was given with the claim, so a worker that lost its task changes nothing.
 */
import { int2Column, int8Column, jsonColumn, textColumn, timestampColumn, uuidColumn } from "../db/columns.ts";
import { bool, copyRows, int2, int8, int8Array, json, text, timestamp, uuid } from "../db/copy.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Positions } from "../events/draft.ts";
import type { Json, Position } from "../events/event.ts";
import { mergeDrafts, type TaskDraft } from "./draft.ts";
import { rankOf } from "./task.ts";

/** Waiting lifts a task one level each time this much has passed (R4). */

/**
 * Writes open tasks; a request for a (contact, merge key) that is open already merges into it: higher priority,
 * earlier due, causes appended (R5). One that is in progress is done once more afterwards.
 * @param positions what the drafts' causes stand for, where they are references.
 */
export async function insertTasks(
  tx: Tx,
  requested: readonly TaskDraft[],
  agingMs: number,
  positions: Positions = (cause) => cause,
): Promise<void> {
  if (requested.length === 0) return;
  const drafts = mergedByKey(requested);
  await tx.query(
    `insert into tasks (id, contact, root, due_at, created_at, not_before, stale_at, lift_at, depth, priority, rank, kind, merge_key, standing, requested_by, causes, payload, attempt, error, slept, born_at)
     select id, contact, root, due_at, created_at, not_before, stale_at, lift_at, depth, priority, priority, kind, merge_key, state, requested_by,
            string_to_array(causes, ',')::bigint[], payload, attempt, error, not_before is not null, born_at
     from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
                 $9::smallint[], $10::smallint[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::json[], $17::smallint[], $18::text[], $19::timestamptz[])
       as t(id, contact, root, due_at, created_at, not_before, stale_at, lift_at, depth, priority, kind, merge_key, state, requested_by, causes, payload, attempt, error, born_at)
     order by contact, merge_key
     on conflict (contact, merge_key) do update set
       priority = least(tasks.priority, excluded.priority),
       rank = least(tasks.rank, excluded.rank),
       due_at = least(tasks.due_at, excluded.due_at),
       causes = tasks.causes || excluded.causes,
       requested_again = tasks.state = 'IN_PROGRESS'`,
    [
      int8Column(drafts.map((task) => task.id)),
      uuidColumn(drafts.map((task) => task.contact)),
      int8Column(drafts.map((task) => task.root)),
      timestampColumn(drafts.map((task) => task.dueAt)),
      timestampColumn(drafts.map((task) => task.createdAt)),
      timestampColumn(drafts.map((task) => task.notBefore)),
      timestampColumn(drafts.map((task) => task.staleAt)),
      timestampColumn(
        drafts.map((task) => (rankOf[task.priority] === 0 ? null : (task.notBefore ?? task.createdAt) + agingMs)),
      ),
      int2Column(drafts.map((task) => task.depth)),
      int2Column(drafts.map((task) => rankOf[task.priority])),
      textColumn(drafts.map((task) => task.kind)),
      textColumn(drafts.map((task) => task.mergeKey)),
      textColumn(drafts.map((task) => task.state)),
      textColumn(drafts.map((task) => task.requestedBy)),
      textColumn(drafts.map((task) => task.causes.map(positions).join(","))),
      jsonColumn(drafts.map((task) => JSON.stringify(task.payload))),
      int2Column(drafts.map((task) => task.attempt)),
      textColumn(drafts.map((task) => task.error)),
      timestampColumn(drafts.map((task) => task.bornAt)),
    ],
    "insert_tasks",
  );
}

/** One draft per (contact, merge key): PostgreSQL refuses to update one row twice in one statement. */
function mergedByKey(requested: readonly TaskDraft[]): readonly TaskDraft[] {
  const merged = new Map<string, TaskDraft>();
  for (const draft of requested) {
    const key = `${draft.contact}\n${draft.mergeKey}`;
    const open = merged.get(key);
    merged.set(key, open === undefined ? draft : mergeDrafts(open, draft));
  }
  return [...merged.values()];
}

/** A task as a worker holds it. */
export interface ClaimedTask {
  readonly id: number;
  readonly kind: string;
  readonly contact: string | null;
  readonly mergeKey: string;
  readonly payload: Json;
  readonly attempt: number;
  readonly fence: number;
  readonly cause: Position;
  readonly root: Position;
  readonly depth: number;
  readonly staleAt: number | null;
  readonly createdAt: number;
  readonly priority: number;
  readonly dueAt: number;
  readonly requestedBy: string;
  /** Positions of every event that asked for it, the first one first. */
  readonly causes: readonly Position[];
  readonly startedAt: number | null;
  readonly slept: boolean;
  /** The worker that has it. */
  readonly heldBy: string | null;
  /** Does the log say already that this attempt began? If not, who ends the attempt says so. */
  readonly isBegunInLog: boolean;
  /** The claim that holds it. */
  readonly claim: number | null;
  /** When its cascade began; null: it has to be looked up. */
  readonly bornAt: number | null;
}

export interface ClaimRequest {
  /** Wishes with the same number share `limit`: the kinds of one handler. */
  readonly handler: number;
  readonly kind: string;
  readonly limit: number;
  readonly timeoutMs: number;
}

/** What a claim tells of a task. */
export const CLAIMED = `id, kind, contact, merge_key as "mergeKey", payload, attempt, fence, causes[1] as cause, root, depth, stale_at as "staleAt", created_at as "createdAt",
  priority, due_at as "dueAt", requested_by as "requestedBy", causes, started_at as "startedAt", slept, worker as "heldBy", begun_in_log as "isBegunInLog", claim, born_at as "bornAt"`;

/** Writes the claims of the tasks in `held`. @param worker @param leaseMs parameters of the statement. */
export const NOTE_CLAIMS = (worker: string, leaseMs: string) =>
  `insert into task_claims (id, worker, lease_until, timeout_at, tasks)
   select claim, ${worker}, clock_timestamp() + ${leaseMs} * interval '1 ms', min(timeout_at), array_agg(id) from held group by claim`;

/**
 * Claims due tasks for one worker, up to each handler's limit, most urgent first over its kinds (rank, then due, then id).
 * Rows held by others are skipped, so two workers never get the same task while a lease lasts. What of each kind is most urgent is looked
 * up first, so that only what is taken is locked: a lock is written, too (750 rows locked for 250 tasks of three kinds).
 * @param leaseMs silence after which the task is given to another worker; renewed by `renewLeases`.
 * @param isApart whether each task has a lease of its own; else one lease holds them all, and is renewed for all. Default false.
 * The log is neither locked nor written: that the work began is written with what comes of it (see begun.ts).
 * @returns tasks already IN_PROGRESS with the attempt counted; [] when none is due.
 * Source: mission, flow 1, "Task Processing Loop"; PostgreSQL manual, SELECT … SKIP LOCKED.
 */
export async function claimTasks(
  tx: Queryable,
  worker: string,
  wishes: readonly ClaimRequest[],
  leaseMs: number,
  now: number,
  isApart = false,
): Promise<ClaimedTask[]> {
  const rows = await tx.query<ClaimedTask & { rank: number }>(
    `with wish as (select * from unnest($2::text[], $3::bigint[], $4::bigint[], $7::bigint[]) as w(kind, most, timeout_ms, handler)),
          share as materialized (
       select kind, count(*) as most
       from (select wish.kind, wish.most, row_number() over (partition by wish.handler order by ready.rank, ready.due_at, ready.id) as nth
             from wish cross join lateral (select id, rank, due_at from tasks where kind = wish.kind and standing = 'NOT_STARTED' and claim is null
                                           order by rank, due_at, id limit wish.most) ready) chosen
       where nth <= most group by kind),
          claim as (select nextval('task_claim_ids') as id),
          held as (
       update tasks set claim = case when $8 then nextval('task_claim_ids') else (select id from claim) end,
              attempt = attempt + 1, fence = fence + 1, worker = $1, started_at = $6, error = null, begun_in_log = false,
              timeout_at = clock_timestamp() + (select timeout_ms from wish where wish.kind = tasks.kind limit 1) * interval '1 ms'
       where id = any(array(
         select ready.id from share cross join lateral (select id from tasks where kind = share.kind and standing = 'NOT_STARTED' and claim is null
                                                        order by rank, due_at, id limit share.most for update skip locked) ready))
       returning *),
          noted as (${NOTE_CLAIMS("$1", "$5")})
     select ${CLAIMED}, rank from held`,
    [
      worker,
      textColumn(wishes.map((wish) => wish.kind)),
      int8Column(wishes.map((wish) => wish.limit)),
      int8Column(wishes.map((wish) => wish.timeoutMs)),
      leaseMs,
      new Date(now),
      int8Column(wishes.map((wish) => wish.handler)),
      isApart,
    ],
    "claim_tasks",
  );
  return rows.sort((a, b) => a.rank - b.rank || a.dueAt - b.dueAt || a.id - b.id);
}

export interface Held {
  readonly id: number;
  readonly fence: number;
}

/**
 * Says that the worker is alive and still at it.
 * @returns the ids still held; the others were taken away.
 */
export async function renewLeases(db: Queryable, held: readonly Held[], leaseMs: number): Promise<ReadonlySet<number>> {
  if (held.length === 0) return new Set();
  const rows = await db.query<{ id: number }>(
    `with still as (select tasks.id, claim from tasks join unnest((select $1::bigint[]), (select $2::bigint[])) as given(id, fence)
                      on tasks.id = given.id and tasks.fence = given.fence where claim is not null),
          renewed as (update task_claims set lease_until = clock_timestamp() + $3 * interval '1 ms'
                      where id in (select id from task_claims where id in (select claim from still) order by id for update) returning id)
     select still.id from still join renewed on renewed.id = still.claim`,
    [int8Column(held.map((task) => task.id)), int8Column(held.map((task) => task.fence)), leaseMs],
    "renew_leases",
  );
  return new Set(rows.map((row) => row.id));
}

export interface HeldTask extends Held {
  readonly requestedAgain: boolean;
}

/**
 * Locks, until the transaction ends, those of `held` that are still held under the same fencing token.
 * Who is missing from the answer was taken away, and the result of that work is to be thrown away.
 */
export async function lockHeldTasks(tx: Tx, held: readonly Held[]): Promise<ReadonlyMap<number, HeldTask>> {
  if (held.length === 0) return new Map();
  const rows = await tx.query<HeldTask>(
    `select tasks.id, tasks.fence, requested_again as "requestedAgain"
     from tasks join unnest((select $1::bigint[]), (select $2::bigint[])) as held(id, fence) on tasks.id = held.id and tasks.fence = held.fence
     where state = 'IN_PROGRESS' order by tasks.id for update of tasks`,
    [int8Column(held.map((task) => task.id)), int8Column(held.map((task) => task.fence))],
    "lock_held_tasks",
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export interface FinishedRow {
  readonly id: number;
  readonly state: "COMPLETED" | "FAILED" | "CANCELLED";
  readonly error: string | null;
  readonly result: Json | undefined;
}

/** Moves open tasks to the finished ones. Call it on tasks locked in this transaction. */
export async function finishTasks(tx: Tx, rows: readonly FinishedRow[], now: number): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `with done as (select * from unnest((select $1::bigint[]), (select $2::text[]), (select $3::text[]), (select $4::json[])) as d(id, state, error, result)),
          gone as (delete from tasks using done where tasks.id = done.id
                   returning tasks.*, done.state as final_state, done.error as final_error, done.result as final_result)
     insert into single_finished_tasks (id, contact, root, due_at, created_at, started_at, finished_at, depth, priority, attempt, kind, merge_key, state,
                                 requested_by, worker, error, causes, payload, result, slept)
     select id, contact, root, due_at, created_at, started_at, $5, depth, priority, attempt, kind, merge_key, final_state,
            requested_by, worker, final_error, causes, payload, final_result, slept from gone`,
    [
      int8Column(rows.map((row) => row.id)),
      textColumn(rows.map((row) => row.state)),
      textColumn(rows.map((row) => row.error)),
      jsonColumn(rows.map((row) => (row.result === undefined ? null : JSON.stringify(row.result)))),
      new Date(now),
    ],
    "finish_tasks",
  );
}

/** A task that ends in the transaction that says so: done within the one that asked for it, or by a worker that held it. */
export interface InlineTask extends TaskDraft {
  readonly finalState: "COMPLETED" | "FAILED" | "CANCELLED";
  readonly worker: string;
  readonly error: string | null;
  readonly result: Json | undefined;
  /** Of a task of the queue; undefined: done at once, at the first attempt. */
  readonly held?: HeldPart;
}

/** What a task of the queue has been through. */
export interface HeldPart {
  readonly attempt: number;
  readonly startedAt: number | null;
  /** Has it waited for a time? */
  readonly slept: boolean;
}

/**
 * Takes tasks out of the queue that are finished elsewhere in this transaction: those still held under the same token and
 * not asked for again meanwhile.
 * @returns the ids taken out; who misses one has lost it, and may write nothing of it.
 */
export async function removeHeldTasks(tx: Tx, held: readonly Held[]): Promise<ReadonlySet<number>> {
  if (held.length === 0) return new Set();
  const rows = await tx.query<{ id: number }>(
    `delete from tasks using unnest((select $1::bigint[]), (select $2::bigint[])) as held(id, fence)
     where tasks.id = held.id and tasks.fence = held.fence and claim is not null and not requested_again returning tasks.id`,
    [int8Column(held.map((task) => task.id)), int8Column(held.map((task) => task.fence))],
    "remove_held_tasks",
  );
  return new Set(rows.map((row) => row.id));
}

export async function insertFinishedTasks(
  tx: Tx,
  tasks: readonly InlineTask[],
  positions: Positions,
  now: number,
): Promise<void> {
  await copyRows(tx, "single_finished_tasks", tasks.length, {
    id: int8(tasks.map((task) => task.id)),
    contact: uuid(tasks.map((task) => task.contact)),
    root: int8(tasks.map((task) => task.root)),
    due_at: timestamp(tasks.map((task) => task.dueAt)),
    created_at: timestamp(tasks.map((task) => task.createdAt)),
    started_at: timestamp(tasks.map((task) => (task.held === undefined ? task.createdAt : task.held.startedAt))),
    finished_at: timestamp(tasks.map(() => now)),
    depth: int2(tasks.map((task) => task.depth)),
    priority: int2(tasks.map((task) => rankOf[task.priority])),
    attempt: int2(tasks.map((task) => task.held?.attempt ?? 1)),
    slept: bool(tasks.map((task) => task.held?.slept ?? false)),
    kind: text(tasks.map((task) => task.kind)),
    merge_key: text(tasks.map((task) => task.mergeKey)),
    state: text(tasks.map((task) => task.finalState)),
    requested_by: text(tasks.map((task) => task.requestedBy)),
    worker: text(tasks.map((task) => task.worker)),
    error: text(tasks.map((task) => task.error)),
    causes: int8Array(tasks.map((task) => task.causes.map(positions))),
    payload: json(tasks.map((task) => JSON.stringify(task.payload))),
    result: json(tasks.map((task) => (task.result === undefined ? null : JSON.stringify(task.result)))),
  });
}

export interface PausedRow {
  readonly id: number;
  /** When it may begin again; null: when a person says so. */
  readonly notBefore: number | null;
  readonly error: string | null;
  /** True gives the attempt back, e.g. when the other side asked for patience. */
  readonly attemptUnused: boolean;
}

/** Puts tasks held by a worker back to WAITING. Call it on tasks locked in this transaction. */
export async function pauseTasks(tx: Tx, rows: readonly PausedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `update tasks set standing = 'WAITING', claim = null, worker = null, timeout_at = null, requested_again = false, slept = true, begun_in_log = true,
            not_before = paused.not_before, error = paused.error, attempt = attempt - paused.unused
     from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::smallint[]) as paused(id, not_before, error, unused)
     where tasks.id = paused.id`,
    [
      int8Column(rows.map((row) => row.id)),
      timestampColumn(rows.map((row) => row.notBefore)),
      textColumn(rows.map((row) => row.error)),
      int2Column(rows.map((row) => (row.attemptUnused ? 1 : 0))),
    ],
    "pause_tasks",
  );
}

/** An open task as the runner needs to know it, to merge into it or cancel it. */
export interface OpenTask {
  readonly id: number;
  readonly contact: string;
  readonly mergeKey: string;
}

export async function openTasksOf(db: Queryable, contacts: readonly string[]): Promise<OpenTask[]> {
  if (contacts.length === 0) return [];
  return db.query(
    `select id, contact, merge_key as "mergeKey" from tasks where contact = any((select $1::uuid[])::uuid[])`,
    [uuidColumn(contacts)],
    "open_tasks_of",
  );
}

/** Tasks of a contact that a workflow calls off. */
export interface CancelRequest {
  readonly contact: string;
  readonly kind: string;
  readonly reason: string;
  /** Only those whose merge key begins so. */
  readonly keyPrefix: string | undefined;
}

/**
 * Cancels tasks of these contacts and kinds that no one has begun.
 * @returns how many.
 */
export async function cancelUnstarted(tx: Tx, wanted: readonly CancelRequest[], now: number): Promise<number> {
  if (wanted.length === 0) return 0;
  const rows = await tx.query<{ id: number; reason: string }>(
    `select tasks.id, wanted.reason
     from tasks join unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as wanted(contact, kind, reason, key_prefix)
       on tasks.contact = wanted.contact and tasks.kind = wanted.kind
       and (wanted.key_prefix is null or starts_with(tasks.merge_key, wanted.key_prefix))
     where state in ('NOT_STARTED', 'WAITING') order by tasks.id for update of tasks`,
    [
      uuidColumn(wanted.map((row) => row.contact)),
      textColumn(wanted.map((row) => row.kind)),
      textColumn(wanted.map((row) => row.reason)),
      textColumn(wanted.map((row) => row.keyPrefix)),
    ],
    "cancel_unstarted",
  );
  await finishTasks(
    tx,
    rows.map((row) => ({ id: row.id, state: "CANCELLED", error: row.reason, result: undefined })),
    now,
  );
  return rows.length;
}

/** Forgets claims all of whose tasks have left them. */
export async function removeClaims(db: Queryable, claims: readonly number[]): Promise<void> {
  if (claims.length === 0) return;
  await db.query("delete from task_claims where id = any($1::bigint[])", [int8Column(claims)], "remove_claims");
}
