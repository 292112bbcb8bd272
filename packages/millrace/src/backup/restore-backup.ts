/**
 * Restores a backup: into an empty database, or, where that was asked for, in place of one. In place means beside it first: the
 * old database is there until the new one is whole and compared. Called by `millrace restore`.
 */

import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hostsOf } from "../base/database-address.ts";
import { MillraceError } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import { Database, endSoon } from "../db/database.ts";
import { migrate, migrationStatus } from "../db/migrate.ts";
import { primaryOf } from "../db/primary.ts";
import { readIdentity, readKnown, writeKnown } from "../restore/lineage.ts";
import { holdOutside } from "../restore/restores.ts";
import { clusterFileOf, readSeen } from "../restore/seen-file.ts";
import { connectToCopy } from "./copy-stream.ts";
import type { Head, KeyLine, Summary } from "./format.ts";
import { load, NOWHERE, type OnProgress, readThrough } from "./load.ts";
import { BackupReader } from "./read-backup.ts";
import { freeOfOthers, holdsData, inPlaceOf } from "./target.ts";

export interface RestoreTarget {
  readonly url: string;
  readonly dataFolder: string;
  /** The embedded cluster's folder; undefined: a server. */
  readonly cluster: string | undefined;
}

export interface RestoreOptions {
  readonly file: string;
  /** Also where the database holds data, which is then gone. */
  readonly mayOverwrite: boolean;
  /** False: the keys of the data folder stay as they are. */
  readonly withKeys: boolean;
  /** The engine was stopped before the backup was made and is not started again: nothing was sent meanwhile. */
  readonly isMove: boolean;
  readonly onProgress?: OnProgress;
}

export interface Restored extends Summary {
  readonly madeAt: string;
  /** Is what leaves kept in until it is confirmed? */
  readonly isHeld: boolean;
  readonly writtenKeys: readonly string[];
}

/** Reads a backup to its end without any database. @throws MillraceError invalid_request when it is not whole. */
export async function examineBackup(file: string, onProgress?: OnProgress): Promise<Summary & { readonly head: Head }> {
  const { reader, head } = await BackupReader.open(file);
  await using _ = reader;
  const { summary } = await readThrough(reader, head, NOWHERE, onProgress);
  return { ...summary, head };
}

/** @throws MillraceError invalid_request when the file is not whole, or the database holds data; database_setup; migration_failed. */
export async function restoreBackup(target: RestoreTarget, options: RestoreOptions): Promise<Restored> {
  const { reader, head } = await BackupReader.open(options.file);
  await using _ = reader;
  if (options.isMove && !head.isQuiet) throw wasRunning(options.file);
  const hosts = hostsOf(target.url);
  const primary = hosts.length > 1 ? await primaryOf(hosts) : (hosts[0] ?? target.url);
  await freeOfOthers(primary);
  const isFull = await holdsData(primary);
  if (isFull && !options.mayOverwrite) throw isNotEmpty();
  const fill = (url: string) => fillDatabase({ ...target, url }, { reader, head }, options);
  // The keys go with the database: an old one that stays keeps its own.
  const writeKeys = async ({ keys }: Filled) => {
    for (const line of keys) await writeKey(target.dataFolder, line);
  };
  if (isFull) return (await inPlaceOf(primary, fill, writeKeys)).restored;
  const filled = await fill(primary);
  await writeKeys(filled);
  return filled.restored;
}

interface Filled {
  readonly restored: Restored;
  /** Still to be written. */
  readonly keys: readonly KeyLine[];
}

async function fillDatabase(
  target: RestoreTarget,
  backup: { readonly reader: BackupReader; readonly head: Head },
  options: RestoreOptions,
): Promise<Filled> {
  const { head } = backup;
  const db = new Database({ url: target.url, maxConnections: 2 });
  try {
    await prepareSchema(db, head);
    const client = await connectToCopy(db);
    let keys: readonly KeyLine[] = [];
    try {
      const { keys: all, ...summary } = await load(
        client,
        backup,
        async (tx, loaded) => {
          keys = options.withKeys ? await keysToWrite(target.dataFolder, loaded.keys, options.mayOverwrite) : [];
          failpoint("before-restore-kept");
          await remember(tx, target, head, options.isMove);
        },
        options.onProgress,
      );
      await client.query("analyze");
      await migrate(db);
      const writtenKeys = keys.map(({ key }) => key);
      return { restored: { ...summary, madeAt: head.madeAt, isHeld: !options.isMove, writtenKeys }, keys };
    } finally {
      await endSoon(client);
    }
  } finally {
    await db.close();
  }
}

