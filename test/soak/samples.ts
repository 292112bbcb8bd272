/** What is measured every few seconds: of the process, of the database, and of who sends forms. */
import type { Database } from "../../packages/millrace/src/db/database.ts";

/** Of the engine's process; bytes. */
export interface Usage {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
  readonly handles: number;
}

/** Of the database. */
export interface Stored {
  readonly connections: number;
  readonly events: number;
  readonly tasks: number;
  /** Tasks an agent could do, and how long the oldest has waited; seconds. */
  readonly due: number;
  readonly oldestDueS: number;
  /** Bytes, and dead rows. */
  readonly tables: number;
  readonly indexes: number;
  readonly queue: number;
  readonly deadRows: number;
}

export interface Sample {
  /** Seconds since the beginning. */
  readonly at: number;
  readonly usage: Usage | undefined;
  readonly stored: Stored | undefined;
  readonly acknowledged: number;
  readonly refused: number;
  /** From when a form was due to its answer, of those answered since the last sample; milliseconds. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
}

/** @returns undefined when the database does not answer. */
export async function readStored(db: Database): Promise<Stored | undefined> {
  const [row] = await db
    .query<Stored>(
      `select (select count(*)::int from pg_stat_activity where datname = current_database() and application_name = 'millrace') as connections,
              (select newest_position()) as events,
              (select count(*)::int from tasks) as tasks,
              (select count(*)::int from tasks where state = 'NOT_STARTED') as due,
              (select coalesce(max(extract(epoch from clock_timestamp() - created_at)), 0)::float from tasks where state = 'NOT_STARTED') as "oldestDueS",
              (select sum(pg_table_size(relid))::float from pg_stat_user_tables) as tables,
              (select sum(pg_indexes_size(relid))::float from pg_stat_user_tables) as indexes,
              (select sum(pg_total_relation_size(relid))::float from pg_stat_user_tables where relname in ('tasks', 'task_claims')) as queue,
              (select sum(n_dead_tup)::float from pg_stat_user_tables) as "deadRows"`,
    )
    .catch(() => []);
  return row;
}

/** @param part 0 to 1. */
export function percentile(values: readonly number[], part: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}
