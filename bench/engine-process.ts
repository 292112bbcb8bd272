/** An engine in a process of its own, as its starter sees it. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { HEAP_OPTIONS } from "../packages/millrace/bin/heap-options.mjs";

export interface EngineRequest {
  readonly databaseUrl: string;
  readonly config: "workload" | "default pack" | "queue work" | "agents";
  /** Of a model's simulator, for the agents. */
  readonly modelUrl?: string;
}

export type Request =
  | { readonly do: "idle" | "stop" }
  /** The process makes these submissions itself and offers them as fast as they are accepted. */
  | { readonly do: "offer"; readonly seed: number; readonly from: number; readonly count: number };

export class EngineProcess {
  readonly pid: number;
  /** Of its gateway. */
  readonly url: string;
  readonly apiKey: string;
  readonly #child: ChildProcess;

  /** Resolves when it serves. */
  static async start(wish: EngineRequest): Promise<EngineProcess> {
    const child = fork(join(import.meta.dirname, "engine-child.ts"), [JSON.stringify(wish)], {
      // As `npm start` runs it.
      execArgv: HEAP_OPTIONS,
      stdio: ["ignore", 2, 2, "ipc"],
    });
    return new EngineProcess(child, (await answerOf(child)) as { url: string; apiKey: string });
  }

  private constructor(child: ChildProcess, { url, apiKey }: { url: string; apiKey: string }) {
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.url = url;
    this.apiKey = apiKey;
  }

  /** Resolves when nothing that is due is left. */
  async idle(): Promise<void> {
    await this.#ask({ do: "idle" });
  }

  async offer(seed: number, from: number, count: number): Promise<void> {
    await this.#ask({ do: "offer", seed, from, count });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.send({ do: "stop" } satisfies Request);
    await ended;
  }

  async #ask(request: Request): Promise<void> {
    const answer = answerOf(this.#child);
    this.#child.send(request);
    await answer;
  }
}

/** The next message of the child. @throws Error when it ends without one. */
async function answerOf(child: ChildProcess): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const answered = once(child, "message", { signal }).then(([message]) => message);
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`The engine's process ended with exit code ${code}.`);
  });
  ended.catch(() => {});
  answered.catch(() => {});
  return Promise.race([answered, ended]).finally(() => waiting.abort());
}
