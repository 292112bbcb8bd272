/** Where alerts go outside of the console: by audience, in the config. */
import { z } from "zod";
import { address, group, listOf, oneOf, secret, setting, text } from "../settings/setting.ts";

export type AlertChannel =
  | { readonly type: "email"; readonly to: string }
  /** Standard Webhooks: signed with `secret` (whsec_…). */
  | { readonly type: "webhook"; readonly url: string; readonly secret: string }
  /** Any incoming webhook that takes Slack's `{ text }`. */
  | { readonly type: "slack"; readonly url: string }
  | PhoneChannel;

/**
 * A text message or a call, by a service of your own that takes it as a webhook, signed as Standard Webhooks:
 * `{ type: "alert.phone", timestamp, data: { to, from, mode, text, audience, name, contact } }`.
 */
export interface PhoneChannel {
  readonly type: "phone";
  readonly url: string;
  readonly secret: string;
  /** Numbers with country code, each a message of its own for the service to send. */
  readonly numbers: readonly string[];
  readonly mode?: "sms" | "call";
  readonly from?: string;
  /** Names of the alerts that are worth a phone's ringing; left out: all of the audience. */
  readonly only?: readonly string[];
}

const url = () =>
  setting("Where it is sent.", address(["http", "https"], "https://hooks.acme.com/alerts"), { isSecret: true });
const type = <Name extends string>(name: Name) => setting("The kind of channel.", z.literal(name));

export const alertChannelSettings = z.discriminatedUnion("type", [
  group({ type: type("email"), to: setting("The address.", text({ sample: "ops@acme.com" })) }),
  group({
    type: type("webhook"),
    url: url(),
    secret: setting(
      "Signs what is sent, as Standard Webhooks.",
      secret({ sample: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }),
    ),
  }),
  group({ type: type("slack"), url: url() }),
  group({
    type: type("phone"),
    url: url(),
    secret: setting(
      "Signs what is sent, as Standard Webhooks.",
      secret({ sample: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }),
    ),
    numbers: setting("Numbers with country code, like +4930123456.", listOf(text({ sample: "+4930123456" })), {
      sample: ["+4930123456"],
    }),
    mode: setting("What the service is asked for.", oneOf("sms", "call").default("sms")),
    from: setting("The number or name it comes from.", text({ sample: "Acme" }).optional(), {
      unset: "as the service is set",
    }),
    only: setting(
      "Names of the alerts that are worth a phone's ringing.",
      listOf(text({ sample: "hot_lead" })).optional(),
      { unset: "all of the audience", sample: ["hot_lead"] },
    ),
  }),
]);
