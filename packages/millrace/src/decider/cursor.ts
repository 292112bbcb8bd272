/** The runner's cursor: everything up to it is decided. Who decides moves it in the transaction that writes what follows. */
import type { Queryable, Tx } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import type { ExpectedEnd } from "../events/log-writer.ts";

/** The name under which the cursor is kept. */
export const RUNNER_SUBSCRIPTION = "workflows";

/** Someone else has decided the events meanwhile: nothing of this may stay, and nothing is missing. */
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

/** How things have to be for what was decided on them to hold. */
export interface Expected extends ExpectedEnd {
  /** Was anyone's data ever erased? */
  readonly hasErasures: boolean;
}

/** How things stand at the end of the log. */
export interface LogEnd {
  readonly cursor: Position;
  readonly newest: Position;
  /** What the next position drawn will be, if no one draws before. */
  readonly next: Position;
  /** Events no one has decided, counted up to `most`. */
  readonly undecided: number;
  /** Was anyone's data ever erased? */
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
