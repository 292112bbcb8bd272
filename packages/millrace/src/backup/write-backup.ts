/**
 * Writes a backup: one snapshot of every table, while the engine goes on. It is written beside its name, read back to its end,
 * and gets its name when it is whole and on the disk: what has the name of a backup is one. Called by `millrace backup`.
 */

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { createGzip, type Gzip } from "node:zlib";
import type pg from "pg";
import { MillraceError } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import { packageVersion } from "../base/package.ts";
import { type Database, endSoon } from "../db/database.ts";
import { connectToCopy, copyOut } from "./copy-stream.ts";
import { Digest } from "./digest.ts";
import { END_OF_ROWS, FORMAT, type Head, KEY_FILES, type Summary } from "./format.ts";
import { logFingerprint } from "./log-fingerprint.ts";
import { examineBackup } from "./restore-backup.ts";
import { copyStatement, sequencesOf, strangers, type Table, tablesOf } from "./schema-rows.ts";
import { TABLES } from "./tables.ts";

export interface BackupOptions {
  /** Made anew; must not be there. */
  readonly file: string;
  /** Where the keys are; undefined: without them. */
  readonly keysFrom: string | undefined;
  /** @param done 0 to 1. */
  readonly onProgress?: (done: number, table: string) => void;
}

export interface BackedUp extends Summary {
  /** Tables of a user's own, which are not in it. */
  readonly leftOut: readonly string[];
}

/** @throws MillraceError invalid_request when the file is there already, or what was written is not what is read; database_unavailable. */
export async function writeBackup(db: Database, options: BackupOptions): Promise<BackedUp> {
  const { file } = options;
  if (existsSync(file)) throw isThere(file);
  // A name of its own: another backup under way, or what a killed one has left, is not in its way.
  const draft = `${file}.${randomUUID().slice(0, 8)}.part`;
  // Broken off by Ctrl-C, the process exits without coming to the end of this.
  const remove = () => rmSync(draft, { force: true });
  process.once("exit", remove);
  try {
    const done = await writeDraft(db, draft, options);
    const { rows, log } = await examineBackup(draft);
    if (rows !== done.rows || log !== done.log) throw isOther(file);
    failpoint("before-backup-kept");
    await name(draft, file);
    return done;
  } finally {
    process.off("exit", remove);
    await rm(draft, { force: true });
  }
}

/** Never over another file that was made meanwhile. */
async function name(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || existsSync(file)) throw isThere(file);
    // A file system without links: between the look and the renaming another could come.
    await rename(draft, file);
  }
  // The name is on the disk when its folder is. Where folders cannot be opened, as on Windows, the system sees to it.
  const folder = await open(dirname(file)).catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

async function writeDraft(db: Database, draft: string, options: BackupOptions): Promise<BackedUp> {
  const handle = await open(draft, "wx", 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw cannotWrite(options.file, cause);
  });
  const disk = handle.createWriteStream({ flush: true });
  const client = await connectToCopy(db).catch((error: unknown) => {
    disk.destroy();
    throw error;
  });
  const gzip = createGzip({ level: 1 });
  const written = finished(gzip.pipe(disk));
  // A disk that is full fails the writing; it is waited for below, or seen at the next line.
  written.catch((error: Error) => gzip.destroy(error));
  try {
    await client.query("begin isolation level repeatable read read only");
    const done = await writeAll(client, new Lines(gzip), options);
    await client.query("rollback");
    gzip.end();
    await written;
    return done;
  } finally {
    gzip.destroy();
    disk.destroy();
    await endSoon(client);
  }
}

/** Lines into the file, no faster than it takes them. */
class Lines {
  readonly #gzip: Gzip;
  #gathered: Buffer[] = [];
  #size = 0;

  constructor(gzip: Gzip) {
    this.#gzip = gzip;
  }

  raw(line: Buffer): Promise<void> | undefined {
    this.#gathered.push(line, LINE_END);
    this.#size += line.length + 1;
    return this.#size < PIECE ? undefined : this.flush();
  }

