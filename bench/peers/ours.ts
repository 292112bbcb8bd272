/**
 * The form cascade on this engine's queue: one agent does every kind, and declares nothing as pure, so that each task is
 * claimed, held and finished. Started by piece.ts: node bench/peers/ours.ts Request-as-JSON.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { agent } from "../../packages/millrace/src/index.ts";
import { checkCounts } from "../correctness.ts";
import { submitted, workloadConfig } from "../form-cascade.ts";
import { measured, requestOf } from "./measured.ts";

const request = requestOf(process.argv);
const { databaseUrl } = request;

/** The workload with its agents' rules behind one agent that waits for something outside. */
function queuedConfig(concurrency: number): MillraceConfig {
  const config = workloadConfig({ databaseUrl });
  const rules = new Map(
    (config.agents ?? []).flatMap((rule) => rule.kinds.map((kind) => [kind as string, rule] as const)),
  );
  const worker = agent({
    name: "workload_agent",
    kinds: [...rules.keys()] as ["qualify_lead"],
    concurrency,
    run: async ([task]) => {
      if (request.ioMs > 0) await sleep(request.ioMs);
      if (task === undefined) return [];
      // biome-ignore lint/suspicious/noExplicitAny: the rules are pure, so they take what they are given and answer at once.
      return (rules.get(task.kind) as any).run([task], { now: Date.now() });
    },
  });
  return { ...config, agents: [worker] };
}

if (process.argv[3] === "worker") {
  const worker = await openEngine(queuedConfig(request.atOnce), { roles: ["worker"] });
  process.on("message", () => void worker.stop().then(() => process.disconnect?.()));
  process.send?.("ready");
} else {
  const roles = request.workers === 0 ? (["engine", "worker"] as const) : (["engine"] as const);
  const engine = await openEngine(queuedConfig(request.atOnce), { roles });
  const workers = Array.from({ length: request.workers }, () =>
    fork(fileURLToPath(import.meta.url), [process.argv[2] ?? "", "worker"], { stdio: ["ignore", 2, 2, "ipc"] }),
  );
  await Promise.all(workers.map((worker) => once(worker, "message")));
  const result = await measured({
    request,
    pids: workers.flatMap(({ pid }) => pid ?? []),
    submit: async (all) => void (await engine.append(all.map(submitted))),
    idle: async () => {
      await engine.idle();
      while (request.workers > 0 && (await agentsTasks()) > 0) {
        await sleep(10);
        await engine.idle();
      }
    },
    wrong: (all) => checkCounts(databaseUrl, all),
  });
  for (const worker of workers) worker.send("stop");
  await Promise.all(workers.map((worker) => once(worker, "exit")));
  await engine.stop();
  process.send?.(result);
  process.disconnect?.();

  async function agentsTasks(): Promise<number> {
    const [row] = await engine.db.query<{ count: number }>(
      "select count(*)::int as count from (select from tasks where kind <> 'hot_lead_review' limit 1) t",
    );
    return row?.count ?? 0;
  }
}
