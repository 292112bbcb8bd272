/**
 * The safety nets, run every few seconds: work whose time has come is woken, work whose worker went silent or got stuck
 * is given to another, work that has waited long rises. Each is one transaction over locked rows; none runs work itself.
 */

import { failpoint } from "../base/failpoint.ts";
import { textColumn } from "../db/columns.ts";
import type { Database, Tx } from "../db/database.ts";
import { append } from "../events/append.ts";
import type { EventDraft } from "../events/draft.ts";
import { lockLog } from "../events/log-lock.ts";
import { type BegunItem, collectBegun } from "./begun.ts";
import { collectingSink, type WorkRules } from "./finish.ts";
import { collectEnd } from "./outcome.ts";
import { type FinishedRow, finishTasks } from "./queue.ts";
import { isOver, transition } from "./transition.ts";

const BATCH = 1_000;

/** Tasks that wait for a time that has come may be begun. @returns how many. */
export async function wakeTasks(tx: Tx, now: number): Promise<number> {
  const rows = await tx.query(
    `update tasks set standing = 'NOT_STARTED', not_before = null where id in
       (select id from tasks where standing = 'WAITING' and not_before <= $1 order by not_before limit $2 for update skip locked)
     returning id`,
    [new Date(now), BATCH],
    "wake_tasks",
  );
  return rows.length;
}

/** R4: a task that has waited for another `agingMs` rises by one level. @returns how many rose. */
export async function agePriorities(tx: Tx, now: number, agingMs: number): Promise<number> {
  const rows = await tx.query(
    `update tasks set rank = greatest(rank - 1, 0),
            lift_at = case when rank > 1 then lift_at + $3 * interval '1 ms' end
     where id in (select id from tasks where lift_at <= $1 and state <> 'IN_PROGRESS' order by lift_at limit $2 for update skip locked)
     returning id`,
    [new Date(now), BATCH, agingMs],
    "lift_tasks",
  );
  return rows.length;
}

/**
 * Lets the leases of agents' tasks of these kinds that began before `before` run out, so that `rescueTasks` takes them
 * back. What was begun later ends by itself: taken away, it would be done twice. Lock the log first.
 */
export async function expireLeases(tx: Tx, kinds: readonly string[], before: number): Promise<void> {
  // A claim may hold others beside them: each gets a claim of its own.
  await tx.query(
    `with expired as (update tasks set claim = nextval('task_claim_ids')
                      where id in (select id from held_tasks where kind = any($1::text[]) and started_at < $2) returning id, claim, worker, timeout_at)
     insert into task_claims (id, worker, lease_until, timeout_at, tasks)
     select claim, worker, clock_timestamp() - interval '1 s', timeout_at, array[id] from expired`,
    [textColumn(kinds), new Date(before)],
    "expire_leases",
  );
}

/** Of `held_tasks`. */
const IS_LOST =
  "(lease_until < clock_timestamp() or (claim_timeout_at < clock_timestamp() and timeout_at < clock_timestamp()))";

interface Running extends BegunItem {
  readonly worker: string;
  readonly ranMs: number;
  readonly isSilent: boolean;
}

/**
 * Takes back tasks whose worker went silent (lease) or got stuck (timeout). Both count as an attempt; after the last
 * one the task fails for good. The fencing token moves on, so the former worker's result will change nothing.
 * @returns how many were taken back.
 */
