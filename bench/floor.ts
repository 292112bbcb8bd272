/**
 * The raw floor: the very rows a drain has left, written again by bare set-based SQL in one process: one transaction per
 * batch, one statement per table, nothing read, nothing decided. What the same PostgreSQL can do on the same machine.
 */
import {
  boolColumn,
  int2Column,
  int8Column,
  jsonbColumn,
  jsonColumn,
  textColumn,
  timestampColumn,
  uuidColumn,
} from "../src/db/columns.ts";
import { Database } from "../src/db/database.ts";
import { migrate } from "../src/db/migrate.ts";

const TABLES = ["contact_identities", "events", "contacts", "decisions", "tasks", "finished_tasks", "emails", "alerts"];
const SUBMISSIONS_PER_BATCH = 500;

interface Column {
  readonly name: string;
  readonly type: string;
}

interface TableCopy {
  readonly insert: string;
  /** Parameters of each batch's statement, encoded beforehand: the floor is what PostgreSQL does with them. */
  readonly batches: readonly (readonly unknown[] | undefined)[];
  readonly rows: number;
}

export interface FloorResult {
  readonly submissionsPerS: number;
  readonly rowsPerS: number;
  readonly rowsPerSubmission: number;
}

export async function floor(from: string, to: string, submissions: number): Promise<FloorResult> {
  const source = new Database({ url: from, maxConnections: 1 });
  await source.query("set statement_timeout = 0");
  const target = new Database({ url: to, maxConnections: 1 });
  try {
    await migrate(target);
    const batches = Math.ceil(submissions / SUBMISSIONS_PER_BATCH);
    const copies: TableCopy[] = [];
    for (const table of TABLES) copies.push(await copyOf(source, table, batches));
    const start = performance.now();
    for (let batch = 0; batch < batches; batch++) {
      await target.transaction(async (tx) => {
        for (const copy of copies) {
          const values = copy.batches[batch];
          if (values !== undefined) await tx.query(copy.insert, values);
        }
      });
    }
    const seconds = (performance.now() - start) / 1000;
    const rows = copies.reduce((sum, copy) => sum + copy.rows, 0);
    return { submissionsPerS: submissions / seconds, rowsPerS: rows / seconds, rowsPerSubmission: rows / submissions };
  } finally {
    await source.close();
    await target.close();
  }
}

async function copyOf(source: Database, table: string, batches: number): Promise<TableCopy> {
  const columns = await source.query<Column>(
    `select column_name as name, case data_type when 'ARRAY' then 'bigint[]' else data_type end as type
     from information_schema.columns where table_name = $1 and table_schema = 'public' order by ordinal_position`,
    [table],
  );
  // Arrays of arrays do not unnest: they travel as text.
  const selected = columns.map(({ name, type }) =>
    type === "bigint[]" || type === "jsonb" || type === "json" ? `${name}::text as ${name}` : name,
  );
  const rows = await source.query<Record<string, unknown>>(`select ${selected.join(", ")} from ${table}`);
  const given = columns.map(({ type }, i) => `$${i + 1}::${type === "bigint[]" ? "text" : type}[]`);
  const written = columns.map(({ name, type }) => (type === "bigint[]" ? `${name}::bigint[]` : name));
  const names = columns.map(({ name }) => name).join(", ");
  const insert = `insert into ${table} (${names}) overriding system value select ${written.join(", ")} from unnest(${given.join(", ")}) as r(${names})`;
  const size = Math.ceil(rows.length / batches);
  return {
    insert,
    rows: rows.length,
    batches: Array.from({ length: batches }, (_, i) => {
      const part = rows.slice(i * size, (i + 1) * size);
      return part.length === 0 ? undefined : columns.map((column) => encoded(column, part));
    }),
  };
}

function encoded({ name, type }: Column, rows: readonly Record<string, unknown>[]): Buffer {
  const values = rows.map((row) => row[name]);
  switch (type) {
    case "bigint":
      return int8Column(values as (number | null)[]);
    case "smallint":
      return int2Column(values as (number | null)[]);
    case "boolean":
      return boolColumn(values as (boolean | null)[]);
    case "uuid":
      return uuidColumn(values as (string | null)[]);
    case "timestamp with time zone":
      return timestampColumn(values as (number | null)[]);
    case "json":
      return jsonColumn(values as (string | null)[]);
    case "jsonb":
      return jsonbColumn(values as (string | null)[]);
    default:
      return textColumn(values as (string | null)[]);
  }
}
