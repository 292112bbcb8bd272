/**
 * Years of history in minutes: what a short run left behind, written again and again by set-based SQL as if it had
 * happened earlier. Positions and ids move on, contacts are others, times lie further back the older a copy is.
 *
 * Nothing here knows the engine's tables: by the type of a column it is told what becomes of a value. So the mix is the
 * real one, and stays so when the engine writes other rows. Positions within the JSON of a settlement stay the copied
 * one's: nobody reads so far back while a submission is dealt with. Indexes are taken away first and built at the end, which is
 * several times as fast as filling them row by row, and leaves them as good as new.
 */
import pg from "pg";
import { type FilledTable, filledTables } from "./tables.ts";

export interface MultiplyRequest {
  readonly databaseUrl: string;
  /** How many copies there shall be; the rows copied are not kept beside them. */
  readonly copies: number;
  /** Only these tables. Default: all that grow with the submissions. */
  readonly tables?: readonly string[];
  /** These stay as they are. */
  readonly except?: readonly string[];
  /** Rows a table must have to be taken for one that grows; the others hold settings and places. */
  readonly leastRows: number;
  /** How far back the oldest copy lies, in milliseconds. Default: a year. */
  readonly spanMs?: number;
  readonly say: (line: string) => void;
}

const YEAR_MS = 365 * 86_400_000;
/** Both cores of a small machine. */
const CONNECTIONS = 2;
/** What was migrated is no history of leads. */
const OF_MIGRATIONS = /^kysely_/;
/** Counters, which are no ids. */
const KEPT = new Set(["fence"]);

interface Pattern {
  readonly table: FilledTable;
  /** Columns that make a text unique on its own, e.g. an address. */
  readonly unique: ReadonlySet<string>;
}

/** Resolves when everything is written, indexed, vacuumed and analysed. */
export async function multiply(wish: MultiplyRequest): Promise<void> {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(wish.databaseUrl)));
  const [client] = clients;
  if (client === undefined) return;
  try {
    const tables = (await filledTables(client))
      .filter((table) => isWanted(table, wish))
      .sort((a, b) => b.rows - a.rows);
    const span = await spanOf(client, tables);
    const patterns: Pattern[] = [];
    for (const table of tables) patterns.push({ table, unique: await uniqueTexts(client, table) });
    const indexes = await takeIndexes(client, tables);
    for (const { name } of tables) await client.query(`create unlogged table copied_${name} as table ${name}`);
    for (const { name } of tables) await client.query(`truncate ${name}`);
    await inTurn(clients, patterns, (by, pattern) => writeCopies(by, pattern, span, wish));
    await inTurn(clients, indexes, (by, statement) => by.query(statement));
    for (const { name } of tables) await client.query(`drop table copied_${name}`);
    await moveOn(client, tables, span * (wish.copies + 1));
    wish.say("vacuum and analyze");
    await inTurn(clients, tables, (by, { name }) => by.query(`vacuum (analyze) ${name}`));
    await client.query("checkpoint");
  } finally {
    await Promise.all(clients.map((one) => one.end()));
  }
}

function isWanted({ name, rows }: FilledTable, { tables, except = [], leastRows }: MultiplyRequest): boolean {
  if (tables !== undefined) return tables.includes(name);
  return rows >= leastRows && !except.includes(name) && !OF_MIGRATIONS.test(name);
}

/** Triggers of the tables do not fire: the log may be emptied, which nobody else may do. */
async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'; set client_min_messages = warning",
  );
  return client;
}

/** Further than any id or position lies: by so much each copy moves on. */
async function spanOf(client: pg.Client, tables: readonly FilledTable[]): Promise<number> {
  let span = 0;
  for (const { name, columns } of tables) {
    const ids = columns.filter((column) => column.type === "bigint").map((column) => `max(${column.name})`);
    if (ids.length === 0) continue;
    const { rows } = await client.query<{ max: string }>(`select greatest(${ids.join(", ")}, 0) as max from ${name}`);
    span = Math.max(span, Number(rows[0]?.max));
  }
  return span + 1;
}

