/** Tries everything again that was set aside, oldest first: later ones may build on earlier ones. What fails still stays set aside. */
import { z } from "zod";
import { messageOf } from "../errors.ts";
import { engineOperation } from "../operations/operation.ts";
import { listDeadLetters } from "../queries/rows/dead-letters.ts";
import { retryOne } from "./retry-dead-letter.ts";

const MAX_AT_ONCE = 500;

export const retryDeadLetters = engineOperation({
  input: z.object({}),
  answer: z.object({
    retried: z.array(z.object({ id: z.number().int(), error: z.string().nullable().describe("null: it was taken.") })),
  }),
  run: async (context) => {
    const letters = await listDeadLetters(context.db, { resolved: false, limit: MAX_AT_ONCE });
    const retried: { id: number; error: string | null }[] = [];
    for (const { id } of letters.reverse()) {
      const error = await retryOne(context, id).then(() => null, messageOf);
      retried.push({ id, error });
    }
    return { retried };
  },
});
