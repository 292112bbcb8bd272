/** Conversations with contacts: what came back from them and what we wrote, in the order of time, and how it was read. */

import type { Queryable } from "../../db/database.ts";
import { PERSONS_ANSWER } from "../../email/compose/default-templates.ts";
import type { Json, Position } from "../../events/event.ts";
import type { ReplyClass } from "../../events/mission-events.ts";
import { WHO, type Who } from "./tasks.ts";

/** How a reply was read last. */
export interface ReplyReading {
  /** The reading's own position. */
  readonly position: Position;
  readonly class: ReplyClass;
  /** 0 to 1. */
  readonly confidence: number;
  /** False: too unsure to act on. */
  readonly sure: boolean;
  /** What decided: "rule:…", "model:…", "opinion:…" or "person:…". */
  readonly by: string;
  /** What it was seen by. */
  readonly reasons: readonly string[];
  readonly at: number;
}

export interface Conversation {
  readonly contact: string;
  readonly who: Who | null;
  /** The latest thing they wrote. */
  readonly reply: Position;
  readonly repliedAt: number;
  readonly subject: string;
  /** Its beginning. */
  readonly excerpt: string;
  /** A program wrote it. */
  readonly isAutomatic: boolean;
  /** Null: not read yet. */
  readonly reading: ReplyReading | null;
  /** When we wrote to them last; null: never. */
  readonly writtenAt: number | null;
  readonly isAnswered: boolean;
  readonly hasOptedOut: boolean;
}

export interface ConversationFilter {
  readonly class?: ReplyClass;
  /** True: only those not answered since. */
  readonly waiting?: boolean;
  /** Only those whose latest reply stands before this position. */
  readonly before?: Position;
  readonly limit: number;
}

/** Contacts are found among the newest so many replies. */
const MAX_REPLIES = 1_000;

/** A reading of the reply `r`, the latest. */
const READING = `left join lateral (
    select jsonb_build_object('position', k.position, 'class', k.data->>'class', 'confidence', (k.data->>'confidence')::float8, 'sure', (k.data->>'sure')::boolean,
             'by', k.data->>'by', 'reasons', coalesce(k.data::jsonb->'reasons', '[]'), 'at', (extract(epoch from k.occurred_at) * 1000)::bigint) as reading
    from events_of(r.contact) k
    where k.type = 'reply_classified' and k.position > r.position and (k.root = r.root or (k.data->>'reply')::bigint = r.position)
    order by k.position desc limit 1) read on true`;

/** The latest reply first. */
/**
 * What we have sent since is no answer while a person is still to write one: a yes is thanked for by itself.
 * @param peoplesKinds the kinds of tasks people do.
 */
export function listConversations(
  db: Queryable,
  filter: ConversationFilter,
  peoplesKinds: readonly string[],
): Promise<Conversation[]> {
  return db.query(
    `with latest as materialized (
       select distinct on (contact) * from (
         select position, contact, root, occurred_at, data from single_events
         where type = 'email_engagement' and data->>'engagement' = 'replied' and contact is not null
         order by position desc limit ${MAX_REPLIES}) newest
       order by contact, position desc)
     select r.contact, ${WHO}, r.position as reply, r.occurred_at as "repliedAt", coalesce(r.data->>'subject', '') as subject,
            left(coalesce(r.data->>'text', r.data->>'what', ''), 300) as excerpt, coalesce((r.data->>'automatic')::boolean, false) as "isAutomatic",
            read.reading, sent.at as "writtenAt", answered.is_so as "isAnswered", c.facts->'optedOut' is not null as "hasOptedOut"
     from latest r join contacts c on c.id = r.contact
     ${READING}
     left join lateral (select max(coalesce(e.sent_at, e.created_at)) as at from emails e
                        where e.contact = r.contact and e.state in ('sending', 'sent', 'unknown')) sent on true
     cross join lateral (select coalesce(sent.at > r.occurred_at, false)
                           and (not exists (select from tasks t where t.contact = r.contact and t.kind = any($5::text[]) and t.created_at >= r.occurred_at)
                                or exists (select from emails e where e.contact = r.contact and e.template = '${PERSONS_ANSWER}' and e.state in ('sending', 'sent', 'unknown')
                                           and coalesce(e.sent_at, e.created_at) > r.occurred_at)) as is_so) answered
     where ($1::bigint is null or r.position < $1) and ($2::text is null or read.reading->>'class' = $2)
       and ($3::boolean is null or answered.is_so <> $3)
     order by r.position desc limit $4`,
    [filter.before ?? null, filter.class ?? null, filter.waiting ?? null, filter.limit, peoplesKinds],
  );
}

