/** Gives a task back and moves its due time. */
import { z } from "zod";
import { operation } from "../operations/operation.ts";
import { releaseTask } from "../tasks/people.ts";
import { changeTask, taskAnswer, taskId } from "./task-verb.ts";

export const snoozeTask = operation({
  input: z.object({
    id: taskId,
    untilMs: z.number().int().positive().describe("When it is due then. Milliseconds since 1970."),
  }),
  answer: taskAnswer,
  run: (context, { id, untilMs }) =>
    changeTask(context, id, (tx) => releaseTask(tx, id, context.by, context.clock.now(), untilMs)),
});
