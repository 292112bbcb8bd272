/**
 * What people do with tasks: claim, give back, complete, cancel, snooze, try again. A person's hold has no lease:
 * it lasts until they give it back. Every verb appends the fact with who did it.
 */

import { MillraceError } from "../base/errors.ts";
import type { Tx } from "../db/database.ts";
import type { Actor } from "../events/actor.ts";
import { append } from "../events/append.ts";
import type { EventDraft } from "../events/draft.ts";
import type { Json, Position } from "../events/event.ts";
import { lockLog } from "../events/log-lock.ts";
import { type BegunItem, collectBegun } from "./begun.ts";
import { draftTask } from "./draft.ts";
import { collectingSink, type WorkRules } from "./finish.ts";
import type { TaskRequest } from "./handler.ts";
import { collectStatus, type WorkItem } from "./outcome.ts";
import { finishTasks, insertTasks } from "./queue.ts";
import { PRIORITIES, type TaskState } from "./task.ts";
import { type PersonsVerb, refusalOf } from "./transition.ts";

interface Row extends BegunItem {
  readonly state: TaskState;
  readonly worker: string | null;
}

/** Takes a task that waits. What an agent is about to do is the agent's. @throws MillraceError not_found, task_not_open or task_held (naming who holds it). */
export async function claimForPerson(tx: Tx, id: number, by: Actor, now: number): Promise<void> {
  const task = await lockTask(tx, id);
  refuse("claim", task, [by.name]);
  if (task.state === "IN_PROGRESS") return;
  await tx.query(
    "update tasks set standing = 'IN_PROGRESS', worker = $2, started_at = $3, attempt = attempt + 1, fence = fence + 1, error = null, snoozed_until = null, snoozed_by = null where id = $1",
    [id, by.name, new Date(now)],
  );
  await stateChanged(tx, { ...task, attempt: task.attempt + 1 }, { from: task.state, to: "IN_PROGRESS", by }, now);
}

/**
 * Gives a task to another person, who then holds it. What the one who asks holds may be handed on, and what no one holds;
 * what a third person holds is theirs to give.
 * @throws MillraceError not_found, task_not_open or task_held.
 */
export async function handOverTask(tx: Tx, id: number, by: Actor, to: string, now: number): Promise<void> {
  const task = await lockTask(tx, id);
  refuse("hand over", task, [by.name, to]);
  if (task.state === "IN_PROGRESS" && task.worker === to) return;
  await tx.query(
    `update tasks set standing = 'IN_PROGRESS', worker = $2, started_at = coalesce(started_at, $3), attempt = greatest(attempt, 1), fence = fence + 1,
            error = null, snoozed_until = null, snoozed_by = null where id = $1`,
    [id, to, new Date(now)],
  );
  const reason = `handed over to ${to}`;
  await stateChanged(tx, task, { from: task.state, to: "IN_PROGRESS", by, reason }, now);
}

/**
 * Gives a task back, for another person or, with `untilMs`, for later.
 * @throws MillraceError not_found, task_not_open, or task_held: also for what an agent is about to do, which would wait for a person for ever.
 */
export async function releaseTask(
  tx: Tx,
  id: number,
  by: Actor,
  now: number,
  untilMs: number | null = null,
): Promise<void> {
  const task = await lockTask(tx, id);
  refuse(untilMs === null ? "give back" : "snooze", task, [by.name]);
  // At its new due time it is overdue anew.
  await tx.query(
    `update tasks set standing = 'WAITING', worker = null, due_at = coalesce($2, due_at),
            overdue_level = case when $2::timestamptz is null then overdue_level else 0 end,
            snoozed_until = $2, snoozed_by = case when $2::timestamptz is not null then $3 end where id = $1`,
    [id, untilMs === null ? null : new Date(untilMs), by.name],
  );
  const reason = untilMs === null ? "given back" : "snoozed";
  await stateChanged(tx, task, { from: task.state, to: "WAITING", by, reason }, now);
}

