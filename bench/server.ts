/** The benchmark's own PostgreSQL: embedded, durable, in a folder that is gone afterwards. */
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../packages/embedded-postgres/src/embedded.ts";
import { Database } from "../packages/millrace/src/db/database.ts";

export interface BenchServer {
  readonly url: string;
  readonly version: string;
  /** The pid of its first process, which all others descend from. */
  readonly postmaster: number;
  /** Makes an empty database. @returns its URL. */
  freshDatabase(name: string): Promise<string>;
  /** What is measured and counted is no longer needed: large ones give their place on disk back. */
  dropDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** @param start another checkout's way to start it, when that one is measured. */
export async function startBenchServer(start = startEmbedded): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-bench-"));
  // Closed to the server's user, a root's folder would hold a note only, and the database itself would outlive it.
  await chmod(folder, 0o711);
  const postgres = await start({ dataFolder: folder });
  const admin = new Database({ url: postgres.url, maxConnections: 1 });
  await admin.query("set statement_timeout = 0");
  const end = async () => {
    forget();
    await admin.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  // Broken off, a run ends twice: for the signal, and because what it measures fails.
  let ending: Promise<void> | undefined;
  const stop = () => (ending ??= end());
  const forget = onInterruption(stop);
  return {
    url: postgres.url,
    version: postgres.version,
    postmaster: await postmasterOf(admin),
    async freshDatabase(name) {
      await admin.query(`create database ${name}`);
      const url = new URL(postgres.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    async dropDatabase(name) {
      await admin.query(`drop database ${name} with (force)`);
    },
    stop,
  };
}

/** Whoever breaks off a run is not left with gigabytes. @returns what takes the provision back. */
function onInterruption(stop: () => Promise<void>): () => void {
  const end = (signal: NodeJS.Signals) => void stop().finally(() => process.exit(128 + constants.signals[signal]));
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.once(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}

async function postmasterOf(database: Database): Promise<number> {
  const [row] = await database.query<{ data_directory: string }>("show data_directory");
  const [pid] = (await readFile(join(row?.data_directory ?? "", "postmaster.pid"), "utf8")).split("\n");
  return Number(pid);
}
