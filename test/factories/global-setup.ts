/** Run once around all test files: `node --test --test-global-setup=test/factories/global-setup.ts`. */
import { CLUSTER_VARIABLE, startTestCluster, type TestCluster } from "../../packages/millrace/src/testing/cluster.ts";

let cluster: TestCluster | undefined;

export async function globalSetup(): Promise<void> {
  cluster = await startTestCluster();
  process.env[CLUSTER_VARIABLE] = cluster.url;
}

export async function globalTeardown(): Promise<void> {
  await cluster?.stop();
}
