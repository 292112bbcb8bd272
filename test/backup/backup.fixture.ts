/** Backups in a folder of their own, and databases to restore them into. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RestoreOptions, restoreBackup } from "../../packages/millrace/src/backup/restore-backup.ts";
import { freshDatabase } from "../factories/database.ts";

export interface Place extends AsyncDisposable {
  /** A path in it. */
  file(name: string): string;
  readonly path: string;
}

export async function place(): Promise<Place> {
  const path = await mkdtemp(join(tmpdir(), "millrace-backup-"));
  return {
    path,
    file: (name) => join(path, name),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

export interface EmptyDatabase extends AsyncDisposable {
  readonly url: string;
}

export async function emptyDatabase(): Promise<EmptyDatabase> {
  const database = await freshDatabase("empty");
  return { url: database.url, [Symbol.asyncDispose]: () => database.drop() };
}

/** As `millrace restore`, into a server's database. */
export function restoreInto(url: string, dataFolder: string, file: string, options: Partial<RestoreOptions> = {}) {
  return restoreBackup(
    { url, dataFolder, cluster: undefined },
    { file, mayOverwrite: false, withKeys: true, isMove: false, ...options },
  );
}
