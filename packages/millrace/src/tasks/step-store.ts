/**
 * Writes steps: their results and the events they state, many in one transaction. While some are being written the next
 * gather, so that fifty agents at work take the log's lock one at a time and forms find it free.
 */

import { MillraceError } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import { boolColumn, int8Column, jsonColumn, textColumn } from "../db/columns.ts";
import type { Database, Queryable } from "../db/database.ts";
import { gathered, type Written } from "../db/gathered.ts";
import type { WakeUps } from "../db/wake.ts";
import { append } from "../events/append.ts";
import type { EventDraft } from "../events/draft.ts";
import type { Json } from "../events/event.ts";
import { lockLog } from "../events/log-lock.ts";
import { replayedAmong } from "../events/replays.ts";

/** A step as it stands in its table. */
export interface StepRow {
  readonly name: string;
  readonly isDone: boolean;
  readonly result: Json;
}

/** A step of a task that is held under its fencing token. */
export interface WrittenStep {
  readonly task: { readonly id: number; readonly fence: number };
  readonly row: StepRow;
  /** The events that stand in the log with it; none for most. */
  readonly drafts: readonly Omit<EventDraft, "reference">[];
}

/**
 * One for a process, so that the steps of all its agents meet, read and written: those that state events under the log's lock, the
 * others without.
 */
export class StepStore {
  readonly #db: Database;
  readonly #wakeUps: WakeUps;
  readonly #plain = gathered((steps: readonly WrittenStep[]) => this.#writePlain(steps));
  readonly #telling = gathered((steps: readonly WrittenStep[]) => this.#writeTelling(steps));

  /** What is on record of a task. */
  readonly read = gathered((tasks: readonly number[]) => this.#readAll(tasks));
  /** Was the task asked for by a replay? */
  readonly isOfReplay = gathered((tasks: readonly number[]) => this.#replayed(tasks));

  constructor(db: Database, wakeUps: WakeUps) {
    this.#db = db;
    this.#wakeUps = wakeUps;
  }

  /** @throws MillraceError lease_lost, and what the database throws. */
  write(step: WrittenStep): Promise<void> {
    return step.drafts.length === 0 ? this.#plain(step) : this.#telling(step);
  }

  async #readAll(tasks: readonly number[]): Promise<readonly Written<readonly StepRow[]>[]> {
    const rows = await this.#db.query<StepRow & { task: number }>(
      `select task, name, is_done as "isDone", result from task_steps where task = any((select $1::bigint[])::bigint[])`,
      [int8Column(tasks)],
      "steps_of_tasks",
    );
    const byTask = Map.groupBy(rows, ({ task }) => task);
    return tasks.map((task) => ({ result: byTask.get(task) ?? [] }));
  }

  async #replayed(tasks: readonly number[]): Promise<readonly Written<boolean>[]> {
    const found = await replayedAmong(this.#db, tasks);
    return tasks.map((task) => ({ result: found.has(task) }));
  }

  async #writePlain(steps: readonly WrittenStep[]): Promise<readonly Written<void>[]> {
    return endsOf(steps, keysOf(await insertSteps(this.#db, steps)));
  }

  /** The log is locked first, as by everything that appends and changes tasks. */
  async #writeTelling(steps: readonly WrittenStep[]): Promise<readonly Written<void>[]> {
    const ends = await this.#db.transaction(async (tx) => {
      const [, rows] = await Promise.all([lockLog(tx), insertSteps(tx, steps)]);
      const written = keysOf(rows);
      const drafts = steps.filter((step) => written.has(keyOf(step))).flatMap((step) => step.drafts);
      await Promise.all([append(tx, drafts), this.#wakeUps.remote(tx, "events")]);
      return endsOf(steps, written);
    });
    this.#wakeUps.local("events");
    return ends;
  }
}

function endsOf(steps: readonly WrittenStep[], written: ReadonlySet<string>): Written<void>[] {
  return steps.map((step) => (written.has(keyOf(step)) ? { result: undefined } : { error: leaseLost(step.task.id) }));
}

function keysOf(rows: readonly { readonly task: number; readonly name: string }[]): ReadonlySet<string> {
  return new Set(rows.map(({ task, name }) => `${task} ${name}`));
}

function keyOf({ task, row }: WrittenStep): string {
  return `${task.id} ${row.name}`;
}

/** Writes those whose task is still held under its token. @returns which. */
export async function insertSteps(
  db: Queryable,
  steps: readonly Pick<WrittenStep, "task" | "row">[],
): Promise<{ task: number; name: string }[]> {
  failpoint("before-step");
  const written = await db.query<{ task: number; name: string }>(
    `insert into task_steps (task, name, contact, is_done, result, done_at)
     select tasks.id, given.name, contact, given.is_done, given.result, case when given.is_done then clock_timestamp() end
       from unnest((select $1::bigint[]), (select $2::bigint[]), (select $3::text[]), (select $4::boolean[]), (select $5::json[]))
            as given(id, fence, name, is_done, result)
       join tasks on tasks.id = given.id and tasks.fence = given.fence and tasks.state = 'IN_PROGRESS'
     on conflict (task, name) do update set is_done = excluded.is_done, result = excluded.result, done_at = excluded.done_at
     returning task, name`,
    [
      int8Column(steps.map(({ task }) => task.id)),
      int8Column(steps.map(({ task }) => task.fence)),
      textColumn(steps.map(({ row }) => row.name)),
      boolColumn(steps.map(({ row }) => row.isDone)),
      jsonColumn(steps.map(({ row }) => JSON.stringify(row.result ?? null))),
    ],
    "insert_steps",
  );
  failpoint("after-step");
  return written;
}

export function leaseLost(task: number): MillraceError {
  return new MillraceError("lease_lost", {
    saw: `Task ${task} is another process's by now.`,
    next: "end this work; what it gives is thrown away.",
  });
}
