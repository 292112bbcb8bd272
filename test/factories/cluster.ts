/**
 * One PostgreSQL for a run of the tests: a real one, in a folder of its own, without fsync (no test here cuts the power).
 * Each test gets a database of its own, copied from a migrated template.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, startEmbedded } from "../../packages/embedded-postgres/src/embedded.ts";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { migrate } from "../../packages/millrace/src/db/migrate.ts";

export const VARIABLE = "MILLRACE_TEST_CLUSTER";
export const TEMPLATE = "millrace_template";

export interface Cluster {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a cluster, says where it is to every test process to come, and prepares the template. */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-test-"));
  const postgres: EmbeddedPostgres = await startEmbedded({
    dataFolder: folder,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  await execute(postgres.url, `create database ${TEMPLATE}`);
  const template = new Database({ url: withDatabase(postgres.url, TEMPLATE), maxConnections: 2 });
  await migrate(template);
  await template.close();
  process.env[VARIABLE] = postgres.url;
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
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
