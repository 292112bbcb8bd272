/** Cancels all open tasks a filter means. A dry run unless told otherwise: the count comes first. */
import { z } from "zod";
import { text } from "../events/define-event.ts";
import { operation } from "../operations/operation.ts";
import { taskFilterFields } from "../queries/task-filter.ts";
import { cancelByPerson } from "../tasks/people.ts";
import { bulkAnswer, changeTasks } from "./tasks-of-filter.ts";

export const cancelTasks = operation({
  input: z.object({
    state: z.enum(["open", "NOT_STARTED", "IN_PROGRESS", "WAITING"]).default("open"),
    ...taskFilterFields,
    reason: text(2_000).min(1).describe("Why; kept with each task."),
    dryRun: z.boolean().default(true).describe("Only count them."),
  }),
  answer: bulkAnswer,
  run: (context, { reason, ...filter }) =>
    changeTasks(context, filter, (tx, task) => cancelByPerson(tx, task, context.by, reason, context.clock.now())),
});
