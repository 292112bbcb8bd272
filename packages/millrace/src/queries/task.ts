/** One task, open or finished. */
import { z } from "zod";
import { id } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { described } from "./described-task.ts";
import { notFound } from "./not-found.ts";
import { findTask } from "./rows/tasks.ts";
import { describedTask } from "./views.ts";

export const task = operation({
  input: z.object({ id: id.describe("The task's id.") }),
  answer: describedTask,
  run: async ({ db, work }, { id }) => {
    const found = await findTask(db, id);
    if (found === undefined) throw notFound("task", id, ["/api/tasks", "tasks list"]);
    return described(found, work.tasks.catalogue);
  },
});
