/** How e-mails leave, when, and how what comes back is fetched: `mail.*` in millrace.config.ts. */
import { z } from "zod";
import {
  address,
  count,
  flag,
  group,
  hourAndMinute,
  listOf,
  milliseconds,
  setting,
  text,
  timeZone,
} from "../settings/setting.ts";
import { doesEndLater } from "../tasks/business-hours.ts";
import { isSender } from "./transport/sender.ts";

export interface MailSettings {
  /** The sender. An address, or a name and an address, like "Acme <hello@acme.com>". Default: "Millrace <millrace@localhost>". */
  readonly from?: string;
  /** The server e-mails leave by, as smtp://user:password@host:port. An address like smtp://user:password@mail.acme.com:587. Default: every e-mail stays in the local mailbox. Environment: MILLRACE_SMTP_URL. */
  readonly smtpUrl?: string;
  /** Notes opens and clicks of outreach and nurture e-mails, never of answers. Default: both, once `gateway.publicUrl` is set. */
  readonly tracking?: MailTracking;
  /** The sender's postal address, for the foot of outreach and nurture e-mails; many countries ask for it. A text of 1 to 1,000 characters. Default: none. */
  readonly postalAddress?: string;
  /** Outreach and nurture e-mails to one contact at most; one too many waits. False: no cap. */
  readonly cap?: Partial<MailCap> | false;
  /** When outreach and nurture e-mails leave, in the contact's own time zone. False: always. */
  readonly window?: Partial<MailWindow> | false;
  /** Addresses and domains that are never written to, e.g. "ceo@acme.com", "rival.com" (with all below it). A list; each: a text of 1 to 1,000 characters. Default: none. */
  readonly never?: readonly string[];
  /** The property that says a contact may be written to; outreach and nurture e-mails leave only when it is "true" or "yes". A text of 1 to 1,000 characters. Default: none is asked for. */
  readonly consentProperty?: string;
  /** Outreach and nurture e-mails to one company's domain in 24 hours at most, by the SMTP mailer; free-mail domains do not count. 0: no limit. A whole number of e-mails from 0 to 1,000,000. Default: 20. */
  readonly perDomainPerDay?: number;
  /** So long after an answer (a thank-you) no outreach or nurture e-mail leaves to the same contact; an answer that waits always goes first. A whole number of milliseconds from 0 to 604,800,000. Default: 0. */
  readonly pauseAfterAnswerMs?: number;
  /** True: nothing leaves, every e-mail waits. `millrace mail pause` does the same without a restart. True or false. Default: false. */
  readonly paused?: boolean;
  /** Where replies arrive; `POST /mail/inbound` takes them too. Default: nothing is fetched. */
  readonly inbox?: InboxSettings;
  /** More addresses and domains of the house, beside the sender's domain: what they write in a conversation is no answer. A list; each: a text of 1 to 1,000 characters. Default: none. */
  readonly ownDomains?: readonly string[];
}

export interface InboxSettings {
  /** Where mail is fetched, as imaps://user:password@host:port. An address like imaps://user:password@mail.acme.com:993. Default: nothing is fetched. Environment: MILLRACE_IMAP_URL. */
  readonly imapUrl?: string;
  /** The folder replies are in. A text of 1 to 1,000 characters. Default: "INBOX". */
  readonly folder?: string;
  /** How often it is looked into, beside the server's own notice of new mail. A whole number of milliseconds from 1 to 86,400,000. Default: 60,000. */
  readonly everyMs?: number;
  /** Marks what was taken as read. True or false. Default: true. */
  readonly markSeen?: boolean;
  /** For a mailbox that takes no password (Microsoft 365, Google). Default: the password of imapUrl. */
  readonly oauth?: InboxOAuth;
}

export interface InboxOAuth {
  /** Where tokens are fetched. An address like https://oauth2.googleapis.com/token. */
  readonly tokenUrl: string;
  /** The application's id. A text of 1 to 1,000 characters. */
  readonly clientId: string;
  /** The application's secret, where it has one. A text of 1 to 1,000 characters. Default: none. */
  readonly clientSecret?: string;
  /** The mailbox's own consent, made once by signing in. A text of 1 to 20,000 characters. Default: the application's own permission is used (Microsoft 365). */
  readonly refreshToken?: string;
  /** What is asked for, e.g. https://outlook.office365.com/.default. A text of 1 to 1,000 characters. Default: what the consent says. */
  readonly scope?: string;
}

export interface MailTracking {
  /** Notes openings, by a pixel. True or false. Default: true. */
  readonly opens?: boolean;
  /** Notes clicks, by links that lead through us. True or false. Default: true. */
  readonly clicks?: boolean;
}

export interface MailCap {
  /** Prospecting e-mails to one contact a day. A whole number of e-mails from 0 to 1,000. Default: 1. */
  readonly perDay: number;
  /** The same, in a week. A whole number of e-mails from 0 to 7,000. Default: 3. */
  readonly perWeek: number;
}

export interface MailWindow {
  /** 1 is Monday, 7 is Sunday. A list; each: a whole number from 1 to 7. Default: [1,2,3,4,5]. */
  readonly days: readonly number[];
  /** Local time from which they leave. A time like "09:00", at most "24:00". Default: "08:00". */
  readonly from: string;
  /** Local time until which they leave. A time like "09:00", at most "24:00". Default: "18:00". */
  readonly to: string;
  /** For contacts whose own zone is unknown. A time zone like "Europe/Berlin". Default: "UTC". */
  readonly timeZone?: string;
}

export const capSettings = group({
  perDay: setting(
    "Prospecting e-mails to one contact a day.",
    count({ min: 0, max: 1_000, unit: "e-mails" }).default(1),
  ),
  perWeek: setting("The same, in a week.", count({ min: 0, max: 7_000, unit: "e-mails" }).default(3)),
});

