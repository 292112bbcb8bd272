/** Asks, under the log's lock, which once-keys are on record. Called by who writes what was decided. */
import { textColumn } from "../db/columns.ts";
import type { Queryable } from "../db/database.ts";
import { NO_KEYS, type OnceKeys } from "./once-keys.ts";

/** @returns those of `keys` that are on record. Nothing is asked for [] and for what is `known` already. */
export async function keysOnRecord(db: Queryable, keys: readonly string[], known: OnceKeys): Promise<OnceKeys> {
  const open = keys.filter((key) => !known.has(key));
  if (open.length === 0) return NO_KEYS;
  const of = (what: string) => open.flatMap((key) => (key.startsWith(what) ? [key.slice(what.length)] : []));
  // One that is `sending` is that of the result being written.
  const rows = await db.query<{ key: string }>(
    `select 'email ' || once_key as key from emails where once_key = any($1::text[]) and state <> 'sending'
     union all select 'alert ' || once_key from alerts where once_key = any($2::text[])`,
    [textColumn(of("email ")), textColumn(of("alert "))],
    "once_keys_on_record",
  );
  return new Set(rows.map(({ key }) => key));
}
