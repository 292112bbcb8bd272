/** Tries all tasks again that a filter means: failed ones unless told otherwise. A dry run unless told otherwise: the count comes first. */
import { z } from "zod";
import { operation } from "../operations/operation.ts";
import { taskFilterFields } from "../queries/task-filter.ts";
import { retryTask } from "../tasks/people.ts";
import { bulkAnswer, changeTasks } from "./tasks-of-filter.ts";

export const retryTasks = operation({
  input: z.object({
    state: z.enum(["FAILED", "CANCELLED", "WAITING"]).default("FAILED"),
    ...taskFilterFields,
    dryRun: z.boolean().default(true).describe("Only count them."),
  }),
  answer: bulkAnswer,
  run: (context, filter) =>
    changeTasks(context, filter, (tx, task) => retryTask(tx, task, context.by, context.clock.now(), context.work)),
});