  async json(value: unknown): Promise<void> {
    await this.raw(Buffer.from(JSON.stringify(value)));
  }

  async flush(): Promise<void> {
    if (this.#gzip.errored) throw this.#gzip.errored;
    const isRoom = this.#gzip.write(Buffer.concat(this.#gathered));
    this.#gathered = [];
    this.#size = 0;
    if (!isRoom) await once(this.#gzip, "drain");
  }
}

const LINE_END = Buffer.from("\n");
/** Lines are gathered up to so many bytes. */
const PIECE = 65_536;

async function writeAll(client: pg.Client, lines: Lines, { keysFrom, onProgress }: BackupOptions): Promise<BackedUp> {
  const all = await tablesOf(client);
  const tables = all.filter(({ table }) => TABLES[table] === "rows");
  const head = await headOf(client);
  await lines.json(head);
  const expected = tables.reduce((sum, { about }) => sum + about, 1);
  const counts: Record<string, number> = {};
  const digests = new Map<string, string>();
  let rows = 0;
  for (const table of tables) {
    const digest = await writeTable(client, lines, table, (count) =>
      onProgress?.(Math.min(1, (rows + count) / expected), table.table),
    );
    counts[table.table] = digest.rows;
    digests.set(table.table, digest.value);
    rows += digest.rows;
  }
  for (const sequence of await sequencesOf(client)) await lines.json(sequence);
  const hasKeys = keysFrom !== undefined && (await writeKeys(lines, keysFrom));
  const log = logFingerprint(digests);
  await lines.json({ end: true, tables: tables.length, rows, log });
  await lines.flush();
  return { newest: head.newest, tables: counts, rows, log, hasKeys, leftOut: strangers(all) };
}

const REPORT_EVERY = 10_000;

async function writeTable(
  client: pg.Client,
  lines: Lines,
  table: Table,
  onRows: (count: number) => void,
): Promise<Digest> {
  await lines.json(table);
  const digest = new Digest();
  await copyOut(client, copyStatement(table, "to stdout"), (row) => {
    digest.add(row);
    if (digest.rows % REPORT_EVERY === 0) onRows(digest.rows);
    return lines.raw(row);
  });
  await lines.raw(Buffer.from(END_OF_ROWS));
  await lines.json({ rows: digest.rows, sha256: digest.value });
  return digest;
}

async function headOf(client: pg.Client): Promise<Head> {
  const { rows } = await client.query<Pick<Head, "server" | "migrations" | "newest" | "isQuiet"> & { at: number }>(
    `select split_part(current_setting('server_version'), ' ', 1) as server, newest_position() as newest, now() as at,
            array(select name::text from kysely_migration order by name) as migrations,
            not exists (select from pg_locks where locktype = 'advisory' and classid = 0 and objsubid = 1 and granted
                        and database = (select oid from pg_database where datname = current_database())) as "isQuiet"`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("The server says nothing of itself.");
  const { at, ...rest } = row;
  const madeAt = new Date(at).toISOString();
  return { millrace: "backup", format: FORMAT, version: await packageVersion(), madeAt, ...rest };
}

async function writeKeys(lines: Lines, dataFolder: string): Promise<boolean> {
  let isAny = false;
  for (const key of KEY_FILES) {
    const value = await readFile(join(dataFolder, key), "utf8").catch(() => undefined);
    if (value === undefined) continue;
    isAny = true;
    await lines.json({ key, value: value.trim() });
  }
  return isAny;
}

function cannotWrite(file: string, cause: NodeJS.ErrnoException): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `${file} cannot be written: ${cause.message}.`,
    next: "name a file in a folder you may write to.",
    field: "file",
    cause,
  });
}

function isThere(file: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `${file} is there already.`,
    next: "name another file; no backup is written over.",
    field: "file",
  });
}

function isOther(file: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `What was read back is not what was written for ${file}. No backup was kept.`,
    next: "look after the disk, and make it on another one.",
    field: "file",
  });
}