export const windowSettings = group({
  days: setting("1 is Monday, 7 is Sunday.", listOf(count({ max: 7 }), { min: 1, max: 7 }).default([1, 2, 3, 4, 5])),
  from: setting("Local time from which they leave.", hourAndMinute("08:00").default("08:00")),
  to: setting("Local time until which they leave.", hourAndMinute("18:00").default("18:00")),
  timeZone: setting("For contacts whose own zone is unknown.", timeZone().default("UTC")),
}).refine(doesEndLater, { path: ["to"], error: "a time later than `from`; hours over midnight are not expressed" });

export const trackingSettings = group({
  opens: setting("Notes openings, by a pixel.", flag().default(true)),
  clicks: setting("Notes clicks, by links that lead through us.", flag().default(true)),
});

export const oauthSettings = group({
  tokenUrl: setting("Where tokens are fetched.", address(["https", "http"], "https://oauth2.googleapis.com/token")),
  clientId: setting("The application's id.", text({ sample: "millrace" })),
  clientSecret: setting("The application's secret, where it has one.", text({ sample: "secret" }).optional(), {
    unset: "none",
  }),
  refreshToken: setting(
    "The mailbox's own consent, made once by signing in.",
    text({ max: 20_000, sample: "token" }).optional(),
    {
      unset: "the application's own permission is used (Microsoft 365)",
    },
  ),
  scope: setting(
    "What is asked for, e.g. https://outlook.office365.com/.default.",
    text({ sample: "https://outlook.office365.com/.default" }).optional(),
    { unset: "what the consent says" },
  ),
});

export const inboxSettings = group({
  imapUrl: setting(
    "Where mail is fetched, as imaps://user:password@host:port.",
    address(["imap", "imaps"], "imaps://user:password@mail.acme.com:993").optional(),
    { env: "MILLRACE_IMAP_URL", unset: "nothing is fetched" },
  ),
  folder: setting("The folder replies are in.", text({ sample: "INBOX" }).default("INBOX")),
  everyMs: setting(
    "How often it is looked into, beside the server's own notice of new mail.",
    milliseconds().default(60_000),
  ),
  markSeen: setting("Marks what was taken as read.", flag().default(true)),
  oauth: setting("For a mailbox that takes no password (Microsoft 365, Google).", oauthSettings.optional(), {
    unset: "the password of imapUrl",
  }),
});

/** `mail.*` of the config. Read by the mail channel and, for alerts by e-mail, the alert channels. */
export const mailSettings = group({
  from: setting("The sender.", z.string().refine(isSender).default("Millrace <millrace@localhost>"), {
    expected: 'an address, or a name and an address, like "Acme <hello@acme.com>"',
  }),
  smtpUrl: setting(
    "The server e-mails leave by, as smtp://user:password@host:port.",
    address(["smtp", "smtps"], "smtp://user:password@mail.acme.com:587").optional(),
    { env: "MILLRACE_SMTP_URL", unset: "every e-mail stays in the local mailbox" },
  ),
  tracking: setting(
    "Notes opens and clicks of outreach and nurture e-mails, never of answers.",
    trackingSettings.optional(),
    {
      unset: "both, once `gateway.publicUrl` is set",
    },
  ),
  postalAddress: setting(
    "The sender's postal address, for the foot of outreach and nurture e-mails; many countries ask for it.",
    text({ sample: "Acme, 1 Main Street, Springfield" }).optional(),
    { unset: "none" },
  ),
  cap: setting(
    "Outreach and nurture e-mails to one contact at most; one too many waits. False: no cap.",
    z.union([z.literal(false), capSettings]).prefault({}),
  ),
  window: setting(
    "When outreach and nurture e-mails leave, in the contact's own time zone. False: always.",
    z.union([z.literal(false), windowSettings]).prefault({}),
  ),
  never: setting(
    'Addresses and domains that are never written to, e.g. "ceo@acme.com", "rival.com" (with all below it).',
    listOf(text({ sample: "rival.com" }), { max: 100_000 }).default([]),
  ),
  consentProperty: setting(
    'The property that says a contact may be written to; outreach and nurture e-mails leave only when it is "true" or "yes".',
    text({ sample: "consent" }).optional(),
    { unset: "none is asked for" },
  ),
  perDomainPerDay: setting(
    "Outreach and nurture e-mails to one company's domain in 24 hours at most, by the SMTP mailer; free-mail domains do not count. 0: no limit.",
    count({ min: 0, unit: "e-mails" }).default(20),
  ),
  pauseAfterAnswerMs: setting(
    "So long after an answer (a thank-you) no outreach or nurture e-mail leaves to the same contact; an answer that waits always goes first.",
    milliseconds({ min: 0, max: 604_800_000 }).default(0),
  ),
  paused: setting(
    "True: nothing leaves, every e-mail waits. `millrace mail pause` does the same without a restart.",
    flag().default(false),
  ),
  ownDomains: setting(
    "More addresses and domains of the house, beside the sender's domain: what they write in a conversation is no answer.",
    listOf(text({ sample: "acme.org" }), { max: 1_000 }).default([]),
  ),
  inbox: setting("Where replies arrive; `POST /mail/inbound` takes them too.", inboxSettings.optional(), {
    unset: "nothing is fetched",
  }),
});

/** Every setting with its value in force. */
export type InboxInForce = ReturnType<typeof inboxSettings.parse>;
export type MailInForce = ReturnType<typeof mailSettings.parse>;

export const DEFAULT_CAP: MailCap = capSettings.parse({});
export const DEFAULT_WINDOW: MailWindow = windowSettings.parse({});
