/**
 * One drain of any checkout in a process of its own, with that checkout's engine, PostgreSQL settings and workload.
 * Started by against.ts: node bench/drain-of.ts FOLDER COUNT SEED. Tells its parent the DrainResult.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startBenchServer } from "./server.ts";

const [checkout = ".", count = "20000", seed = "1"] = process.argv.slice(2);

/** By path, since which code is measured is the question. The types are ours; the other side may be older. */
function ofCheckout<Module>(file: string): Promise<Module> {
  return import(pathToFileURL(join(resolve(checkout), file)).href);
}

/** Checkouts from before the packages have the supervisor in src/db. */
const SUPERVISOR = "packages/embedded-postgres/src/embedded.ts";
const { startEmbedded } = await ofCheckout<typeof import("@millrace/embedded-postgres")>(
  existsSync(join(resolve(checkout), SUPERVISOR)) ? SUPERVISOR : "src/db/embedded.ts",
);
const { drain } = await ofCheckout<typeof import("./drain.ts")>("bench/drain.ts");
const server = await startBenchServer(startEmbedded);
try {
  const url = await server.freshDatabase("drain");
  process.send?.(await drain(url, server.postmaster, Number(count), Number(seed)));
} finally {
  await server.stop();
}
process.disconnect?.();
