/**
 * Leases of processes that were killed on this machine end at once: what they held need not wait until the lease is over. Only where
 * it is certain that the holder is no more; a silent process of another machine, or one that stands still, keeps what it holds.
 */
import { isCertainlyGone } from "../base/process-name.ts";
import { CALL_MS } from "../crm/lease.ts";
import { textColumn } from "../db/columns.ts";
import type { Database } from "../db/database.ts";

/** Names that hold something, as one column of a query. */
export const HOLDERS = `array(select worker from task_claims where lease_until >= clock_timestamp()
  union select lease_holder from webhook_subscribers where lease_until >= clock_timestamp() and lease_holder is not null
  union select holder from crm_leases where until >= clock_timestamp())`;

/**
 * @param holders as `HOLDERS` says.
 * @returns whether tasks are to be taken back now.
 */
export async function endLeasesOfTheDead(db: Database, holders: readonly string[]): Promise<boolean> {
  const gone = holders.filter(isCertainlyGone);
  if (gone.length === 0) return false;
  return db.transaction(async (tx) => {
    const names = [textColumn(gone)];
    const claims = await tx.query(
      `update task_claims set lease_until = clock_timestamp() - interval '1 ms'
       where worker = any($1::text[]) and lease_until >= clock_timestamp() returning 1`,
      names,
      "end_claims_of_the_dead",
    );
    await tx.query(
      "update webhook_subscribers set lease_until = null where lease_holder = any($1::text[])",
      names,
      "end_subscribers_of_the_dead",
    );
    // A call it had begun may still be under way there: what it carries must not arrive behind what is written next.
    await tx.query(
      `update crm_leases set until = clock_timestamp() + $2 * interval '1 ms'
       where holder = any($1::text[]) and until > clock_timestamp() + $2 * interval '1 ms'`,
      [...names, CALL_MS],
      "end_crm_leases_of_the_dead",
    );
    return claims.length > 0;
  });
}
