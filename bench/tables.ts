/** What tables a database has and what stands in them, asked of the database, so that the bench knows no schema. */
import type pg from "pg";

export interface FilledTable {
  readonly name: string;
  /** In their order; generated ones are left out. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: number;
}

/** Every table with rows. There are no foreign keys, so the order says nothing. */
export async function filledTables(client: pg.Client): Promise<FilledTable[]> {
  const { rows: found } = await client.query<{ name: string; columns: FilledTable["columns"] }>(
    `select c.relname as name, json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     group by c.relname order by c.relname`,
  );
  const tables: FilledTable[] = [];
  for (const { name, columns } of found) {
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${name}`);
    const count = rows[0]?.count ?? 0;
    if (count > 0) tables.push({ name, columns, rows: count });
  }
  return tables;
}
