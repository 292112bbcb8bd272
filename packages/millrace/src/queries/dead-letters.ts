/** Events a consumer or a workflow could not take, with the error; newest first. */
import { z } from "zod";
import { before, limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { listDeadLetters } from "./rows/dead-letters.ts";
import { deadLetterView } from "./views.ts";

export const deadLetters = operation({
  input: z.object({
    resolved: z.boolean({ error: "is not true or false" }).default(false).describe("True: also those dealt with."),
    before,
    limit,
  }),
  answer: z.object({ deadLetters: z.array(deadLetterView) }),
  run: async ({ db }, filter) => ({ deadLetters: await listDeadLetters(db, filter) }),
});
