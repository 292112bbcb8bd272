/**
 * Steps within a task that last: what a step gave is written when it is done, and an attempt behind a kill is given it again
 * instead of doing it twice. Written outside of the log's transaction, under the fencing token of the task: a process that
 * has lost it writes nothing.
 */
import type { Clock } from "../base/clock.ts";
import { MillraceError, messageOf } from "../base/errors.ts";
import type { Database } from "../db/database.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { Json, NewEvent } from "../events/event.ts";
import { aboutTask, type WorkItem } from "./outcome.ts";
import type { StepRow, StepStore } from "./step-store.ts";

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
  options?: StepOptions<Result>,
) => Promise<Result>;

export interface StepOptions<Result extends Json = Json> {
  /** It changes something in the world, so doing it twice would be wrong. Default false. */
  readonly acts?: boolean;
  /** Of which task, where the call has several. Default: its only one. */
  readonly task?: number;
  /**
   * It asks another program or model. For work of a replay it is not done: what an earlier task about the same contact has on record
   * under this name is given, the latest one or that of the task named here, and without one MillraceError not_recorded is thrown.
   */
  readonly recorded?: "latest" | { readonly of: number };
  /**
   * What happened, in events about the task's contact: they stand in the log as soon as the step is done, exactly once, however the
   * task ends. Asked with the step's result when it has been done, not when it was on record.
   */
  readonly emits?: (result: Result) => readonly NewEvent[];
}

/** What is needed to put events into the log. */
export interface StepEmission {
  readonly clock: Clock;
  readonly writer: StepStore;
  readonly catalogue: EventCatalogue;
  /** Who tells. */
  readonly handler: string;
}

/** A task held under its fencing token. */
export interface SteppingTask extends WorkItem {
  readonly fence: number;
}

const MAX_NAME_LENGTH = 200;

export function stepsOf(db: Database, tasks: readonly SteppingTask[], emission: StepEmission): DoStep {
  const used = new Set<string>();
  /** What is on record of a task, read once: only who holds it adds to it. */
  const onRecord = new Map<number, Promise<Map<string, StepRow>>>();
  const replays = new Map<number, Promise<boolean>>();
  return async (name, work, options = {}) => {
    const { task: id } = options;
    const task = taskOf(tasks, id);
    const key = `${task.id} ${name}`;
    if (used.has(key)) throw usedTwice(name);
    used.add(key);
    try {
      return await done(task, name, work, options);
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
    { acts = false, emits, recorded }: StepOptions<Result>,
  ): Promise<Result> {
    if (name === "" || name.length > MAX_NAME_LENGTH) {
      throw new MillraceError("invalid_request", {
        saw: `A step's name has ${name.length} characters.`,
        expected: `1 to ${MAX_NAME_LENGTH}`,
        next: "name the step by what it does.",
        field: "name",
      });
    }
    const steps = await memo(onRecord, task.id, () => found(task.id));
    const known = steps.get(name);
    if (known?.isDone === true) return known.result as never;
    if (known !== undefined) throw unknown(task.id, name);
    if (recorded !== undefined && (await memo(replays, task.id, () => emission.writer.isOfReplay(task.id)))) {
      return (await foundBefore(db, task, name, recorded)) as never;
    }
    const begun: StepRow = { name, isDone: false, result: null };
    if (acts) await write(task, begun);
    if (acts) steps.set(name, begun);
    const result = await work().catch(async (error: unknown) => {
      if (acts) await forget(db, task.id, name);
      steps.delete(name);
      throw error;
    });
    const events = emits?.(result) ?? [];
    const row: StepRow = { name, isDone: true, result };
    if (events.length === 0) await write(task, row);
    else await writeAndEmit(task, row, events);
    return result;
  }

  async function found(task: number): Promise<Map<string, StepRow>> {
    return new Map((await emission.writer.read(task)).map((row) => [row.name, row]));
  }

  async function write(task: SteppingTask, row: StepRow): Promise<void> {
    await emission.writer.write({ task, row: checkedRow(row), drafts: [] });
  }

  async function writeAndEmit(task: SteppingTask, row: StepRow, events: readonly NewEvent[]) {
    const { clock, writer, catalogue, handler } = emission;
    const about = aboutTask(task, handler, clock.now());
    const drafts = events.map(({ type, data, contact }) => ({
      ...about,
      type,
      data,
      contact: contact?.id ?? about.contact,
    }));
    for (const { type, data, contact } of drafts) {
      catalogue.check({ type, data, ...(contact !== null && { contact: { id: contact } }) });
    }
    await writer.write({ task, row: checkedRow(row), drafts });
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

/** A question that failed is asked anew. */
function memo<Value>(known: Map<number, Promise<Value>>, id: number, ask: () => Promise<Value>): Promise<Value> {
  const value = known.get(id) ?? ask();
  known.set(id, value);
  value.catch(() => known.delete(id));
  return value;
}

/** @throws MillraceError not_recorded */
async function foundBefore(
  db: Database,
  { id, contact }: SteppingTask,
  name: string,
  recorded: "latest" | { readonly of: number },
): Promise<Json> {
  const of = recorded === "latest" ? null : recorded.of;
  const [row] = await db.query<{ result: Json }>(
    `select result from task_steps where contact = $1 and name = $2 and task <> $3 and is_done and ($4::bigint is null or task = $4)
      order by done_at desc limit 1`,
    [contact, name, id, of],
    "step_of_earlier_task",
  );
  if (row !== undefined) return row.result;
  throw new MillraceError("not_recorded", {
    saw: `A replay asks no model and no other program, and step "${name}" of an earlier task is not on record.`,
    next: "look at what the first run of it did; only a new event asks anew.",
  });
}

/** @throws MillraceError invalid_request for a result that is no JSON. */
function checkedRow(row: StepRow): StepRow {
  try {
    JSON.stringify(row.result);
    return row;
  } catch (error) {
    throw new MillraceError("invalid_request", {
      saw: `What step "${row.name}" gave is no JSON: ${messageOf(error)}.`,
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