/** The last column of each unique index that holds neither a contact nor an id, which would make it unique. */
async function uniqueTexts(client: pg.Client, { name, columns }: FilledTable): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ keys: string[] }>(
    `select array(select quote_ident(attname) from unnest(i.indkey) with ordinality as k(key, nth) join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.key order by nth)::text[] as keys
     from pg_index i where i.indrelid = $1::regclass and i.indisunique`,
    [name],
  );
  const typeOf = new Map(columns.map((column) => [column.name, column.type]));
  const others = rows.filter(({ keys }) => !keys.some((key) => ["uuid", "bigint"].includes(typeOf.get(key) ?? "")));
  return new Set(others.flatMap(({ keys }) => keys.at(-1) ?? []));
}

/** @returns the statements that bring them back. */
async function takeIndexes(client: pg.Client, tables: readonly FilledTable[]): Promise<string[]> {
  const names = tables.map((table) => table.name);
  const { rows } = await client.query<{ away: string; back: string }>(
    `select case when c.oid is null then 'drop index ' || i.indexrelid::regclass else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as away,
            case when c.oid is null then pg_get_indexdef(i.indexrelid) else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as back
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
     where i.indrelid = any($1::regclass[])`,
    [names],
  );
  for (const { away } of rows) await client.query(away);
  return rows.map(({ back }) => back);
}

async function writeCopies(
  client: pg.Client,
  pattern: Pattern,
  span: number,
  { copies, spanMs = YEAR_MS, say }: MultiplyRequest,
): Promise<void> {
  const { name, columns, rows } = pattern.table;
  const names = columns.map((column) => column.name).join(", ");
  const values = columns.map((column) => copied(column, pattern.unique)).join(", ");
  say(`${name}: ${(rows * copies).toLocaleString("en-US")} rows`);
  // The oldest first, so that positions, ids and times grow together, as they do in a log.
  const text = `insert into ${name} (${names}) overriding system value select ${values} from copied_${name} cross join (select $1::bigint as move, $2::bigint as back_ms) as copy`;
  for (let copy = 1; copy <= copies; copy++) {
    const backMs = Math.round(((copies - copy) * spanMs) / copies);
    await client.query({ name: `copy_${name}`, text, values: [copy * span, backMs] });
  }
}

/** What becomes of a column's value in the copy `copy`. */
function copied({ name, type }: FilledTable["columns"][number], unique: ReadonlySet<string>): string {
  if (KEPT.has(name)) return name;
  if (unique.has(name)) return `${name} || '~' || copy.move`;
  switch (type) {
    case "bigint":
      return `${name} + copy.move`;
    case "bigint[]":
      return `(select array_agg(id + copy.move) from unnest(${name}) as id)`;
    case "timestamp with time zone":
      return `${name} - copy.back_ms * interval '1 ms'`;
    case "uuid":
      return earlierUuid(name);
    default:
      return name;
  }
}

/** Version 7 begins with the time, so an older copy's contacts stand before the newer ones in every index. */
function earlierUuid(name: string): string {
  const digits = `replace(${name}::text, '-', '')`;
  const time = `lpad(to_hex(('x' || left(${digits}, 12))::bit(48)::bigint - copy.back_ms), 12, '0')`;
  return `(${time} || right(${digits}, 20))::uuid`;
}

/** Sequences, and the places of those who read the log, stand behind everything. */
async function moveOn(client: pg.Client, tables: readonly FilledTable[], behindAll: number): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname = 'public' and last_value is not null",
  );
  for (const { name } of rows) await client.query("select setval($1::regclass, $2)", [name, behindAll]);
  if (!tables.some((table) => table.name === "single_events")) return;
  await client.query("update subscriptions set position = newest_position()");
  await client.query("update monitor_state set place = newest_position()");
  await client.query("truncate contact_lines");
  await client.query("insert into contact_lines select l.* from contacts c cross join lateral line_of(c) l");
  await client.query("update contact_lines_place set position = newest_position()");
}

/** Each piece of work by whoever is free. */
async function inTurn<Work>(
  clients: readonly pg.Client[],
  all: readonly Work[],
  doIt: (client: pg.Client, work: Work) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const turn = async (client: pg.Client) => {
    for (let work = all[next++]; work !== undefined; work = all[next++]) await doIt(client, work);
  };
  await Promise.all(clients.map(turn));
}
