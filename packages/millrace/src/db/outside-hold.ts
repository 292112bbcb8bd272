/**
 * Is everything that leaves kept in, because this database was restored or copied? Asked in the transaction or just before the
 * call that would leave, so that it holds for every process at once. Raised by restore/restore-guard.ts.
 */
import type { Queryable } from "./database.ts";

/** @returns why nothing may leave, with the next step; undefined: it may. */
export async function whyHeld(db: Queryable): Promise<string | undefined> {
  const [row] = await db.query<{ how: string }>(
    "select how from restores where confirmed_at is null",
    [],
    "outside_is_held",
  );
  return row === undefined ? undefined : HELD;
}

/** For statements that ask in passing. */
export const IS_HELD = "exists (select from restores where confirmed_at is null)";

export const HELD =
  "The database was restored or copied: mail, CRM writes and webhooks are kept in until an admin runs `millrace restore confirm`.";
