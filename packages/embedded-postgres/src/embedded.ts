/**
 * The embedded database: a real PostgreSQL in the user's data folder, started and stopped with the engine.
 * No account, no container, no system service. Called by the engine when DATABASE_URL is not set.
 * Every way it can be left behind (kill -9 of the engine, of the server, of both; power failure) is picked
 * up by the next start.
 */
import { realpathSync } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { preparePrograms } from "./binaries.ts";
import { makeCluster } from "./cluster.ts";
import { type ClusterMemory, placeOf, readMemory, recallCluster, writeMemory } from "./data-directory.ts";
import { type DataFolderLock, lockDataFolder } from "./data-folder-lock.ts";
import { EmbeddedPostgresError, messageOf } from "./errors.ts";
import {
  adoptServer,
  askToStop,
  isServerOf,
  type LiveServer,
  type ServerPlan,
  startServer,
  startServerOn,
  stopLeftover,
  stopServer,
  urlOf,
} from "./server.ts";
import { boundLog } from "./server-log.ts";
import { readSettings, renderSettings, writeSettings } from "./server-settings.ts";

export interface EmbeddedPostgres {
  /** For `pg`: TCP on 127.0.0.1 with a password; contains that password, so never log it. */
  readonly url: string;
  readonly version: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  /** True when the server was running already, left over by an engine that was killed. */
  readonly adopted: boolean;
  /** Stops the server and returns when it is gone. May be called more than once. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Made when missing. Holds the password, the lock, the log and, where it can, the database. */
  readonly dataFolder: string;
  /** PostgreSQL settings over ours, e.g. `{ work_mem: "16MB" }`. A change takes effect with the start. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines for a person about what was found and done; PostgreSQL's own log is `postgres.log`. */
  readonly onLog?: (line: string) => void;
  /** How long a server may be silent, or refuse to stop, before it is treated more harshly. Default 20 s. */
  readonly patienceMs?: number;
}

const WATCH_MS = 1_000;

/**
 * Starts the database of a data folder, or adopts the server still running on it.
 * @throws EmbeddedPostgresError `database_locked` when another engine uses the folder, `database_setup` when the
 *   folder, the platform or the settings do not allow a database.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const locks: DataFolderLock[] = [];
  try {
    const dataFolder = await openDataFolder(options.dataFolder);
    locks.push(lockDataFolder(dataFolder));
    return await startLocked(dataFolder, options, locks);
  } catch (error) {
    for (const lock of locks) lock.release();
    throw asSetupError(error, options.dataFolder);
  }
}

/** The URL of the database that another process runs on this data folder; undefined when none was made. */
export function urlOfRunning(dataFolder: string): string | undefined {
  const memory = readMemory(dataFolder);
  return memory === undefined || memory.port === 0 ? undefined : urlOf(memory.password, memory.port);
}

async function startLocked(
  dataFolder: string,
  options: EmbeddedOptions,
  locks: DataFolderLock[],
): Promise<EmbeddedPostgres> {
  const log = options.onLog ?? (() => undefined);
  const memory = await recallCluster(dataFolder, log);
  const place = placeOf(dataFolder, memory);
  // A copied data folder remembers the same place elsewhere, so that place has a lock too.
  if (place.home !== dataFolder) locks.push(lockDataFolder(place.home));
  const programs = await preparePrograms({ copyInto: place.home, user: place.user, log });
  await makeCluster(place, programs, memory.password);
  const plan: ServerPlan = {
    place: placeOf(dataFolder, memory),
    programs,
    password: memory.password,
    patienceMs: options.patienceMs ?? 20_000,
  };
  await applySettings(plan, options.settings ?? {});
  const adopted = await adoptServer(plan);
  if (adopted) log(`Joined the PostgreSQL that an earlier run left behind (pid ${adopted.pid}).`);
  const server = adopted ?? (await startServer(plan, memory.port));
  await remember(dataFolder, memory, server.port);
  return new KeptServer(plan, server, { adopted: adopted !== undefined, locks, log });
}

/** A left-over server that runs with other settings is stopped, so that the new ones take effect. */
async function applySettings(plan: ServerPlan, settings: Readonly<Record<string, string>>): Promise<void> {
  const text = renderSettings(settings);
  if (readSettings(plan.place) === text) return;
  await stopLeftover(plan);
  await writeSettings(plan.place, text);
}

async function remember(dataFolder: string, memory: ClusterMemory, port: number): Promise<void> {
  if (memory.isMade && memory.port === port) return;
  await writeMemory(dataFolder, { ...memory, port, isMade: true });
}

/** A server that is kept running until it is stopped: one that dies is started again on the same port. */
class KeptServer implements EmbeddedPostgres {
  readonly url: string;
  readonly version: string;
  readonly cluster: string;
  readonly adopted: boolean;
  readonly #plan: ServerPlan;
  readonly #locks: readonly DataFolderLock[];
  readonly #log: (line: string) => void;
  readonly #watch: NodeJS.Timeout;
  readonly #atExit = () => askToStop(this.#plan, this.#server.pid);
  #server: LiveServer;
  #restart: Promise<void> | undefined;
  #stop: Promise<void> | undefined;

  constructor(
    plan: ServerPlan,
    server: LiveServer,
    rest: { adopted: boolean; locks: readonly DataFolderLock[]; log: (line: string) => void },
  ) {
    this.#plan = plan;
    this.#server = server;
    this.#locks = rest.locks;
    this.#log = rest.log;
    this.adopted = rest.adopted;
    this.version = server.version;
    this.cluster = plan.place.cluster;
    this.url = urlOf(plan.password, server.port);
    this.#watch = setInterval(() => this.#look(), WATCH_MS);
    this.#watch.unref();
    process.once("exit", this.#atExit);
  }

  stop(): Promise<void> {
    this.#stop ??= this.#stopOnce();
    return this.#stop;
  }

  async #stopOnce(): Promise<void> {
    clearInterval(this.#watch);
    await this.#restart;
    await stopServer(this.#plan, this.#server.pid);
    process.off("exit", this.#atExit);
    for (const lock of this.#locks) lock.release();
  }

  #look(): void {
    if (this.#restart !== undefined) return;
    if (isServerOf(this.#plan, this.#server.pid)) boundLog(this.#plan.place.dataFolder);
    else
      this.#restart = this.#startAgain().finally(() => {
        this.#restart = undefined;
      });
  }

  async #startAgain(): Promise<void> {
    this.#log("PostgreSQL ended unexpectedly; starting it again.");
    try {
      this.#server = await startServerOn(this.#plan, this.#server.port);
    } catch (error) {
      this.#log(`${messageOf(error)} Trying again.`);
    }
  }
}

/** @returns the folder's real path; PostgreSQL and the lock know it by that name only. */
async function openDataFolder(dataFolder: string): Promise<string> {
  const made = await mkdir(dataFolder, { recursive: true });
  const path = realpathSync(dataFolder);
  // Root's folder must let the server's user pass to `pg`; what is secret in it is 0600.
  if (made !== undefined) await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
  return path;
}

function asSetupError(error: unknown, dataFolder: string): unknown {
  if (error instanceof EmbeddedPostgresError || !(error instanceof Error) || !("syscall" in error)) return error;
  return new EmbeddedPostgresError("database_setup", {
    saw: `The data folder ${dataFolder} cannot be used: ${messageOf(error)}.`,
    expected: "a folder this user may write to, on a disk with free space",
    next: "choose another data folder, fix its owner and permissions, or set DATABASE_URL to a PostgreSQL server.",
    cause: error,
  });
}
