/** A person says what a reply says; what followed is taken back, and what follows is what would have followed at once. */
import { z } from "zod";
import { type ReadAgainContext, readAgain } from "../agents/reply-classifier/read-again.ts";
import { replyRules } from "../agents/reply-classifier/reply-settings.ts";
import { appendContactFacts } from "../events/facts.ts";
import { REPLY_CLASSES } from "../events/mission-events.ts";
import { commit } from "../operations/commit.ts";
import { id, reason } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { readAgainView } from "../queries/views.ts";
import { cancelByPerson } from "../tasks/people.ts";

export const readReplyAgain = operation({
  input: z.object({
    position: id.describe("Position of the reply, or of its reading."),
    class: z.enum(REPLY_CLASSES).describe("What it says; none: nothing follows from it."),
    reason,
  }),
  answer: readAgainView,
  run: (context, { position, class: name, reason }) => {
    const { by, clock, config } = context;
    const now = clock.now();
    const { coolOffMs } = replyRules(config.replies);
    return commit(context, (tx) => {
      const append: ReadAgainContext["append"] = (facts, cause) => appendContactFacts(tx, facts, by.id, now, cause);
      const cancel: ReadAgainContext["cancel"] = (task, why) => cancelByPerson(tx, task, by, why, now);
      const request = { event: position, class: name, by: by.name, ...(reason === undefined ? {} : { reason }) };
      return readAgain({ db: tx, append, cancel, now, coolOffMs }, request);
    });
  },
});
