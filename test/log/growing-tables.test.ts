/** Statements are planned when tables are small, and must not read them through when they have grown. */
import assert from "node:assert/strict";
import { it } from "node:test";
import type { Database } from "../../packages/millrace/src/db/database.ts";
import { refreshStatistics } from "../../packages/millrace/src/db/statistics.ts";
import { draftTask } from "../../packages/millrace/src/tasks/draft.ts";
import type { Outcome } from "../../packages/millrace/src/tasks/handler.ts";
import {
  type ClaimedTask,
  claimTasks,
  insertTasks,
  removeHeldTasks,
  renewLeases,
} from "../../packages/millrace/src/tasks/queue.ts";
import { rescueTasks } from "../../packages/millrace/src/tasks/sweeps.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

const TASKS = 4_000;
const ask = workflow("ask", {}, [on("form_submitted", task("enrich_data"))]);

const forms = (count: number, of: string) =>
  Array.from({ length: count }, (_, i) => formSubmitted({ email: `${of}${i}@acme.example` }));

/** Rows of the queue that PostgreSQL has looked at so far, in the table or an index of it. */
async function rowsLookedAt(db: Database): Promise<number> {
  await db.query("select pg_stat_force_next_flush()");
  const [row] = await db.query<{ rows: number }>(
    `select (select seq_tup_read from pg_stat_user_tables where relname = 'tasks')
          + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'tasks') as rows`,
  );
  return Number(row?.rows ?? 0);
}

/** A claim of a hundred. */
const HUNDRED = { handler: 0, kind: "enrich_data", limit: 100, timeoutMs: 60_000 };

/** Tasks that no one has asked for by an event, all ready. */
async function insertWaiting({ engine: { db, work, clock } }: TestEngine, count: number): Promise<void> {
  const origin = { contact: null, cause: 1, root: 1, depth: 0, bornAt: 0, requestedBy: "test" };
  await work.taskIds.ensure(db, count);
  const drafts = Array.from({ length: count }, (_, i) =>
    draftTask({ kind: "enrich_data", mergeKey: `t${i}` }, origin, work.taskIds.take(), clock.now(), work.tasks),
  );
  await db.transaction((tx) => insertTasks(tx, drafts, work.agingMs));
}

it("a queue that fills all at once is not read through again for each of its tasks", async () => {
  let gate: Promise<unknown> = Promise.resolve();
  const quick = does("caller", "enrich_data", async (): Promise<Outcome> => {
    await gate;
    return { outcome: "completed" };
  });
  await using test = await testEngine({ workflows: [ask], pack: false, agents: [quick] });
  const { engine } = test;
  // As after a quiet night: nothing is in the queue, and every statement has been planned for that.
  for (let i = 0; i < 10; i++) {
    await engine.append(forms(4, `early${i}-`));
    await engine.idle();
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  for (let at = 0; at < TASKS; at += 500) await engine.append(forms(500, `late${at}-`));
  const before = await rowsLookedAt(engine.db);
  resolve();
  await engine.idle();
  const each = ((await rowsLookedAt(engine.db)) - before) / TASKS;
  assert.ok(each < 40, `${each.toFixed(0)} rows were looked at for each task`);
});

it("a claim of tasks makes no entry in any index", async () => {
  await using test = await testEngine({ workflows: [ask], pack: false, engine: { sweepMs: 3_600_000 } }, { roles: [] });
  const { db, clock } = test.engine;
  await insertWaiting(test, 100);
  const written = await db.transaction(async (tx) => {
    await claimTasks(tx, "worker", [HUNDRED], 60_000, clock.now());
    return tx.query(
      "select n_tup_upd as all, n_tup_hot_upd as hot from pg_stat_xact_user_tables where relname = 'tasks'",
    );
  });
  assert.deepEqual(written, [{ all: 100, hot: 100 }]);
});

it("with 10,000 tasks waiting that nobody has analyzed, a claim, its heartbeat, its end and the look for lost work read what they are about", async () => {
  await using test = await testEngine({ workflows: [ask], pack: false, engine: { sweepMs: 3_600_000 } }, { roles: [] });
  const { db, work, clock } = test.engine;
  // As every connection has planned it: for a queue that was empty.
  for (let i = 0; i < 10; i++) await claimTasks(db, "worker", [HUNDRED], 60_000, clock.now());
  await insertWaiting(test, 10_000);
  const look = async (reading: () => Promise<unknown>) => {
    const before = await rowsLookedAt(db);
    await reading();
    return (await rowsLookedAt(db)) - before;
  };
  for (let i = 0; i < 4; i++) await claimTasks(db, "other", [HUNDRED], 60_000, clock.now());
  let held: readonly ClaimedTask[] = [];
  const claim = await look(async () => {
    held = await claimTasks(db, "worker", [HUNDRED], 60_000, clock.now());
  });
  assert.equal(held.length, 100);
  // Those that others hold are passed over: 400 here.
  assert.ok(claim < 1_500, `a claim of 100 looked at ${claim} rows`);
  const beat = await look(() => renewLeases(db, held, 60_000));
  assert.ok(beat < 1_000, `its heartbeat looked at ${beat} rows`);
  const lost = await look(() => db.transaction((tx) => rescueTasks(tx, clock.now(), work)));
  assert.ok(lost < 2_000, `the look for lost work read ${lost} rows of 500 that are held`);
  const end = await look(() => db.transaction((tx) => removeHeldTasks(tx, held)));
  assert.ok(end < 1_000, `its end looked at ${end} rows`);
});

it("what has outgrown what PostgreSQL believes of it is analyzed, once", async () => {
  // The engine's own look comes in an hour, and nobody decides what is appended.
  await using test = await testEngine({ pack: false, engine: { sweepMs: 3_600_000 } }, { roles: [] });
  const { engine } = test;
  await engine.append(forms(10, "few"));
  assert.deepEqual(await refreshStatistics(engine.db), [], "they are small");
  await engine.append(forms(3_000, "many"));
  const outgrown = await refreshStatistics(engine.db);
  assert.ok(outgrown.includes("contact_identities") && !outgrown.includes("tasks"), outgrown.join(", "));
  assert.deepEqual(await refreshStatistics(engine.db), []);
});
