/**
 * Brings a table that lists are read from up to where the log is decided, in turns of a bounded size. How far it is stands in a table
 * of one row, whose lock says who is at it.
 */
import type { Database, Tx } from "../db/database.ts";
import { decidedUpTo } from "./decided-up-to.ts";
import type { Position } from "./event.ts";

const POSITIONS_PER_TURN = 20_000;
/** PostgreSQL's code for a lock that was not given in time. */
const LOCK_NOT_AVAILABLE = "55P03";

export interface ReadTable {
  /** In the names of its statements: "lines". */
  readonly name: string;
  /** Table of one row with `position`. */
  readonly place: string;
  /** Writes what the log's positions after the first, up to the second, change of it. */
  write(tx: Tx, after: Position, upTo: Position): Promise<void>;
}

/** What to do while another turn is under way: leave it alone, or wait for it. */
export type WhileHeld = "leave" | "wait";

/**
 * One turn.
 * @param runner the name of the cursor up to which events are decided.
 * @returns whether there is more. False also where another turn was left alone.
 */
export async function catchUpOnce(
  db: Database,
  table: ReadTable,
  runner: string,
  whileHeld: WhileHeld,
): Promise<boolean> {
  const { name, place } = table;
  const [ahead] = await db.query<{ position: Position; upTo: Position }>(
    `select p.position, ${decidedUpTo("$1")} as "upTo" from ${place} p`,
    [runner],
    `${name}_ahead`,
  );
  if (ahead === undefined || ahead.position >= ahead.upTo) return false;
  return db.transaction(async (tx) => {
    const [held] = await tx.query<{ position: Position }>(
      `select position from ${place} for update${whileHeld === "leave" ? " skip locked" : ""}`,
      [],
      `${name}_${whileHeld}`,
    );
    if (held === undefined || held.position >= ahead.upTo) return false;
    const upTo = Math.min(ahead.upTo, held.position + POSITIONS_PER_TURN);
    await table.write(tx, held.position, upTo);
    await tx.query(`update ${place} set position = $1`, [upTo], `${name}_move`);
    return upTo < ahead.upTo;
  });
}

/**
 * Before it is read: all that was decided by now is in it, unless that takes more turns than are waited for. A turn of a sweep that is
 * under way is waited for, too: left alone, a search beside it missed a lead of a second ago.
 * @param turns how many are waited for.
 */
export async function catchUp(db: Database, table: ReadTable, runner: string, turns: number): Promise<void> {
  try {
    for (let turn = 0; turn < turns; turn++) if (!(await catchUpOnce(db, table, runner, "wait"))) return;
  } catch (error) {
    // Another process is at it for seconds, or stands still: then the list shows what there is.
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
  }
}
