/**
 * Are we still welcome? When too many of the last week's prospecting e-mails bounced or were complained about, prospecting
 * pauses until the rates are good again, and admin is told. Answers go on. Asked by the mail channel once a minute.
 * Source: Gmail's and Yahoo's rules for senders, spam rate below 0.1 %.
 */
import type { Database } from "../../db/database.ts";
import { writeAlerts } from "../../tasks/ledger.ts";
import { REFUSED_BY_SERVER } from "../transport/mailer.ts";

export interface MailRates {
  /** Prospecting letters of the last seven days. */
  readonly sent: number;
  readonly complaints: number;
  readonly hardBounces: number;
}

const WEEK_MS = 604_800_000;
const DAY_MS = 86_400_000;
/** Fewer e-mails say nothing about a rate. */
const FEWEST = 200;
const MAX_COMPLAINTS = 0.001;
/** One or two complaints among a few hundred messages are above the rate and prove nothing. */
const MIN_COMPLAINTS = 3;
const MAX_BOUNCES = 0.03;

/** @returns why prospecting must pause, or undefined. */
export function whyPause({ sent, complaints, hardBounces }: MailRates): string | undefined {
  if (sent < FEWEST) return undefined;
  if (complaints >= MIN_COMPLAINTS && complaints / sent >= MAX_COMPLAINTS) {
    return `${complaints} of ${sent} prospecting letters of the last week were complained about (0.1 % is too many).`;
  }
  if (hardBounces / sent >= MAX_BOUNCES) {
    return `${hardBounces} of ${sent} prospecting letters of the last week bounced for good (3 % is too many).`;
  }
  return undefined;
}

export async function readMailRates(db: Database, now: number): Promise<MailRates> {
  const [row] = await db.query<MailRates>(
    `select (select count(*)::int from emails where created_at > $1 and purpose in ('outreach', 'nurture') and state in ('sent', 'unknown')) as sent,
            (select count(*)::int from inbound_mail where received_at > $1 and state = 'taken' and why = 'a complaint') as complaints,
            (select count(*)::int from inbound_mail where received_at > $1 and state = 'taken' and why = 'a hard bounce')
            + (select count(*)::int from emails where created_at > $1 and purpose in ('outreach', 'nurture') and state = 'suppressed'
                 and starts_with(reason, $2)) as "hardBounces"`,
    [new Date(now - WEEK_MS), REFUSED_BY_SERVER],
    "read_mail_rates",
  );
  return row ?? { sent: 0, complaints: 0, hardBounces: 0 };
}

/** Tells admin, once a day at most. */
export async function reportPause(db: Database, why: string, now: number): Promise<void> {
  const onceKey = `mail_rates:${Math.floor(now / DAY_MS)}`;
  const [told] = await db.query("select 1 from alerts where once_key = $1", [onceKey]);
  if (told !== undefined) return;
  const alert = { onceKey, audience: "admin", name: "mail_rates", title: "Prospecting e-mail is paused", text: why };
  // No task and no event asked for it: the rates did.
  const origin = { contact: null, task: null, root: null, at: now };
  await db.transaction((tx) => writeAlerts(tx, [{ ...alert, ...origin }]));
}
