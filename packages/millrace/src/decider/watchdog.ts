/** Starts the thread that watches decisions: one for the process, while an engine in it decides. */
import { Worker } from "node:worker_threads";
import { decisionCell } from "./decision-guard.ts";

/** What the thread is started with. */
export interface WatchdogOptions {
  readonly cell: Int32Array;
  /** Milliseconds of processor a decision may take. */
  readonly limitMs: number;
}

/** The thread outlives the last engine a little: who stops one often starts the next. */
const LINGER_MS = 5_000;

let worker: Worker | undefined;
let engines = 0;
let lingering: NodeJS.Timeout | undefined;

/**
 * @param limitMs of the first engine of the process; others in it share the thread.
 * @returns ends the watch; the thread goes after the last of them.
 */
export function startWatchdog(limitMs: number, onError: (error: unknown) => void): () => void {
  clearTimeout(lingering);
  worker ??= newThread(limitMs, onError);
  engines += 1;
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    engines -= 1;
    if (engines === 0) lingering = setTimeout(endThread, LINGER_MS).unref();
  };
}

function endThread(): void {
  void worker?.terminate();
  worker = undefined;
}

function newThread(limitMs: number, onError: (error: unknown) => void): Worker {
  const workerData: WatchdogOptions = { cell: decisionCell, limitMs };
  const thread = new Worker(new URL(import.meta.resolve("#watchdog-thread")), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 },
  });
  thread.on("error", onError);
  // It watches; it keeps no program alive.
  thread.unref();
  return thread;
}
