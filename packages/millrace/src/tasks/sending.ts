/**
 * The moment before an e-mail leaves through a server: everything that may forbid it is looked at once more, and the row
 * `sending` is written and committed before the first byte. Found `sending` later, no one can know whether it left, and
 * a person decides (R7).
 */
import { failpoint } from "../base/failpoint.ts";
import type { Contact } from "../contacts/contact.ts";
import { foldContact } from "../contacts/fold.ts";
import { CONTACT_COLUMNS } from "../contacts/store.ts";
import type { Database, Tx } from "../db/database.ts";
import { whyHeld } from "../db/outside-hold.ts";
import type { Position, RecordedEvent } from "../events/event.ts";
import { EVENT_COLUMNS } from "../events/log.ts";
import { lockLog } from "../events/log-lock.ts";
import type { TrackedLink } from "./handler.ts";
import { writeLinks } from "./ledger.ts";

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
  readonly purpose: string;
  readonly thread?: string;
  /** Message-IDs of what came in that it answers, oldest first. */
  readonly answers?: readonly string[];
  readonly links?: readonly TrackedLink[];
  /** Of the address, as `suppressions` keeps those of erased people; left out: no one can be recognised. */
  readonly addressHash?: string;
}

/** How things stand in the transaction that writes the row. */
export interface SendingMoment {
  /** With everything the log says of it, folded or not; its touches are the ledger's own. Undefined: there is none. */
  readonly contact: Contact | undefined;
  /** Why the switch is off, or undefined. */
  readonly switchedOff: string | undefined;
  /** Someone with the recipient's address was erased. */
  readonly wasErased: boolean;
  /** Another e-mail that answers something the contact did waits to leave within the hour, or is just leaving. */
  readonly isAnswering: boolean;
  /** Prospecting e-mails that went to the recipient's domain in the last 24 hours. */
  readonly sentToDomain: number;
}

/** Why it must not leave; with `notBefore`, not now. */
export interface Hold {
  readonly reason: string;
  readonly notBefore?: number;
}

/**
 * "begun": send it now, under this subject, as an answer to these Message-IDs (oldest first). "already_sent": it has left
 * before. "unknown": an earlier attempt was cut off. "held": it must not leave, and nothing was written.
 */
export type Begun =
  | { readonly state: "begun"; readonly subject: string; readonly references: readonly string[] }
  | { readonly state: "already_sent" | "unknown" }
  | ({ readonly state: "held" } & Hold);

/** The switch an operator stops the mail with. */
export const MAIL_SWITCH = "mail";

/**
 * Writes that an e-mail is about to leave; committed before this resolves. The log is locked meanwhile, so of this and an
 * opt-out the one that commits first wins, and of two e-mails to one contact the second sees the first (R6, caps).
 * @param judge pure; asked with the contact, the switch and the ledger as they are in this transaction.
 */
