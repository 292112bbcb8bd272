/** HTTP: `gateway.*` in millrace.config.ts. Read by the gateway; here, below it, because the config names it too. */
import type { FormRules } from "./contacts/form-fields.ts";
import { address, byName, count, group, listOf, name, secret, setting, text } from "./settings/setting.ts";

export interface GatewaySettings {
  /** The network address it listens at. A text of 1 to 1,000 characters. Default: "127.0.0.1". */
  readonly host?: string;
  /** The next free one is used when it is taken; 0: any. A whole number from 0 to 65,535. Default: 4,300. Environment: PORT. */
  readonly port?: number;
  /** The address people and mails use. An address like https://leads.acme.com. Default: http://host:port. */
  readonly publicUrl?: string;
  /** Requests a minute from one address to the paths that need no key; 0: no limit. A whole number of requests from 0 to 100,000,000. Default: 600. */
  readonly formsPerMinute?: number;
  /** What a form may set beside what every form may, by the form's name. An object, by name. Default: none. */
  readonly forms?: Readonly<Record<string, FormRules>>;
  /** Shared secrets of webhook sources by name (whsec_…), checked as Standard Webhooks. An object, by name. Default: none. */
  readonly webhookSecrets?: Readonly<Record<string, string>>;
}

export const gatewaySettings = group({
  host: setting("The network address it listens at.", text({ sample: "127.0.0.1" }).default("127.0.0.1")),
  port: setting("The next free one is used when it is taken; 0: any.", count({ min: 0, max: 65_535 }).default(4_300), {
    env: "PORT",
  }),
  publicUrl: setting(
    "The address people and mails use.",
    address(["http", "https"], "https://leads.acme.com").optional(),
    {
      unset: "http://host:port",
    },
  ),
  formsPerMinute: setting(
    "Requests a minute from one address to the paths that need no key; 0: no limit.",
    count({ min: 0, max: 100_000_000, unit: "requests" }).default(600),
  ),
  forms: setting(
    "What a form may set beside what every form may, by the form's name.",
    byName(
      group({
        fields: setting(
          "Properties kept out of the hands of strangers that this form may set all the same (scores, owners, stages …).",
          listOf(name("the name of a property", "nps_score")).default([]),
        ),
        consent: setting(
          "Its boxes by which a visitor agrees to something; a yes is taken, and nothing else takes a consent.",
          listOf(name("the name of a property", "consent")).default([]),
        ),
      }),
    ).default({}),
  ),
  webhookSecrets: setting(
    "Shared secrets of webhook sources by name (whsec_…), checked as Standard Webhooks.",
    byName(secret({ expected: "a text like whsec_ followed by base64" })).default({}),
  ),
});
