/** Senders that speak words of their own: `gateway.webhooks` in millrace.config.ts. */
import { z } from "zod";
import { code, group, listOf, oneOf, secret, setting } from "../settings/setting.ts";
import { SIGNATURE_KINDS, type SignatureKind } from "./signatures.ts";
import { type ForeignTranslation, PRESET_NAMES, type PresetName } from "./translation.ts";

export interface WebhookSource {
  /** Proves who sends; a list while it is being changed. A text, or a list; each: a text. */
  readonly secret: string | readonly string[];
  /** Whose words it speaks. One of "stripe", "shopify", "calendly", "typeform". Default: none: only `types` translates. */
  readonly preset?: PresetName;
  /** How it signs. One of "standard", "stripe", "shopify", "calendly", "typeform". Default: as the preset's sender does, else "standard" (Standard Webhooks, Svix and their siblings). */
  readonly signature?: SignatureKind;
  /** What its types become, beside the preset's. Functions by the sender's types. Default: none. */
  readonly types?: Readonly<Record<string, ForeignTranslation>>;
}

export const webhookSourceSettings = group({
  secret: setting(
    "Proves who sends; a list while it is being changed.",
    z.union([secret(), listOf(secret(), { min: 1 })]),
    { isSecret: true, sample: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
  ),
  preset: setting("Whose words it speaks.", oneOf(...PRESET_NAMES).optional(), {
    unset: "none: only `types` translates",
  }),
  signature: setting("How it signs.", oneOf(...SIGNATURE_KINDS).optional(), {
    unset: 'as the preset\'s sender does, else "standard" (Standard Webhooks, Svix and their siblings)',
  }),
  types: setting(
    "What its types become, beside the preset's.",
    code<Readonly<Record<string, ForeignTranslation>>>(
      (value) => Object.keys(value).length > 0 && Object.values(value).every((one) => typeof one === "function"),
      "functions by the sender's types",
      { "user.created": () => undefined },
    ).optional(),
    { unset: "none" },
  ),
});
