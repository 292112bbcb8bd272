/** People of whom every field holds one word nobody else's holds, and the search for that word in everything a database has. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Queryable } from "../../packages/millrace/src/db/database.ts";

/** In every field, in capitals and not: what is compared is compared in lower case. */
export const CANARY = "canaryqzx";
export const ADDRESS = `${CANARY}@acme-systems.example`;

/** A lead good enough for every flow of the pack. */
export const FIELDS = {
  email: ADDRESS,
  firstname: "Canaryqzx",
  lastname: `Van ${CANARY}`,
  company: `${CANARY} 24 Systems`,
  jobtitle: `CTO of ${CANARY}`,
  numberofemployees: 2_500,
  industry: `Software ${CANARY}`,
  phone: `+1555123${CANARY}`,
  website: `https://${CANARY}.example`,
  message: `We want to buy, says ${CANARY}.`,
} as const;

/** "table.column" of every column in which the word stands, whatever its type: a table of tomorrow is looked into by itself. */
export async function whereIs(db: Queryable, word: string): Promise<string[]> {
  const columns = await db.query<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, 2`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const [row] = await db.query<{ holds: boolean }>(
      `select exists (select from "${table}" where position($1 in lower("${column}"::text)) > 0) as holds`,
      [word],
    );
    if (row?.holds) found.push(`${table}.${column}`);
  }
  return found;
}

/** A folder for keys, gone at the end of the test. */
export async function keyFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "millrace-erasure-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
