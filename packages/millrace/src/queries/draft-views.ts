/** The shapes drafts are answered in. All times are milliseconds since 1970. */
import { z } from "zod";
import { DRAFT_VERDICTS } from "../events/mission-events.ts";
import type { DraftLabelRow, DraftRow } from "./rows/drafts.ts";
import { who } from "./views.ts";

const at = z.number().describe("Milliseconds since 1970.");
const letter = z.object({ subject: z.string(), text: z.string() });

export const draftView = z.object({
  id: z.number().int().describe("The task of its review."),
  contact: z.guid().nullable(),
  who: who.nullable(),
  createdAt: at,
  dueAt: at,
  deadlineAt: at.nullable().describe("When `drafts.atDeadline` happens; null: it waits until someone decides."),
  worker: z.string().nullable().describe("Who has claimed it."),
  sequence: z.string().nullable(),
  touch: z.number().int().nullable(),
  template: z.string(),
  subject: z.string().describe("Empty: it goes out under the subject of the conversation."),
  text: z.string(),
  parts: z
    .array(
      z.object({
        text: z.string(),
        facts: z.array(z.object({ id: z.string(), what: z.string(), words: z.string() })),
      }),
    )
    .describe("Paragraph by paragraph, with the facts each rests on."),
  instead: letter.describe("What would be sent without a model."),
  model: z.string(),
  prompt: z.string(),
}) satisfies z.ZodType<DraftRow>;

export const draftLabelView = z.object({
  decision: z.number().int().describe("Position of the decision in the log."),
  review: z.number().int(),
  contact: z.guid().nullable(),
  template: z.string(),
  verdict: z.enum(DRAFT_VERDICTS),
  by: z.string(),
  reason: z.string().nullable(),
  model: z.string(),
  prompt: z.string(),
  wrote: letter.describe("What the model wrote."),
  sent: letter.nullable().describe("What was sent; null: nothing."),
  changed: z.number().nullable().describe("The share of its words that were changed, from 0 to 1."),
  decidedAt: at,
}) satisfies z.ZodType<DraftLabelRow>;
