/** Tasks in the queue and what it costs to take and finish them. Used by the pieces that measure the queue. */
import { setTimeout as sleep } from "node:timers/promises";
import type { EngineHandle } from "../packages/millrace/src/engine/engine-handle.ts";
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { writeResults } from "../packages/millrace/src/tasks/finish.ts";
import { claimTasks } from "../packages/millrace/src/tasks/queue.ts";
import { submitted } from "./form-cascade.ts";
import { QUEUE_WORK, queueAskingConfig, queueWorkConfig } from "./queue-work.ts";
import { submissions } from "./workload/gen.mjs";

const WORKER = "bench";
const ASK_AT_ONCE = 1_000;

/** Lets the runner ask for so many tasks, which then wait for an agent. */
export async function fillQueue(databaseUrl: string, count: number, from = 0): Promise<void> {
  const engine = await openEngine(queueAskingConfig({ databaseUrl }), { roles: ["engine"] });
  try {
    for (let at = 0; at < count; at += ASK_AT_ONCE) {
      await engine.append(submissions(6, from + at, Math.min(ASK_AT_ONCE, count - at)).map(submitted));
    }
    await engine.idle();
  } finally {
    await engine.stop();
  }
}

export interface ClaimRequest {
  readonly rounds: number;
  /** Tasks of one claim. */
  readonly limit: number;
}

export interface ClaimTimes {
  /** Milliseconds of each claim. */
  readonly claimMs: readonly number[];
  readonly finishMs: readonly number[];
  readonly claimed: number;
}

/** Claims and completes as the dispatcher does, one after the other, with the time of each. */
export async function claimAndFinish(engine: EngineHandle, { rounds, limit }: ClaimRequest): Promise<ClaimTimes> {
  const [claimMs, finishMs]: [number[], number[]] = [[], []];
  let claimed = 0;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const tasks = await claimOnce(engine, limit);
    const begun = performance.now();
    await engine.work.taskIds.ensure(engine.db, tasks.length * 10);
    const outcome = { outcome: "completed" } as const;
    const results = tasks.map((task) => ({ task, handler: WORKER, outcome }));
    await engine.db.transaction((tx) => writeResults(tx, results, engine.clock.now(), engine.work));
    claimMs.push(begun - start);
    finishMs.push(performance.now() - begun);
    claimed += tasks.length;
  }
  return { claimMs, finishMs, claimed };
}

function claimOnce({ db, clock }: EngineHandle, limit: number) {
  const wish = { handler: 0, kind: QUEUE_WORK, limit, timeoutMs: 60_000 };
  return claimTasks(db, WORKER, [wish], 60_000, clock.now());
}

/** Lets a worker of this process do the `count` tasks that wait. Resolves when the last one is finished. */
export async function workOff(databaseUrl: string, count: number, batchSize: number): Promise<void> {
  let left = count;
  const allTaken = Promise.withResolvers<void>();
  const onTaken = (taken: number) => {
    left -= taken;
    if (left <= 0) allTaken.resolve();
  };
  const engine = await openEngine(queueWorkConfig({ databaseUrl }, batchSize, onTaken), { roles: ["worker"] });
  try {
    await allTaken.promise;
    await untilDone(engine);
  } finally {
    await engine.stop();
  }
}

/** Not `idle()`: that waits for the runner as well, which is not there. */
async function untilDone({ db }: EngineHandle): Promise<void> {
  for (;;) {
    const open = await db.query("select 1 from tasks where kind = $1 limit 1", [QUEUE_WORK]);
    if (open.length === 0) return;
    await sleep(10);
  }
}

/** Finished tasks of this kind that are there, and the open ones that should not be. */
export async function wrongTasks(engine: EngineHandle, finished: number, open: number): Promise<string[]> {
  const [row] = await engine.db.query<{ finished: number; open: number }>(
    `select (select count(*) from finished_tasks where kind = $1 and state = 'COMPLETED')::int as finished,
            (select count(*) from tasks where kind = $1)::int as open`,
    [QUEUE_WORK],
  );
  const lines = [];
  if (row?.finished !== finished) lines.push(`tasks completed: ${row?.finished}, must be ${finished}`);
  if (row?.open !== open) lines.push(`tasks open: ${row?.open}, must be ${open}`);
  return lines;
}
