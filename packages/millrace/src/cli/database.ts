/**
 * The database of a project, for a command that only looks: the server of DATABASE_URL, the embedded one that a running
 * engine keeps, or else the embedded one started for the moment. A folder without a database is not given one by looking.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { urlOfRunning } from "@millrace/embedded-postgres";
import { MillraceError } from "../base/errors.ts";
import { checkReachable, Database } from "../db/database.ts";
import { startEmbeddedDatabase } from "../db/embedded.ts";
import { migrate, migrationStatus } from "../db/migrate.ts";
import type { LoadedConfig } from "../load-config/load-config.ts";
import { CliError } from "./exit-codes.ts";

export interface OpenDatabase {
  readonly db: Database;
  readonly url: string;
  /** How it was reached: a server of its own, another process's embedded one, or one started for this command. */
  readonly by: "server" | "running engine" | "started for this";
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Makes a database where there is none. Default false. */
  readonly mayMake?: boolean;
  /** Leaves the schema as it is, whatever it is. Default false: an old one is an error. */
  readonly anySchema?: boolean;
}

/** @throws CliError not_running when there is no database yet; MillraceError when it cannot be used. */
export async function openDatabase({ config }: LoadedConfig, options: OpenOptions = {}): Promise<OpenDatabase> {
  const open =
    config.databaseUrl === undefined
      ? await openEmbedded(config.dataFolder, options)
      : await openServer(config.databaseUrl);
  try {
    if (options.anySchema !== true) await checkSchema(open);
    return open;
  } catch (error) {
    await open.close();
    throw error;
  }
}

/** Opens the database, does the work, closes it whatever comes. */
export async function withDatabase<Result>(
  loaded: LoadedConfig,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  const open = await openDatabase(loaded);
  try {
    return await work(open.db);
  } finally {
    await open.close();
  }
}

async function openServer(url: string): Promise<OpenDatabase> {
  const db = new Database({ url, maxConnections: 4 });
  try {
    await checkReachable(db);
  } catch (error) {
    await db.close();
    throw error;
  }
  return { db, url, by: "server", close: () => db.close() };
}

async function openEmbedded(dataFolder: string, options: OpenOptions): Promise<OpenDatabase> {
  if (!existsSync(join(dataFolder, "postgres.json")) && options.mayMake !== true) {
    throw new CliError(
      "not_running",
      `There is no database in ${dataFolder} yet.`,
      "run `millrace start`, or go to the folder of your project.",
    );
  }
  const running = existsSync(dataFolder) ? urlOfRunning(dataFolder) : undefined;
  if (running !== undefined) {
    const open = await openServer(running).catch(() => undefined);
    if (open !== undefined) return { ...open, by: "running engine" };
  }
  const embedded = await startEmbeddedDatabase({ dataFolder });
  const db = new Database({ url: embedded.url, maxConnections: 4 });
  return {
    db,
    url: embedded.url,
    by: "started for this",
    async close() {
      await db.close();
      await embedded.stop();
    },
  };
}

/** A database that only this command uses is brought up to date; one that others use is not changed under them. */
async function checkSchema({ db, by }: OpenDatabase): Promise<void> {
  if (by === "started for this") {
    await migrate(db);
    return;
  }
  const { pending, unknown } = await migrationStatus(db);
  if (pending.length === 0 && unknown.length === 0) return;
  throw new MillraceError("migration_failed", {
    saw:
      unknown.length > 0
        ? `The database was migrated by a newer version: it has ${unknown.join(", ")}.`
        : `The database lacks ${pending.join(", ")}.`,
    next: unknown.length > 0 ? "run that newer version of Millrace." : "run `millrace migrate up`.",
  });
}
