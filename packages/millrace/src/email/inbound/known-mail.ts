/** What the database knows that a message may be about: the message of ours it answers, the contact, what was sent before. */
import { textColumn } from "../../db/columns.ts";
import type { Database } from "../../db/database.ts";

/** A message of ours that left. */
export interface OwnMessage {
  readonly contact: string;
  readonly messageId: string | null;
  readonly recipient: string;
}

/** @param ids Message-IDs, the likeliest first. @returns the first of them that is ours. */
export async function findMessage(db: Database, ids: readonly string[]): Promise<OwnMessage | undefined> {
  if (ids.length === 0) return undefined;
  const rows = await db.query<OwnMessage & { messageId: string }>(
    `select contact, message_id as "messageId", recipient from emails where message_id = any($1::text[])
       and contact is not null and state in ('sending', 'sent', 'unknown')`,
    [textColumn(ids)],
    "find_message",
  );
  const byId = new Map(rows.map((row) => [row.messageId, row]));
  return ids.map((id) => byId.get(id)).find((row) => row !== undefined);
}

/** A report about a message older than this is not taken for one about ours, when the address alone says so. */
const REPORTED_WITHIN_MS = 14 * 86_400_000;

/**
 * The latest message to one of these addresses, for a report that returns no Message-ID of ours: relays rewrite it, and
 * some systems return nothing.
 */
export async function findMessageTo(
  db: Database,
  addresses: readonly string[],
  now: number,
): Promise<OwnMessage | undefined> {
  if (addresses.length === 0) return undefined;
  const [row] = await db.query<OwnMessage>(
    `select e.contact, e.message_id as "messageId", e.recipient
       from contact_identities i join emails e on e.contact = i.contact and e.recipient = i.value
      where i.kind = 'email' and i.value = any($1::text[]) and e.state in ('sending', 'sent', 'unknown') and e.created_at > $2
      order by e.id desc limit 1`,
    [textColumn(addresses), new Date(now - REPORTED_WITHIN_MS)],
    "find_message_to",
  );
  return row;
}

export async function contactOf(db: Database, address: string | undefined): Promise<string | undefined> {
  if (address === undefined) return undefined;
  const [row] = await db.query<{ contact: string }>(
    "select contact from contact_identities where kind = 'email' and value = $1",
    [address],
    "contact_of_address",
  );
  return row?.contact;
}

export interface SentText {
  readonly subject: string;
  readonly body: string;
}

const MAX_SENT = 8;

/** The latest messages to a contact, newest first: what a reply may quote. */
export function sentTo(db: Database, contact: string): Promise<SentText[]> {
  return db.query<SentText>(
    `select subject, left(body, 20000) as body from emails where contact = $1 and state in ('sending', 'sent', 'unknown')
      order by id desc limit ${MAX_SENT}`,
    [contact],
    "sent_to",
  );
}
