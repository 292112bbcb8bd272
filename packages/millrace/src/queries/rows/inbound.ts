/** What came in by mail: taken into the log, ignored, or unreadable, and why. */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";

export interface InboundRow {
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

export interface InboundFilter {
  readonly state?: InboundRow["state"];
  readonly before?: number;
  readonly limit: number;
}

/** Newest first. */
export function listInbound(db: Queryable, filter: InboundFilter): Promise<InboundRow[]> {
  return db.query(
    `select id, message_id as "messageId", received_at as "receivedAt", sender as "from", subject, state, why, contact, event
     from inbound_mail where ($1::text is null or state = $1) and ($2::bigint is null or id < $2) order by id desc limit $3`,
    [filter.state ?? null, filter.before ?? null, filter.limit],
  );
}
