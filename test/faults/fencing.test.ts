/**
 * Workers stopped past their lease (SIGSTOP) and woken again double nothing: what they write carries a token that has
 * moved on. The control leaves out the whole check and must double effects: else this test could not see the fault. That
 * the token itself counts, and not only the task's state, is seen where another worker holds the same task meanwhile.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { EventCatalogue } from "../../packages/millrace/src/events/catalogue.ts";
import { alwaysOpen } from "../../packages/millrace/src/tasks/business-hours.ts";
import { TaskCatalogue } from "../../packages/millrace/src/tasks/catalogue.ts";
import { draftTask } from "../../packages/millrace/src/tasks/draft.ts";
import { type Result, type WorkRules, writeResults } from "../../packages/millrace/src/tasks/finish.ts";
import { type ClaimedTask, claimTasks, insertTasks, renewLeases } from "../../packages/millrace/src/tasks/queue.ts";
import { defaultRetryPolicy } from "../../packages/millrace/src/tasks/retry.ts";
import { rescueTasks } from "../../packages/millrace/src/tasks/sweeps.ts";
import { TaskIds } from "../../packages/millrace/src/tasks/task-ids.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { freshDatabase } from "../factories/database.ts";
import { formSubmitted } from "../factories/engine.ts";
import { until } from "../factories/until.ts";

const TASKS = 300;
const WORKERS = 4;
const LEASE_MS = 400;
const rules: WorkRules = {
  catalogue: new EventCatalogue(),
  // Stopped workers use up attempts; this test is about doubling, not about giving up.
  tasks: {
    catalogue: new TaskCatalogue({
      enrich_data: { about: "Test.", priority: "LOW", dueIn: "5m", doneBy: "test", retries: 1_000 },
    }),
    businessHours: alwaysOpen,
  },
  retry: defaultRetryPolicy,
  agingMs: 3_600_000,
  taskIds: new TaskIds(),
  escalateAfterMs: 0,
  maxDepth: 12,
};

describe("workers stopped past their lease", () => {
  it("double nothing, and everything is done", async () => {
    const { done, doubled } = await stopAndWake("fenced");
    assert.equal(done, TASKS);
    assert.equal(doubled, 0);
  });

  it("would double effects without the fence (control)", async () => {
    const { doubled } = await stopAndWake("unfenced");
    assert.ok(doubled > 0, "nothing was doubled, so the test above proves nothing");
  });
});

describe("a worker that wakes while another one holds the same task", () => {
  it("writes nothing and keeps no lease; the holder's result counts", async () => {
    const database = await freshDatabase();
    const db = new Database({ url: database.url, maxConnections: 4 });
    try {
      await putTasks(db, 1);
      const first = await claimOne(db, "first");
      await db.query("update task_claims set lease_until = clock_timestamp() - interval '1 s'");
      await db.transaction((tx) => rescueTasks(tx, Date.now(), rules));
      await db.query("update tasks set standing = 'NOT_STARTED', not_before = null");
      const second = await claimOne(db, "second");
      assert.equal(second.id, first.id);

      const late = await finish(db, first, "first");
      assert.deepEqual(late, { written: 0, discarded: 1, lost: [first.id] });
      assert.equal((await renewLeases(db, [first], LEASE_MS)).size, 0);
      const [row] = await db.query<{ state: string; worker: string }>("select state, worker from tasks");
      assert.deepEqual(row, { state: "IN_PROGRESS", worker: "second" });

      assert.deepEqual(await finish(db, second, "second"), { written: 1, discarded: 0, lost: [] });
      const finished = await db.query("select result->>'by' as by from finished_tasks");
      assert.deepEqual(finished, [{ by: "second" }]);
    } finally {
      await db.close();
      await database.drop();
    }
  });
});

describe("a worker that comes back with a result while another process holds the task", () => {
  it("has it discarded, with all that would follow, and the holder's result counts", async () => {
    const database = await freshDatabase();
    const gates = { first: Promise.withResolvers<void>(), second: Promise.withResolvers<void>() };
    const worker = (name: keyof typeof gates, roles?: readonly ("engine" | "worker")[]) =>
      openEngine(
        {
          databaseUrl: database.url,
          pack: false,
          workflows: [workflow("looks", {}, [on("form_submitted", task("enrich_data"))])],
          agents: [
            {
              name: "looker",
              kinds: ["enrich_data"],
              isPure: false,
              concurrency: 1,
              run: async () => {
                await gates[name].promise;
                return [{ outcome: "completed", result: { by: name } }];
              },
            },
          ],
          engine: { sweepMs: 100, drainMs: 100 },
        },
        { ...(roles && { roles }), onError: (error) => assert.fail(String(error)) },
      );
    const first = await worker("first");
    const { db } = first;
    const heldBy = async () => {
      const [row] = await db.query<{ attempt: number }>("select attempt from tasks where state = 'IN_PROGRESS'");
      return row?.attempt;
    };
    const discarded = () => db.query("select 1 from events where type = 'task_result_discarded'");
    const open = [first];
    try {
      await first.append([formSubmitted()]);
      await until(async () => (await heldBy()) === 1);
      await db.query("update task_claims set lease_until = clock_timestamp() - interval '1 s'");
      open.push(await worker("second", ["worker"]));
      // Taken back from the first; a retry would wait for half a minute.
      await until(async () => {
        await db.query(
          "update tasks set not_before = clock_timestamp() where standing = 'WAITING' and not_before is not null",
        );
        return (await heldBy()) === 2;
      });
      gates.first.resolve();
      await until(async () => (await discarded()).length === 1);
      assert.equal(await heldBy(), 2, "the second still holds it");
      gates.second.resolve();
      await until(async () => (await heldBy()) === undefined);
      assert.deepEqual(await db.query("select result->>'by' as by from finished_tasks"), [{ by: "second" }]);
      assert.equal((await discarded()).length, 1);
    } finally {
      for (const gate of Object.values(gates)) gate.resolve();
      await Promise.all(open.map((each) => each.stop()));
      await database.drop();
    }
  });
});

async function claimOne(db: Database, worker: string): Promise<ClaimedTask> {
  const wish = { handler: 0, kind: "enrich_data", limit: 1, timeoutMs: 600_000 };
  const [task] = await db.transaction((tx) => claimTasks(tx, worker, [wish], LEASE_MS, Date.now()));
  assert.ok(task, `${worker} got no task`);
  return task;
}

function finish(db: Database, task: ClaimedTask, by: string) {
  const result: Result = { task, handler: "test", outcome: { outcome: "completed", result: { by } } };
  return db.transaction((tx) => writeResults(tx, [result], Date.now(), rules));
}

async function putTasks(db: Database, count: number): Promise<void> {
  await rules.taskIds.ensure(db, count);
  const origin = { contact: null, cause: 1, root: 1, depth: 0, bornAt: 0, requestedBy: "test" };
  const drafts = Array.from({ length: count }, (_, i) =>
    draftTask({ kind: "enrich_data", mergeKey: `t${i}` }, origin, rules.taskIds.take(), Date.now(), rules.tasks),
  );
  await db.transaction((tx) => insertTasks(tx, drafts, rules.agingMs));
}

async function stopAndWake(mode: "fenced" | "unfenced"): Promise<{ done: number; doubled: number }> {
  const database = await freshDatabase();
  const db = new Database({ url: database.url, maxConnections: 4 });
  await db.query("create table effects (task bigint not null)");
  await putTasks(db, TASKS);
  const workers = Array.from({ length: WORKERS }, () => startWorker(database.url, mode));
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.stdout?.once("data", resolve))));
  try {
    for (let round = 0; await countOf(db, "tasks"); round++) {
      assert.ok(round < 400, "the tasks did not come to an end");
      const worker = workers[round % WORKERS];
      worker?.kill("SIGSTOP");
      // Past its lease; its tasks are then taken back, and the others have the time to do them.
      await new Promise((resolve) => setTimeout(resolve, LEASE_MS * 1.2));
      await db.transaction((tx) => rescueTasks(tx, Date.now(), rules));
      await new Promise((resolve) => setTimeout(resolve, LEASE_MS * 0.8));
      worker?.kill("SIGCONT");
    }
    // Everyone who still holds something by mistake gets the time to write it.
    for (const worker of workers) worker.kill("SIGCONT");
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [sums] = await db.query<{ done: number; doubled: number }>(
      "select count(distinct task) as done, count(*) - count(distinct task) as doubled from effects",
    );
    return sums ?? { done: 0, doubled: 0 };
  } finally {
    for (const worker of workers) worker.kill("SIGKILL");
    await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once("close", resolve))));
    await db.close();
    await database.drop();
  }
}

function startWorker(url: string, mode: string): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, "sleeping-worker.ts"), url, String(LEASE_MS), mode], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function countOf(db: Database, table: "tasks"): Promise<number> {
  const [row] = await db.query<{ count: number }>(`select count(*) as count from ${table}`);
  return row?.count ?? 0;
}
