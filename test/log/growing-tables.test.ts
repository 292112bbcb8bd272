/** Statements are planned when tables are small, and must not read them through when they have grown. */
import assert from "node:assert/strict";
import { it } from "node:test";
import type { Database } from "../../packages/millrace/src/db/database.ts";
import { refreshStatistics } from "../../packages/millrace/src/db/statistics.ts";
import type { Outcome } from "../../packages/millrace/src/tasks/handler.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";

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
