/** The eight characteristics the mission asks for, those that no other scenario shows by itself. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

it("1 asynchronous: with every agent stalled, forms are taken as ever, and their people are alerted", async () => {
  const stalls = does(
    "mailer",
    "send_email",
    (_, { signal }) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve({ outcome: "snoozed", forMs: 1 }))),
  );
  const enricher = does(
    "data_enricher",
    "enrich_data",
    (_, { signal }) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve({ outcome: "snoozed", forMs: 1 }))),
  );
  await using test = await testEngine({ agents: [scoresByPoints, stalls, enricher] });
  for (let i = 0; i < 20; i++) {
    await test.engine.append([formSubmitted({ email: `p${i}@acme.example`, points: 90 })]);
  }
  const alerts = async () => count((await traceOf(test.engine)).alerts, "sales hot_lead");
  while ((await alerts()) < 20) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(await alerts(), 20);
});

it("2 event sourcing: every task, e-mail and alert leads back to an event from outside", async () => {
  await using test = await testEngine({ agents: [scoresByPoints, findsNothing] });
  await test.engine.append(
    [90, 80, 50, 10].map((points) => formSubmitted({ email: `p${points}@acme.example`, points })),
  );
  await test.engine.idle();
  const [row] = await test.engine.db.query<{ outcomes: number; rootless: number }>(
    `with outcomes as (select root from tasks union all select root from finished_tasks union all select root from emails union all select root from alerts)
     select count(*)::int as outcomes, count(*) filter (where not exists
       (select 1 from events e where e.position = outcomes.root and e.depth = 0 and e.type = 'form_submitted'))::int as rootless
     from outcomes`,
  );
  assert.ok((row?.outcomes ?? 0) > 20);
  assert.equal(row?.rootless, 0);
});

it("4 scalable: a second worker is started beside the first and shares the work; nothing else is changed", async () => {
  const done: Record<string, number> = {};
  const works = (name: string) =>
    does("data_enricher", "enrich_data", async () => {
      done[name] = (done[name] ?? 0) + 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { outcome: "completed" };
    });
  await using test = await testEngine({ agents: [scoresByPoints, works("first")] });
  const second = await openEngine(
    { databaseUrl: test.url, agents: [scoresByPoints, works("second")], engine: { sweepMs: 200 } },
    { clock: test.clock, roles: ["worker"] },
  );
  try {
    await test.engine.append(
      Array.from({ length: 60 }, (_, i) => formSubmitted({ email: `p${i}@acme.example`, points: 10 })),
    );
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).tasks, "enrich_data COMPLETED HIGH"), 60);
    assert.equal((done.first ?? 0) + (done.second ?? 0), 60, "each once");
    assert.ok((done.first ?? 0) > 0 && (done.second ?? 0) > 0, JSON.stringify(done));
  } finally {
    await second.stop();
  }
});
