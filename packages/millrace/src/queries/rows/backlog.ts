/** How much work waits, by kind, and how far the runner is behind: for Prometheus. */
import type { Queryable } from "../../db/database.ts";

export interface KindBacklog {
  readonly kind: string;
  readonly ready: number;
  /** Seconds since the oldest one was asked for. */
  readonly oldestSeconds: number;
}

export function backlogByKind(db: Queryable, now: number): Promise<KindBacklog[]> {
  return db.query(
    `select kind, count(*)::int as ready, greatest(0, extract(epoch from $1::timestamptz - min(created_at)))::float8 as "oldestSeconds"
     from tasks where standing = 'NOT_STARTED' and claim is null group by kind`,
    [new Date(now)],
    "backlog_by_kind",
  );
}

/** Seconds the oldest undecided event, or kept webhook, has waited (0: none), and the newest position. */
export async function eventLag(db: Queryable, runner: string): Promise<{ seconds: number; newest: number }> {
  const [row] = await db.query<{ seconds: number; newest: number }>(
    `select greatest(0, extract(epoch from clock_timestamp() - least(
               (select recorded_at from single_events where not settled
                  and position > coalesce((select position from subscriptions where name = $1), 0) order by position limit 1),
               (select received_at from hubspot_deliveries order by id limit 1)))::float8) as seconds,
             newest_position() as newest`,
    [runner],
    "event_lag",
  );
  return row ?? { seconds: 0, newest: 0 };
}