/** Says that a task is done, with what came of it. @throws MillraceError task_held when someone else has claimed it. */
export async function completeByPerson(tx: Tx, id: number, by: Actor, result: Json, now: number): Promise<void> {
  await endByPerson(tx, await lockTask(tx, id), by, { result }, now);
}

/** What a person's work leads to: facts about the task's contact, and further tasks. */
export interface PersonsOutcome {
  readonly result: Json;
  readonly facts?: readonly { readonly type: string; readonly data: Json }[];
  readonly tasks?: readonly TaskRequest[];
}

/**
 * As completeByPerson, with what follows, all in the same transaction.
 * @returns the position of the first fact, the others follow without a gap; and the ids of the tasks.
 */
export async function completeWith(
  tx: Tx,
  id: number,
  by: Actor,
  outcome: PersonsOutcome,
  now: number,
  rules: WorkRules,
): Promise<{ readonly first: Position; readonly tasks: readonly number[] }> {
  const task = await lockTask(tx, id);
  const first = await endByPerson(tx, task, by, outcome, now);
  const { tasks = [], facts = [] } = outcome;
  await rules.taskIds.ensure(tx, tasks.length);
  const { contact, root, depth } = task;
  const cause = first + facts.length;
  const origin = { contact, cause, root, depth: depth + 1, bornAt: now, requestedBy: by.id };
  const drafts = tasks.map((request) => draftTask(request, origin, rules.taskIds.take(), now, rules.tasks));
  await insertTasks(tx, drafts, rules.agingMs);
  return { first, tasks: drafts.map((draft) => draft.id) };
}

async function endByPerson(
  tx: Tx,
  task: Row,
  by: Actor,
  { result, facts = [] }: PersonsOutcome,
  now: number,
): Promise<Position> {
  const { id } = task;
  refuse("complete", task, [by.name]);
  await tx.query("update tasks set worker = $2, started_at = coalesce(started_at, $3) where id = $1", [
    id,
    by.name,
    new Date(now),
  ]);
  await finishTasks(tx, [{ id, state: "COMPLETED", error: null, result }], now);
  const data = { task: id, kind: task.kind, attempt: task.attempt, by: by.name, result };
  const all = [...facts, { type: "task_completed", data }];
  return append(
    tx,
    all.map((fact) => ({ ...doneBy(task, by, now), ...fact })),
  );
}

/** Calls a task off. */
export async function cancelByPerson(tx: Tx, id: number, by: Actor, reason: string, now: number): Promise<void> {
  const task = await lockTask(tx, id);
  await finishTasks(tx, [{ id, state: "CANCELLED", error: reason, result: undefined }], now);
  const events: Omit<EventDraft, "reference">[] = [];
  collectBegun(task, collectingSink(events));
  const data = { task: id, kind: task.kind, attempt: task.attempt, reason };
  await append(tx, [...events, { ...doneBy(task, by, now), type: "task_cancelled", data }]);
}

/**
 * Tries work again: an open task at once and with its attempts given back, a failed one as a new task.
 * @returns the id of the task that will run.
 */
export async function retryTask(tx: Tx, id: number, by: Actor, now: number, rules: WorkRules): Promise<number> {
  await lockLog(tx);
  const reopened = await tx.query<Row>(
    `update tasks set standing = 'NOT_STARTED', not_before = null, attempt = 0, fence = fence + 1, worker = null, error = null
     where id = $1 and state = 'WAITING' returning ${OPEN}`,
    [id],
  );
  if (reopened[0] !== undefined) {
    await stateChanged(tx, reopened[0], { from: "WAITING", to: "NOT_STARTED", by, reason: "retried" }, now);
    return id;
  }
  return retryFinished(tx, id, by, now, rules);
}

