/** What the verbs on many tasks share: which ones are meant, counted first, and each of them changed with its own error. */
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import type { Tx } from "../db/database.ts";
import { commit } from "../operations/commit.ts";
import type { DatabaseContext } from "../operations/context.ts";
import { contactFilter } from "../queries/contact-id.ts";
import { listTasks, type TaskFilter } from "../queries/rows/tasks.ts";
import { type KindFilter, kindsOf } from "../queries/task-filter.ts";

/** Tasks changed at most by one call; the answer says when there are more. */
const MAX_TASKS = 10_000;
/** Tasks changed in one transaction: the log is locked for the time of so many. */
const TASKS_PER_COMMIT = 50;

export const bulkAnswer = z.object({
  count: z.number().int().describe("How many tasks the filter means; it stops at 10,000."),
  dryRun: z.boolean(),
  tasks: z.array(z.number().int()).describe("Those that were changed; of a dry run, the first hundred that would be."),
  failed: z.array(z.object({ task: z.number().int(), error: z.string() })).describe("Those that could not be changed."),
});

export interface BulkAnswer {
  readonly count: number;
  readonly dryRun: boolean;
  readonly tasks: readonly number[];
  readonly failed: readonly { readonly task: number; readonly error: string }[];
}

type Given = KindFilter & Omit<TaskFilter, "kinds" | "limit"> & { readonly dryRun: boolean };

/**
 * Changes every task the filter means, or counts them (`dryRun`).
 * @param verb changes one, in a transaction with others; what it throws costs this task alone.
 * @throws MillraceError invalid_request for a filter that says nothing: it would mean every task.
 */
export async function changeTasks(
  context: DatabaseContext,
  { kind, human, role, contact, dryRun, ...filter }: Given,
  verb: (tx: Tx, task: number) => Promise<unknown>,
): Promise<BulkAnswer> {
  const narrows = [kind, human, role, contact, filter.priority, filter.since, filter.until];
  if (narrows.every((one) => one === undefined)) throw meansEverything();
  const kinds = kindsOf(context.work.tasks.catalogue, { kind, human, role });
  const wanted = { ...filter, kinds, contact: await contactFilter(context.db, contact), limit: MAX_TASKS };
  const ids = (await listTasks(context.db, wanted)).map(({ id }) => id);
  if (dryRun) return { count: ids.length, dryRun, tasks: ids.slice(0, 100), failed: [] };
  const results = await changeEach(context, ids, verb);
  return { count: ids.length, dryRun, ...results };
}

async function changeEach(
  context: DatabaseContext,
  ids: readonly number[],
  verb: (tx: Tx, task: number) => Promise<unknown>,
) {
  const tasks: number[] = [];
  const failed: { task: number; error: string }[] = [];
  for (let i = 0; i < ids.length; i += TASKS_PER_COMMIT) {
    await commit(context, async (tx) => {
      for (const task of ids.slice(i, i + TASKS_PER_COMMIT)) {
        // An error of ours is thrown before anything is written, so the transaction goes on with the others.
        const error = await verb(tx, task).then(() => undefined, messageOfOurs);
        if (error === undefined) tasks.push(task);
        else failed.push({ task, error });
      }
    });
  }
  return { tasks, failed };
}

function messageOfOurs(error: unknown): string {
  if (error instanceof MillraceError) return error.parts.saw;
  throw error;
}

function meansEverything(): MillraceError {
  return new MillraceError("invalid_request", {
    saw: "The filter says nothing, so it would mean every task. Nothing was done.",
    expected: "a kind, role, priority, contact, or a time",
    next: "say which ones: `--kind`, `--role`, `--priority`, `--contact`, `--since` or `--older-than`.",
    field: "kind",
  });
}
