/**
 * Brings a database to the newest schema: plain SQL files in `migrations/`, run in order by Kysely's Migrator,
 * which keeps the history and takes a lock so that two processes never migrate at once.
 */

import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { MillraceError, messageOf } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import type { Database } from "./database.ts";

const FOLDER = fileURLToPath(new URL("../../migrations/", import.meta.url));

export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Names the database has and this program does not know: it was migrated by a newer version. */
  readonly unknown: readonly string[];
}

/** What is applied and what is not, without changing anything. */
export async function migrationStatus(database: Database): Promise<MigrationStatus> {
  const known = (await readdir(FOLDER))
    .filter((file) => file.endsWith(".sql"))
    .map(nameOf)
    .sort();
  const [history] = await database.query<{ there: boolean }>(
    "select to_regclass('kysely_migration') is not null as there",
  );
  const rows = history?.there
    ? await database.query<{ name: string }>("select name from kysely_migration order by name")
    : [];
  const applied = rows.map((row) => row.name);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

/**
 * Applies what is pending.
 * @param only these alone, by their names: for a schema as an earlier version had it. Default: all.
 * @returns the names applied now, [] when there was nothing to do.
 * @throws MillraceError migration_failed when the schema is newer than this program, or a file fails (nothing of it stays).
 */
export async function migrate(database: Database, only?: readonly string[]): Promise<readonly string[]> {
  const status = await migrationStatus(database);
  if (status.unknown.length > 0) {
    throw new MillraceError("migration_failed", {
      saw: `The database was migrated by a newer version: it has ${status.unknown.join(", ")}.`,
      next: "run that newer version of Millrace, or restore a backup made before the upgrade.",
    });
  }
  // Kysely takes 200 ms to import; an up-to-date database starts without it.
  if (status.pending.length === 0) return [];
  return runPending(database, only);
}

async function runPending(database: Database, only: readonly string[] | undefined): Promise<readonly string[]> {
  const { Kysely, PostgresDialect, sql } = await import("kysely");
  const { Migrator } = await import("kysely/migration");
  const { default: pg } = await import("pg");
  const kysely = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url, max: 2 }) }),
  });
  try {
    const migrator = new Migrator({
      // Numbers are given out ahead, so a lower one may arrive later; no file builds on another of its time.
      allowUnorderedMigrations: true,
      db: kysely,
      provider: {
        async getMigrations() {
          const all = (await readdir(FOLDER)).filter((file) => file.endsWith(".sql"));
          const files = all.filter((file) => only === undefined || only.includes(nameOf(file)));
          const entries = files.map(async (file) => {
            const text = await readFile(FOLDER + file, "utf8");
            const up = async (db: typeof kysely) => {
              failpoint("before-migration");
              await sql.raw(text).execute(db);
              failpoint("after-migration");
            };
            return [nameOf(file), { up }] as const;
          });
          return Object.fromEntries(await Promise.all(entries));
        },
      },
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error) {
      const failed = results?.find((result) => result.status === "Error")?.migrationName ?? "before the first file";
      throw new MillraceError("migration_failed", {
        saw: `Migration ${failed} failed: ${messageOf(error)}. Nothing of it was kept.`,
        next: MAY_NOT.test(messageOf(error))
          ? "run `millrace migrate up --runtime-role NAME` as the owner of the schema, then start again."
          : "put the cause right and start again.",
        cause: error,
      });
    }
    return results?.map((result) => result.migrationName) ?? [];
  } finally {
    await kysely.destroy();
  }
}

/** A role that runs the engine changes no schema (grants.ts). */
const MAY_NOT = /permission denied|must be owner/;

function nameOf(file: string): string {
  return file.slice(0, -".sql".length);
}
