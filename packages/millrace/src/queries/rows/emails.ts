/** The mailbox: every e-mail that left, is leaving, or was held back with its reason. */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";

export interface EmailSummary {
  readonly id: number;
  readonly contact: string | null;
  readonly task: number | null;
  readonly createdAt: number;
  readonly sentAt: number | null;
  /** unknown: cut off while it left; only a person can find out. */
  readonly state: "sending" | "sent" | "suppressed" | "unknown";
  readonly template: string;
  readonly recipient: string;
  readonly subject: string;
  /** Why it was held back. */
  readonly reason: string | null;
}

export interface EmailRow extends EmailSummary {
  readonly root: Position | null;
  readonly body: string;
  readonly messageId: string | null;
}

export interface EmailFilter {
  readonly contact?: string;
  readonly state?: EmailSummary["state"];
  readonly before?: number;
  readonly limit: number;
}

const SUMMARY =
  'id, contact, task, created_at as "createdAt", sent_at as "sentAt", state, template, recipient, subject, reason';

/** Newest first. */
export function listEmails(db: Queryable, filter: EmailFilter): Promise<EmailSummary[]> {
  return db.query(
    `select ${SUMMARY} from emails
     where ($1::uuid is null or contact = $1) and ($2::text is null or state = $2) and ($3::bigint is null or id < $3)
     order by id desc limit $4`,
    [filter.contact ?? null, filter.state ?? null, filter.before ?? null, filter.limit],
  );
}

export async function findEmail(db: Queryable, id: number): Promise<EmailRow | undefined> {
  const [email] = await db.query<EmailRow>(
    `select ${SUMMARY}, root, body, message_id as "messageId" from emails where id = $1`,
    [id],
  );
  return email;
}

/** The e-mails these tasks sent or held back. */
export function emailsOfTasks(db: Queryable, tasks: readonly number[]): Promise<EmailSummary[]> {
  if (tasks.length === 0) return Promise.resolve([]);
  return db.query(`select ${SUMMARY} from emails where task = any($1::bigint[]) order by id`, [tasks]);
}
