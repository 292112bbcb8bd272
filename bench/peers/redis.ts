/** A Redis for one run: the machine's own program, on a free port, in a folder that is gone afterwards. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const REDIS = "redis-server";
const TIMEOUT_MS = 10_000;

export interface Redis {
  readonly connection: { readonly host: string; readonly port: number; readonly maxRetriesPerRequest: null };
  /** Empty in a process that found it running. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

/** Is there one on this machine? */
export async function hasRedis(): Promise<boolean> {
  const asked = spawn(REDIS, ["--version"], { stdio: "ignore" });
  return new Promise((resolve) => {
    asked.once("error", () => resolve(false));
    asked.once("exit", (code) => resolve(code === 0));
  });
}

/** Starts it, or finds the one that another process of the same run has started. @param run names the run. */
export async function redisOf(run: string): Promise<Redis> {
  const port = 20_000 + (createHash("sha256").update(run).digest().readUInt16BE() % 20_000);
  const connection = { host: "127.0.0.1", port, maxRetriesPerRequest: null } as const;
  if (await answers(port)) return { connection, pids: [], stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), "millrace-redis-"));
  const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
  const server = spawn(REDIS, ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, ...durable], {
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  for (const begun = performance.now(); !(await answers(port)); await sleep(20)) {
    if (performance.now() - begun > TIMEOUT_MS) throw new Error(`${REDIS} does not answer on port ${port}.`);
  }
  return {
    connection,
    pids: server.pid === undefined ? [] : [server.pid],
    async stop() {
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
