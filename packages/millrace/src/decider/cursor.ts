/** The runner's cursor: everything up to it is decided. Who decides moves it in the transaction that writes what follows. */
import type { Queryable, Tx } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import { reservePositions } from "../events/log.ts";

/** The name under which the cursor is kept. */
export const RUNNER_SUBSCRIPTION = "workflows";

/** Somebody else has decided the events meanwhile: nothing of this may stay, and nothing is missing. */
export class PlaceMoved extends Error {
  constructor(cursor: Position) {
    super(`The events after ${cursor} have been decided by another process; this batch is given up.`);
  }
}

export async function readCursor(db: Queryable): Promise<Position> {
  const [row] = await db.query<{ position: number }>(
    "select position from subscriptions where name = $1",
    [RUNNER_SUBSCRIPTION],
    "read_place",
  );
  return row?.position ?? 0;
}

/** Keeps the cursor from moving until the transaction ends. @throws PlaceMoved when it stands elsewhere. */
export async function holdCursor(tx: Tx, cursor: Position): Promise<void> {
  const held = await tx.query(
    "select from subscriptions where name = $1 and position = $2 for update",
    [RUNNER_SUBSCRIPTION, cursor],
    "hold_place",
  );
  if (held.length === 0) throw new PlaceMoved(cursor);
}

/** Draws positions under the log's lock. @returns the first of them, and the newest event there was before. */
export async function reserveAfter(tx: Tx, count: number): Promise<{ first: Position; newest: Position }> {
  const { first, rows } = await reservePositions(tx, count, "select newest_position() as newest");
  return { first, newest: (rows[0] as { newest: number }).newest };
}

/** How things have to be for what was decided on them to hold. */
export type Expected = Omit<LogEnd, "undecided">;

/**
 * Draws the `count` positions from `expected.next` on, under the log's lock. The database sees whether the log and the
 * cursor are as expected, so that the answer need not be waited for: what is sent behind it fails with it.
 * @throws DatabaseError MR001 when they are not, see `hasLogGrown`.
 */
export async function takeLogEnd(tx: Tx, expected: Expected, count: number): Promise<void> {
  await tx.query(
    "select take_log_end($1, $2, $3, $4, $5)",
    [RUNNER_SUBSCRIPTION, expected.cursor, expected.newest, expected.next, count],
    "take_log_end",
  );
}

/** Did `takeLogEnd` fail since somebody else was there first? */
export function hasLogGrown(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "MR001";
}

/** How things stand at the end of the log. */
export interface LogEnd {
  readonly cursor: Position;
  readonly newest: Position;
  /** What the next position drawn will be, if nobody draws before. */
  readonly next: Position;
  /** Events nobody has decided, counted up to `most`. */
  readonly undecided: number;
  /** Was anybody's data ever erased? */
  readonly hasErasures: boolean;
}

export async function readLogEnd(db: Queryable, most: number): Promise<LogEnd> {
  const [row] = await db.query<LogEnd>(
    `select coalesce(s.position, 0) as cursor, newest_position() as newest, p.last_value + p.is_called::int as next,
            (select count(*) from (select from single_events where position > coalesce(s.position, 0) and not settled order by position limit $2) u) as undecided,
            exists (select from erasures) as "hasErasures"
     from events_position p left join subscriptions s on s.name = $1`,
    [RUNNER_SUBSCRIPTION, most],
    "read_log_end",
  );
  if (row === undefined) throw new Error("The sequence of positions is gone.");
  return row;
}
