/** HTTP: `gateway.*` in millrace.config.ts. Read by the gateway; here, below it, because the config names it too. */
import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { isProxyAddress } from "../base/proxy-address.ts";
import type { FormRules } from "../contacts/form-fields.ts";
import {
  address,
  amount,
  byName,
  count,
  flag,
  group,
  listOf,
  name,
  secret,
  setting,
  text,
} from "../settings/setting.ts";
import { type WebhookSource, webhookSourceSettings } from "../webhooks/webhook-settings.ts";

export interface GatewaySettings {
  /** The network address it listens at. A text of 1 to 1,000 characters. Default: "127.0.0.1". */
  readonly host?: string;
  /** The next free one is used when it is taken; 0: any. A whole number from 0 to 65,535. Default: 4,300. Environment: PORT. */
  readonly port?: number;
  /** The address people and mails use. An address like https://leads.acme.com. Default: http://host:port. Environment: MILLRACE_PUBLIC_URL. */
  readonly publicUrl?: string;
  /** Whose X-Forwarded-For is believed: addresses or networks of proxies (10.0.0.7, 10.0.0.0/24, loopback), or how many of them stand in front. A whole number from 0 to 10, or a list; each: an address, a network like 10.0.0.0/24, or loopback. Default: loopback where `publicUrl` is set, else none. */
  readonly trustedProxies?: number | readonly string[];
  /** True: it may listen where other machines reach it without TLS in front. What is sent, session cookies too, can be read on the way. True or false. Default: false. Environment: MILLRACE_PLAIN_HTTP. */
  readonly plainHttp?: boolean;
  /** Below this free space on the embedded database's disk `/readyz` says no. A number of MB from 0 to 100,000,000. Default: 500. */
  readonly diskWatermarkMb?: number;
  /** Requests a minute from one address to the paths that need no key; 0: no limit. A whole number of requests from 0 to 100,000,000. Default: 600. */
  readonly formsPerMinute?: number;
  /** What a form may set beside what every form may, by the form's name. An object, by name. Default: none. */
  readonly forms?: Readonly<Record<string, FormRules>>;
  /** Shared secrets of webhook sources by name (whsec_…), checked as Standard Webhooks; a list while one is being changed. An object, by name. Default: none. */
  readonly webhookSecrets?: Readonly<Record<string, string | readonly string[]>>;
  /** Other systems that speak words of their own, by name: how they sign, and what their events become. An object, by name. Default: none. */
  readonly webhooks?: Readonly<Record<string, WebhookSource>>;
  /** Mail services that post what comes in; `POST /mail/inbound` is for every other. Default: none of their doors is open. */
  readonly inboundMail?: InboundMailSettings;
}

export interface InboundMailSettings {
  /** Mailgun posts to /mail/inbound/mailgun/mime. Default: its door is shut. */
  readonly mailgun?: MailgunSettings;
  /** SendGrid's Inbound Parse posts to /mail/inbound/sendgrid. Default: its door is shut. */
  readonly sendgrid?: SendGridSettings;
  /** Postmark posts to /mail/inbound/postmark. Default: its door is shut. */
  readonly postmark?: PostmarkSettings;
}

export interface MailgunSettings {
  /** The account's HTTP webhook signing key, which is not its API key. A text. Environment: MAILGUN_SIGNING_KEY. */
  readonly signingKey: string;
}

export interface SendGridSettings {
  /** The public key of the security policy the Parse Webhook has. The base64 of an ECDSA public key, as SendGrid shows it. Default: no signature is asked for. Environment: SENDGRID_PARSE_PUBLIC_KEY. */
  readonly publicKey?: string;
  /** What stands in the address SendGrid posts to: https://name:password@host/mail/inbound/sendgrid. Default: none is asked for. */
  readonly basicAuth?: BasicAuthSettings;
}

export interface PostmarkSettings {
  /** What stands in the address Postmark posts to: https://name:password@host/mail/inbound/postmark. */
  readonly basicAuth: BasicAuthSettings;
}

export interface BasicAuthSettings {
  /** The name in the address. A text without a colon. */
  readonly username: string;
  /** The password in the address. A text. */
  readonly password: string;
}

