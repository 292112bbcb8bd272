/**
 * What the log says of a task, why it was asked for and what became of it do not depend on how the queue writes them:
 * each scenario's history is compared, row for row, with the one on record. RECORD_HISTORIES=1 records anew: only for a
 * change that is meant to change what the log says.
 */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { workloadConfig } from "../../bench/form-cascade.ts";
import { agent } from "../../packages/millrace/src/agents/agent.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { actorOf } from "../../packages/millrace/src/events/actor.ts";
import { addToList, on, task, workflow } from "../../packages/millrace/src/index.ts";
import { openCircuit } from "../../packages/millrace/src/tasks/circuits.ts";
import type { Outcome, TaskInput, WorkContext } from "../../packages/millrace/src/tasks/handler.ts";
import { claimOutside, finishOutside } from "../../packages/millrace/src/tasks/outside.ts";
import { findWork } from "../../packages/millrace/src/tasks/outside-rows.ts";
import { cancelByPerson } from "../../packages/millrace/src/tasks/people.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { historyOf } from "./history.ts";

const FOLDER = join(import.meta.dirname, "recorded");
const RETRY = { firstDelayMs: 1_000, jitter: 0 };
const DONE: Outcome = { outcome: "completed" };

/** Every part of the history of an engine whose work is done. */
async function compare(test: TestEngine, since: number, name: string): Promise<void> {
  const history = JSON.parse(JSON.stringify(await historyOf(test.engine, since)));
  const file = join(FOLDER, `${name}.json`);
  if (process.env.RECORD_HISTORIES !== undefined) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, `${JSON.stringify(history, null, 2)}\n`);
  }
  const recorded = JSON.parse(readFileSync(file, "utf8"));
  for (const part of Object.keys(recorded)) assert.deepEqual(history[part], recorded[part], part);
  assert.deepEqual(test.errors, []);
}

type Work = (task: TaskInput, context: WorkContext, call: number) => Outcome | Promise<Outcome>;

/** An engine with one agent for all these kinds. */
async function working(name: string, kinds: readonly string[], work: Work, more: MillraceConfig = {}) {
  let calls = 0;
  const worker = agent({
    name,
    kinds: kinds as ["enrich_data"],
    concurrency: 1,
    run: async ([given], context) => (given === undefined ? [] : [await work(given, context, ++calls)]),
  });
  const asks = workflow("asks", {}, [on("form_submitted", task("enrich_data"))]);
  const test = await testEngine({
    pack: false,
    monitor: false,
    workflows: [asks],
    agents: [worker],
    ...more,
    engine: { sweepMs: 20, retry: RETRY, ...more.engine },
  });
  return { test, since: test.clock.now(), calls: () => calls };
}

/** Lets time pass and work be done, so often. */
async function turns(test: TestEngine, ...waits: number[]): Promise<void> {
  await test.engine.idle();
  for (const wait of waits) {
    test.clock.advance(wait);
    await test.engine.idle();
  }
}

it("a form's cascade, every task of it in the queue", async () => {
  const config = workloadConfig();
  const rules = new Map(
    (config.agents ?? []).flatMap((rule) => rule.kinds.map((kind) => [kind as string, rule] as const)),
  );
  const { test, since } = await working(
    "workload_agent",
    [...rules.keys()],
    // biome-ignore lint/suspicious/noExplicitAny: the rules are pure, so they take what they are given and answer at once.
    async (given) => (await (rules.get(given.kind) as any).run([given], { now: 0 }))[0],
    { workflows: config.workflows },
  );
  await using _ = test;
  const people: Record<string, string | number>[] = [
    { email: "ceo@acme.example", jobtitle: "CEO", employees: 5_000, industry: "Technology", phone: "1", linkedin: "x" },
    {
      email: "head@birch.example",
      jobtitle: "VP Sales",
      employees: 500,
      industry: "Finance",
      phone: "1",
      linkedin: "x",
    },
    { email: "it@cedar.example", jobtitle: "IT manager", employees: 50, industry: "Retail" },
    { email: "me@dune.example", jobtitle: "intern", employees: 3, industry: "none" },
  ];
  await test.engine.append(
    people.map((fields, i) => formSubmitted({ firstname: "Ada", company: "A", ...fields }, "w", `${i}`)),
  );
  await test.engine.idle();
  // Once more, so that there is something to compare with.
  test.clock.advance(60_000);
  await test.engine.append([formSubmitted({ ...people[3], jobtitle: "CEO" }, "w", "again")]);
  await test.engine.idle();
  await compare(test, since, "cascade");
});

