/** What language models cost, beside the cap of the day. */
import { z } from "zod";
import { modelSettings } from "../models/model-settings.ts";
import { moment } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { type DaySpend, readModelSpend, readSpendByDay } from "./rows/model-spend.ts";
import { modelSpendView } from "./views.ts";

const DAY_MS = 86_400_000;
const MAX_DAYS = 30;

const spendOfDay = z.object({
  day: z.string().describe("2026-03-02, in UTC."),
  agent: z.string(),
  calls: z.number().int(),
  costUsd: z.number(),
}) satisfies z.ZodType<DaySpend>;

export const modelSpend = operation({
  input: z.object({ since: moment.optional().describe("Not older than this; milliseconds since 1970.") }),
  answer: z.object({
    spend: z.array(modelSpendView),
    totalUsd: z.number(),
    /** Since midnight UTC. */
    todayUsd: z.number(),
    /** Null: no model is set. */
    capPerDayUsd: z.number().nullable(),
    /** What else ends the asking; null: no model is set. */
    caps: z.object({ perTaskUsd: z.number(), perContactUsd: z.number(), perDayUsd: z.number() }).nullable(),
    days: z.array(spendOfDay).describe("By day (UTC) and agent, the oldest first; the last 30 days at most."),
  }),
  run: async ({ db, clock, config }, { since }) => {
    const now = clock.now();
    const midnight = now - (now % DAY_MS);
    const [spend, today, days] = await Promise.all([
      readModelSpend(db, since),
      readModelSpend(db, midnight),
      readSpendByDay(db, Math.max(since ?? 0, midnight - (MAX_DAYS - 1) * DAY_MS)),
    ]);
    const caps = config.models === undefined ? null : modelSettings.parse(config.models).caps;
    const sumOf = (rows: typeof spend) => rows.reduce((sum, { costUsd }) => sum + costUsd, 0);
    return {
      spend,
      totalUsd: sumOf(spend),
      todayUsd: sumOf(today),
      capPerDayUsd: caps?.perDayUsd ?? null,
      caps,
      days,
    };
  },
});
