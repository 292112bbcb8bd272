/**
 * The effect ledger: e-mails and alerts, one row each, never two for one key (R7).
 * What is written before an e-mail leaves through a server is in sending.ts.
 */
import { int2Column, int8Column, textColumn, timestampColumn, uuidColumn } from "../db/columns.ts";
import { copyRows, int8, text, timestamp, uuid } from "../db/copy.ts";
import type { Tx } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import type { AlertRecord, EmailRecord, TrackedLink } from "./handler.ts";

interface LedgerOrigin {
  readonly contact: string | null;
  readonly task: number;
  readonly root: Position;
  readonly at: number;
}

export type EmailRow = EmailRecord & LedgerOrigin;
/** Task and root are null for what no task asked for. */
export type AlertRow = AlertRecord & {
  readonly [Part in keyof LedgerOrigin]: Part extends "task" | "root" ? LedgerOrigin[Part] | null : LedgerOrigin[Part];
};

/**
 * Writes records of which none is expected to be there: with the same result as `writeEmails`, for less.
 * @throws DatabaseError 23505 when one of the keys has been used.
 */
export async function addEmails(tx: Tx, records: readonly EmailRow[]): Promise<void> {
  // An answer takes its subject from the e-mail it answers.
  if (records.some((row) => row.subject === "" && row.thread !== undefined)) return writeEmails(tx, records);
  const rows = firstOfEachKey(records, keyOf);
  const written = copyRows(tx, "emails", rows.length, {
    once_key: text(rows.map(keyOf)),
    contact: uuid(rows.map((row) => row.contact)),
    task: int8(rows.map((row) => row.task)),
    root: int8(rows.map((row) => row.root)),
    created_at: timestamp(rows.map((row) => row.at)),
    sent_at: timestamp(rows.map((row) => (row.state === "sent" ? row.at : null))),
    state: text(rows.map((row) => row.state)),
    template: text(rows.map((row) => row.template)),
    recipient: text(rows.map((row) => row.to)),
    subject: text(rows.map((row) => row.subject)),
    body: text(rows.map((row) => row.text)),
    reason: text(rows.map((row) => row.reason)),
    purpose: text(rows.map((row) => row.purpose)),
    message_id: text(rows.map((row) => row.messageId)),
    thread: text(rows.map((row) => row.thread)),
  });
  await Promise.all([written, writeLinks(tx, rows)]);
}

/** As PostgreSQL refuses to meet one row twice in one statement. */
function firstOfEachKey<Row>(rows: readonly Row[], keyOfRow: (row: Row) => string): Row[] {
  const first = new Map<string, Row>();
  for (const row of rows) if (!first.has(keyOfRow(row))) first.set(keyOfRow(row), row);
  return [...first.values()];
}

export async function writeEmails(tx: Tx, records: readonly EmailRow[]): Promise<void> {
  if (records.length === 0) return;
  const rows = firstOfEachKey(records, keyOf);
  // Sent one behind the other: the transaction may conclude with what is sent in this tick.
  const written = tx.query(
    `insert into emails (once_key, contact, task, root, created_at, sent_at, state, template, recipient, subject, body, reason, purpose, message_id, thread)
     select once_key, contact, task, root, at, case when state = 'sent' then at end, state, template, recipient,
            case when subject = '' and thread is not null
                 then coalesce((select 'Re: ' || first.subject from emails first where first.contact = e.contact and first.thread = e.thread
                                  and first.state <> 'suppressed' order by first.id limit 1), '') else subject end,
            body, reason, purpose, message_id, thread
     from unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                 $12::text[], $13::text[], $14::text[])
       as e(once_key, contact, task, root, at, state, template, recipient, subject, body, reason, purpose, message_id, thread)
     on conflict (once_key) do update set state = excluded.state, sent_at = excluded.sent_at
       where emails.state = 'sending' and excluded.state in ('sent', 'unknown')`,
    [
      textColumn(rows.map(keyOf)),
      uuidColumn(rows.map((row) => row.contact)),
      int8Column(rows.map((row) => row.task)),
      int8Column(rows.map((row) => row.root)),
      timestampColumn(rows.map((row) => row.at)),
      textColumn(rows.map((row) => row.state)),
      textColumn(rows.map((row) => row.template)),
      textColumn(rows.map((row) => row.to)),
      textColumn(rows.map((row) => row.subject)),
      textColumn(rows.map((row) => row.text)),
      textColumn(rows.map((row) => row.reason)),
      textColumn(rows.map((row) => row.purpose)),
      textColumn(rows.map((row) => row.messageId)),
      textColumn(rows.map((row) => row.thread)),
    ],
    "write_emails",
  );
  await Promise.all([written, writeLinks(tx, rows)]);
}

