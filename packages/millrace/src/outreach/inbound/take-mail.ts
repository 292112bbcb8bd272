/**
 * One message that came in, from its bytes to its row and, where it says something about a contact, its event. In the log
 * first and noted second, both under the message's own id and content: stopped in between and taken again, it is once.
 */
import { createHash } from "node:crypto";
import { type Database, isRefused } from "../../db/database.ts";
import { domainOf } from "../../email-address.ts";
import { MillraceError } from "../../errors.ts";
import type { Appended, Json, NewEvent, Position } from "../../events/event.ts";
import { authorOf, type House } from "./author.ts";
import type { MailKind } from "./kind-of-mail.ts";
import { contactOf, findMessage, findMessageTo, type OwnMessage, sentTo } from "./known-mail.ts";
import type { Piece } from "./own-words.ts";
import type { ParsedMail } from "./parse-mail.ts";
import { type MailReading, type ReadingStep, readIncoming } from "./read-incoming.ts";
import { readMail } from "./read-mail.ts";
import { addressesOf } from "./report.ts";

export interface TakeMailOptions {
  readonly db: Database;
  readonly append: (events: readonly NewEvent[]) => Promise<readonly Appended[]>;
  /** Our own address: what it sent is not an answer. */
  readonly ownAddress: string;
  /** More addresses and domains of ours. */
  readonly own?: readonly string[];
  /** Whether somebody with this address was erased: of their mail nothing is kept but that it came. */
  readonly wasErased: (address: string) => boolean;
}

/** A message as it is kept. */
export interface TakenMail {
  readonly id: number;
  readonly messageId: string;
  readonly receivedAt: number;
  readonly from: string;
  readonly subject: string;
  readonly state: "taken" | "ignored" | "unreadable";
  readonly why: string;
  readonly contact: string | null;
  readonly event: Position | null;
}

/** What is kept of the reading, for the message's page. */
interface Kept {
  readonly digest: string;
  readonly author: string | null;
  readonly headers: string | null;
  readonly steps: readonly ReadingStep[];
  readonly pieces: readonly Piece[];
}

type Note = Omit<TakenMail, "id" | "receivedAt"> & Partial<Kept>;

const MAX_REPLY = 65_536;
const MAX_HEADERS = 16_384;
const COLUMNS =
  'id, message_id as "messageId", received_at as "receivedAt", sender as "from", subject, state, why, contact, event';

/**
 * Takes a message in. A message that came before is answered with its first row.
 * Rejects only when the database does not answer; what is wrong with the message is in the row.
 */
export async function takeMail(raw: Uint8Array, now: number, options: TakeMailOptions): Promise<TakenMail> {
  const read = await readMail(raw);
  const fallback = `sha256:${createHash("sha256").update(raw).digest("hex")}`;
  const { mail, unreadable } = read;
  if (mail === undefined) {
    const unknown = { messageId: fallback, from: "", subject: "", contact: null, event: null };
    return note(options.db, { ...unknown, state: "unreadable", why: unreadable ?? "" }, now);
  }
  const house = { address: options.ownAddress, own: options.own ?? [] };
  if ([mail.from, authorOf(mail, house).address].some((address) => options.wasErased(address ?? ""))) {
    const unnamed = { messageId: fallback, from: "", subject: "", contact: null, event: null };
    return note(options.db, { ...unnamed, state: "ignored", why: "from somebody whose data was erased" }, now);
  }
  const messageId = mail.messageId ?? fallback;
  const digest = digestOf(mail);
  const [earlier] = await options.db.query<TakenMail>(
    // Rows from before contents were compared have no digest.
    `select ${COLUMNS} from inbound_mail where message_id = $1 and digest in ($2, '')`,
    [messageId, digest],
  );
  if (earlier !== undefined) return earlier;
  return note(options.db, await judge(mail, { messageId, digest, unread: unreadable, house, raw, now }, options), now);
}

