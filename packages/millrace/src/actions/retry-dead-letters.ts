/** Tries again what was set aside, all of it or what has one cause, oldest first. What fails still stays set aside. */
import { z } from "zod";
import { messageOf } from "../base/errors.ts";
import { text } from "../events/define-event.ts";
import { name } from "../operations/fields.ts";
import { engineOperation } from "../operations/operation.ts";
import { deadLettersMeant } from "../queries/rows/dead-letter-groups.ts";
import { retryOne } from "./retry-dead-letter.ts";

const MAX_AT_ONCE = 500;

export const retryDeadLetters = engineOperation({
  input: z.object({
    subscription: name.optional().describe("Only those of this consumer, or of this workflow (workflow:NAME)."),
    cause: text(2_000).min(1).optional().describe("Only those with this cause, as deadLetterGroups names it."),
    dryRun: z.boolean({ error: "is not true or false" }).default(false).describe("True: they are only counted."),
  }),
  answer: z.object({
    count: z.number().int().describe("How many are meant."),
    dryRun: z.boolean(),
    retried: z.array(z.object({ id: z.number().int(), error: z.string().nullable().describe("null: it was taken.") })),
  }),
  run: async (context, { dryRun, ...meant }) => {
    const { ids, count } = await deadLettersMeant(context.db, meant, MAX_AT_ONCE);
    const retried: { id: number; error: string | null }[] = [];
    for (const id of dryRun ? [] : ids) {
      const error = await retryOne(context, id).then(() => null, messageOf);
      retried.push({ id, error });
    }
    return { count, dryRun, retried };
  },
});
