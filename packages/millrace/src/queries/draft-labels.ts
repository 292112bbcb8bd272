/** What people made of letters that a model wrote: for evaluation. */
import { z } from "zod";
import { before, limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { draftLabelView } from "./draft-views.ts";
import { listDraftLabels } from "./rows/drafts.ts";

export const draftLabels = operation({
  input: z.object({ before, limit }),
  answer: z.object({ labels: z.array(draftLabelView) }),
  run: async ({ db }, filter) => ({ labels: await listDraftLabels(db, filter) }),
});
