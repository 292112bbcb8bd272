/** What the schema of a database has to copy: its tables with their columns, and its sequences. */
import type pg from "pg";
import type { SequenceLine } from "./format.ts";
import { OF_MIGRATIONS, TABLES } from "./tables.ts";

export interface Table {
  readonly table: string;
  readonly columns: readonly string[];
  /** Rows, about: for progress. */
  readonly about: number;
}

/** Every table of the schema, the migrations' own left out. Columns that are worked out from others are left out. */
export async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as "table", greatest(c.reltuples, 0)::bigint as about,
            array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                  and a.attgenerated = '' order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname = current_schema() order by c.relname`,
  );
  return rows.filter(({ table }) => !OF_MIGRATIONS.has(table));
}

/** Tables of a user's own, which no backup holds. */
export function strangers(tables: readonly Table[]): string[] {
  return tables.map(({ table }) => table).filter((table) => !(table in TABLES));
}

export async function sequencesOf(client: pg.Client): Promise<SequenceLine[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and n.nspname = current_schema() order by 1`,
  );
  const all: SequenceLine[] = [];
  for (const { name } of rows) {
    const { rows: found } = await client.query<{ last: number; isCalled: boolean }>(
      `select last_value as last, is_called as "isCalled" from ${quoted(name)}`,
    );
    all.push({ sequence: name, last: found[0]?.last ?? 1, isCalled: found[0]?.isCalled ?? false });
  }
  return all;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `copy tasks (id, …) to stdout` */
export function copyStatement(
  { table, columns }: Pick<Table, "table" | "columns">,
  way: "to stdout" | "from stdin",
): string {
  return `copy ${quoted(table)} (${columns.map(quoted).join(", ")}) ${way}`;
}