/** An e-mail of ours. */
export interface WrittenMessage {
  readonly direction: "out";
  readonly at: number;
  readonly email: number;
  readonly state: string;
  readonly subject: string;
  readonly text: string;
  readonly template: string;
  readonly thread: string | null;
  /** Why it was held back. */
  readonly reason: string | null;
}

/** Something they wrote. */
export interface ReceivedMessage {
  readonly direction: "in";
  readonly at: number;
  readonly reply: Position;
  readonly subject: string;
  /** Their own words. */
  readonly text: string;
  readonly isAutomatic: boolean;
  /** The address it came from, where it is another one than the contact's. */
  readonly from: string | null;
  /** The message as it came in: its number in the inbox; null: it came from another system. */
  readonly message: number | null;
  /** All of its text in order, their own words and what was cut and why; [] where it is not kept. */
  readonly pieces: readonly { readonly what: string; readonly text: string }[];
  readonly reading: ReplyReading | null;
}

export type ConversationMessage = WrittenMessage | ReceivedMessage;

/** Both directions, oldest first; the latest `limit` of each. */
export async function readConversation(db: Queryable, contact: string, limit: number): Promise<ConversationMessage[]> {
  const [written, received] = await Promise.all([
    db.query<WrittenMessage>(
      `select 'out' as direction, coalesce(sent_at, created_at) as at, id as email, state, subject, body as text, template, thread, reason
       from emails where contact = $1 order by id desc limit $2`,
      [contact, limit],
    ),
    db.query<ReceivedMessage>(
      `select 'in' as direction, r.occurred_at as at, r.position as reply, coalesce(r.data->>'subject', '') as subject,
              coalesce(r.data->>'text', r.data->>'what', '') as text, coalesce((r.data->>'automatic')::boolean, false) as "isAutomatic",
              r.data->>'from' as "from", m.id as message, coalesce(m.pieces, '[]') as pieces, read.reading
       from (select * from events_of($1) where type = 'email_engagement' and data->>'engagement' = 'replied' order by position desc limit $2) r
       left join inbound_mail m on m.event = r.position
       ${READING}`,
      [contact, limit],
    ),
  ]);
  return [...written, ...received].sort((a, b) => a.at - b.at);
}

/** What an answer to a reply has to know of it. */
export interface AnsweredReply {
  readonly position: Position;
  readonly root: Position;
  readonly depth: number;
  readonly subject: string;
  /** The Message-ID as it came; null: not known. */
  readonly messageId: string | null;
}

/** A reply of this contact: the one at a position, or the latest. */
export async function findReply(
  db: Queryable,
  contact: string,
  position: Position | undefined,
): Promise<AnsweredReply | undefined> {
  const [reply] = await db.query<AnsweredReply>(
    `select r.position, r.root, r.depth, coalesce(nullif(m.subject, ''), r.data->>'subject', '') as subject,
            coalesce(m.message_id, r.data->>'mailId') as "messageId"
     from events_of($1) r left join inbound_mail m on m.event = r.position
     where r.type = 'email_engagement' and r.data->>'engagement' = 'replied' and ($2::bigint is null or r.position = $2)
     order by r.position desc limit 1`,
    [contact, position ?? null],
    "find_reply",
  );
  return reply;
}

/** What was asked for by this key before. */
export async function findWritten(
  db: Queryable,
  contact: string,
  key: string,
): Promise<{ readonly position: Position; readonly data: Json } | undefined> {
  const [written] = await db.query<{ position: Position; data: Json }>(
    "select position, data from events_of($1) where type = 'reply_written' and data->>'key' = $2 limit 1",
    [contact, key],
    "find_written_reply",
  );
  return written;
}
