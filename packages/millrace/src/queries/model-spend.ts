/** What language models cost, beside the cap of the day. */
import { z } from "zod";
import { modelSettings } from "../models/model-settings.ts";
import { moment } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { readModelSpend } from "./rows/model-spend.ts";
import { modelSpendView } from "./views.ts";

const DAY_MS = 86_400_000;

export const modelSpend = operation({
  input: z.object({ since: moment.optional().describe("Not older than this; milliseconds since 1970.") }),
  answer: z.object({
    spend: z.array(modelSpendView),
    totalUsd: z.number(),
    /** Since midnight UTC. */
    todayUsd: z.number(),
    /** Null: no model is set. */
    capPerDayUsd: z.number().nullable(),
  }),
  run: async ({ db, clock, config }, { since }) => {
    const now = clock.now();
    const [spend, today] = await Promise.all([readModelSpend(db, since), readModelSpend(db, now - (now % DAY_MS))]);
    const sumOf = (rows: typeof spend) => rows.reduce((sum, { costUsd }) => sum + costUsd, 0);
    return {
      spend,
      totalUsd: sumOf(spend),
      todayUsd: sumOf(today),
      capPerDayUsd: config.models === undefined ? null : modelSettings.parse(config.models).caps.perDayUsd,
    };
  },
});
