/** Sends an e-mail in a person's own words, in place of what a model wrote. */
import { z } from "zod";
import { asSubject, asText } from "../email/compose/templates.ts";
import { text } from "../events/define-event.ts";
import { reason } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { decideDraft, draftAnswer, draftId } from "./decide-draft.ts";

export const editDraft = operation({
  input: z.object({
    id: draftId,
    subject: text(200).describe("Empty for an e-mail that goes out under the first one's subject."),
    text: text(20_000).min(1).describe("The whole e-mail, with greeting and closing; the foot is put below it."),
    reason: reason.describe("Why it was changed; kept on record."),
  }),
  answer: draftAnswer,
  run: (context, { id, subject, text, reason }) => {
    const letter = { subject: asSubject(subject), text: asText(text) };
    return decideDraft(context, id, { verdict: "edited", letter, ...(reason === undefined ? {} : { reason }) });
  },
});
