/**
 * What becomes of a message that came in: whose it is, what it answers, and whether anything follows from it. Looks at the database and
 * changes nothing. Called by take-mail.ts.
 */
import { domainOf } from "../../base/email-address.ts";
import type { Database } from "../../db/database.ts";
import type { Json } from "../../events/event.ts";
import { isAnsweredElsewhere } from "./answered-elsewhere.ts";
import { authorOf, type OwnSenders } from "./author.ts";
import type { Note } from "./inbound-rows.ts";
import type { MailKind } from "./kind-of-mail.ts";
import { contactOf, findMessage, findMessageTo, type OwnMessage, sentTo } from "./known-mail.ts";
import type { ParsedMail } from "./parse-mail.ts";
import { type MailReading, readIncoming } from "./read-incoming.ts";
import { addressesOf } from "./report.ts";

/** Of the events that mail in our own inbox becomes. */
export const MAIL_SOURCE = "mail:inbound";
const MAX_REPLY = 65_536;
const MAX_HEADERS = 16_384;

/** A message that can be read, and what is known of it so far. */
export interface Arrived {
  readonly mail: ParsedMail;
  readonly messageId: string;
  readonly digest: string;
  /** Why only its headers could be read. */
  readonly unread: string | undefined;
  readonly house: OwnSenders;
  readonly raw: Uint8Array;
  readonly now: number;
}

/** What becomes of a message: its row, and, where something follows from it, its event. */
export interface Judged {
  readonly note: Note;
  /** Data of the email_engagement, and whose it is. */
  readonly event?: { readonly contact: string; readonly data: Record<string, Json> };
}

/** Asks the database what the message may be about, and reads it. States nothing. */
export async function judge(db: Database, arrived: Arrived): Promise<Judged> {
  const { mail } = arrived;
  const author = authorOf(mail, arrived.house);
  const answered = await answeredBy(mail, db, arrived.now, arrived.house);
  const known = await contactOf(db, author.address);
  const contact = answered?.contact ?? known;
  const sent = contact === undefined ? [] : await sentTo(db, contact);
  const reading = readIncoming(mail, arrived.house, {
    sent: sent.map(({ body }) => body),
    subjects: sent.map(({ subject }) => subject),
    ...(answered === undefined ? {} : { recipient: answered.recipient }),
  });
  const kept = {
    messageId: arrived.messageId,
    digest: arrived.digest,
    from: mail.from ?? mail.fromShown,
    author: author.address ?? null,
    subject: mail.subject,
    headers: headersIn(arrived.raw),
    steps: reading.steps,
    pieces: reading.words.pieces,
    contact: null,
    event: null,
  };
  const refusal = ignoredBecause(reading, contact, known, arrived.unread);
  if (refusal !== undefined) return { note: { ...kept, ...refusal } };
  const knownBy =
    answered === undefined || reading.kind.kind !== "reply"
      ? "address"
      : answered.contact === known
        ? "both"
        : "thread";
  const by = answered === undefined ? "address" : knownBy;
  const message = answered?.messageId ?? undefined;
  const data: Record<string, Json> = {
    ...dataOf(mail, reading, by, arrived.unread),
    ...(message === undefined ? {} : { message }),
  };
  if (contact !== undefined && data.engagement === "replied" && (await isLoggedElsewhere(db, arrived, contact, data)))
    return { note: { ...kept, contact, state: "ignored", why: "another system's log had it already" } };
  const note: Note = { ...kept, state: "taken", why: whyOf(reading, by, arrived.unread) };
  return { note, event: { contact: contact ?? "", data } };
}

function isLoggedElsewhere(db: Database, arrived: Arrived, contact: string, data: Record<string, Json>) {
  const text = typeof data.text === "string" ? data.text : "";
  const { messageId: mailId, now: at } = arrived;
  return isAnsweredElsewhere(db, { contact, mailId, text, at, source: MAIL_SOURCE });
}

/** @returns why nothing follows from it; undefined when something does. */
function ignoredBecause(
  { kind, author }: MailReading,
  contact: string | undefined,
  known: string | undefined,
  unread: string | undefined,
): Pick<Note, "state" | "why"> | undefined {
  if (kind.kind === "notice" && unread === undefined) return { state: "ignored", why: kind.why };
  if (kind.kind === "reply" && author.side === "ourselves") return { state: "ignored", why: "sent by ourselves" };
  // A colleague who is a contact as well writes for themselves only in a conversation of their own.
  if (kind.kind === "reply" && author.side === "colleague" && (known === undefined || known !== contact)) {
    return { state: "ignored", why: "written by one of our own people" };
  }
  if (contact !== undefined) return undefined;
  if (unread !== undefined) return { state: "unreadable", why: unread };
  return {
    state: "ignored",
    why:
      kind.kind === "reply" ? "from an address we do not know, about no message of ours" : "about no message of ours",
  };
}

