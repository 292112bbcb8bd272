/** Lifts an opt-out that was wrong: the contact may be written to again. HubSpot follows. */
import { z } from "zod";
import { liftOptOut as lift } from "../email/policy/lift.ts";
import { text } from "../events/define-event.ts";
import { appendContactFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { contact } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactIdOf } from "../queries/contact-id.ts";
import { liftedView } from "../queries/views.ts";

export const liftOptOut = operation({
  input: z.object({ contact, reason: text(500).min(1).describe("Why it was wrong, for the record.") }),
  answer: liftedView,
  run: async (context, { contact, reason }) => {
    const { db, by, clock } = context;
    const id = await contactIdOf(db, contact);
    return commit(context, (tx) => {
      const append = (facts: Parameters<typeof appendContactFacts>[1]) =>
        appendContactFacts(tx, facts, by.id, clock.now());
      return lift({ db: tx, append }, { contact: id, reason, by: by.name });
    });
  },
});
