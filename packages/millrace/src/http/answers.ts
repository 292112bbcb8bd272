/** The shapes of answers that are no operation's, one schema each; those of operations are in queries/views.ts. */
import { z } from "zod";
import type { Appended } from "../events/event.ts";

export const appended = z.object({
  position: z.number().int().nonnegative(),
  contact: z.guid().nullable(),
  isDuplicate: z.boolean(),
}) satisfies z.ZodType<Appended>;
export const appendedEvents = z.object({ events: z.array(appended) });

export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  field: z.string().optional(),
  saw: z.string(),
  expected: z.string().optional(),
  next: z.string(),
});

export const ready = z.object({ ok: z.boolean(), reasons: z.array(z.string()) });
export const done = z.object({ ok: z.literal(true) });
