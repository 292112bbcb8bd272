/** The hold of a restored database, with what waits behind it. */
import type { Queryable } from "../../db/database.ts";
import { emailsBefore, type Restore, readOpenRestore } from "../../restore/restores.ts";

export interface RestoreState {
  readonly isHeld: boolean;
  /** What was found; null: nothing is held. */
  readonly restore: Omit<Restore, "toldBy"> | null;
  /** E-mails that were asked for before, and may have left meanwhile. */
  readonly emails: number;
}

export async function readRestoreState(db: Queryable): Promise<RestoreState> {
  const restore = await readOpenRestore(db);
  if (restore === undefined) return { isHeld: false, restore: null, emails: 0 };
  const { toldBy, ...shown } = restore;
  return { isHeld: true, restore: shown, emails: (await emailsBefore(db, restore.newest)).length };
}
