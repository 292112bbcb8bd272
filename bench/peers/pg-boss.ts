/**
 * The form cascade on pg-boss: a queue for each kind, woken by NOTIFY, many jobs a fetch.
 * Started by piece.ts: node bench/peers/pg-boss.ts Request-as-JSON.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Submission } from "../form-cascade.ts";
import { KINDS, runPeer } from "./cascade.ts";

/** It takes the larger number first. */
const PRIORITY = { URGENT: 2, HIGH: 1, MEDIUM: 0 } as const;
await runPeer(fileURLToPath(import.meta.url), async ({ databaseUrl, modules }, db) => {
  const path = createRequire(join(modules, "package.json")).resolve("pg-boss");
  const { PgBoss } = await import(pathToFileURL(path).href);
  const boss = new PgBoss({ connectionString: databaseUrl, max: 10, useListenNotify: true, schedule: false });
  boss.on("error", (error: unknown) => console.error(error));
  await boss.start();
  return {
    prepare: async () => {
      for (const kind of KINDS) await boss.createQueue(kind, { notify: true });
    },
    addJobs: (tx, jobs) => {
      const inside = {
        db: {
          executeSql: async (text: string, values?: unknown[]) => ({ rows: await tx.query(text, values) }),
        },
      };
      const byKind = Map.groupBy(jobs, ({ kind }) => kind);
      const rows = (some: typeof jobs) =>
        some.map(({ payload, priority }) => ({ data: payload, priority: PRIORITY[priority] }));
      return Promise.all([...byKind].map(([kind, some]) => boss.insert(kind, rows(some), inside)));
    },
    start: async ({ atOnce }, run) => {
      // A kind has a queue of its own, so each gets its share of what may be under way. Jobs of one fetch end together.
      const batchSize = Math.max(1, Math.floor(atOnce / KINDS.length));
      const options = { batchSize, localConcurrency: 1, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true };
      for (const kind of KINDS) {
        await boss.work(kind, options, (jobs: readonly { readonly data: Submission }[]) =>
          Promise.all(jobs.map(({ data }) => run(kind, data))).then(() => undefined),
        );
      }
      return { stop: () => boss.stop({ graceful: true, close: false, timeout: 10_000 }) };
    },
    isIdle: async () => (await db.query("select 1 from pgboss.job where state < 'completed' limit 1")).length === 0,
    close: () => boss.stop({ graceful: false, close: true }).catch(() => undefined),
  };
});