/** Sets a message aside that could not even be fetched. */
export function setAside(db: Database, key: string, why: string, now: number): Promise<TakenMail> {
  const unknown = { messageId: key, from: "", subject: "", contact: null, event: null };
  return note(db, { ...unknown, state: "unreadable", why: why.slice(0, 500) }, now);
}

/** Of what a reader sees: a second delivery has other Received lines and is the same message. */
function digestOf({ from, fromShown, subject, text }: ParsedMail): string {
  return createHash("sha256")
    .update(`${from ?? fromShown}\n${subject}\n${text}`)
    .digest("hex")
    .slice(0, 16);
}

interface Arrived {
  readonly messageId: string;
  readonly digest: string;
  /** Why only its headers could be read. */
  readonly unread: string | undefined;
  readonly house: House;
  readonly raw: Uint8Array;
  readonly now: number;
}

async function judge(mail: ParsedMail, arrived: Arrived, options: TakeMailOptions): Promise<Note> {
  const { db } = options;
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
  if (refusal !== undefined) return { ...kept, ...refusal };
  const knownBy =
    answered === undefined || reading.kind.kind !== "reply"
      ? "address"
      : answered.contact === known
        ? "both"
        : "thread";
  const by = answered === undefined ? "address" : knownBy;
  const message = answered?.messageId ?? undefined;
  const data = { ...dataOf(mail, reading, by, arrived.unread), ...(message === undefined ? {} : { message }) };
  return appended({ ...kept, state: "taken", why: whyOf(reading, by, arrived.unread) }, contact ?? "", data, options);
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
    why: kind.kind === "reply" ? "from nobody we know, about no message of ours" : "about no message of ours",
  };
}

async function appended(
  kept: Note,
  contact: string,
  data: Record<string, Json>,
  { append }: TakeMailOptions,
): Promise<Note> {
  try {
    const id = `${kept.messageId}:${kept.digest ?? ""}`.slice(0, 500);
    const about = { source: "mail:inbound", id, contact: { id: contact }, actor: "mail" };
    const [recorded] = await append([{ type: "email_engagement", data, ...about }]);
    return { ...kept, contact, event: recorded?.position ?? null };
  } catch (error) {
    if (!isRefused(error)) throw error;
    // In the log before a crash, when less was known.
    if (error instanceof MillraceError && error.code === "idempotency_conflict") {
      return { ...kept, contact, why: "recorded before" };
    }
    return { ...kept, state: "unreadable", why: (error as Error).message.slice(0, 500) };
  }
}

/** The message of ours it answers or is about: by Message-ID, or, for a report, by the recipient it names. */
async function answeredBy(mail: ParsedMail, db: Database, now: number, house: House): Promise<OwnMessage | undefined> {
  const { report } = mail;
  const ids = [...(report?.about ?? []), ...mail.answers, ...idsQuoted(mail)];
  const found = await findMessage(db, ids);
  if (found !== undefined || !isAReport(mail)) return found;
  // An id of our own domain that we never gave is about other mail of the house, or forged.
  if (report?.about.some((id) => isOfHouse(id, house))) return undefined;
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

function isOfHouse(id: string, { address }: House): boolean {
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

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value).replaceAll("\\u0000", "");
}

async function note(db: Database, row: Note, now: number): Promise<TakenMail> {
  const [kept] = await db.query<TakenMail>(
    `with new as (insert into inbound_mail (message_id, received_at, sender, subject, state, why, contact, event, digest, author, headers, reading, pieces)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13::jsonb) on conflict (message_id, digest) do nothing returning *)
     select ${COLUMNS} from new union all select ${COLUMNS} from inbound_mail where message_id = $1 and digest = $9 limit 1`,
    [
      row.messageId,
      new Date(now),
      row.from.slice(0, 320),
      row.subject,
      row.state,
      row.why.slice(0, 500),
      row.contact,
      row.event,
      row.digest ?? "",
      row.author ?? null,
      row.headers ?? null,
      jsonOf(row.steps),
      jsonOf(row.pieces),
    ],
    "note_inbound",
  );
  if (kept === undefined) throw new Error(`The row of ${row.messageId} is neither new nor there.`);
  return kept;
}
