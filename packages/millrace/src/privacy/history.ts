/**
 * The history of a contact: events, decisions and finished tasks, whether they stand alone or in a settlement. No one may
 * change it but one function in the database, which leaves of each row what explains the engine (migrations/0010_erasure.sql).
 */
import { int8Column, uuidColumn } from "../db/columns.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import type { Rows } from "./linked-rows.ts";

/** Events and tasks about no one that mention the person. */
export interface Mentioning {
  readonly events: readonly Position[];
  readonly tasks: readonly number[];
}

/** @returns how many rows there are to erase, by table. */
export function countHistory(db: Queryable, contacts: readonly string[], mentioning: Mentioning): Promise<Rows> {
  return rowsBy(
    db,
    "select part, rows from history_to_erase($1::uuid[], $2::bigint[], $3::bigint[])",
    contacts,
    mentioning,
  );
}

/** Under the log's lock. @returns how many rows were emptied, by table. */
export function eraseHistory(tx: Tx, contacts: readonly string[], mentioning: Mentioning): Promise<Rows> {
  return rowsBy(
    tx,
    "select part, rows from erase_history($1::uuid[], $2::bigint[], $3::bigint[])",
    contacts,
    mentioning,
  );
}

async function rowsBy(
  db: Queryable,
  sql: string,
  contacts: readonly string[],
  { events, tasks }: Mentioning,
): Promise<Rows> {
  const found = await db.query<{ part: string; rows: number }>(sql, [
    uuidColumn(contacts),
    int8Column(events),
    int8Column(tasks),
  ]);
  return Object.fromEntries(found.flatMap(({ part, rows }) => (rows > 0 ? [[part, rows]] : [])));
}
