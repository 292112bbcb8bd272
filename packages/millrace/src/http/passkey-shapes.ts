/** The shapes of passkeys' requests and answers: what browsers send (WebAuthn Level 3, "JSON serialization"), and what they are told. */
import { z } from "zod";
import { MAX_PASSWORD_LENGTH } from "../access/passwords.ts";
import { text } from "../events/define-event.ts";

const at = z.number().describe("Milliseconds since 1970.");

/** A key of a quantum-safe signature has two thousand bytes. */
const MAX_BYTES_TEXT = 16_384;
const base64url = z
  .string()
  .min(1)
  .max(MAX_BYTES_TEXT)
  .regex(/^[A-Za-z0-9_-]+$/, "is not base64url");

const credential = {
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional().catch(undefined),
  clientExtensionResults: z.looseObject({}).default({}),
};

/** What a device answered that was asked to sign. */
export const passkeySignIn = z.strictObject({
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
      userHandle: base64url.nullish().transform((handle) => handle ?? undefined),
    }),
  }),
});

/** What a device answered that made a passkey. */
export const newPasskey = z.strictObject({
  label: text(60).min(1).describe("What its person calls it."),
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url,
      attestationObject: base64url,
      transports: z.array(z.string().max(40)).max(10).optional(),
    }),
  }),
});

export const passkeyWish = z.strictObject({
  current: z
    .string()
    .max(MAX_PASSWORD_LENGTH)
    .optional()
    .describe("One's password. Left out in a session that began by a link, or where there is none."),
});

export const passkeyName = z.strictObject({ id: base64url });

/** As browsers take them: PublicKeyCredentialCreationOptionsJSON or PublicKeyCredentialRequestOptionsJSON. */
export const ceremonyOptions = z.looseObject({ challenge: z.string() });

export const ownPasskeys = z.object({
  passkeys: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      relyingParty: z.string().describe("The name of the address it works at."),
      createdAt: at,
      lastUsedAt: at.nullable().describe("Null: never."),
    }),
  ),
  address: z
    .string()
    .nullable()
    .describe("Where the console has to be open for them, without a path. Null: browsers make none at its address."),
});
