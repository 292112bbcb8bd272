/**
 * One PostgreSQL for the tests of a process or a whole run: a real one, in a folder of its own, without fsync (no test here
 * cuts the power). Each engine gets a database of its own, copied from a migrated template. Used by database.ts, and by
 * this repository's test runner, which starts one for all its test processes.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "../db/database.ts";
import { startEmbeddedDatabase } from "../db/embedded.ts";
import { migrate } from "../db/migrate.ts";

/** Names the cluster of the run to every test process; without it a process starts one of its own. */
export const CLUSTER_VARIABLE = "MILLRACE_TEST_CLUSTER";
const TEMPLATE = "millrace_template";

export interface TestCluster {
  readonly url: string;
  /** Stops the server and removes its folder. */
  stop(): Promise<void>;
}

/** Names a server to use instead of a cluster: PostgreSQL 15 or newer, by a user who may make databases. */
export const SERVER_VARIABLE = "MILLRACE_TEST_SERVER";

/** Starts a cluster, or uses the server of SERVER_VARIABLE, and prepares the template. @throws MillraceError database_setup. */
export async function startTestCluster(): Promise<TestCluster> {
  const server = process.env[SERVER_VARIABLE];
  const cluster = server === undefined ? await startOwnCluster() : { url: server, stop: async () => {} };
  await execute(cluster.url, `drop database if exists ${TEMPLATE} with (force)`);
  await execute(cluster.url, `create database ${TEMPLATE}`);
  const template = new Database({ url: withDatabase(cluster.url, TEMPLATE), maxConnections: 2 });
  await migrate(template);
  await template.close();
  return cluster;
}

async function startOwnCluster(): Promise<TestCluster> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-test-"));
  const postgres = await startEmbeddedDatabase({
    dataFolder: folder,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A database of its own.
 * @param name lower-case letters, digits and underscores.
 * @param schema "newest": up to date; "empty": without any.
 */
export async function databaseOf(clusterUrl: string, name: string, schema: "newest" | "empty"): Promise<TestDatabase> {
  await execute(clusterUrl, `create database ${name}${schema === "newest" ? ` template ${TEMPLATE}` : ""}`);
  return {
    url: withDatabase(clusterUrl, name),
    drop: () => execute(clusterUrl, `drop database if exists ${name} with (force)`),
  };
}

export async function execute(url: string, statement: string): Promise<void> {
  const db = new Database({ url, maxConnections: 1 });
  try {
    await db.query(statement);
  } finally {
    await db.close();
  }
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
