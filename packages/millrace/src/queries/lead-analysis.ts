/** Which leads convert, by band and by feature of the rubric, and the weights the history would suggest. Nothing is changed by it. */
import { z } from "zod";
import { readAnalysedLeads } from "../consumers/analytics.ts";
import { analyseLeads } from "../consumers/lead-analysis.ts";
import { operation } from "../operations/operation.ts";
import { analysis } from "./views.ts";

export const leadAnalysis = operation({
  input: z.object({}),
  answer: analysis,
  run: async ({ db }) => analyseLeads(await readAnalysedLeads(db)),
});
