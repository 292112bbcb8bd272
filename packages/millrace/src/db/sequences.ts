/**
 * Sequences compared with what is in the tables. A server filled by logical replication or by COPY has the rows and not the
 * sequences: what is numbered anew then takes numbers that are used up, or falls behind a cursor and is never decided.
 */
import type { Database, Queryable, Tx } from "./database.ts";

/** A sequence that would give numbers below those its table has. */
export interface Behind {
  readonly sequence: string;
  /** What it would give next. */
  readonly next: number;
  /** The largest number in use. */
  readonly used: number;
}

/** Task ids are drawn in blocks (tasks/task-ids.ts). */
const BLOCK_OF_TASK_IDS = 1_024;
const NEWEST_TASK = `greatest((select max(id) from tasks), (select max(id) from single_finished_tasks),
  (select max(task_group) * 16 + 15 from settlements))`;

/** Those that are behind; [] when all is well. */
export async function sequencesBehind(db: Queryable): Promise<readonly Behind[]> {
  const identities = await db.query<{ sequence: string; table: string; column: string }>(
    `select pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence, c.relname as "table", a.attname as "column"
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where a.attidentity <> '' and not a.attisdropped and c.relkind = 'r' and n.nspname = current_schema()`,
  );
  const wanted = [
    ...identities.map(({ sequence, table, column }) => ({
      sequence,
      used: `(select max("${column}") from "${table}")`,
    })),
    {
      sequence: "events_position",
      used: "greatest(newest_position(), (select max(position) from subscriptions))",
    },
    {
      sequence: "task_blocks",
      used: `${NEWEST_TASK} / ${BLOCK_OF_TASK_IDS}`,
    },
  ];
  const found = await db.query<Behind>(
    wanted
      .map(
        ({ sequence, used }) =>
          `select '${sequence}' as sequence, s.last_value + s.is_called::int as next, coalesce(${used}, 0) as used from ${sequence} s`,
      )
      .join(" union all "),
  );
  return found.filter(({ next, used }) => next <= used);
}

/**
 * Sets those that are behind.
 * @param lock taken in the same transaction: no one draws a number meanwhile.
 * @returns what was behind.
 */
export async function advanceSequences(db: Database, lock: (tx: Tx) => Promise<void>): Promise<readonly Behind[]> {
  if ((await sequencesBehind(db)).length === 0) return [];
  return db.transaction(async (tx) => {
    await lock(tx);
    const behind = await sequencesBehind(tx);
    for (const { sequence, used } of behind) await tx.query("select setval($1::regclass, $2)", [sequence, used]);
    return behind;
  });
}