describe("what an agent answers", () => {
  const answers: Record<string, readonly Outcome[]> = {
    "a failure tried again, then done": [{ outcome: "failed", error: "no answer", retry: "later" }, DONE],
    "failures to the last": [{ outcome: "failed", error: "no answer", retry: "later" }],
    "a failure not to be tried again": [{ outcome: "failed", error: "no such field", retry: "never" }],
    "patience, then done": [{ outcome: "failed", error: "429", retry: "wait", afterMs: 1_000 }, DONE],
    "work for a person": [{ outcome: "waiting", reason: "two companies have that domain" }],
    "a while, then done": [{ outcome: "snoozed", forMs: 1_000, reason: "too early" }, DONE],
    "that it need not be done": [
      {
        outcome: "cancelled",
        reason: "nothing to find",
      },
    ],
    "a result, facts, follow-ups, an e-mail and an alert": [
      {
        outcome: "completed",
        result: { found: 2 },
        events: [{ type: "contact_enriched", data: { quality: 7, values: {}, reasons: [] } }],
        tasks: [
          { kind: "initial_assessment", payload: { by: "follow-up" }, delayMs: 500 },
          { kind: "manual_data_review" },
          { kind: "nobody_knows" },
        ],
        emails: [{ onceKey: "k1", template: "t", to: "a@b.example", subject: "s", text: "t", state: "sent" }],
        alerts: [{ onceKey: "k2", audience: "sales", name: "found", title: "Found.", text: "b" }],
      } as Outcome,
    ],
  };
  for (const [name, given] of Object.entries(answers)) {
    it(name, async () => {
      const { test, since } = await working(
        "caller",
        ["enrich_data", "initial_assessment"],
        ({ kind }, _, call) => (kind === "enrich_data" ? (given[Math.min(call, given.length) - 1] ?? DONE) : DONE),
        { workflows: [asking, following] },
      );
      await using _ = test;
      await test.engine.append([
        formSubmitted({}, "demo", "1"),
        formSubmitted({ email: "bob@b.example" }, "demo", "2"),
      ]);
      await turns(test, 1_001, 2_001, 4_001, 8_001);
      await compare(test, since, `answer-${name.replaceAll(/\W+/g, "-")}`);
    });
  }
});

const asking = workflow("asking", {}, [on("form_submitted", task("enrich_data", { priority: "HIGH" }))]);
const following = workflow("following", {}, [
  on("task_failed", task("manual_data_review", { mergeKey: "after failure" })),
  on("contact_enriched", task("manual_data_review", { mergeKey: "n" })),
  on("task_completed", addToList("worked-for")),
]);

it("a fact about somebody else is decided where that person stands", async () => {
  let other = "";
  const { test, since } = await working(
    "caller",
    ["enrich_data"],
    ({ contact }) => ({
      outcome: "completed",
      events:
        contact?.id === other
          ? []
          : [{ type: "contact_enriched", data: { quality: 3, values: {}, reasons: [] }, contact: { id: other } }],
    }),
    { workflows: [asking, following] },
  );
  await using _ = test;
  const [bob] = await test.engine.append([formSubmitted({ email: "bob@b.example" }, "demo", "b")]);
  other = bob?.contact ?? "";
  await test.engine.idle();
  await test.engine.append([formSubmitted({}, "demo", "1"), formSubmitted({ email: "cy@c.example" }, "demo", "2")]);
  await test.engine.idle();
  await compare(test, since, "somebody-else");
});

it("a task about nobody", async () => {
  const { test, since } = await working("caller", ["enrich_data"], () => ({ ...DONE, result: 1 }), {
    workflows: [workflow("checks", {}, [on("component_health_check", task("enrich_data"))])],
  });
  await using _ = test;
  await test.engine.append([
    { type: "component_health_check", source: "test", id: "1", data: { component: "x", ok: true, detail: "d" } },
  ]);
  await test.engine.idle();
  await compare(test, since, "nobody");
});

