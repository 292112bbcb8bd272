/**
 * A fresh database for each test engine. The cluster below is the run's (CLUSTER_VARIABLE) or one of this process, which
 * lives until the test file ends under `node --test`, and elsewhere as long as a database of it is in use.
 */
import { CLUSTER_VARIABLE, databaseOf, startTestCluster, type TestCluster, type TestDatabase } from "./cluster.ts";

let own: Promise<TestCluster> | undefined;
let inUse = 0;
let counter = 0;
let isEndedByRunner = false;

/** The URL of a database nothing else uses, its schema up to date unless "empty" is wanted; `drop` removes it. @throws MillraceError database_setup. */
export async function freshDatabase(schema: "newest" | "empty" = "newest"): Promise<TestDatabase> {
  const cluster = process.env[CLUSTER_VARIABLE] ?? (await ownCluster()).url;
  counter += 1;
  inUse += 1;
  const database = await databaseOf(cluster, `t_${process.pid}_${counter}_${Date.now().toString(36)}`, schema);
  return {
    url: database.url,
    async drop() {
      await database.drop();
      inUse -= 1;
      if (inUse === 0 && !isEndedByRunner) await stopOwn();
    },
  };
}

async function ownCluster(): Promise<TestCluster> {
  if (own === undefined) {
    own = startTestCluster();
    await endWithTestFile();
  }
  return own;
}

/** Node's test runner runs a file in a process of its own; what it registers here is run once, after all its tests. */
async function endWithTestFile(): Promise<void> {
  if (process.env.NODE_TEST_CONTEXT === undefined || isEndedByRunner) return;
  isEndedByRunner = true;
  const { after } = await import("node:test");
  after(stopOwn);
}

async function stopOwn(): Promise<void> {
  const cluster = own;
  own = undefined;
  await (await cluster)?.stop();
}