/** The message of ours it answers or is about: by Message-ID, or, for a report, by the recipient it names. */
async function answeredBy(
  mail: ParsedMail,
  db: Database,
  now: number,
  house: OwnSenders,
): Promise<OwnMessage | undefined> {
  const { report } = mail;
  const ids = [...(report?.about ?? []), ...mail.answers, ...idsQuoted(mail)];
  const found = await findMessage(db, ids);
  if (found !== undefined || !isAReport(mail)) return found;
  // An id of our own domain that we never gave is about other mail of the house, or forged.
  if (report?.about.some((id) => isOwnSender(id, house))) return undefined;
  return findMessageTo(db, report === undefined ? addressesQuoted(mail) : addressesOf(report), now);
}

function isAReport({ report, headers, from, fromShown }: ParsedMail): boolean {
  if (report !== undefined) return report.type === "delivery-status" || report.type === "feedback-report";
  return (
    headers["x-failed-recipients"] !== undefined ||
    /^(mailer-daemon|postmaster)@/i.test(from ?? "") ||
    /mailer-daemon/i.test(fromShown)
  );
}

function isOwnSender(id: string, { address }: OwnSenders): boolean {
  return id.endsWith(`@${domainOf(address)}>`);
}

/** A mail system without reports quotes the message somewhere in its text. */
function idsQuoted(mail: ParsedMail): readonly string[] {
  if (!isAReport(mail)) return [];
  return [...mail.text.slice(0, 65_536).matchAll(/<[0-9a-f]{32}@[^<>\s@]{1,200}>/g)].map(([id]) => id).slice(0, 10);
}

function addressesQuoted({ headers, text }: ParsedMail): readonly string[] {
  const named = `${headers["x-failed-recipients"] ?? ""}\n${text.slice(0, 4_000)}`.toLowerCase();
  return [...new Set(named.match(/[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/g) ?? [])].slice(0, 10);
}

type KnownBy = "thread" | "address" | "both";

function dataOf(
  mail: ParsedMail,
  { kind, words, what, isOwnSubject, author }: MailReading,
  knownBy: KnownBy,
  unread: string | undefined,
): Record<string, Json> {
  switch (unread === undefined ? kind.kind : "reply") {
    case "bounce":
      return bounceData(kind);
    case "complaint":
      return { engagement: "complained", reason: kind.kind === "complaint" ? kind.reason : "" };
    default:
      return {
        engagement: "replied",
        subject: mail.subject,
        text: unread === undefined ? words.text.slice(0, MAX_REPLY).toWellFormed() : "",
        knownBy,
        ...(isOwnSubject ? { ownSubject: true } : {}),
        ...(kind.kind === "reply" && kind.isAutomatic ? { automatic: true } : {}),
        ...(kind.kind === "reply" && kind.asksToLeave ? { asksToLeave: true } : {}),
        ...(unread !== undefined ? { what: "unreadable" } : what === undefined ? {} : { what }),
        ...(knownBy === "thread" && author.address !== undefined ? { from: author.address } : {}),
      };
  }
}

function bounceData(kind: MailKind): Record<string, Json> {
  if (kind.kind !== "bounce") return {};
  return { engagement: "bounced", hard: kind.isHard, meaning: kind.meaning, reason: kind.reason };
}

function whyOf({ kind, what }: MailReading, knownBy: KnownBy, unread: string | undefined): string {
  if (unread !== undefined) return `only its headers could be read: ${unread}`;
  if (kind.kind === "bounce") return kind.isHard ? "a hard bounce" : "a soft bounce";
  if (kind.kind === "complaint") return "a complaint";
  const by = { thread: "answers our message", address: "from a contact", both: "a contact answers our message" }[
    knownBy
  ];
  const kindOf = kind.kind === "reply" && kind.isAutomatic ? `an automatic reply; ${by}` : by;
  return what === undefined ? kindOf : `${kindOf}; ${what}`;
}

/** The headers as they came, for people. */
function headersIn(raw: Uint8Array): string {
  const beginning = Buffer.from(raw.subarray(0, MAX_HEADERS)).toString("latin1");
  const end = /\r?\n\r?\n/.exec(beginning)?.index ?? beginning.length;
  return Buffer.from(beginning.slice(0, end), "latin1").toString("utf8").replaceAll("\u0000", "").toWellFormed();
}