describe("work that is lost", () => {
  /** An agent whose first call waits until it is let go. */
  async function holding(more: MillraceConfig = {}) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const open = await working(
      "caller",
      ["enrich_data"],
      async (_, __, call) => {
        if (call === 1) await promise;
        return { outcome: "completed", result: { call } };
      },
      { workflows: [asking, following], ...more },
    );
    await open.test.engine.append([formSubmitted({}, "demo", "1")]);
    await until(() => open.calls() === 1);
    return { ...open, release: resolve };
  }

  for (const [name, column] of [
    ["a worker that is silent", "lease_until"],
    ["a worker that is stuck", "timeout_at"],
  ] as const) {
    it(`${name}: another does it, and the late result is discarded`, async () => {
      const { test, since, calls, release } = await holding();
      await using _ = test;
      const { db } = test.engine;
      // Another process does it: this one's agent has one call at a time.
      const past = `set ${column} = clock_timestamp() - interval '1 s'`;
      if (column === "timeout_at") await db.query(`update tasks ${past}`);
      await db.query(`update task_claims ${past}`);
      await until(async () => (await db.query("select 1 from tasks where state = 'NOT_STARTED'")).length === 1);
      release();
      await until(() => calls() === 2);
      await test.engine.idle();
      await compare(test, since, `lost-${column}`);
    });
  }

  it("a person calls it off meanwhile", async () => {
    const { test, since, release } = await holding();
    await using _ = test;
    const { db, clock } = test.engine;
    const [row] = await db.query<{ id: number }>("select id from tasks");
    await db.transaction((tx) => cancelByPerson(tx, row?.id ?? 0, actorOf("ada"), "not wanted", clock.now()));
    release();
    await until(async () => (await db.query("select 1 from events where type = 'task_result_discarded'")).length === 1);
    await test.engine.idle();
    await compare(test, since, "called-off");
  });

  it("it is asked for again meanwhile", async () => {
    const { test, since, release } = await holding();
    await using _ = test;
    const { db } = test.engine;
    await test.engine.append([formSubmitted({}, "demo", "2")]);
    await until(async () => (await db.query("select 1 from tasks where requested_again")).length === 1);
    release();
    await test.engine.idle();
    await compare(test, since, "asked-again");
  });
});

it("the canary of a stopped agent", async () => {
  const { test, since } = await working("caller", ["enrich_data"], () => DONE, {
    // Nothing turns by itself while the clock is turned.
    engine: { sweepMs: 3_600_000 },
  });
  await using _ = test;
  const { clock } = test;
  const { db } = test.engine;
  await db.transaction((tx) =>
    openCircuit(tx, { agent: "caller", reason: "fails", by: "recovery", now: clock.now(), pauseMs: 5_000 }),
  );
  const { circuits } = test.engine;
  await until(async () => {
    circuits.forget();
    await circuits.refresh();
    return circuits.isStopped("caller");
  });
  await test.engine.append([formSubmitted({}, "demo", "1"), formSubmitted({ email: "bob@b.example" }, "demo", "2")]);
  await test.engine.idle();
  clock.advance(5_001);
  test.engine.circuits.forget();
  await until(async () => {
    await test.engine.idle();
    test.engine.circuits.forget();
    return (await db.query("select 1 from tasks")).length === 0;
  });
  await compare(test, since, "canary");
});

it("work done outside", async () => {
  const { test, since } = await working("nobody", ["initial_assessment"], () => DONE, {
    tasks: { look_up: { about: "Look up.", priority: "HIGH", dueIn: "5m", doneBy: "outsider" } },
    workflows: [workflow("asks", {}, [on("form_submitted", task("look_up" as "enrich_data"))]), following],
  });
  await using _ = test;
  await test.engine.append([formSubmitted({}, "demo", "1"), formSubmitted({ email: "bob@b.example" }, "demo", "2")]);
  await test.engine.idle();
  const { db, clock, wakeUps, work: rules, circuits, results: decider } = test.engine;
  const parts = { db, clock, wakeUps, rules, circuits, decider };
  const asked = { agent: "outsider", worker: "w1", kinds: ["look_up"], limit: 5, leaseMs: 60_000 };
  const tasks = await claimOutside(parts, asked);
  assert.equal(tasks.length, 2);
  const results = tasks.map(({ task: { id, fence, attempt } }, i) => ({
    id,
    fence,
    attempt,
    outcome:
      i === 0
        ? ({ outcome: "completed", result: { site: "x" } } as const)
        : ({ outcome: "waiting", reason: "who?" } as const),
    tools: [
      { tool: "browse", ms: 12 },
      { tool: "read", ms: 3, error: "404" },
    ],
  }));
  const rows = await findWork(
    db,
    results.map(({ id }) => id),
  );
  assert.deepEqual(await finishOutside(parts, "outsider", results, rows), ["written", "written"]);
  const again = await findWork(
    db,
    results.map(({ id }) => id),
  );
  assert.deepEqual((await finishOutside(parts, "outsider", results, again))[0], "written");
  await test.engine.idle();
  await compare(test, since, "outside");
});
