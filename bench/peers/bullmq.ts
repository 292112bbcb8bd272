/**
 * The form cascade on BullMQ: one queue in Redis, which writes each command to its disk before it answers, as PostgreSQL does. Its jobs
 * are added once the transaction that asks for them is committed: a kill in between loses them. Started by piece.ts: node bench/peers/bullmq.ts Request-as-JSON.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runPeer } from "./cascade.ts";
import { redisOf } from "./redis.ts";

/** It takes the smaller number first; 0 stands for none. */
const PRIORITY = { URGENT: 1, HIGH: 2, MEDIUM: 3 } as const;
const QUEUE = "cascade";

await runPeer(fileURLToPath(import.meta.url), async ({ modules, databaseUrl }) => {
  // biome-ignore lint/suspicious/noExplicitAny: installed for the run, so its types are not here.
  const { Queue, Worker }: any = createRequire(join(modules, "package.json"))("bullmq");
  const redis = await redisOf(databaseUrl);
  const { connection } = redis;
  const queue = new Queue(QUEUE, { connection });
  return {
    prepare: async () => {},
    addJobsAfter: (jobs) =>
      queue.addBulk(
        jobs.map(({ kind, payload, priority }) => ({
          name: kind,
          data: payload,
          opts: { priority: PRIORITY[priority], removeOnComplete: true, attempts: 3 },
        })),
      ),
    start: async ({ atOnce }, run) => {
      const worker = new Worker(QUEUE, (job: { name: string; data: never }) => run(job.name, job.data), {
        connection,
        concurrency: atOnce,
      });
      worker.on("error", (error: unknown) => {
        throw error;
      });
      return { stop: () => worker.close() };
    },
    isIdle: async () => {
      const counts: Record<string, number> = await queue.getJobCounts("wait", "active", "prioritized", "delayed");
      return Object.values(counts).every((count) => count === 0);
    },
    pids: redis.pids,
    close: async () => {
      await queue.close();
      await redis.stop();
    },
  };
});
