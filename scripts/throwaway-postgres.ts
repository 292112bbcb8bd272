/** A PostgreSQL for a script: prints its URL and runs until it is stopped; then nothing of it is left. */
import { once } from "node:events";
import { startTestCluster } from "../packages/millrace/src/testing/cluster.ts";

const cluster = await startTestCluster();
console.log(cluster.url);
// A process that waits for a signal and nothing else would end by itself.
const alive = setInterval(() => {}, 60_000);
await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
clearInterval(alive);
await cluster.stop();
