/** How e-mails leave, when, and how what comes back is fetched. Read by the mail channel and, for alerts by e-mail, the courier. */
export interface MailSettings {
  /** The sender. Default "Millrace <millrace@localhost>". */
  readonly from?: string;
  /** smtp://user:password@host:port. Default: none, every e-mail stays in the local mailbox. Environment: MILLRACE_SMTP_URL. */
  readonly smtpUrl?: string;
  /** `{ opens, clicks }`: notes them in outreach and nurture letters, never in answers. Default: both, once `gateway.publicUrl` is set. */
  readonly tracking?: MailTracking;
  /** The sender's postal address, for the foot of outreach and nurture letters; many countries ask for it. Default: none. */
  readonly postalAddress?: string;
  /** Outreach and nurture letters to one contact at most, `{ perDay, perWeek }`; one too many waits. False: no cap. Default 1 and 3. */
  readonly cap?: MailCap | false;
  /** When outreach and nurture letters leave, `{ days, from, to, timeZone }`, in the contact's own time zone; `timeZone` where that is unknown. False: always. Default Monday to Friday (1 to 5), 08:00 to 18:00, UTC. */
  readonly window?: MailWindow | false;
  /** Addresses and domains nobody ever writes to, e.g. "ceo@acme.com", "rival.com" (with all below it). Default: none. */
  readonly never?: readonly string[];
  /** The property that says a contact may be written to; outreach and nurture letters leave only when it is "true" or "yes". Default: none is asked for. */
  readonly consentProperty?: string;
  /** Outreach and nurture letters to one company's domain in 24 hours at most, by the SMTP mailer; free-mail domains do not count. 0: no limit. Default 20. */
  readonly perDomainPerDay?: number;
  /** True: nothing leaves, every e-mail waits. `millrace mail pause` does the same without a restart. Default false. */
  readonly paused?: boolean;
  /** Where replies arrive: `mail.inbox.*` below. Default: none; `POST /mail/inbound` takes them too. */
  readonly inbox?: InboxSettings;
  /** More addresses and domains of the house, beside the sender's domain: what they write in a conversation is no answer. Default: none. */
  readonly ownDomains?: readonly string[];
}

export interface InboxSettings {
  /** imaps://user:password@host:port. Default: none, nothing is fetched. Environment: MILLRACE_IMAP_URL. */
  readonly imapUrl?: string;
  /** The folder replies are in. Default "INBOX". */
  readonly folder?: string;
  /** How often it is looked into, beside the server's own notice of new mail. Default 60,000. */
  readonly everyMs?: number;
  /** Marks what was taken as read. Default true. */
  readonly markSeen?: boolean;
  /** For a mailbox that takes no password (Microsoft 365, Google): `mail.inbox.oauth.*` below. Default: none, the password of imapUrl. */
  readonly oauth?: InboxOAuth;
}

export interface InboxOAuth {
  /** Where tokens are fetched: "https://oauth2.googleapis.com/token", "https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token". */
  readonly tokenUrl: string;
  /** The application's id. */
  readonly clientId: string;
  /** The application's secret, where it has one. Default: none. */
  readonly clientSecret?: string;
  /** The mailbox's own consent, made once by signing in. Default: none, the application's own permission is used (Microsoft 365). */
  readonly refreshToken?: string;
  /** What is asked for, e.g. "https://outlook.office365.com/.default". Default: none, what the consent says. */
  readonly scope?: string;
}

export interface MailTracking {
  readonly opens: boolean;
  readonly clicks: boolean;
}

export interface MailCap {
  readonly perDay: number;
  readonly perWeek: number;
}

export interface MailWindow {
  /** 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[];
  /** "08:00" */
  readonly from: string;
  /** "18:00" */
  readonly to: string;
  /** IANA name, for contacts whose own zone is unknown. Default UTC. */
  readonly timeZone?: string;
}

export const DEFAULT_CAP: MailCap = { perDay: 1, perWeek: 3 };
export const DEFAULT_WINDOW: MailWindow = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" };