export function beginEmail(
  db: Database,
  record: SendingRecord,
  now: number,
  judge: (moment: SendingMoment) => Hold | undefined,
): Promise<Begun> {
  return db.transaction(async (tx) => {
    await lockLog(tx);
    const [earlier] = await tx.query<{ state: string }>("select state from emails where once_key = $1", [
      record.onceKey,
    ]);
    if (earlier?.state === "sent") return { state: "already_sent" };
    if (earlier !== undefined) {
      await tx.query("update emails set state = 'unknown' where once_key = $1 and state = 'sending'", [record.onceKey]);
      return { state: "unknown" };
    }
    const hold = judge(await momentOf(tx, record, now));
    if (hold !== undefined) return { state: "held", ...hold };
    const { subject, references } = await threadOf(tx, record);
    await write(tx, { ...record, subject }, now);
    failpoint("before-email-sending");
    return { state: "begun", subject, references };
  });
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

async function momentOf(
  tx: Tx,
  { contact: id, task, to, addressHash }: SendingRecord,
  now: number,
): Promise<SendingMoment> {
  const [row] = await tx.query<Contact & { position: Position }>(
    `select ${CONTACT_COLUMNS}, position from contacts where id = $1 for share`,
    [id],
  );
  const [off] = await tx.query<{ reason: string | null }>(
    "select reason from switches where name = $1 and is_off for share",
    [MAIL_SWITCH],
  );
  const switchedOff =
    (await whyHeld(tx)) ?? (off === undefined ? undefined : (off.reason ?? "The mail is switched off."));
  const sentToDomain = await countToDomain(tx, to, now);
  const suppressed = await tx.query(
    "select 1 from suppressions where hash = $1",
    [addressHash ?? null],
    "is_suppressed",
  );
  const answering = await tx.query(
    `select 1 from tasks where contact = $1 and kind = 'send_email' and id <> $2 and payload->>'purpose' = 'transactional'
       and (state <> 'WAITING' or not_before <= $3) limit 1`,
    [id, task, new Date(now + HOUR_MS)],
    "is_answering",
  );
  const isAnswering = answering.length > 0;
  const moment = { switchedOff, sentToDomain, isAnswering, wasErased: suppressed.length > 0 };
  if (row === undefined) return { contact: undefined, ...moment };
  const { position, ...contact } = row;
  const unfolded = await tx.query<RecordedEvent>(
    `select ${EVENT_COLUMNS} from events_of($1) where position > $2 order by position`,
    [id, position],
  );
  const known = unfolded.reduce(foldContact, contact as Contact);
  const sent = await tx.query<{ at: number; purpose: string | null }>(
    `select created_at as at, purpose from emails where contact = $1
       and state in ('sending', 'sent', 'unknown') and created_at > $2 order by created_at`,
    [id, new Date(now - WEEK_MS)],
  );
  const touches = sent.filter(({ purpose }) => isProspecting(purpose)).map(({ at }) => at);
  const answeredAt = sent.findLast(({ purpose }) => !isProspecting(purpose))?.at;
  const facts = { ...known.facts, touches, ...(answeredAt === undefined ? {} : { answeredAt }) };
  return { contact: { ...known, facts }, ...moment };
}

function isProspecting(purpose: string | null): boolean {
  return purpose === "outreach" || purpose === "nurture";
}

async function countToDomain(tx: Tx, to: string, now: number): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from emails where created_at > $2 and purpose in ('outreach', 'nurture')
       and state in ('sending', 'sent', 'unknown') and split_part(recipient, '@', 2) = $1`,
    [to.slice(to.indexOf("@") + 1), new Date(now - DAY_MS)],
    "count_to_domain",
  );
  return row?.count ?? 0;
}

/** What the e-mail answers: the earlier ones of its conversation. */
async function threadOf(tx: Tx, record: SendingRecord): Promise<{ subject: string; references: readonly string[] }> {
  const answers = record.answers ?? [];
  if (record.thread === undefined) return { subject: record.subject, references: answers };
  const earlier = await tx.query<{ subject: string; messageId: string }>(
    `select subject, message_id as "messageId" from emails where contact = $1 and thread = $2 and message_id is not null
       and state in ('sending', 'sent', 'unknown') order by id`,
    [record.contact, record.thread],
  );
  const first = earlier[0]?.subject ?? "";
  const answer = first === "" ? "" : `Re: ${first}`;
  return { subject: record.subject || answer, references: [...earlier.map(({ messageId }) => messageId), ...answers] };
}

async function write(tx: Tx, record: SendingRecord, now: number): Promise<void> {
  await tx.query(
    `insert into emails (once_key, contact, task, created_at, state, template, recipient, subject, body, message_id, root, purpose, thread)
     values ($1, $2, $3, $4, 'sending', $5, $6, $7, $8, $9, $10, $11, $12)`,
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
      record.purpose,
      record.thread ?? null,
    ],
  );
  await writeLinks(tx, [{ ...record, at: now }]);
}

/** Takes back a `sending` row when it is certain that nothing left. */
export async function abandonEmail(db: Database, onceKey: string): Promise<void> {
  failpoint("before-email-abandoned");
  await db.query("delete from emails where once_key = $1 and state = 'sending'", [onceKey]);
}
