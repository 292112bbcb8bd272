/** Opens the database and puts an engine together, all of it within reach. Called by create-engine.ts, the command line, benchmarks and tests. */
import { resolve } from "node:path";
import type { EmbeddedPostgres } from "@millrace/embedded-postgres";
import { checkDataFolder } from "../base/data-folder.ts";
import type { EmbeddingOptions, MillraceConfig } from "../config/config.ts";
import { type ConfigInForce, checkedConfig } from "../config/config-schema.ts";
import { checkReachable, Database } from "../db/database.ts";
import { embeddedDatabaseOf } from "../db/embedded.ts";
import { migrate } from "../db/migrate.ts";
import { refuseTransactionPooler } from "../db/pooler.ts";
import { advanceSequences } from "../db/sequences.ts";
import { lockLog } from "../events/log-lock.ts";
import { createLogger } from "../logging/logger.ts";
import { useTracing } from "../logging/tracing.ts";
import type { RestoreGuard } from "../restore/restore-guard.ts";
import { applyTimeout, timeoutFile } from "./apply-decision-timeout.ts";
import { engineBase, loadKeys } from "./engine-base.ts";
import { engineComponents } from "./engine-components.ts";
import { EngineHandle } from "./engine-handle.ts";

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
  if (inForce.databaseUrl === undefined || config.dataFolder !== undefined)
    checkDataFolder(resolve(inForce.dataFolder));
  const embedded = await (starting ?? embeddedDatabaseOf(inForce));
  const url = inForce.databaseUrl ?? embedded?.url ?? "";
  await useTracing();
  const onError = await errorsOf(inForce, embedding);
  const { maxConnections, answerWithinMs, waitForDatabaseMs } = inForce.engine;
  const onLost = (error: unknown) => onError(error, "database connection");
  let guard: RestoreGuard | undefined;
  // Before the engine is open there may be no schema to look at.
  const afterLoss = async () => {
    if (guard !== undefined) await lookAfterLoss(url, (text) => warn(text, inForce, embedding), guard);
  };
  const db = new Database({ url, maxConnections, answerWithinMs, onError: onLost, afterLoss });
  // The embedded database has a data folder in any case; a server's engine without one signs for this process alone.
  const dataFolder = embedded === undefined ? config.dataFolder : inForce.dataFolder;
  const closeDatabase = async () => {
    await db.close();
    await embedded?.stop();
  };
  let engine: EngineHandle | undefined;
  try {
    const seconds = waitForDatabaseMs / 1_000;
    const onWaiting = (because: string) =>
      warn(
        `The database does not answer yet (${because}). It is waited for, ${seconds} s at most.`,
        inForce,
        embedding,
      );
    await checkReachable(db, { ms: waitForDatabaseMs, onWaiting });
    if (inForce.databaseUrl !== undefined) await refuseTransactionPooler(db);
    await migrate(db);
    await inspect(db, (text) => warn(text, inForce, embedding));
    const keys = await loadKeys(dataFolder);
    const file = timeoutFile(dataFolder, url);
    const timeout = await applyTimeout(db, file);
    const say = (text: string) => warn(text, inForce, embedding);
    const beneath = { inForce, db, dataFolder, keys, timeoutFile: file, onError, cluster: embedded?.cluster, say };
    const base = engineBase(config, embedding, beneath);
    await base.clockWatch.isOff();
    await base.restoreGuard.look(db);
    guard = base.restoreGuard;
    engine = new EngineHandle(base, engineComponents(base, embedding), { embedded, closeDatabase });
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

/** For what an operator should know although all goes on. */
function warn(text: string, { log }: ConfigInForce, { logger }: EmbeddingOptions): void {
  if (logger !== undefined) logger.warn({}, text);
  else void createLogger(log).then((made) => made.warn({}, text));
}

/** After a connection was lost the server may be another one. A connection of its own: the pool waits for this. */
async function lookAfterLoss(url: string, say: (text: string) => void, guard: RestoreGuard): Promise<void> {
  const db = new Database({ url, maxConnections: 1 });
  try {
    await inspect(db, say);
    await guard.look(db);
  } finally {
    await db.close();
  }
}

/** Puts right what a server that was filled by copying lacks, before anything is numbered by it. */
async function inspect(db: Database, say: (text: string) => void): Promise<void> {
  const behind = await advanceSequences(db, lockLog);
  for (const { sequence, next, used } of behind)
    say(
      `The sequence ${sequence} would have given ${next}, and ${used} is in use: it was set. This server was filled without its sequences.`,
    );
}

/** Errors that were survived go to who asked for them, else to the log. */
async function errorsOf({ log }: ConfigInForce, { onError, logger }: EmbeddingOptions): Promise<OnError> {
  if (onError !== undefined) return onError;
  const to = logger ?? (await createLogger(log));
  return (error, where) => to.error({ err: error, where }, where);
}

type OnError = (error: unknown, where: string) => void;
