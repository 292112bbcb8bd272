/** Gives a task to another person, who holds it then. */
import { z } from "zod";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { handOverTask as handOver } from "../tasks/people.ts";
import { changeTask, taskAnswer, taskId } from "./task-verb.ts";

export const handOverTask = operation({
  input: z.object({ id: taskId, to: name.describe("Who holds it then.") }),
  answer: taskAnswer,
  run: (context, { id, to }) => changeTask(context, id, (tx) => handOver(tx, id, context.by, to, context.clock.now())),
});