const proxyAddress = () => {
  const schema = text({ sample: "10.0.0.7", expected: "an address, a network like 10.0.0.0/24, or loopback" });
  return schema.refine(isProxyAddress);
};

const webhookSecret = () => secret({ expected: "a text like whsec_ followed by base64" });

const basicAuthSettings = group({
  username: setting(
    "The name in the address.",
    text({ sample: "millrace", expected: "a text without a colon" }).regex(/^[^:]+$/),
  ),
  password: setting("The password in the address.", secret()),
});

const mailgunSettings = group({
  signingKey: setting("The account's HTTP webhook signing key, which is not its API key.", secret(), {
    env: "MAILGUN_SIGNING_KEY",
  }),
});

const sendGridSettings = group({
  publicKey: setting(
    "The public key of the security policy the Parse Webhook has.",
    z.string().refine(isPublicKey).optional(),
    {
      expected: "the base64 of an ECDSA public key, as SendGrid shows it",
      sample:
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEmgmjvPAR/Lmwn2teL2WJUDIx35PqsnLKjPhPbrKkfMg6vK4NZQB1VeFSKbV7whQbEJRFHjF8+1zJxsXRP1GbWw==",
      env: "SENDGRID_PARSE_PUBLIC_KEY",
      unset: "no signature is asked for",
    },
  ),
  basicAuth: setting(
    "What stands in the address SendGrid posts to: https://name:password@host/mail/inbound/sendgrid.",
    basicAuthSettings.optional(),
    { unset: "none is asked for" },
  ),
}).refine(isProtected, { path: ["publicKey"], error: "a public key, or `basicAuth` beside it" });

const postmarkSettings = group({
  basicAuth: setting(
    "What stands in the address Postmark posts to: https://name:password@host/mail/inbound/postmark.",
    basicAuthSettings,
  ),
});

const inboundMailSettings = group({
  mailgun: setting("Mailgun posts to /mail/inbound/mailgun/mime.", mailgunSettings.optional(), {
    unset: "its door is shut",
  }),
  sendgrid: setting("SendGrid's Inbound Parse posts to /mail/inbound/sendgrid.", sendGridSettings.optional(), {
    unset: "its door is shut",
  }),
  postmark: setting("Postmark posts to /mail/inbound/postmark.", postmarkSettings.optional(), {
    unset: "its door is shut",
  }),
});

/** Every setting with its value in force. */
export type InboundMailInForce = ReturnType<typeof inboundMailSettings.parse>;

function isPublicKey(key: string): boolean {
  try {
    const { asymmetricKeyType } = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
    return asymmetricKeyType === "ec";
  } catch {
    return false;
  }
}

function isProtected({ publicKey, basicAuth }: SendGridSettings): boolean {
  return publicKey !== undefined || basicAuth !== undefined;
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
      env: "MILLRACE_PUBLIC_URL",
      unset: "http://host:port",
    },
  ),
  trustedProxies: setting(
    "Whose X-Forwarded-For is believed: addresses or networks of proxies (10.0.0.7, 10.0.0.0/24, loopback), or how many of them stand in front.",
    z.union([count({ min: 0, max: 10 }), listOf(proxyAddress(), { max: 100 })]).optional(),
    { unset: "loopback where `publicUrl` is set, else none" },
  ),
  plainHttp: setting(
    "True: it may listen where other machines reach it without TLS in front. What is sent, session cookies too, can be read on the way.",
    flag().default(false),
    { env: "MILLRACE_PLAIN_HTTP" },
  ),
  diskWatermarkMb: setting(
    "Below this free space on the embedded database's disk `/readyz` says no.",
    amount({ max: 100_000_000, unit: "MB" }).default(500),
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
    "Shared secrets of webhook sources by name (whsec_…), checked as Standard Webhooks; a list while one is being changed.",
    byName(z.union([webhookSecret(), listOf(webhookSecret())])).default({}),
  ),
  webhooks: setting(
    "Other systems that speak words of their own, by name: how they sign, and what their events become.",
    byName(webhookSourceSettings).default({}),
  ),
  inboundMail: setting(
    "Mail services that post what comes in; `POST /mail/inbound` is for every other.",
    inboundMailSettings.prefault({}),
    {
      unset: "none of their doors is open",
    },
  ),
});
