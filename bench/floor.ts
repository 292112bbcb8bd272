/**
 * The raw floor: the very rows that stand in a database, written again into an empty one by bare SQL: nothing read,
 * nothing decided, the bytes made beforehand. What the same PostgreSQL can do on the same machine.
 *
 * Every table the engine has filled takes part, whatever its columns. Several rows travel by binary COPY, the fastest
 * way into PostgreSQL and the engine's own; one row at a time travels by a prepared insert, which is faster there.
 */
import { once } from "node:events";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { Database } from "../packages/millrace/src/db/database.ts";
import { migrate } from "../packages/millrace/src/db/migrate.ts";
import { postgresCpuS } from "./measure.ts";
import { type FilledTable, filledTables } from "./tables.ts";

export interface FloorRequest {
  /** The database whose rows are taken. */
  readonly from: string;
  /** An empty database. */
  readonly to: string;
  /** Into so many transactions the rows are divided, each with its share of every table. */
  readonly transactions: number;
  /** Writers at the same time. Default 1. */
  readonly connections?: number;
  readonly postmaster: number;
}

export interface FloorResult {
  readonly seconds: number;
  readonly rows: number;
  readonly way: "copy" | "insert";
  readonly postgresCpuS: number;
  readonly wrong: readonly string[];
}

/** One transaction's statements, ready to be sent. */
type Writing = readonly ((client: pg.Client) => Promise<unknown>)[];

const SIGNATURE_BYTES = 19;
const HEADER = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const TRAILER = Buffer.from([0xff, 0xff]);

export async function floor(wish: FloorRequest): Promise<FloorResult> {
  await migrateDatabase(wish.to);
  const tables = await tablesToWrite(wish);
  const isOneByOne = tables.every((table) => table.rows <= wish.transactions);
  const writings = await withClient(wish.from, (client) =>
    isOneByOne ? insertsOf(client, tables, wish.transactions) : copiesOf(client, tables, wish.transactions),
  );
  const clients = await Promise.all(Array.from({ length: wish.connections ?? 1 }, () => connect(wish.to)));
  const cpuBefore = postgresCpuS(wish.postmaster);
  const start = performance.now();
  let next = 0;
  const writer = async (client: pg.Client) => {
    for (let writing = writings[next++]; writing !== undefined; writing = writings[next++]) {
      await client.query("begin");
      for (const write of writing) await write(client);
      await client.query("commit");
    }
  };
  await Promise.all(clients.map(writer));
  const seconds = (performance.now() - start) / 1_000;
  const cpuS = postgresCpuS(wish.postmaster) - cpuBefore;
  await Promise.all(clients.map((client) => client.end()));
  return {
    seconds,
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    way: isOneByOne ? "insert" : "copy",
    postgresCpuS: cpuS,
    wrong: await missing(wish.to, tables),
  };
}

/** All the engine has filled; what the migrations themselves write stands in the target already. */
async function tablesToWrite({ from, to }: FloorRequest): Promise<readonly FilledTable[]> {
  const there = new Set((await withClient(to, filledTables)).map((table) => table.name));
  return (await withClient(from, filledTables)).filter((table) => !there.has(table.name));
}

async function copiesOf(client: pg.Client, tables: readonly FilledTable[], parts: number): Promise<Writing[]> {
  const writings: ((client: pg.Client) => Promise<unknown>)[][] = Array.from({ length: parts }, () => []);
  for (const { name, columns } of tables) {
    const names = columns.map((column) => column.name).join(", ");
    const rows = rowsOf(await readCopy(client, `copy ${name} (${names}) to stdout binary`));
    const size = Math.ceil(rows.length / parts);
    for (const [i, writing] of writings.entries()) {
      const part = rows.slice(i * size, (i + 1) * size);
      if (part.length === 0) continue;
      const data = Buffer.concat([HEADER, ...part, TRAILER]);
      writing.push((target) => writeCopy(target, `copy ${name} (${names}) from stdin binary`, data));
    }
  }
  return writings;
}

async function insertsOf(client: pg.Client, tables: readonly FilledTable[], parts: number): Promise<Writing[]> {
  const writings: ((client: pg.Client) => Promise<unknown>)[][] = Array.from({ length: parts }, () => []);
  for (const { name, columns } of tables) {
    const names = columns.map((column) => column.name).join(", ");
    const given = columns.map((column, i) => `$${i + 1}::${column.type}`).join(", ");
    const text = `insert into ${name} (${names}) overriding system value values (${given})`;
    const asText = columns.map((column) => `${column.name}::text`).join(", ");
    const { rows } = await client.query<string[]>({ text: `select ${asText} from ${name}`, rowMode: "array" });
    for (const [i, values] of rows.entries()) {
      writings[i]?.push((target) => target.query({ name: `floor_${name}`, text, values }));
    }
  }
  return writings;
}

/** The rows of a binary COPY, each with its own bytes. Format: PostgreSQL manual, COPY, "Binary Format". */
function rowsOf(stream: Buffer): Buffer[] {
  const rows: Buffer[] = [];
  let at = SIGNATURE_BYTES;
  for (let fields = stream.readInt16BE(at); fields !== -1; fields = stream.readInt16BE(at)) {
    const begin = at;
    at += 2;
    for (let field = 0; field < fields; field++) at += 4 + Math.max(0, stream.readInt32BE(at));
    rows.push(stream.subarray(begin, at));
  }
  return rows;
}

async function readCopy(client: pg.Client, statement: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of client.query(copyTo(statement))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function writeCopy(client: pg.Client, statement: string, data: Buffer): Promise<void> {
  const stream = client.query(copyFrom(statement));
  stream.end(data);
  await once(stream, "finish");
}

async function missing(url: string, tables: readonly FilledTable[]): Promise<string[]> {
  const written = new Map((await withClient(url, filledTables)).map((table) => [table.name, table.rows]));
  return tables
    .filter((table) => written.get(table.name) !== table.rows)
    .map((table) => `floor, ${table.name}: ${written.get(table.name) ?? 0} rows, must be ${table.rows}`);
}

async function migrateDatabase(url: string): Promise<void> {
  const database = new Database({ url, maxConnections: 1 });
  await migrate(database);
  await database.close();
}

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Bare: without the time limits and parsers of the engine's own connections. */
async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
