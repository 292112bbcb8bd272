/**
 * The shapes of requests that are no operation, one schema each; those of operations stand beside their code. The OpenAPI
 * document and the checks are made from them. All times are milliseconds since 1970.
 */
import { z } from "zod";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "../access/passwords.ts";
import { parseEmailAddress } from "../base/email-address.ts";
import { jsonValue as json, propertyName, text } from "../events/define-event.ts";
import type { ContactReference } from "../events/event.ts";

const at = z.number().describe("Milliseconds since 1970.");
const uuid = z.guid();

const number = z
  .string()
  .regex(/^\d{1,15}$/, "is not a whole number")
  .transform(Number);
export const formParam = z.strictObject({
  form: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "is not the name of a form (lower case letters, digits, - and _)"),
});
export const sourceParam = z.strictObject({ source: text(100) });
export const tokenQuery = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, "is not a token") });

export const passwordSignIn = z.strictObject({
  person: text(200).min(1),
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
});
export const newPassword = z.strictObject({
  password: z
    .string()
    .min(MIN_PASSWORD_LENGTH, `has fewer than ${MIN_PASSWORD_LENGTH} characters`)
    .max(MAX_PASSWORD_LENGTH, `has more than ${MAX_PASSWORD_LENGTH} characters`),
  current: z
    .string()
    .max(MAX_PASSWORD_LENGTH)
    .optional()
    .describe("The one there is. Left out in a session that began by a link, or where there is none."),
});

/** Anything: what is not a token of ours is answered like one that leads nowhere. */
export const linkParam = z.strictObject({ token: z.string() });

export const streamQuery = z.strictObject({ after: number.optional() });

/** In the body of every action. */
export const byPerson = z.strictObject({
  person: text(200).min(1).optional().describe("With the API key: on whose behalf. A session has its own person."),
});
/** What a mail program posts to leave a list with one click (RFC 8058). */
export const oneClickBody = z.object({ "List-Unsubscribe": z.literal("One-Click") });
export const mimeMessage = z
  .string()
  .describe("A message as RFC 5322 has it, or a form with it in `email`, `body-mime` or `message`.");

const contactReference = z
  .strictObject({
    id: uuid.optional(),
    email: z
      .string()
      .refine((value) => parseEmailAddress(value) !== undefined, { message: "is not one valid e-mail address" })
      .optional(),
    externalIds: z.record(propertyName, text(200)).optional(),
  })
  .refine(
    (value) => value.id !== undefined || value.email !== undefined || Object.keys(value.externalIds ?? {}).length > 0,
    {
      message: "needs an id, an email or an external id",
    },
  ) satisfies z.ZodType<ContactReference>;

/** An event as this engine's own senders write it. Its data is checked by the catalogue. */
export const plainEvent = z.strictObject({
  type: text(200).min(1),
  data: json,
  source: text(200).min(1).optional(),
  id: text(200).min(1).optional(),
  occurredAt: z.union([z.string().max(64), at]).optional(),
  contact: contactReference.optional(),
});

/** CloudEvents 1.0, structured. Extension attributes are taken and not kept. */
export const cloudEvent = z
  .object({
    specversion: z.literal("1.0"),
    type: text(200).min(1),
    source: text(200).min(1),
    id: text(200).min(1),
    time: z.iso.datetime({ offset: true }).optional(),
    subject: text(300).optional().describe("The contact: an e-mail address, our own id, or SYSTEM:ID."),
    datacontenttype: z
      .string()
      .regex(/^application\/([\w.-]+\+)?json\b/, "is not JSON")
      .optional(),
    data: json.optional(),
  })
  .loose();

export const webhookBody = z
  .object({ type: text(200).min(1), data: json, timestamp: z.union([z.iso.datetime({ offset: true }), at]).optional() })
  .loose();

/** A form: its fields flat, or under `fields` with where the visitor came from under `context`. */
export const formBody = z
  .record(z.string(), json)
  .describe(
    "Fields by HubSpot's property names, flat or under `fields`; `context_*` or `context` for page, utm_*, referrer.",
  );
