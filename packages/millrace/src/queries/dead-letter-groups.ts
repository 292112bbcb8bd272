/** What is set aside, by its cause. */
import { z } from "zod";
import { limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { deadLetterGroup } from "./list-views.ts";
import { groupDeadLetters } from "./rows/dead-letter-groups.ts";

export const deadLetterGroups = operation({
  input: z.object({ limit }),
  answer: z.object({ groups: z.array(deadLetterGroup) }),
  run: async ({ db }, { limit }) => ({ groups: await groupDeadLetters(db, limit) }),
});