export async function rescueTasks(tx: Tx, now: number, rules: WorkRules): Promise<number> {
  await tx.query(
    `delete from task_claims c where lease_until < clock_timestamp()
       and not (select exists (select from tasks t where t.id = any(c.tasks) and t.claim = c.id))`,
    [],
    "remove_empty_claims",
  );
  const [lost] = await tx.query(`select 1 from held_tasks where ${IS_LOST} limit 1`, [], "has_lost_tasks");
  if (lost === undefined) return 0;
  await lockLog(tx);
  const rows = await tx.query<Running>(
    `select id, kind, contact, attempt, causes[1] as cause, root, depth, worker, worker as "heldBy", started_at as "startedAt",
            begun_in_log as "isBegunInLog",
            (select c.lease_until < clock_timestamp() from task_claims c where c.id = claim) as "isSilent",
            greatest(0, $2 - (extract(epoch from started_at) * 1000)::bigint) as "ranMs"
     from tasks where id in (select id from held_tasks where ${IS_LOST} order by id limit $1)
     order by id for update skip locked`,
    [BATCH, now],
    "rescue_tasks",
  );
  if (rows.length === 0) return 0;
  const events: Omit<EventDraft, "reference">[] = [];
  const finished: FinishedRow[] = [];
  const again: Running[] = [];
  for (const row of rows) {
    const error = row.isSilent
      ? `Worker ${row.worker} went silent.`
      : `The attempt ran past its time (${row.ranMs} ms).`;
    collectBegun(row, collectingSink(events));
    if (!row.isSilent) events.push(timeoutOf(row, now));
    const end = { outcome: "lost", error } as const;
    const next = transition(row, end, { from: "IN_PROGRESS", by: row.worker, now, rules });
    if (isOver(next.to)) finished.push({ id: row.id, state: next.to, error, result: undefined });
    else again.push(row);
    collectEnd(next, end, row, "engine", now, collectingSink(events));
  }
  failpoint("before-rescue");
  await tx.query(
    `update tasks set claim = null, fence = fence + 1, worker = null, timeout_at = null, begun_in_log = true where id = any($1::bigint[])`,
    [again.map((row) => row.id)],
    "give_back_tasks",
  );
  await finishTasks(tx, finished, now);
  await append(tx, events);
  await tx.query(
    `update task_claims c set timeout_at = coalesce((select min(t.timeout_at) from tasks t where t.id = any(c.tasks) and t.claim = c.id), 'infinity')
     where timeout_at < clock_timestamp()`,
    [],
    "next_timeouts",
  );
  return rows.length;
}

function timeoutOf(row: Running, now: number): Omit<EventDraft, "reference"> {
  return {
    type: "task_timeout",
    contact: row.contact,
    data: { task: row.id, kind: row.kind, attempt: row.attempt, ranMs: Number(row.ranMs) },
    occurredAt: now,
    cause: row.cause,
    root: row.root,
    depth: row.depth + 1,
    actor: "engine",
  };
}

interface Overdue {
  readonly id: number;
  readonly kind: string;
  readonly contact: string | null;
  readonly attempt: number;
  readonly cause: number | null;
  readonly root: number;
  readonly depth: number;
  readonly dueAt: number;
  readonly level: number;
}

/** What `tasks_overdue` indexes: tasks no worker holds that have not been told of at every level. */
const CAN_BE_OVERDUE = "overdue_level < 2 and standing in ('WAITING', 'IN_PROGRESS')";

/** The condition of tasks to be told of; $1 now, $2 kinds of people, $3 milliseconds until escalation, 0: never. */
const IS_OVERDUE = `${CAN_BE_OVERDUE} and due_at <= $1 and kind = any($2::text[])
  and (overdue_level = 0 or ($3 > 0 and due_at <= $1 - $3 * interval '1 ms'))`;

/**
 * States `task_overdue` of people's tasks whose due time is over: once when it is, and once more after `escalateAfterMs`.
 * One that a person puts off is overdue anew at its new due time.
 * @returns how many.
 */
export async function raiseOverdue(db: Database, now: number, rules: WorkRules): Promise<number> {
  const kinds = rules.tasks.catalogue.all().filter(({ isHuman }) => isHuman);
  const values = [new Date(now), textColumn(kinds.map(({ kind }) => kind)), rules.escalateAfterMs];
  const [due] = await db.query(`select 1 from tasks where ${IS_OVERDUE} limit 1`, values, "has_overdue_tasks");
  if (due === undefined) return 0;
  return db.transaction(async (tx) => {
    await lockLog(tx);
    const rows = await tx.query<Overdue>(
      `update tasks set overdue_level = overdue_level + 1 where id in
         (select id from tasks where ${IS_OVERDUE} order by due_at limit ${BATCH} for update skip locked)
       returning id, kind, contact, attempt, causes[1] as cause, root, depth, due_at as "dueAt", overdue_level as level`,
      values,
      "raise_overdue_tasks",
    );
    const roles = new Map(kinds.map(({ kind, doneBy }) => [kind, doneBy.replace(/^person:/, "")]));
    await append(
      tx,
      rows.map((row) => overdueOf(row, roles.get(row.kind) ?? "admin", now)),
    );
    return rows.length;
  });
}

function overdueOf(row: Overdue, role: string, now: number): Omit<EventDraft, "reference"> {
  const { id: task, kind, contact, attempt, cause, root, depth, dueAt, level } = row;
  return {
    type: "task_overdue",
    contact,
    data: { task, kind, attempt, role, dueAt: Number(dueAt), level },
    occurredAt: now,
    cause,
    root,
    depth: depth + 1,
    actor: "engine",
  };
}
