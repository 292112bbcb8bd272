/** What people said replies say, for the evaluation of the reader. */
import { z } from "zod";
import { before, limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { listLabels } from "./rows/reply-labels.ts";
import { replyLabelView } from "./views.ts";

export const replyLabels = operation({
  input: z.object({ before, limit }),
  answer: z.object({ labels: z.array(replyLabelView) }),
  run: async ({ db }, filter) => ({ labels: await listLabels(db, filter) }),
});
