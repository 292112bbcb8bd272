/** Tries work again: an open task at once and with its attempts given back, a failed or cancelled one as a new task. */
import { z } from "zod";
import { operation } from "../operations/operation.ts";
import { retryTask as retry } from "../tasks/people.ts";
import { changeTask, taskAnswer, taskId } from "./task-verb.ts";

export const retryTask = operation({
  input: z.object({ id: taskId }),
  answer: taskAnswer,
  run: (context, { id }) =>
    changeTask(context, id, (tx) => retry(tx, id, context.by, context.clock.now(), context.work)),
});
