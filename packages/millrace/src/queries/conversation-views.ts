/** The shapes conversations are answered in. All times are milliseconds since 1970. */
import { z } from "zod";
import { REPLY_CLASSES } from "../events/mission-events.ts";
import type { Conversation, ReceivedMessage, ReplyReading, WrittenMessage } from "./rows/conversations.ts";
import { who } from "./views.ts";

const at = z.number().describe("Milliseconds since 1970.");
const position = z.number().int();

export const replyReading = z.object({
  position: position.describe("The reading's own position."),
  class: z.enum(REPLY_CLASSES),
  confidence: z.number().describe("0 to 1."),
  sure: z.boolean().describe("False: too unsure to act on."),
  by: z.string().describe('What decided: "rule:…", "model:…", "opinion:…" or "person:…".'),
  reasons: z.array(z.string()).describe("What it was seen by."),
  at,
}) satisfies z.ZodType<ReplyReading>;

export const conversationView = z.object({
  contact: z.guid(),
  who: who.nullable(),
  reply: position.describe("The latest thing they wrote."),
  repliedAt: at,
  subject: z.string(),
  excerpt: z.string().describe("Its beginning, at most 300 characters."),
  isAutomatic: z.boolean().describe("A program wrote it."),
  reading: replyReading.nullable().describe("Null: it has not been read yet."),
  writtenAt: at.nullable().describe("When we wrote to them last; null: never."),
  isAnswered: z.boolean(),
  hasOptedOut: z.boolean(),
}) satisfies z.ZodType<Conversation>;

const written = z.object({
  direction: z.literal("out"),
  at,
  email: z.number().int().describe("Its number in the ledger."),
  state: z.string().describe("sent, suppressed, sending or unknown."),
  subject: z.string(),
  text: z.string(),
  template: z.string(),
  thread: z.string().nullable(),
  reason: z.string().nullable().describe("Why it was held back."),
}) satisfies z.ZodType<WrittenMessage>;

const received = z.object({
  direction: z.literal("in"),
  at,
  reply: position,
  subject: z.string(),
  text: z.string().describe("Their own words."),
  isAutomatic: z.boolean(),
  from: z.string().nullable().describe("The address it came from, where it is another one than the contact's."),
  message: z.number().int().nullable().describe("Its number in the inbox; null: it came from another system."),
  pieces: z
    .array(z.object({ what: z.string(), text: z.string() }))
    .describe('All of its text in order: "own" words, and what was cut, by its reason. Empty where it is not kept.'),
  reading: replyReading.nullable(),
}) satisfies z.ZodType<ReceivedMessage>;

export const conversationMessage = z.discriminatedUnion("direction", [written, received]);
