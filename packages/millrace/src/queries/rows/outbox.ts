/** E-mail on its way and behind it: what is planned (a task), what was held back, sent, is leaving, or may have left. */
import type { Queryable } from "../../db/database.ts";
import { WHO, type Who } from "./tasks.ts";

export const OUTBOX_STATES = ["planned", "held", "sent", "sending", "unknown"] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

export interface OutboxRow {
  /** Of a planned one its task's id, of the others the e-mail's number. */
  readonly id: number;
  readonly state: OutboxState;
  readonly contact: string | null;
  readonly who: Who | null;
  readonly task: number | null;
  readonly template: string | null;
  readonly purpose: string | null;
  /** Null while it is only planned: it is written when it leaves. */
  readonly recipient: string | null;
  readonly subject: string | null;
  /** Of a planned one when it was asked for. */
  readonly createdAt: number;
  /** Of a planned one: not before. Null: as soon as the mailer has a hand free. */
  readonly notBefore: number | null;
  readonly sentAt: number | null;
  /** Why it waits, or why it was held back. */
  readonly reason: string | null;
}

export interface OutboxFilter {
  readonly state: OutboxState;
  readonly contact?: string;
  readonly before?: number;
  readonly limit: number;
}

/** Planned: the next to leave first. Others: newest first. */
export function listOutbox(db: Queryable, filter: OutboxFilter): Promise<OutboxRow[]> {
  return filter.state === "planned" ? listPlanned(db, filter) : listKept(db, filter);
}

function listPlanned(db: Queryable, { contact, before, limit }: OutboxFilter): Promise<OutboxRow[]> {
  return db.query(
    `select t.id, 'planned' as state, t.contact, ${WHO}, t.id as task, t.payload->>'template' as template, t.payload->>'purpose' as purpose,
            c.properties->>'email' as recipient, t.payload->>'subject' as subject, t.created_at as "createdAt", t.not_before as "notBefore",
            null::timestamptz as "sentAt", t.error as reason
     from tasks t left join contacts c on c.id = t.contact
     where t.kind = 'send_email' and ($1::uuid is null or t.contact = $1)
       and ($2::bigint is null or (coalesce(t.not_before, t.created_at), t.id) > (select coalesce(l.not_before, l.created_at), l.id from tasks l where l.id = $2))
     order by coalesce(t.not_before, t.created_at), t.id limit $3`,
    [contact ?? null, before ?? null, limit],
  );
}

const STATE_OF: Readonly<Record<Exclude<OutboxState, "planned">, string>> = {
  held: "suppressed",
  sent: "sent",
  sending: "sending",
  unknown: "unknown",
};

function listKept(db: Queryable, { state, contact, before, limit }: OutboxFilter): Promise<OutboxRow[]> {
  return db.query(
    `select e.id, $1::text as state, e.contact, ${WHO}, e.task, e.template, e.purpose, e.recipient, e.subject, e.created_at as "createdAt",
            null::timestamptz as "notBefore", e.sent_at as "sentAt", e.reason
     from emails e left join contacts c on c.id = e.contact
     where e.state = $2 and ($3::uuid is null or e.contact = $3) and ($4::bigint is null or e.id < $4) order by e.id desc limit $5`,
    [state, STATE_OF[state as keyof typeof STATE_OF], contact ?? null, before ?? null, limit],
  );
}

/** How many are in each state, up to `most`; of sent ones those since `since`. */
export async function countOutbox(
  db: Queryable,
  since: number,
  most: number,
): Promise<Readonly<Record<OutboxState, number>>> {
  const [row] = await db.query<Record<OutboxState, number>>(
    `select (select count(*)::int from (select from tasks where kind = 'send_email' limit $2) t) as planned,
            (select count(*)::int from (select from emails where state = 'suppressed' and created_at >= $1 limit $2) e) as held,
            (select count(*)::int from (select from (select * from emails order by id desc limit $2) e where state = 'sent' and created_at >= $1) e) as sent,
            (select count(*)::int from (select from emails where state = 'sending' limit $2) e) as sending,
            (select count(*)::int from (select from emails where state = 'unknown' limit $2) e) as unknown`,
    [new Date(since), most],
  );
  return row ?? { planned: 0, held: 0, sent: 0, sending: 0, unknown: 0 };
}
