/**
 * The watchdog: a thread that finds a decision which takes too long, reads through the inspector which workflow it is and
 * where it stands, writes that down and ends the process. The main thread cannot do it: it does not come back. Time is
 * counted in processor time, so that a machine that sleeps or is crowded gives no false alarm.
 *
 * The process is ended by SIGKILL: from this thread there is no softer way, and all that is durable is in PostgreSQL.
 */
import { readFileSync, writeSync } from "node:fs";
import { type Debugger, Session } from "node:inspector/promises";
import { setTimeout } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { DESCRIBE, type DecisionUnderWay } from "./decision-name.ts";
import { messageOfTimeout, writeTimeout } from "./decision-timeout.ts";
import type { WatchdogOptions } from "./watchdog.ts";

const { cell, limitMs } = workerData as WatchdogOptions;
const LOOK_MS = Math.max(20, Math.min(250, limitMs / 4));
/** The inspector is given this long; then the process ends with what is known. */
const INSPECT_MS = 3_000;

let seen = 0;
let cpuThen = 0;

setInterval(look, LOOK_MS);

function look(): void {
  const now = Atomics.load(cell, 0);
  const isDeciding = (now & 1) === 1;
  if (!isDeciding || now !== seen) {
    seen = now;
    // Asked for only while something is being decided: an engine at rest costs nothing more than the look.
    if (isDeciding) cpuThen = cpuMs();
    return;
  }
  if (cpuMs() - cpuThen < limitMs) return;
  cpuThen = Number.POSITIVE_INFINITY;
  void end(now);
}

/**
 * Processor time of the main thread; where the system does not give it, of the process. On a crowded machine the main
 * thread may rest in the middle of a decision while other threads of the process go on.
 */
function cpuMs(): number {
  return mainThreadMs() ?? processMs();
}

function processMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Linux counts in hundredths of a second. */
function mainThreadMs(): number | undefined {
  try {
    const stat = readFileSync(`/proc/self/task/${process.pid}/stat`, "utf8");
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    const ms = (Number(user) + Number(system)) * 10;
    return Number.isFinite(ms) ? ms : undefined;
  } catch {
    return undefined;
  }
}

async function end(decision: number): Promise<void> {
  const session = new Session();
  const found = await Promise.race([inspected(session).catch(() => undefined), setTimeout(INSPECT_MS, undefined)]);
  if (Atomics.load(cell, 0) !== decision) {
    // It has come back meanwhile.
    session.disconnect();
    cpuThen = cpuMs();
    return;
  }
  if (found !== undefined) writeTimeout(found.under.recordFile, { ...found, at: Date.now(), limitMs });
  writeSync(2, `${messageOfTimeout({ ...found, at: Date.now(), limitMs })}\n`);
  process.kill(process.pid, "SIGKILL");
}

interface Found {
  readonly under: DecisionUnderWay;
  /** "file:line:column" of the function that runs. */
  readonly where: string;
  /** The name of the condition, when it is one. */
  readonly condition: string | undefined;
}

/** Stops the main thread where it is, also in the middle of a pattern, and reads. */
async function inspected(session: Session): Promise<Found | undefined> {
  session.connectToMainThread();
  const paused = new Promise<readonly Debugger.CallFrame[]>((resolve) => {
    session.once("Debugger.paused", ({ params }) => resolve(params.callFrames));
  });
  const files = new Map<string, string>();
  session.on("Debugger.scriptParsed", ({ params }) => files.set(params.scriptId, params.url));
  await session.post("Debugger.enable");
  await session.post("Debugger.pause");
  const frames = await paused;
  const [top] = frames;
  if (top === undefined) return undefined;
  const described = await valueIn(session, top, `globalThis[Symbol.for(${JSON.stringify(DESCRIBE)})]()`);
  if (typeof described !== "string") return undefined;
  const asking = frames.find(({ functionName }) => functionName === "holds");
  const condition = asking && (await valueIn(session, asking, "condition?.name").catch(() => undefined));
  return {
    under: JSON.parse(described) as DecisionUnderWay,
    where: locationOf(top, files.get(top.location.scriptId) ?? top.url),
    condition: typeof condition === "string" ? condition : undefined,
  };
}

async function valueIn(session: Session, { callFrameId }: Debugger.CallFrame, expression: string): Promise<unknown> {
  const options = { callFrameId, expression, returnByValue: true, silent: true };
  // The types say that nothing comes back; the protocol says what.
  const answer: unknown = await session.post("Debugger.evaluateOnCallFrame", options);
  return (answer as Debugger.EvaluateOnCallFrameReturnType).result.value;
}

function locationOf({ location }: Debugger.CallFrame, url: string): string {
  const file = url.replace(/^file:\/\//, "").replace(/\?.*$/, "");
  return `${decodeURI(file)}:${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`;
}
