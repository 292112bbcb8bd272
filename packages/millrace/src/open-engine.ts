/** Opens the database and puts an engine together, all of it within reach. Called by create-engine.ts, the command line, benchmarks and tests. */
import type { EmbeddedPostgres } from "@millrace/embedded-postgres";
import { applyTimeout, timeoutFile } from "./apply-decision-timeout.ts";
import type { EmbeddingOptions, MillraceConfig } from "./config.ts";
import { type ConfigInForce, checkedConfig } from "./config-schema.ts";
import { checkReachable, Database } from "./db/database.ts";
import { embeddedDatabaseOf } from "./db/embedded.ts";
import { migrate } from "./db/migrate.ts";
import { engineBase, loadKeys } from "./engine-base.ts";
import { EngineHandle } from "./engine-handle.ts";
import { engineParts } from "./engine-parts.ts";
import { createLogger } from "./log.ts";
import { useTracing } from "./tracing.ts";

/**
 * Boots the database (embedded unless `databaseUrl` is set), migrates it and starts all parts.
 * @param starting the embedded database of this config, when its start has begun; it is stopped with the engine.
 * @throws MillraceError database_setup, database_locked, database_unavailable, migration_failed, invalid_config or invalid_workflow.
 */
export async function openEngine(
  config: MillraceConfig = {},
  embedding: EmbeddingOptions = {},
  starting?: Promise<EmbeddedPostgres | undefined>,
): Promise<EngineHandle> {
  const inForce = checkedConfig(config, { source: "The config" });
  const embedded = await (starting ?? embeddedDatabaseOf(inForce));
  const url = inForce.databaseUrl ?? embedded?.url ?? "";
  await useTracing();
  const onError = await errorsOf(inForce, embedding);
  const { maxConnections } = inForce.engine;
  const db = new Database({ url, maxConnections, onError: (error) => onError(error, "database connection") });
  // The embedded database has a data folder in any case; a server's engine without one signs for this process alone.
  const dataFolder = embedded === undefined ? config.dataFolder : inForce.dataFolder;
  const closeDatabase = async () => {
    await db.close();
    await embedded?.stop();
  };
  let engine: EngineHandle | undefined;
  try {
    await checkReachable(db);
    await migrate(db);
    const keys = await loadKeys(dataFolder);
    const file = timeoutFile(dataFolder, url);
    const timeout = await applyTimeout(db, file);
    const base = engineBase(config, embedding, { inForce, db, dataFolder, keys, timeoutFile: file, onError });
    engine = new EngineHandle(base, engineParts(base, embedding), { embedded, closeDatabase });
    await engine.start();
    if (timeout !== undefined) await engine.resumeAfter(timeout, file);
    return engine;
  } catch (error) {
    // What has begun to turn ends too: a loop left behind would turn on, without a database, for as long as the process lives.
    const ended = engine === undefined ? closeDatabase() : engine.stop();
    await ended.catch((failure: unknown) => onError(failure, "stop"));
    throw error;
  }
}

/** Errors that were survived go to whoever asked for them, else to the log. */
async function errorsOf({ log }: ConfigInForce, { onError, logger }: EmbeddingOptions): Promise<OnError> {
  if (onError !== undefined) return onError;
  const to = logger ?? (await createLogger(log));
  return (error, where) => to.error({ err: error, where }, where);
}

type OnError = (error: unknown, where: string) => void;
