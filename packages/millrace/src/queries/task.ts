/** One task, open or finished. */
import { z } from "zod";
import { id } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { described } from "./described-task.ts";
import { notFound } from "./not-found.ts";
import { findSummary, type SummaryRow } from "./rows/notes.ts";
import { findTask } from "./rows/tasks.ts";
import { describedTask } from "./views.ts";

const summaryView = z.object({
  position: z.number().int().describe("The event that states it: summary_written."),
  sentences: z
    .array(z.object({ text: z.string(), events: z.array(z.number().int()) }))
    .describe("Each with the positions of the events it rests on."),
  model: z.string(),
}) satisfies z.ZodType<SummaryRow>;

export const task = operation({
  input: z.object({ id: id.describe("The task's id.") }),
  answer: describedTask.extend({
    summary: summaryView.nullable().describe("What a model says of the failure behind it; null: nothing is said."),
  }),
  run: async ({ db, work }, { id }) => {
    const found = await findTask(db, id);
    if (found === undefined) throw notFound("task", id, ["/api/tasks", "tasks list"]);
    const task = described(found, work.tasks.catalogue);
    // An agent reads the failure itself.
    const summary = task.isHuman ? await findSummary(db, found) : undefined;
    return { ...task, summary: summary ?? null };
  },
});