/** What the links of an e-mail are written with. */
export interface LinkedLetter {
  readonly links?: readonly TrackedLink[];
  readonly contact: string | null;
  readonly messageId?: string;
  readonly at: number;
}

/** Writes where the links of these e-mails lead. An e-mail tried anew may say other things, so its links are those it has now. */
export async function writeLinks(tx: Tx, letters: readonly LinkedLetter[]): Promise<void> {
  const rows = letters.flatMap((letter) => (letter.links ?? []).map((link) => ({ ...letter, ...link })));
  if (rows.length === 0) return;
  await tx.query(
    `insert into tracked_links (letter, link, target, contact, message_id, sent_at)
     select * from unnest($1::text[], $2::smallint[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[])
     on conflict (letter, link) do update set target = excluded.target, sent_at = excluded.sent_at where tracked_links.hits = 0`,
    [
      textColumn(rows.map((row) => row.letter)),
      int2Column(rows.map((row) => row.link)),
      textColumn(rows.map((row) => row.target)),
      uuidColumn(rows.map((row) => row.contact)),
      textColumn(rows.map((row) => row.messageId)),
      timestampColumn(rows.map((row) => row.at)),
    ],
    "write_links",
  );
}

/** An e-mail that was held back has not used up its key: it may still be sent when the reason is gone. */
function keyOf(row: EmailRow): string {
  return row.state === "suppressed" ? `${row.onceKey}#suppressed:${row.task}` : row.onceKey;
}

/**
 * Writes alerts of which none is expected to be there.
 * @throws DatabaseError 23505 when one of the keys has been used.
 */
export async function addAlerts(tx: Tx, records: readonly AlertRow[]): Promise<void> {
  const rows = firstOfEachKey(records, (row) => row.onceKey);
  await copyRows(tx, "alerts", rows.length, {
    once_key: text(rows.map((row) => row.onceKey)),
    contact: uuid(rows.map((row) => row.contact)),
    task: int8(rows.map((row) => row.task)),
    root: int8(rows.map((row) => row.root)),
    created_at: timestamp(rows.map((row) => row.at)),
    audience: text(rows.map((row) => row.audience)),
    name: text(rows.map((row) => row.name)),
    title: text(rows.map((row) => row.title)),
    body: text(rows.map((row) => row.text)),
  });
}

export async function writeAlerts(tx: Tx, rows: readonly AlertRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into alerts (once_key, contact, task, root, created_at, audience, name, title, body)
     select * from unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[])
     on conflict (once_key) do nothing`,
    [
      textColumn(rows.map((row) => row.onceKey)),
      uuidColumn(rows.map((row) => row.contact)),
      int8Column(rows.map((row) => row.task)),
      int8Column(rows.map((row) => row.root)),
      timestampColumn(rows.map((row) => row.at)),
      textColumn(rows.map((row) => row.audience)),
      textColumn(rows.map((row) => row.name)),
      textColumn(rows.map((row) => row.title)),
      textColumn(rows.map((row) => row.text)),
    ],
    "write_alerts",
  );
}
