/** The rows of what came in: every message has one, whatever became of it. Written by take-mail.ts. */
import { textColumn } from "../../db/columns.ts";
import type { Database } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import type { Piece } from "./own-words.ts";
import type { ReadingStep } from "./read-incoming.ts";

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

export type Note = Omit<TakenMail, "id" | "receivedAt"> & Partial<Kept>;

/** A message's columns under the names of `TakenMail`. */
export const MAIL_COLUMNS =
  'id, message_id as "messageId", received_at as "receivedAt", sender as "from", subject, state, why, contact, event';

/** @returns the rows of messages that came before, by `keyOf`. */
export async function earlierMails(
  db: Database,
  wanted: readonly Pick<Note, "messageId" | "digest">[],
): Promise<ReadonlyMap<string, TakenMail>> {
  const rows = await db.query<TakenMail & { digest: string }>(
    `select ${MAIL_COLUMNS}, digest from inbound_mail where message_id = any($1::text[])`,
    [textColumn(wanted.map(({ messageId }) => messageId))],
    "earlier_mails",
  );
  const found = new Map<string, TakenMail>();
  for (const { messageId, digest } of wanted) {
    // Rows from before contents were compared have no digest.
    const row = rows.find((one) => one.messageId === messageId && (one.digest === digest || one.digest === ""));
    if (row !== undefined) found.set(keyOf({ messageId, digest }), shownOf(row));
  }
  return found;
}

/** What makes a message the same one. */
export function keyOf({ messageId, digest = "" }: Pick<Note, "messageId" | "digest">): string {
  return `${messageId}\n${digest}`;
}

/** Writes rows in one statement; one that is there already stays. @returns the row of each, in their order. */
export async function noteAll(db: Database, notes: readonly Note[], now: number): Promise<TakenMail[]> {
  if (notes.length === 0) return [];
  const rows = notes.map((note) => ({
    message_id: note.messageId,
    sender: note.from.slice(0, 320).toWellFormed(),
    subject: note.subject,
    state: note.state,
    why: note.why.slice(0, 500).toWellFormed(),
    contact: note.contact,
    event: note.event,
    digest: note.digest ?? "",
    author: note.author ?? null,
    headers: note.headers ?? null,
    reading: note.steps ?? null,
    pieces: note.pieces ?? null,
  }));
  const kept = await db.query<TakenMail & { digest: string }>(
    `with given as (
       select * from jsonb_to_recordset($1::jsonb) as r(message_id text, sender text, subject text, state text, why text, contact uuid,
         event bigint, digest text, author text, headers text, reading jsonb, pieces jsonb)
     ), new as (
       insert into inbound_mail (message_id, received_at, sender, subject, state, why, contact, event, digest, author, headers, reading, pieces)
       select message_id, $2, sender, subject, state, why, contact, event, digest, author, headers, reading, pieces from given
       on conflict (message_id, digest) do nothing returning *
     )
     select ${MAIL_COLUMNS}, digest from new
     union all
     select ${MAIL_COLUMNS}, digest from inbound_mail where (message_id, digest) in (select message_id, digest from given)`,
    [JSON.stringify(rows, withoutNul), new Date(now)],
    "note_inbound",
  );
  const byKey = new Map(kept.map((row) => [keyOf(row), shownOf(row)]));
  return notes.map((note) => {
    const row = byKey.get(keyOf(note));
    if (row === undefined) throw new Error(`The row of ${note.messageId} is neither new nor there.`);
    return row;
  });
}

/** What a row cannot hold is taken out of the texts, not out of their JSON: there "\\u0000" may be what a person wrote. */
function withoutNul(_: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\u0000", "").toWellFormed() : value;
}

function shownOf({ digest: _, ...row }: TakenMail & { readonly digest: string }): TakenMail {
  return row;
}
