/**
 * Loads a backup into a database whose schema is the backup's: one transaction, all or nothing. Every table is read back and its
 * count and fingerprint compared with the file's before it is committed.
 */
import type pg from "pg";
import { MillraceError } from "../base/errors.ts";
import type { Queryable } from "../db/database.ts";
import { LOG_LOCK } from "../events/log-lock.ts";
import { copyIn, copyOut } from "./copy-stream.ts";
import { Digest } from "./digest.ts";
import type { Summary, TableLine, Total } from "./format.ts";
import {
  endSchema,
  type Head,
  type KeyLine,
  keySchema,
  type SequenceLine,
  sequenceSchema,
  tableSchema,
  totalSchema,
} from "./format.ts";
import { logFingerprint } from "./log-fingerprint.ts";
import type { BackupReader } from "./read-backup.ts";
import { copyStatement, quoted, tablesOf } from "./schema-rows.ts";

export interface Loaded extends Summary {
  readonly keys: readonly KeyLine[];
}

export type OnProgress = (done: number, note: string) => void;

/** What becomes of the lines of a backup. */
export interface Sink {
  table(table: TableLine, rows: AsyncIterable<Buffer>): Promise<void>;
  sequence(sequence: SequenceLine): Promise<void>;
}

const lineSchema = tableSchema.or(sequenceSchema).or(keySchema).or(endSchema);

/**
 * Reads a backup to its end and compares each table with what the file says of it.
 * @throws MillraceError invalid_request when it is not whole.
 */
export async function readThrough(reader: BackupReader, head: Head, sink: Sink, onProgress?: OnProgress) {
  const totals = new Map<string, Total>();
  const keys: KeyLine[] = [];
  let rows = 0;
  let expected = 0;
  for (;;) {
    const line = await reader.line(lineSchema);
    if ("table" in line) {
      expected += line.about;
      const read = new Digest();
      const counted = counting(reader.rows(), read, (count) =>
        onProgress?.(Math.min(1, (rows + count) / Math.max(expected, 1)), line.table),
      );
      await sink.table(line, counted);
      const total = await reader.line(totalSchema);
      if (read.rows !== total.rows || read.value !== total.sha256)
        throw reader.damaged(`${line.table} has ${read.rows} rows of ${total.rows}, or changed ones`);
      totals.set(line.table, total);
      rows += total.rows;
    } else if ("sequence" in line) await sink.sequence(line);
    else if ("key" in line) keys.push(line);
    else {
      const log = logFingerprint(new Map([...totals].map(([table, { sha256 }]) => [table, sha256])));
      if (line.tables !== totals.size || line.rows !== rows || line.log !== log)
        throw reader.damaged("its end does not fit");
      const tables = Object.fromEntries([...totals].map(([table, total]) => [table, total.rows]));
      return { totals, keys, summary: { newest: head.newest, tables, rows, log, hasKeys: keys.length > 0 } };
    }
  }
}

async function* counting(rows: AsyncIterable<Buffer>, digest: Digest, onRows: (count: number) => void) {
  for await (const row of rows) {
    digest.add(row);
    if (digest.rows % 10_000 === 0) onRows(digest.rows);
    yield row;
  }
}

/** A sink that keeps nothing: to see whether a file is whole. */
export const NOWHERE: Sink = {
  async table(_, rows) {
    for await (const _row of rows);
  },
  async sequence() {},
};

/**
 * @param finish done in the same transaction, behind the comparison.
 * @throws MillraceError invalid_request when the file or the database is not what it must be; then nothing is there.
 */
export async function load(
  client: pg.Client,
  { reader, head }: { readonly reader: BackupReader; readonly head: Head },
  finish: (tx: Queryable, loaded: Loaded) => Promise<void>,
  onProgress?: OnProgress,
): Promise<Loaded> {
  await client.query("begin");
  try {
    await client.query(`select pg_advisory_xact_lock(${LOG_LOCK})`);
    const columns = new Map((await tablesOf(client)).map((table) => [table.table, table.columns]));
    // What migrations put into a new schema stands in the backup, too.
    for (const table of columns.keys()) await emptied(client, table);
    const sink: Sink = {
      async table(table, rows) {
        if (columns.get(table.table)?.toSorted().join() !== table.columns.toSorted().join())
          throw otherSchema(table.table);
        await copyIn(client, copyStatement(table, "from stdin"), rows);
      },
      async sequence({ sequence, last, isCalled }) {
        await client.query("select setval($1::regclass, $2, $3)", [quoted(sequence), last, isCalled]);
      },
    };
    const { totals, keys, summary } = await readThrough(reader, head, sink, (done, table) =>
      onProgress?.(done / 2, table),
    );
    await compare(client, totals, columns, (done, table) => onProgress?.(0.5 + done / 2, `comparing ${table}`));
    const loaded = { ...summary, keys };
    const tx: Queryable = {
      query: async (text, values) => (await client.query(text, values as unknown[])).rows,
    };
    await finish(tx, loaded);
    await client.query("commit");
    return loaded;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

async function emptied(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query(`select from ${quoted(table)} limit 1`);
  if (rows.length > 0) await client.query(`delete from ${quoted(table)}`);
}

/** Reads every table back. */
async function compare(
  client: pg.Client,
  totals: ReadonlyMap<string, Total>,
  columns: ReadonlyMap<string, readonly string[]>,
  onProgress: OnProgress,
): Promise<void> {
  let done = 0;
  for (const [table, { rows, sha256 }] of totals) {
    onProgress(done++ / totals.size, table);
    const digest = new Digest();
    const statement = copyStatement({ table, columns: columns.get(table) ?? [] }, "to stdout");
    await copyOut(client, statement, (row) => digest.add(row));
    if (digest.rows === rows && digest.value === sha256) continue;
    throw new MillraceError("database_setup", {
      saw: `The table ${table} did not come out as it is in the backup: ${digest.rows} rows of ${rows}, or changed ones. Nothing was kept.`,
      next: "see that the database has encoding UTF8 and no triggers of your own, then restore again.",
    });
  }
}

function otherSchema(table: string): MillraceError {
  return new MillraceError("database_setup", {
    saw: `The table ${table} has other columns here than in the backup. Nothing was kept.`,
    expected: "a schema made by migrations alone",
    next: "restore into a new, empty database.",
  });
}
