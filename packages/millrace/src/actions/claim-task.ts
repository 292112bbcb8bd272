/** Takes a task that waits for a person; another person can then not complete it. */
import { z } from "zod";
import { operation } from "../operations/operation.ts";
import { claimForPerson } from "../tasks/people.ts";
import { changeTask, taskAnswer, taskId } from "./task-verb.ts";

export const claimTask = operation({
  input: z.object({ id: taskId }),
  answer: taskAnswer,
  run: (context, { id }) => changeTask(context, id, (tx) => claimForPerson(tx, id, context.by, context.clock.now())),
});
