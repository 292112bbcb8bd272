/** Puts a dead letter away for good, with the reason. */
import { z } from "zod";
import { findDeadLetter } from "../consumers/rebuild.ts";
import { text } from "../events/define-event.ts";
import { appendFacts } from "../events/facts.ts";
import { resolveDeadLetter } from "../events/subscription.ts";
import { commit } from "../operations/commit.ts";
import { id } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";

export const dismissDeadLetter = operation({
  input: z.object({
    id: id.describe("The dead letter's number."),
    reason: text(500).min(1).describe("Why; kept with it."),
  }),
  answer: z.object({ ok: z.literal(true), id: z.number().int(), dismissed: z.literal(true) }),
  run: async (context, { id, reason }) => {
    const { by, clock } = context;
    await commit(context, async (tx) => {
      const { subscription, event } = await findDeadLetter(tx, id);
      await resolveDeadLetter(tx, subscription, event, `dismissed: ${reason} (${by.name})`);
      const data = { deadLetter: id, consumer: subscription, event, reason };
      await appendFacts(tx, [{ type: "dead_letter_dismissed", data }], by.id, clock.now());
    });
    return { ok: true as const, id, dismissed: true as const };
  },
});
