/** Contacts who wrote back, the latest reply first. */
import { z } from "zod";
import { REPLY_CLASSES } from "../events/mission-events.ts";
import { before, limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { conversationView } from "./conversation-views.ts";
import { listConversations } from "./rows/conversations.ts";

export const conversations = operation({
  input: z.object({
    class: z.enum(REPLY_CLASSES).optional().describe("Only those whose latest reply was read so."),
    waiting: z
      .boolean({ error: "is not true or false" })
      .optional()
      .describe("True: only those with no answer since; false: only the others."),
    before: before.describe("The `reply` of the last one of the page before."),
    limit,
  }),
  answer: z.object({ conversations: z.array(conversationView) }),
  run: async ({ db, work }, filter) => {
    const kinds = work.tasks.catalogue.all().filter(({ isHuman }) => isHuman);
    return {
      conversations: await listConversations(
        db,
        filter,
        kinds.map(({ kind }) => kind),
      ),
    };
  },
});