async function retryFinished(tx: Tx, id: number, by: Actor, now: number, rules: WorkRules): Promise<number> {
  const [failed] = await tx.query<Row & { mergeKey: string; payload: Json; priority: number }>(
    `select ${FINISHED}, merge_key as "mergeKey", payload, priority from finished_task($1) where state in ('FAILED', 'CANCELLED')`,
    [id],
  );
  if (failed === undefined) throw notOpen(id);
  await rules.taskIds.ensure(tx, 1);
  const again = rules.taskIds.take();
  const kind = rules.tasks.catalogue.get(failed.kind);
  await stateChanged(
    tx,
    { ...failed, id: again },
    { from: failed.state, to: "NOT_STARTED", by, reason: `retried task ${id}` },
    now,
  );
  await insertTasks(
    tx,
    [
      {
        id: again,
        kind: failed.kind,
        contact: failed.contact,
        mergeKey: failed.mergeKey,
        state: kind.isHuman ? "WAITING" : "NOT_STARTED",
        priority: PRIORITIES[failed.priority] ?? "MEDIUM",
        dueAt: now + kind.dueInMs,
        notBefore: null,
        staleAt: null,
        payload: failed.payload,
        causes: [failed.cause],
        root: failed.root,
        depth: failed.depth,
        requestedBy: by.id,
        createdAt: now,
        bornAt: null,
        attempt: 0,
        error: null,
      },
    ],
    rules.agingMs,
  );
  return again;
}

const COLUMNS = "id, kind, contact, attempt, causes[1] as cause, root, depth, state, worker";
const OPEN = `${COLUMNS}, worker as "heldBy", started_at as "startedAt", begun_in_log as "isBegunInLog"`;
const FINISHED = `${COLUMNS}, worker as "heldBy", started_at as "startedAt", true as "isBegunInLog"`;

async function lockTask(tx: Tx, id: number): Promise<Row> {
  await lockLog(tx);
  const [task] = await tx.query<Row>(`select ${OPEN} from tasks where id = $1 for update`, [id]);
  if (task !== undefined) return task;
  const [finished] = await tx.query("select 1 from finished_task($1)", [id]);
  throw finished === undefined ? notFound(id) : notOpen(id);
}

async function stateChanged(
  tx: Tx,
  task: WorkItem,
  { by, ...change }: { from: string; to: string; by: Actor; reason?: string },
  now: number,
): Promise<void> {
  const events: Omit<EventDraft, "reference">[] = [];
  collectStatus(task, { ...change, by: by.name }, now, collectingSink(events));
  await append(
    tx,
    events.map((event) => ({ ...event, actor: by.id })),
  );
}

/** @param holders who may be the one that holds it. */
function refuse(verb: PersonsVerb, task: Row, holders: readonly string[]): void {
  const refusal = refusalOf(verb, task.state, holders.includes(task.worker ?? ""));
  if (refusal === "agents own") throw agentsOwn(task);
  if (refusal === "held") throw heldBy(task);
}

function doneBy(task: WorkItem, by: Actor, now: number) {
  return {
    contact: task.contact,
    cause: task.cause,
    root: task.root,
    depth: task.depth + 1,
    actor: by.id,
    occurredAt: now,
  };
}

function notFound(id: number): MillraceError {
  return new MillraceError("not_found", {
    saw: `There is no task ${id}.`,
    next: "list the open ones: `millrace tasks list`.",
  });
}

function notOpen(id: number): MillraceError {
  return new MillraceError("task_not_open", {
    saw: `Task ${id} is not open any more.`,
    next: `see what became of it: \`millrace tasks show ${id}\`.`,
  });
}

function agentsOwn(task: Row): MillraceError {
  return new MillraceError("task_held", {
    saw: `Task ${task.id} (${task.kind}) is an agent's, and about to be done.`,
    next: "wait a moment, or cancel it.",
  });
}

function heldBy(task: Row): MillraceError {
  return new MillraceError("task_held", {
    saw: `Task ${task.id} is held by ${task.worker}.`,
    next: "ask them, or wait until they give it back.",
  });
}