/** The schema the backup was made of; what is newer comes when its rows are there, as in an upgrade. */
async function prepareSchema(db: Database, { migrations, version }: Head): Promise<void> {
  const { applied, pending } = await migrationStatus(db);
  const known = [...applied, ...pending];
  const newer = migrations.filter((name) => !known.includes(name));
  if (newer.length > 0)
    throw new MillraceError("migration_failed", {
      saw: `The backup was made by version ${version}, which has ${newer.join(", ")}; this one has not. Nothing was restored.`,
      next: "restore it with that version of Millrace, or a newer one.",
    });
  const ahead = applied.filter((name) => !migrations.includes(name));
  if (ahead.length > 0)
    throw new MillraceError("migration_failed", {
      saw: `The database is empty and its schema newer than the backup: it has ${ahead.join(", ")}. Nothing was restored.`,
      next: "restore into a database without any tables, or add --overwrite.",
    });
  await migrate(db, migrations);
}

/** What the database is from now on: another one than it was, held until that is confirmed; or the same, moved. */
async function remember(
  tx: Parameters<typeof readKnown>[0],
  { dataFolder, cluster }: RestoreTarget,
  { newest, madeAt }: Head,
  isMove: boolean,
): Promise<void> {
  const here = { ...(await readIdentity(tx)), clusterFile: await clusterFileOf(cluster) };
  const known = await readKnown(tx);
  // No engine has ever opened it: there is nothing it could send a second time.
  if (known === undefined) return;
  if (isMove) return writeKnown(tx, { ...here, lineage: known.lineage });
  const seen = await readSeen(dataFolder);
  const lastMissing = seen?.lineage === known.lineage && seen.newest > newest ? seen.newest : null;
  const detail = `It was restored from a backup of ${madeAt.slice(0, 19)} UTC.`;
  const finding = { how: "restored", detail, lastMissing } as const;
  await holdOutside(tx, finding, { here, ended: known.lineage, newest, now: Date.now() });
}

/** @throws MillraceError invalid_request when the folder has other keys and they may not be replaced. */
async function keysToWrite(folder: string, keys: readonly KeyLine[], mayReplace: boolean): Promise<KeyLine[]> {
  const wanted: KeyLine[] = [];
  for (const line of keys) {
    const kept = await readFile(join(folder, line.key), "utf8").catch(() => undefined);
    if (kept?.trim() === line.value) continue;
    if (kept !== undefined && !mayReplace)
      throw new MillraceError("invalid_request", {
        saw: `The data folder ${folder} has another ${line.key} than the backup. Nothing was restored.`,
        next: "add --without-keys to keep it (links in e-mails sent before are void then), or --overwrite to replace it.",
        field: "keys",
      });
    wanted.push(line);
  }
  return wanted;
}

async function writeKey(folder: string, { key, value }: KeyLine): Promise<void> {
  const file = join(folder, key);
  await writeFile(file, `${value}\n`, { mode: 0o600 });
  // A file that was there keeps its mode.
  await chmod(file, 0o600);
}

function isNotEmpty(): MillraceError {
  return new MillraceError("invalid_request", {
    saw: "The database holds data. Nothing was restored.",
    next: "name an empty database in DATABASE_URL or an empty data folder, or add --overwrite: what is there now is gone then.",
    field: "overwrite",
  });
}

function wasRunning(file: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `An engine was running when ${file} was made: what it has sent since then is not in it.`,
    next: "stop the engine, make another backup and restore that one; or leave out --moved and confirm what was sent.",
    field: "moved",
  });
}
