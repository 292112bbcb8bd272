/** Says that a task is done, with what came of it. */
import { z } from "zod";
import type { Json } from "../events/event.ts";
import { json } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { completeByPerson } from "../tasks/people.ts";
import { changeTask, taskAnswer, taskId } from "./task-verb.ts";

export const completeTask = operation({
  input: z.object({ id: taskId, result: json.default(null).describe("What came of it, shown to people.") }),
  answer: taskAnswer,
  run: (context, { id, result }) =>
    changeTask(context, id, (tx) => completeByPerson(tx, id, context.by, result as Json, context.clock.now())),
});
