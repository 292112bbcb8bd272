/**
 * Steps within a task that last: what a step gave is written when it is done, and an attempt behind a kill is given it again
 * instead of doing it twice. Written outside of the log's transaction, under the fencing token of the task: a process that
 * has lost it writes nothing.
 */
import type { Database } from "../db/database.ts";
import { MillraceError, messageOf } from "../errors.ts";
import type { Json } from "../events/event.ts";

/**
 * Does a step, unless it was done before.
 * @param name distinguishes the steps of the task: 1 to 200 characters, used once in an attempt and the same on every attempt.
 * @param work what is done; its result is any JSON.
 * @returns the result of the work, or what is on record of an attempt before.
 * @throws what the work throws: nothing is on record then, and the next attempt does it again.
 * @throws MillraceError step_unknown for a step with `acts` that was begun by an attempt before and never ended: whether it was
 *   done is not known, and it is not done again. An agent hands such a task to a person, or asks the other side.
 * @throws MillraceError lease_lost when another process has the task by now.
 */
export type DoStep = <Result extends Json>(
  name: string,
  work: () => Promise<Result>,
  options?: StepOptions,
) => Promise<Result>;

export interface StepOptions {
  /** It changes something in the world, so doing it twice would be wrong. Default false. */
  readonly acts?: boolean;
  /** Of which task, where the call has several. Default: its only one. */
  readonly task?: number;
}

/** A task held under its fencing token. */
export interface SteppingTask {
  readonly id: number;
  readonly fence: number;
  readonly contact: string | null;
}

const LONGEST_NAME = 200;

export function stepsOf(db: Database, tasks: readonly SteppingTask[]): DoStep {
  const used = new Set<string>();
  return async (name, work, { acts = false, task: id } = {}) => {
    const task = taskOf(tasks, id);
    const key = `${task.id} ${name}`;
    if (used.has(key)) throw usedTwice(name);
    used.add(key);
    try {
      return await done(task, name, work, acts);
    } catch (error) {
      // What failed may be tried again within the attempt.
      used.delete(key);
      throw error;
    }
  };

  async function done<Result extends Json>(
    task: SteppingTask,
    name: string,
    work: () => Promise<Result>,
    acts: boolean,
  ): Promise<Result> {
    if (name === "" || name.length > LONGEST_NAME) {
      throw new MillraceError("invalid_request", {
        saw: `A step's name has ${name.length} characters.`,
        expected: `1 to ${LONGEST_NAME}`,
        next: "name the step by what it does.",
        field: "name",
      });
    }
    const known = await found(db, task.id, name);
    if (known?.isDone === true) return known.result as never;
    if (known !== undefined) throw unknown(task.id, name);
    if (acts) await write(db, task, { name, isDone: false, result: null });
    const result = await work().catch(async (error: unknown) => {
      if (acts) await forget(db, task.id, name);
      throw error;
    });
    await write(db, task, { name, isDone: true, result });
    return result;
  }
}

function taskOf(tasks: readonly SteppingTask[], id: number | undefined): SteppingTask {
  const task = id === undefined ? (tasks.length === 1 ? tasks[0] : undefined) : tasks.find((one) => one.id === id);
  if (task !== undefined) return task;
  throw new MillraceError("invalid_request", {
    saw:
      id === undefined
        ? `A step of one of ${tasks.length} tasks.`
        : `A step of task ${id}, which this call does not have.`,
    next: "say whose step it is: step(name, work, { task: task.id }).",
    field: "task",
  });
}

async function found(db: Database, task: number, name: string) {
  const [row] = await db.query<{ isDone: boolean; result: Json }>(
    `select is_done as "isDone", result from task_steps where task = $1 and name = $2`,
    [task, name],
  );
  return row;
}

interface StepRow {
  readonly name: string;
  readonly isDone: boolean;
  readonly result: Json;
}

async function write(db: Database, task: SteppingTask, { name, isDone, result }: StepRow): Promise<void> {
  const rows = await db.query(
    `insert into task_steps (task, name, contact, is_done, result, done_at)
     select id, $3, contact, $4, $5::text::json, case when $4 then clock_timestamp() end from tasks
      where id = $1 and fence = $2 and state = 'IN_PROGRESS'
     on conflict (task, name) do update set is_done = excluded.is_done, result = excluded.result, done_at = excluded.done_at
     returning 1`,
    [task.id, task.fence, name, isDone, asJson(name, result)],
  );
  if (rows.length === 0) throw leaseLost(task.id);
}

function asJson(name: string, result: Json): string {
  try {
    return JSON.stringify(result ?? null);
  } catch (error) {
    throw new MillraceError("invalid_request", {
      saw: `What step "${name}" gave is no JSON: ${messageOf(error)}.`,
      next: "give texts, numbers, true, false, null, lists and plain objects.",
      field: "result",
      cause: error,
    });
  }
}

async function forget(db: Database, task: number, name: string): Promise<void> {
  await db.query("delete from task_steps where task = $1 and name = $2 and not is_done", [task, name]);
}

function unknown(task: number, name: string): MillraceError {
  return new MillraceError("step_unknown", {
    saw: `Step "${name}" of task ${task} was begun by an attempt before and never ended.`,
    next: "find out whether it was done; it is not done again by itself.",
  });
}

function usedTwice(name: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `The task has a step "${name}" already in this attempt.`,
    next: "give each step a name of its own, e.g. with the page's address in it.",
    field: "name",
  });
}

function leaseLost(task: number): MillraceError {
  return new MillraceError("lease_lost", {
    saw: `Task ${task} is another process's by now.`,
    next: "end this work; what it gives is thrown away.",
  });
}
