/** The shapes people and sessions are answered in. All times are milliseconds since 1970. */
import { z } from "zod";
import type { Person, Session } from "../access/people.ts";
import { ROLES } from "../access/roles.ts";

const at = z.number().describe("Milliseconds since 1970.");

export const personView = z.object({
  name: z.string().describe("As the log names them: person:NAME."),
  roles: z.array(z.enum(ROLES)),
  createdAt: at,
  createdBy: z.string(),
  removedAt: at.nullable().describe("Null: they may sign in."),
  hasPassword: z.boolean(),
  passkeys: z.number().int().describe("How many they may sign in by."),
  sessions: z.number().int().describe("Those that have not ended."),
}) satisfies z.ZodType<Person>;

export const sessionView = z.object({
  id: z.number().int(),
  person: z.string(),
  createdAt: at,
  expiresAt: at,
  via: z.string().describe("How it began: link, password or passkey."),
  browser: z.string().nullable().describe("What the browser said it was."),
}) satisfies z.ZodType<Session>;

export const invitation = z.object({
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  path: z.string().describe("Behind the engine's address: signs them in, once, within 24 hours."),
});
