/** Events a consumer of the log could not take, with the error that stopped it. */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";

export interface DeadLetterRow {
  readonly id: number;
  /** The consumer: "workflow:NAME", or the name of a subscription. */
  readonly subscription: string;
  readonly event: Position;
  readonly type: string;
  readonly contact: string | null;
  readonly error: string;
  readonly attempts: number;
  readonly createdAt: number;
  readonly resolvedAt: number | null;
  readonly resolution: string | null;
}

/** Newest first; those already dealt with only when asked for. */
export function listDeadLetters(
  db: Queryable,
  filter: { resolved: boolean; before?: number; limit: number },
): Promise<DeadLetterRow[]> {
  return db.query(
    `select d.id, d.subscription, d.event, e.type, e.contact, d.error, d.attempts, d.created_at as "createdAt",
            d.resolved_at as "resolvedAt", d.resolution
     from dead_letters d cross join lateral events_at(d.event) e
     where ($1::boolean or d.resolved_at is null) and ($2::bigint is null or d.id < $2) order by d.id desc limit $3`,
    [filter.resolved, filter.before ?? null, filter.limit],
  );
}
