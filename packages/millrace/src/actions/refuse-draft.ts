/** Refuses an e-mail that a model wrote, with the reason. Nothing is sent, or the template. */
import { z } from "zod";
import { text } from "../events/define-event.ts";
import { operation } from "../operations/operation.ts";
import { decideDraft, draftAnswer, draftId } from "./decide-draft.ts";

export const refuseDraft = operation({
  input: z.object({
    id: draftId,
    reason: text(400).min(1).describe("What is wrong with it; kept on record, and for evaluation."),
    takeTemplate: z.boolean().default(false).describe("Whether the template is sent instead."),
  }),
  answer: draftAnswer,
  run: (context, { id, reason, takeTemplate }) =>
    decideDraft(context, id, { verdict: "refused", reason, takesTemplate: takeTemplate }),
});
