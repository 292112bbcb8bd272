/** Sends an e-mail that a model wrote, as it is. */
import { z } from "zod";
import { operation } from "../operations/operation.ts";
import { decideDraft, draftAnswer, draftId } from "./decide-draft.ts";

export const approveDraft = operation({
  input: z.object({ id: draftId }),
  answer: draftAnswer,
  run: (context, { id }) => decideDraft(context, id, { verdict: "approved" }),
});
