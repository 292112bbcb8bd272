/** A PostgreSQL for a script: prints its URL and runs until it is stopped; then nothing of it is left. */
import { once } from "node:events";
import { startTestCluster } from "../packages/millrace/src/testing/cluster.ts";

const cluster = await startTestCluster();
console.log(cluster.url);
await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
await cluster.stop();
