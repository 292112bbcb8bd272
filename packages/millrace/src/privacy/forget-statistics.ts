/**
 * What the planner remembers of a table are values of its columns, e.g. the most common ones: an erased address stands there
 * until the table is analyzed again. So an erasure leaves the names of its tables, and the next sweep analyzes them; once for
 * many erasures.
 */
import type { Database, Queryable } from "../db/database.ts";

/** In the transaction that erases. @param tables those of which rows were emptied or deleted. */
export async function statisticsAreStale(tx: Queryable, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return;
  await tx.query(
    "update erasure_marks set analyze_due = array(select distinct unnest(analyze_due || $1::text[]) order by 1) where not analyze_due @> $1::text[]",
    [tables],
  );
}

const WITHIN_MS = 600_000;

/** Analyzes what is due. A failure leaves it due. @returns the tables. */
export async function forgetStatistics(db: Database): Promise<readonly string[]> {
  const [row] = await db.query<{ tables: string[] }>(
    "select analyze_due as tables from erasure_marks where analyze_due <> '{}'",
    [],
    "analyze_due",
  );
  const tables = row?.tables ?? [];
  if (tables.length === 0) return [];
  await db.transaction(async (tx) => {
    await tx.patient?.(WITHIN_MS);
    // The rows are locked first: what is erased meanwhile stays due.
    await tx.query("select analyze_due from erasure_marks for update");
    await tx.query("select analyze_tables($1::text[], false)", [tables]);
    await tx.query(
      "update erasure_marks set analyze_due = array(select unnest(analyze_due) except select unnest($1::text[]))",
      [tables],
    );
  });
  return tables;
}
