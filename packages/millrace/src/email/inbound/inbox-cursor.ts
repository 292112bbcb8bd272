/** How far an inbox has been read, when it was last looked into, and what went wrong since. Used by the poller and by health. */

import { messageOf } from "../../base/errors.ts";
import { failpoint } from "../../base/failpoint.ts";
import type { Database, Queryable } from "../../db/database.ts";

export interface InboxCursor {
  /** UIDs count within this; the server changes it when they begin anew. */
  readonly uidValidity: string;
  readonly lastUid: number;
  /** When it was last looked into; null for a cursor older than the column. */
  readonly lookedAt?: number | null;
}

export async function readCursor(db: Queryable, inbox: string): Promise<InboxCursor | undefined> {
  const [row] = await db.query<InboxCursor>(
    'select uid_validity as "uidValidity", last_uid as "lastUid", looked_at as "lookedAt" from inbox_places where inbox = $1 and uid_validity <> \'\'',
    [inbox],
  );
  return row;
}

/** Moves the cursor; a look that went well ends a failure. */
export async function writeCursor(db: Database, inbox: string, cursor: InboxCursor, now: number): Promise<void> {
  failpoint("before-inbox-cursor");
  await db.query(
    `insert into inbox_places (inbox, uid_validity, last_uid, looked_at) values ($1, $2, $3, $4)
     on conflict (inbox) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid,
       looked_at = excluded.looked_at, failing_since = null, error = null`,
    [inbox, cursor.uidValidity, cursor.lastUid, new Date(now)],
  );
  failpoint("after-inbox-cursor");
}

/** No server's: RFC 9051 has it above zero. */
const UNFINISHED = "0";

/**
 * Notes that the first look at an inbox begins. Ended before its cursor was written, the next look is not the first: it takes
 * what came since this one as well, for a person may have read it meanwhile.
 */
export async function beginFirstLook(db: Database, inbox: string, now: number): Promise<void> {
  await db.query(
    `insert into inbox_places (inbox, uid_validity, last_uid, looked_at) values ($1, '${UNFINISHED}', 0, $2)
     on conflict (inbox) do update set uid_validity = excluded.uid_validity, looked_at = excluded.looked_at where inbox_places.uid_validity = ''`,
    [inbox, new Date(now)],
  );
}

const MAX_ERROR = 500;

/** Notes that a look failed; the cursor stays. */
export async function noteFailure(db: Database, inbox: string, error: unknown, now: number): Promise<void> {
  await db.query(
    `insert into inbox_places (inbox, uid_validity, last_uid, failing_since, failed_at, error) values ($1, '', 0, $2, $2, $3)
     on conflict (inbox) do update set failing_since = coalesce(inbox_places.failing_since, excluded.failing_since),
       failed_at = excluded.failed_at, error = excluded.error`,
    [inbox, new Date(now), messageOf(error).slice(0, MAX_ERROR)],
  );
}
