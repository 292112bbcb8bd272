/**
 * One message that came in, from its bytes to its row and, where it says something about a contact, its event. Told to
 * the log first and noted second, both under the message's own id: stopped in between and taken again, it is once.
 */
import { createHash } from "node:crypto";
import { textColumn } from "../../db/columns.ts";
import { type Database, isRefused } from "../../db/database.ts";
import { MillraceError } from "../../errors.ts";
import type { Appended, Json, NewEvent, Position } from "../../events/event.ts";
import { kindOfMail, type MailKind } from "./kind-of-mail.ts";
import type { ParsedMail } from "./parse-mail.ts";
import { readMail } from "./read-mail.ts";
import { replyText } from "./reply-text.ts";

export interface TakeMailOptions {
  readonly db: Database;
  readonly append: (events: readonly NewEvent[]) => Promise<readonly Appended[]>;
  /** Our own address: what it sent is not an answer. */
  readonly ownAddress: string;
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

type Note = Omit<TakenMail, "id" | "receivedAt">;

const LONGEST_REPLY = 65_536;
const COLUMNS =
  'id, message_id as "messageId", received_at as "receivedAt", sender as "from", subject, state, why, contact, event';

/**
 * Takes a message in. A message that came before is answered with its first row.
 * Rejects only when the database does not answer; what is wrong with the message is in the row.
 */
export async function takeMail(raw: Uint8Array, now: number, options: TakeMailOptions): Promise<TakenMail> {
  const read = await readMail(raw);
  const fallback = `sha256:${createHash("sha256").update(raw).digest("hex")}`;
  if ("unreadable" in read) {
    const unknown = { messageId: fallback, from: "", subject: "", contact: null, event: null };
    return note(options.db, { ...unknown, state: "unreadable", why: read.unreadable }, now);
  }
  if (options.wasErased(read.mail.from ?? "")) {
    const unnamed = { messageId: fallback, from: "", subject: "", contact: null, event: null };
    return note(options.db, { ...unnamed, state: "ignored", why: "from somebody whose data was erased" }, now);
  }
  const messageId = read.mail.messageId ?? fallback;
  const [earlier] = await options.db.query<TakenMail>(`select ${COLUMNS} from inbound_mail where message_id = $1`, [
    messageId,
  ]);
  return earlier ?? note(options.db, await judge(read.mail, messageId, options), now);
}

/** Sets a message aside that could not even be fetched. */
export function setAside(db: Database, key: string, why: string, now: number): Promise<TakenMail> {
  const unknown = { messageId: key, from: "", subject: "", contact: null, event: null };
  return note(db, { ...unknown, state: "unreadable", why: why.slice(0, 500) }, now);
}

async function judge(mail: ParsedMail, messageId: string, options: TakeMailOptions): Promise<Note> {
  const kept = { messageId, from: mail.from ?? mail.fromShown, subject: mail.subject, contact: null, event: null };
  const ignored = (why: string): Note => ({ ...kept, state: "ignored", why });
  const kind = kindOfMail(mail);
  if (kind.kind === "notice") return ignored(kind.why);
  if (mail.from === options.ownAddress && kind.kind === "reply") return ignored("sent by ourselves");
  const letter = await findLetter(options.db, [
    ...(mail.report?.about ?? []),
    ...mail.answers,
    ...idsQuoted(mail, kind),
  ]);
  const known = kind.kind === "reply" ? await contactOf(options.db, mail.from) : undefined;
  const contact = letter?.contact ?? known;
  if (contact === undefined) {
    return ignored(kind.kind === "reply" ? "from nobody we know, about no letter of ours" : "about no letter of ours");
  }
  const knownBy = letter === undefined ? "address" : letter.contact === known ? "both" : "thread";
  const data = { ...dataOf(mail, kind, knownBy), ...(letter === undefined ? {} : { message: letter.messageId }) };
  try {
    const about = { source: "mail:inbound", id: messageId.slice(0, 500), contact: { id: contact }, actor: "mail" };
    const [appended] = await options.append([{ type: "email_engagement", data, ...about }]);
    return { ...kept, contact, event: appended?.position ?? null, state: "taken", why: whyOf(kind, knownBy) };
  } catch (error) {
    if (!isRefused(error)) throw error;
    // Told before a crash, when less was known; the log has it.
    if (error instanceof MillraceError && error.code === "idempotency_conflict") {
      return { ...kept, contact, state: "taken", why: "told before" };
    }
    return { ...kept, state: "unreadable", why: (error as Error).message.slice(0, 500) };
  }
}

/** A mail system without reports quotes the letter somewhere in its text. */
function idsQuoted(mail: ParsedMail, kind: MailKind): readonly string[] {
  if (kind.kind !== "bounce") return [];
  return [...mail.text.slice(0, 65_536).matchAll(/<[0-9a-f]{32}@[^<>\s@]{1,200}>/g)].map(([id]) => id).slice(0, 10);
}

interface OwnLetter {
  readonly contact: string;
  readonly messageId: string;
}

/** @param ids Message-IDs, the likeliest first. */
async function findLetter(db: Database, ids: readonly string[]): Promise<OwnLetter | undefined> {
  if (ids.length === 0) return undefined;
  const rows = await db.query<OwnLetter>(
    `select contact, message_id as "messageId" from emails where message_id = any($1::text[]) and contact is not null
       and state in ('sending', 'sent', 'unknown')`,
    [textColumn(ids)],
    "find_letter",
  );
  const byId = new Map(rows.map((row) => [row.messageId, row]));
  return ids.map((id) => byId.get(id)).find((row) => row !== undefined);
}

async function contactOf(db: Database, address: string | undefined): Promise<string | undefined> {
  if (address === undefined) return undefined;
  const [row] = await db.query<{ contact: string }>(
    "select contact from contact_identities where kind = 'email' and value = $1",
    [address],
  );
  return row?.contact;
}

type KnownBy = "thread" | "address" | "both";

function dataOf(mail: ParsedMail, kind: Exclude<MailKind, { kind: "notice" }>, knownBy: KnownBy): Record<string, Json> {
  switch (kind.kind) {
    case "bounce":
      return { engagement: "bounced", hard: kind.isHard, reason: kind.reason };
    case "complaint":
      return { engagement: "complained", reason: kind.reason };
    case "reply":
      return {
        engagement: "replied",
        subject: mail.subject,
        text: replyText(mail.text).slice(0, LONGEST_REPLY).toWellFormed(),
        knownBy,
        ...(kind.isAutomatic ? { automatic: true } : {}),
      };
  }
}

function whyOf(kind: Exclude<MailKind, { kind: "notice" }>, knownBy: KnownBy): string {
  if (kind.kind === "bounce") return kind.isHard ? "a hard bounce" : "a soft bounce";
  if (kind.kind === "complaint") return "a complaint";
  const by = { thread: "answers our letter", address: "from a contact", both: "a contact answers our letter" }[knownBy];
  return kind.isAutomatic ? `an automatic reply; ${by}` : by;
}

async function note(db: Database, row: Note, now: number): Promise<TakenMail> {
  const [kept] = await db.query<TakenMail>(
    `with new as (insert into inbound_mail (message_id, received_at, sender, subject, state, why, contact, event)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (message_id) do nothing returning *)
     select ${COLUMNS} from new union all select ${COLUMNS} from inbound_mail where message_id = $1 limit 1`,
    [row.messageId, new Date(now), row.from.slice(0, 320), row.subject, row.state, row.why, row.contact, row.event],
    "note_inbound",
  );
  if (kept === undefined) throw new Error(`The row of ${row.messageId} is neither new nor there.`);
  return kept;
}
