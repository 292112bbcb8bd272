/** What came in by mail: taken into the log, ignored, or unreadable, and why. */
import type { Queryable } from "../../db/database.ts";
import { MAIL_COLUMNS, type TakenMail } from "../../email/inbound/inbound-rows.ts";
import type { EventRow } from "./events.ts";
import { type TaskRow, tasksAskedBy } from "./tasks.ts";

export type InboundRow = TakenMail;

/** A message with all that is kept of it. */
export interface InboundMessage extends InboundRow {
  /** Whose words it holds, where a list or a group stands in From. */
  readonly author: string | null;
  /** As they came; at most 16 kB. Null for messages of before they were kept. */
  readonly headers: string | null;
  /** How it was read, step by step. */
  readonly steps: readonly { readonly step: string; readonly found: string }[];
  /** The text in its order: the sender's own words, and what was cut and why. */
  readonly pieces: readonly { readonly what: string; readonly text: string }[];
}

/** @returns undefined when there is no such message. */
export async function findInbound(db: Queryable, id: number): Promise<InboundMessage | undefined> {
  const [message] = await db.query<InboundMessage>(
    `select ${MAIL_COLUMNS}, author, headers, coalesce(reading, '[]') as steps, coalesce(pieces, '[]') as pieces
     from inbound_mail where id = $1`,
    [id],
  );
  return message;
}

/** What followed from a message: the events of its cascade, oldest first, and the tasks they asked for. */
export interface FollowedByMail {
  readonly events: readonly EventRow[];
  readonly tasks: readonly TaskRow[];
}

/** At most 100 events. */
export async function followedBy(
  db: Queryable,
  { contact, event }: Pick<InboundRow, "contact" | "event">,
): Promise<FollowedByMail> {
  if (contact === null || event === null) return { events: [], tasks: [] };
  const events = await db.query<EventRow>(
    `select position, type, data, contact, occurred_at as "occurredAt", cause, root, depth, actor from events_of($1)
      where position > $2 and root = (select root from events_at($2)) order by position limit 100`,
    [contact, event],
  );
  const positions = [event, ...events.map(({ position }) => position)];
  return { events, tasks: await tasksAskedBy(db, positions, [contact], event) };
}

export interface InboundFilter {
  readonly state?: InboundRow["state"];
  readonly before?: number;
  readonly limit: number;
}

/** Newest first. */
export function listInbound(db: Queryable, filter: InboundFilter): Promise<InboundRow[]> {
  return db.query(
    `select ${MAIL_COLUMNS}
     from inbound_mail where ($1::text is null or state = $1) and ($2::bigint is null or id < $2) order by id desc limit $3`,
    [filter.state ?? null, filter.before ?? null, filter.limit],
  );
}
