/** What the verbs on one task share: their input, their answer, and how they are done. */
import { z } from "zod";
import type { Tx } from "../db/database.ts";
import { commit } from "../operations/commit.ts";
import type { DatabaseContext } from "../operations/context.ts";
import { id } from "../operations/fields.ts";

export const taskId = id.describe("The task's id.");
export const taskAnswer = z.object({
  ok: z.literal(true),
  task: z.number().int().describe("The task; of a failed one that is tried again, the new one that will run."),
});

export interface TaskAnswer {
  readonly ok: true;
  readonly task: number;
}

/** Changes the task in one transaction. @param verb returns the id of another task when that is the one to look at. */
export async function changeTask(
  context: DatabaseContext,
  task: number,
  // biome-ignore lint/suspicious/noConfusingVoidType: most verbs have no other task to name.
  verb: (tx: Tx) => Promise<number | void>,
): Promise<TaskAnswer> {
  const other = await commit(context, verb);
  return { ok: true, task: other ?? task };
}
