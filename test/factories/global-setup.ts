/** Run once around all test files: `node --test --test-global-setup=test/factories/global-setup.ts`. */
import { startCluster } from "./cluster.ts";

let cluster: Awaited<ReturnType<typeof startCluster>> | undefined;

export async function globalSetup(): Promise<void> {
  cluster = await startCluster();
}

export async function globalTeardown(): Promise<void> {
  await cluster?.stop();
}
