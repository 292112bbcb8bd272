/** Tasks: open ones in the order of work, finished ones newest first. */
import { z } from "zod";
import { before, limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { TASK_STATES } from "../tasks/task.ts";
import { contactFilter } from "./contact-id.ts";
import { described } from "./described-task.ts";
import { listTasks } from "./rows/tasks.ts";
import { kindsOf, taskFilterFields } from "./task-filter.ts";
import { describedTask } from "./views.ts";

export const tasks = operation({
  input: z.object({
    state: z.enum([...TASK_STATES, "open", "finished"]).default("open"),
    ...taskFilterFields,
    before,
    limit,
  }),
  answer: z.object({ tasks: z.array(describedTask) }),
  run: async ({ db, work }, { kind, human, role, contact, ...filter }) => {
    const kinds = kindsOf(work.tasks.catalogue, { kind, human, role });
    const found = await listTasks(db, { ...filter, kinds, contact: await contactFilter(db, contact) });
    return { tasks: found.map((task) => described(task, work.tasks.catalogue)) };
  },
});
