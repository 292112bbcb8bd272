/**
 * How much of the machine there is right now, whatever else runs on it: a fixed piece of work, done on both processors at
 * once. A guest is not told what its neighbours take; on the machine of our results this varied from 9,500 to 27,700.
 */
import { once } from "node:events";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { submissions } from "./workload/gen.mjs";

const MS = 400;
const WARM_UP_MS = 200;

/** Takes about a second. @returns pieces of work a second of each of two threads at once. */
export async function paceOfMachine(): Promise<number> {
  const worker = new Worker(new URL(import.meta.url));
  try {
    workFor(WARM_UP_MS);
    await once(worker, "message");
    const other = once(worker, "message");
    worker.postMessage(MS);
    const mine = workFor(MS);
    const [theirs] = (await other) as [number];
    return (mine + theirs) / 2;
  } finally {
    await worker.terminate();
  }
}

/** The third of the rounds with the most machine around them, at least one: chosen by that alone, not by how they went. */
export function quietest<Round>(rounds: readonly Round[], paces: readonly number[]): Round[] {
  const order = rounds.map((round, i) => ({ round, pace: paces[i] ?? 0 })).sort((a, b) => b.pace - a.pace);
  return order.slice(0, Math.max(1, Math.floor(rounds.length / 3))).map(({ round }) => round);
}

/** Reads and writes JSON, as the engine does most. @returns pieces a second. */
function workFor(ms: number): number {
  const begun = performance.now();
  let done = 0;
  let spent = 0;
  while (spent < ms) {
    for (let i = 0; i < 20; i++) if (JSON.stringify(JSON.parse(TEXT)) === TEXT) done += 1;
    spent = performance.now() - begun;
  }
  return done / (spent / 1_000);
}

const TEXT = JSON.stringify(submissions(1, 0, 20));
if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  workFor(WARM_UP_MS);
  port.on("message", (ms: number) => port.postMessage(workFor(ms)));
  port.postMessage("ready");
}
