/** How an agent comes by its tasks: many at a time when it is quick, and never so that they wait for it alone. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { agent } from "../../packages/millrace/src/agents/agent.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import type { Outcome } from "../../packages/millrace/src/tasks/handler.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";

const ask = workflow("ask", {}, [on("form_submitted", task("enrich_data"))]);
const DONE: Outcome = { outcome: "completed" };

const forms = (count: number, of: string) =>
  Array.from({ length: count }, (_, i) => formSubmitted({ email: `${of}${i}@acme.example` }));

/** Tasks by their state, finished ones too. */
async function states({ engine }: TestEngine): Promise<Record<string, number>> {
  const rows = await engine.db.query<{ state: string; count: number }>(
    "select state, count(*)::int as count from (select state from tasks union all select state from finished_tasks) t group by state",
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Do others stand in line behind this one? Claimed together, the first asked for come first. */
async function isFollowed({ engine }: TestEngine, id: number): Promise<boolean> {
  const rows = await engine.db.query("select 1 from tasks where state = 'IN_PROGRESS' and id > $1 limit 1", [id]);
  return rows.length > 0;
}

/** Counts claims from now on: those that brought something, and all. */
function countClaims({ engine: { db } }: TestEngine): { readonly count: number; readonly all: number } {
  const seen = { count: 0, all: 0 };
  const query = db.query.bind(db);
  db.query = async <Row extends object>(text: string, values?: readonly unknown[], name?: string) => {
    const rows = await query<Row>(text, values, name);
    if (name === "claim_tasks") seen.all += 1;
    if (name === "claim_tasks" && rows.length > 0) seen.count += 1;
    return rows;
  };
  return seen;
}

describe("an agent that takes one task a call", () => {
  it("and is done at once is given many by one claim", async () => {
    const quick = does("caller", "enrich_data", () => DONE);
    await using test = await testEngine({ workflows: [ask], pack: false, agents: [quick] });
    const claims = countClaims(test);
    await test.engine.append(forms(600, "p"));
    await test.engine.idle();
    assert.deepEqual(await states(test), { COMPLETED: 600 });
    // Four by four it would be 150.
    assert.ok(claims.count > 0 && claims.count <= 75, `${claims.count} claims`);
  });

  it("and takes its time is given no more than it works at", async () => {
    let mostAtOnce = 0;
    const slow = does("caller", "enrich_data", async () => {
      const { IN_PROGRESS = 0 } = await states(test);
      mostAtOnce = Math.max(mostAtOnce, IN_PROGRESS);
      await sleep(60);
      return DONE;
    });
    const test = await testEngine({ workflows: [ask], pack: false, agents: [slow] });
    await using _ = test;
    await test.engine.append(forms(60, "p"));
    await test.engine.idle();
    assert.deepEqual(await states(test), { COMPLETED: 60 });
    // Four at work, and some that are done and not written yet; ahead it would be all of them.
    assert.ok(mostAtOnce <= 20, `${mostAtOnce} at once`);
  });
});

it("a place that comes free asks for no more tasks once there were none, until some come", async () => {
  const gates = Array.from({ length: 9 }, () => Promise.withResolvers<void>());
  let begun = 0;
  const slow = agent({
    name: "caller",
    kinds: ["enrich_data"],
    concurrency: 8,
    run: async () => {
      await gates[begun++]?.promise;
      return [DONE];
    },
  });
  const engine = { sweepMs: 60_000 };
  await using test = await testEngine({ workflows: [ask], pack: false, agents: [slow], engine });
  await test.engine.append(forms(8, "p"));
  await until(() => begun === 8);
  const claims = countClaims(test);
  for (let done = 1; done <= 7; done++) {
    gates[done - 1]?.resolve();
    await until(async () => (await states(test)).COMPLETED === done);
  }
  // One finds that there are none, and may be asked once more for who comes meanwhile.
  assert.ok(claims.all <= 2, `${claims.all} claims for places that came free`);
  await test.engine.append(forms(1, "q"));
  await until(() => begun === 9);
  for (const { resolve } of gates) resolve();
  await test.engine.idle();
  assert.deepEqual(await states(test), { COMPLETED: 9 });
});

it("an agent that takes many tasks a call is given so many for each call at a time, and none ahead", async () => {
  let mostAtOnce = 0;
  const batches = agent({
    name: "caller",
    kinds: ["enrich_data"],
    batchSize: 50,
    concurrency: 2,
    run: async (tasks) => {
      const { IN_PROGRESS = 0 } = await states(test);
      mostAtOnce = Math.max(mostAtOnce, IN_PROGRESS);
      return tasks.map(() => DONE);
    },
  });
  const test = await testEngine({ workflows: [ask], pack: false, agents: [batches] });
  await using _ = test;
  await test.engine.append(forms(1_000, "p"));
  await test.engine.idle();
  assert.deepEqual(await states(test), { COMPLETED: 1_000 });
  // Two calls at work, and at most five hundred whose results a slow database has not taken yet; ahead it would be all of them.
  assert.ok(mostAtOnce <= 600, `${mostAtOnce} at once`);
});

describe("an agent that was quick and hangs", () => {
  it("keeps nobody's task to itself: others do what was claimed for it, at the first attempt", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let calls = 0;
    let hanging = 0;
    const hangs = does(
      "caller",
      "enrich_data",
      async ({ id }) => {
        if (hanging > 0 || ++calls < 200 || !(await isFollowed(test, id))) return DONE;
        hanging = id;
        await released;
        return DONE;
      },
      { concurrency: 1 },
    );
    await using test = await testEngine({ workflows: [ask], pack: false, agents: [hangs] });
    await test.engine.append(forms(400, "p"));
    await until(() => hanging > 0);
    const quick = does("caller", "enrich_data", () => DONE);
    const other = await openEngine(
      { databaseUrl: test.url, workflows: [ask], pack: false, agents: [quick] },
      { roles: ["worker"], clock: test.clock },
    );
    try {
      await until(async () => (await states(test)).COMPLETED === 399);
    } finally {
      release();
      await test.engine.idle();
      await other.stop();
    }
    assert.deepEqual(await states(test), { COMPLETED: 400 });
    const rows = await test.engine.db.query<{ attempt: number; count: number }>(
      "select attempt, count(*)::int as count from finished_tasks group by attempt",
    );
    assert.deepEqual(rows, [{ attempt: 1, count: 400 }]);
    const [given] = await test.engine.db.query<{ count: number }>(
      "select count(*)::int as count from events where type = 'task_status_changed' and data->>'reason' like 'given back:%'",
    );
    assert.ok((given?.count ?? 0) > 0, "nothing stood in line, so nothing was shown");
  });
});

it("an engine that stops gives back what it has claimed and not begun, with its attempt", async () => {
  let calls = 0;
  const hangs = does(
    "caller",
    "enrich_data",
    (_, { signal }) => {
      if (++calls < 200) return DONE;
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve(DONE)));
    },
    { concurrency: 1 },
  );
  await using test = await testEngine({ workflows: [ask], pack: false, agents: [hangs] });
  await test.engine.append(forms(400, "p"));
  await until(() => calls === 200);
  await test.engine.stop();
  const quick = does("caller", "enrich_data", () => DONE);
  const next = await openEngine(
    { databaseUrl: test.url, workflows: [ask], pack: false, agents: [quick] },
    { clock: test.clock },
  );
  try {
    const before = await next.db.query<{ state: string; attempt: number }>(
      "select distinct state, attempt from tasks where state <> 'IN_PROGRESS'",
    );
    assert.ok(
      before.every(({ attempt }) => attempt === 0),
      JSON.stringify(before),
    );
    await next.idle();
    const rows = await next.db.query("select state, attempt, count(*)::int as count from finished_tasks group by 1, 2");
    assert.deepEqual(rows, [{ state: "COMPLETED", attempt: 1, count: 400 }]);
  } finally {
    await next.stop();
  }
});
