/** The shapes that lists by cause, by name and by state are answered in. All times are milliseconds since 1970. */
import { z } from "zod";
import type { AlertMute } from "../alerts/mutes.ts";
import type { AlertGroup } from "./rows/alert-groups.ts";
import type { DeadLetterGroup } from "./rows/dead-letter-groups.ts";
import { OUTBOX_STATES, type OutboxRow } from "./rows/outbox.ts";
import { who } from "./views.ts";

const at = z.number().describe("Milliseconds since 1970.");
const count = z.number().int();

export const deadLetterGroup = z.object({
  subscription: z.string(),
  cause: z.string().describe("The error with names and numbers left out."),
  count,
  oldest: count.describe("The number of the oldest one."),
  newest: count,
  firstAt: at,
  lastAt: at,
  error: z.string().describe("The newest one's error, whole."),
}) satisfies z.ZodType<DeadLetterGroup>;

export const alertMute = z.object({
  audience: z.string(),
  name: z.string(),
  until: at.nullable().describe("Null: until it is lifted."),
  reason: z.string().nullable(),
  mutedBy: z.string(),
  mutedAt: at,
}) satisfies z.ZodType<AlertMute>;

export const alertGroup = z.object({
  audience: z.string(),
  name: z.string(),
  count,
  unseen: count,
  unresolved: count.describe("About the system, and not over yet."),
  lastId: count,
  lastAt: at,
  lastTitle: z.string(),
  isMuted: z.boolean(),
}) satisfies z.ZodType<AlertGroup & { isMuted: boolean }>;

export const outboxEmail = z.object({
  id: count.describe("Of a planned one its task's id, of the others the e-mail's number."),
  state: z.enum(OUTBOX_STATES),
  contact: z.guid().nullable(),
  who: who.nullable(),
  task: count.nullable(),
  template: z.string().nullable(),
  purpose: z.string().nullable(),
  recipient: z.string().nullable(),
  subject: z.string().nullable().describe("Null while it is only planned: it is written when it leaves."),
  createdAt: at,
  notBefore: at.nullable(),
  sentAt: at.nullable(),
  reason: z.string().nullable().describe("Why it waits, or why it was held back."),
}) satisfies z.ZodType<OutboxRow>;
