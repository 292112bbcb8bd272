/** Says that a task is done, with what came of it. */
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import type { Tx } from "../db/database.ts";
import type { Json } from "../events/event.ts";
import { json } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { completeByPerson } from "../tasks/people.ts";
import { changeTask, taskAnswer, taskId } from "./task-verb.ts";

export const completeTask = operation({
  input: z.object({ id: taskId, result: json.default(null).describe("What came of it, shown to people.") }),
  answer: taskAnswer,
  run: (context, { id, result }) =>
    changeTask(context, id, async (tx) => {
      await mustNotBeDraft(tx, id);
      await completeByPerson(tx, id, context.by, result as Json, context.clock.now());
    }),
});

/** "Done" says nothing of an e-mail that waits: whether it leaves has to be decided. */
async function mustNotBeDraft(tx: Tx, id: number): Promise<void> {
  const reviews = await tx.query("select 1 from tasks where id = $1 and kind = 'review_draft'", [id], "is_review");
  if (reviews.length === 0) return;
  throw new MillraceError("invalid_request", {
    saw: `Task ${id} is the review of a draft: it ends with a decision.`,
    next: `approve, edit or refuse it: \`millrace drafts approve ${id}\`.`,
    field: "id",
  });
}
