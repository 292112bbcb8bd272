/** Cancels a task. */
import { z } from "zod";
import { text } from "../events/define-event.ts";
import { operation } from "../operations/operation.ts";
import { cancelByPerson } from "../tasks/people.ts";
import { changeTask, taskAnswer, taskId } from "./task-verb.ts";

export const cancelTask = operation({
  input: z.object({ id: taskId, reason: text(2_000).min(1).describe("Why; kept with the task.") }),
  answer: taskAnswer,
  run: (context, { id, reason }) =>
    changeTask(context, id, (tx) => cancelByPerson(tx, id, context.by, reason, context.clock.now())),
});
