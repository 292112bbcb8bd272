/** Gives a task back, for another person. */
import { z } from "zod";
import { operation } from "../operations/operation.ts";
import { releaseTask as release } from "../tasks/people.ts";
import { changeTask, taskAnswer, taskId } from "./task-verb.ts";

export const releaseTask = operation({
  input: z.object({ id: taskId }),
  answer: taskAnswer,
  run: (context, { id }) => changeTask(context, id, (tx) => release(tx, id, context.by, context.clock.now())),
});
