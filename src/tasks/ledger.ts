/**
 * The effect ledger: e-mails and alerts, one row each, never two for one key (R7).
 * An e-mail through a server is written `sending` and committed before the first byte leaves; found `sending` later,
 * nobody can know whether it left, and a person decides.
 */
import { int8Column, textColumn, timestampColumn, uuidColumn } from "../db/columns.ts";
import type { Database, Tx } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import { lockLog } from "../events/log.ts";
import type { AlertRecord, EmailRecord } from "./handler.ts";

interface LedgerOrigin {
  readonly contact: string | null;
  readonly task: number;
  readonly root: Position;
  readonly at: number;
}

export type EmailRow = EmailRecord & LedgerOrigin;
export type AlertRow = AlertRecord & LedgerOrigin;

export async function writeEmails(tx: Tx, records: readonly EmailRow[]): Promise<void> {
  if (records.length === 0) return;
  // The first of a key, as everywhere: PostgreSQL refuses to meet one row twice in one statement.
  const rows = [...new Map(records.toReversed().map((row) => [keyOf(row), row])).values()].toReversed();
  await tx.query(
    `insert into emails (once_key, contact, task, root, created_at, sent_at, state, template, recipient, subject, body, reason)
     select once_key, contact, task, root, at, case when state = 'sent' then at end, state, template, recipient, subject, body, reason
     from unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
       as e(once_key, contact, task, root, at, state, template, recipient, subject, body, reason)
     on conflict (once_key) do update set state = excluded.state, sent_at = excluded.sent_at
       where emails.state = 'sending' and excluded.state = 'sent'`,
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
    ],
    "write_emails",
  );
}

/** An e-mail that was held back has not used up its key: it may still be sent when the reason is gone. */
function keyOf(row: EmailRow): string {
  return row.state === "suppressed" ? `${row.onceKey}#suppressed:${row.task}` : row.onceKey;
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

/** What is written before an e-mail leaves through a server. */
export interface SendingRecord {
  readonly onceKey: string;
  readonly template: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly task: number;
  readonly root: Position;
  readonly contact: string | null;
  readonly messageId: string;
}

/**
 * Writes that an e-mail is about to leave; committed before this resolves. The log is locked meanwhile, so of this and an
 * opt-out the one that commits first wins; an opt-out that is in the log and not yet folded into the contact counts (R6).
 * @returns "begun": send it now. "already_sent": it has left before. "unknown": an earlier attempt was cut off.
 *   "opted_out": the contact asked to be left alone in the meantime; nothing was written.
 */
export function beginEmail(
  db: Database,
  record: SendingRecord,
  now: number,
): Promise<"begun" | "already_sent" | "unknown" | "opted_out"> {
  return db.transaction(async (tx) => {
    await lockLog(tx);
    const [contact] = await tx.query<{ optedOut: boolean }>(
      `select facts ? 'optedOut' or exists (select 1 from events where events.contact = contacts.id
                and events.position > contacts.position and type = 'opted_out') as "optedOut"
       from contacts where id = $1 for share`,
      [record.contact],
    );
    if (contact?.optedOut) return "opted_out";
    const written = await tx.query(
      `insert into emails (once_key, contact, task, created_at, state, template, recipient, subject, body, message_id, root)
       values ($1, $2, $3, $4, 'sending', $5, $6, $7, $8, $9, $10) on conflict (once_key) do nothing returning 1`,
      [
        record.onceKey,
        record.contact,
        record.task,
        new Date(now),
        record.template,
        record.to,
        record.subject,
        record.text,
        record.messageId,
        record.root,
      ],
    );
    if (written.length === 1) return "begun";
    const [earlier] = await tx.query<{ state: string }>("select state from emails where once_key = $1", [
      record.onceKey,
    ]);
    if (earlier?.state === "sent") return "already_sent";
    await tx.query("update emails set state = 'unknown' where once_key = $1 and state = 'sending'", [record.onceKey]);
    return "unknown";
  });
}

/** Takes back a `sending` row when it is certain that nothing left. */
export async function abandonEmail(db: Database, onceKey: string): Promise<void> {
  await db.query("delete from emails where once_key = $1 and state = 'sending'", [onceKey]);
}
