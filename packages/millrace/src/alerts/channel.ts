/** Where alerts go outside of the console: by audience, in the config. */
import { z } from "zod";
import { address, group, secret, setting, text } from "../settings/setting.ts";

export type AlertChannel =
  | { readonly type: "email"; readonly to: string }
  /** Standard Webhooks: signed with `secret` (whsec_…). */
  | { readonly type: "webhook"; readonly url: string; readonly secret: string }
  /** Any incoming webhook that takes Slack's `{ text }`. */
  | { readonly type: "slack"; readonly url: string };

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
]);
