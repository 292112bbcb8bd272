/**
 * `millrace start` runs the engine in a process of its own, which this one starts again when it is ended from outside of
 * its own will: by the watchdog, since a workflow did not come back (decider/watchdog-thread.ts), or by a crash. It
 * holds nothing and waits, so that there is little in it that could end. An engine that ends by itself, with whatever
 * exit code, is not started again: a wrong setting would be as wrong the next time.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { setTimeout } from "node:timers/promises";

/** Set for the engine's process: when the program was started, in milliseconds since the epoch. */
export const SUPERVISED = "MILLRACE_SUPERVISED";

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
/** The first restart is at once; one that follows soon waits, longer each time. */
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 30_000;
/** An engine that has lived so long begins anew with a first restart. */
const SETTLED_MS = 60_000;

/** Is this the process that has to look after the engine's? */
export function isSupervisor(argv: readonly string[], env: NodeJS.ProcessEnv = process.env): boolean {
  return argv[0] === "start" && env[SUPERVISED] === undefined && !argv.includes("--help") && !argv.includes("-h");
}

/** @returns the exit code of the engine's process, when it ended by itself or was asked to. */
export async function supervise(argv: readonly string[]): Promise<number> {
  const supervisor = new Supervisor(argv);
  try {
    return await supervisor.run();
  } finally {
    supervisor.close();
  }
}

class Supervisor {
  readonly #argv: readonly string[];
  readonly #passOn = (signal: NodeJS.Signals) => this.#asked(signal);
  readonly #stopping = new AbortController();
  #child: ChildProcess | undefined;
  #restarts = 0;

  constructor(argv: readonly string[]) {
    this.#argv = argv;
    for (const signal of SIGNALS) process.on(signal, this.#passOn);
  }

  close(): void {
    for (const signal of SIGNALS) process.off(signal, this.#passOn);
  }

  async run(): Promise<number> {
    let startedAt = performance.timeOrigin;
    for (;;) {
      const { code, signal } = await this.#runOnce(startedAt);
      if (signal === null) return code ?? 1;
      if (this.#stopping.signal.aborted) return 128 + (constants.signals[signal] ?? 0);
      if (Date.now() - startedAt > SETTLED_MS) this.#restarts = 0;
      const waitMs = this.#restarts === 0 ? 0 : Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#restarts - 1));
      this.#restarts += 1;
      const when = waitMs === 0 ? "at once" : `in ${waitMs / 1_000} s`;
      process.stderr.write(`millrace: the engine's process was ended (${signal}); it is started again ${when}.\n`);
      await setTimeout(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
      if (this.#stopping.signal.aborted) return 128 + (constants.signals[signal] ?? 0);
      startedAt = Date.now();
    }
  }

  #runOnce(startedAt: number): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? "", ...this.#argv], {
      // The channel says nothing; its end is how the engine learns that this process is gone.
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      env: { ...process.env, [SUPERVISED]: String(Math.round(startedAt)) },
    });
    this.#child = child;
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve({ code, signal }));
    });
  }

  /** A terminal sends it to both processes; the engine takes two within a second for one. */
  #asked(signal: NodeJS.Signals): void {
    this.#stopping.abort();
    this.#child?.kill(signal);
  }
}
