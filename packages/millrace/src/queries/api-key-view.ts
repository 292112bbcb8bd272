/** An API key as people see it, without the key itself. */
import { z } from "zod";
import type { ApiKey } from "../access/api-keys.ts";
import { SCOPES } from "../access/scopes.ts";

const at = z.number().describe("Milliseconds since 1970.");

export const apiKeyView = z.object({
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  kinds: z.array(z.string()).describe("The kinds of tasks it may work on; empty: every kind."),
  actsFor: z.string().nullable().describe("On whose behalf it asks; null: it speaks for itself."),
  createdAt: at,
  createdBy: z.string(),
  expiresAt: at.nullable(),
  rotatedAt: at.nullable().describe("When it got a new secret last; null: never."),
  oldUntil: at.nullable().describe("Until when the secret before works too; null: there was none."),
}) satisfies z.ZodType<ApiKey>;
