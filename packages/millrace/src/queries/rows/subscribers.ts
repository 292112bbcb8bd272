/** Processes outside that get the log by signed webhook: how it goes. */
import type { Queryable } from "../../db/database.ts";

export interface SubscriberRow {
  readonly name: string;
  readonly delivered: number;
  /** Attempts at the event that is next. */
  readonly attempts: number;
  readonly nextAt: number | null;
  readonly lastAt: number | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  /** When it said it was gone. */
  readonly disabledAt: number | null;
}

export function listSubscribers(db: Queryable): Promise<SubscriberRow[]> {
  return db.query(
    `select name, delivered, attempts, next_at as "nextAt", last_at as "lastAt", last_status as "lastStatus",
            last_error as "lastError", disabled_at as "disabledAt"
     from webhook_subscribers order by name`,
  );
}
