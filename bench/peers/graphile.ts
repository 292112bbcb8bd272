/**
 * The form cascade on graphile-worker: jobs are taken and completed many at a time (its local queue, its batched completion).
 * Started by piece.ts: node bench/peers/graphile.ts Request-as-JSON.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { KINDS, runPeer } from "./cascade.ts";

/** It takes the smaller number first. */
const PRIORITY = { URGENT: 0, HIGH: 1, MEDIUM: 2 } as const;

const ADD_JOBS = `select count(*) from graphile_worker.add_jobs(array(
  select (j->>'kind', j->'payload', null, null, 3, null, (j->>'priority')::int, null)::graphile_worker.job_spec
  from json_array_elements($1::json) j))`;

await runPeer(fileURLToPath(import.meta.url), ({ databaseUrl, modules }, db) => {
  // biome-ignore lint/suspicious/noExplicitAny: installed for the run, so its types are not here.
  const graphile: any = createRequire(join(modules, "package.json"))("graphile-worker");
  return {
    prepare: () => graphile.runMigrations({ connectionString: databaseUrl }),
    addJobs: (tx, jobs) =>
      tx.query(ADD_JOBS, [JSON.stringify(jobs.map((job) => ({ ...job, priority: PRIORITY[job.priority] })))], "jobs"),
    start: ({ atOnce }, run) =>
      graphile.run({
        connectionString: databaseUrl,
        concurrency: atOnce,
        noHandleSignals: true,
        logger: new graphile.Logger(() => () => {}),
        taskList: Object.fromEntries(KINDS.map((kind) => [kind, (payload: never) => run(kind, payload)])),
        preset: {
          worker: { localQueue: { size: atOnce * 4 }, completeJobBatchDelay: 0, failJobBatchDelay: 0, maxPoolSize: 10 },
        },
      }),
    isIdle: async () => (await db.query("select 1 from graphile_worker._private_jobs limit 1")).length === 0,
  };
});
