/** Makes room with what no one misses: sessions and links that ran out, what was resolved long ago, dead rows of the queue. Nothing of the log. */
import type { Database } from "../../db/database.ts";

export interface CleanUpRules {
  readonly keepResolvedMs: number;
  readonly bloatRows: number;
}

/** A type, since a task's result is plain JSON. */
export type CleanedUp = {
  readonly sessions: number;
  readonly signInLinks: number;
  readonly deadLetters: number;
  readonly alerts: number;
  readonly vacuumed: boolean;
};

export async function cleanUp(db: Database, rules: CleanUpRules, now: number): Promise<CleanedUp> {
  const before = new Date(now - rules.keepResolvedMs);
  const count = async (statement: string, values: readonly unknown[] = []) =>
    (
      await db.query<{ gone: number }>(
        `with gone as (${statement} returning 1) select count(*)::int as gone from gone`,
        values,
      )
    )[0]?.gone ?? 0;
  return {
    sessions: await count("delete from sessions where expires_at < clock_timestamp()"),
    signInLinks: await count("delete from sign_in_links where expires_at < clock_timestamp()"),
    deadLetters: await count("delete from dead_letters where resolved_at < $1", [before]),
    // Those about the system alone: what people were told of a contact belongs to its story.
    alerts: await count("delete from alerts where resolved_at < $1 and contact is null", [before]),
    vacuumed: await vacuumWhenBloated(db, rules.bloatRows),
  };
}

const VACUUM_WITHIN_MS = 1_800_000;

async function vacuumWhenBloated(db: Database, bloatRows: number): Promise<boolean> {
  const [table] = await db.query<{ dead: number }>(
    "select n_dead_tup as dead from pg_stat_user_tables where schemaname = current_schema() and relname = 'tasks'",
  );
  if ((table?.dead ?? 0) < bloatRows) return false;
  // A connection of its own: it may take longer than the pool lets a statement run.
  const client = await db.connect(VACUUM_WITHIN_MS);
  try {
    await client.query("vacuum (analyze) tasks");
  } finally {
    await client.end();
  }
  return true;
}
