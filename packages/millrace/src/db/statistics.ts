/**
 * What PostgreSQL believes of the tables that grow fast, kept in step with them. It plans a prepared statement once and
 * keeps to it until a table has been analyzed, which autovacuum looks after once a minute: planned on an empty queue, a
 * statement that finds 4 tasks reads all 20,000 that have come in meanwhile. Measured: docs/decisions/0019-plans-keep-pace.md.
 */
import type { Database } from "./database.ts";

/** Looked at by the statements that run for each event or task. */
const FAST_GROWING = ["tasks", "contacts", "contact_identities", "single_events", "settlements", "emails", "alerts"];
/** Pages below which reading all of a table is no worse than looking something up in it. */
const SMALL_PAGES = 16;
/** Off by this much, a plan is still a good one. */
const GROWTH = 4;

/**
 * Analyzes those that have grown several times since they were analyzed. A table autovacuum is at work on is left to it.
 * A sample of 300 rows: enough to estimate how many there are and that a key is one. Of 3,000 rows it took 2.6 times as long,
 * more than a third of it for the wide rows of `settlements`. Autovacuum takes 30,000, when it comes.
 * @returns their names, mostly none.
 */
export async function refreshStatistics(db: Database): Promise<readonly string[]> {
  const rows = await db.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname = any($1::text[])
       and pg_relation_size(oid) / current_setting('block_size')::int > ${GROWTH} * greatest(relpages, 0) + ${SMALL_PAGES}`,
    [FAST_GROWING],
    "outgrown_statistics",
  );
  const names = rows.map(({ name }) => name);
  if (names.length > 0) {
    // By a function of the owner's: of a role that only runs the engine PostgreSQL would take no notice.
    await db.query("select analyze_tables($1::text[], true)", [names]);
  }
  return names;
}
