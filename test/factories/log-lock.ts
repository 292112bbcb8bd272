/** Who waits for the log's lock. */
import { setTimeout } from "node:timers/promises";
import type { Queryable } from "../../packages/millrace/src/db/database.ts";

/** Resolves when so many transactions of this database wait for the log while another one holds it. */
export async function someoneWaitsForTheLog(db: Queryable, atLeast = 1): Promise<void> {
  for (;;) {
    const waiting = await db.query(
      "select from pg_locks join pg_database d on d.oid = database where locktype = 'advisory' and not granted and datname = current_database()",
    );
    if (waiting.length >= atLeast) return;
    await setTimeout(10);
  }
}
