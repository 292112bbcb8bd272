/** Flow 3 and the queue's promises: retries, timeouts, leases, late results, and what people do with tasks. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agent } from "../../packages/millrace/src/agents/agent.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { actorOf } from "../../packages/millrace/src/events/actor.ts";
import type { Outcome } from "../../packages/millrace/src/tasks/handler.ts";
import { claimForPerson, completeByPerson, releaseTask, retryTask } from "../../packages/millrace/src/tasks/people.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const ask = workflow("ask", {}, [on("form_submitted", task("enrich_data"))]);
const review = workflow("review", {}, [on("form_submitted", task("hot_lead_review"))]);

/** An agent that answers with these outcomes, one after the other, the last one for ever. */
function answers(...outcomes: Outcome[]) {
  let calls = 0;
  const agent = does(
    "caller",
    "enrich_data",
    () => outcomes[Math.min(calls++, outcomes.length - 1)] ?? { outcome: "completed" },
  );
  return { agent, calls: () => calls };
}

describe("a failed attempt", () => {
  it("is tried again after 30 s, 60 s and 120 s (less jitter), then goes to a person and admins are told", async () => {
    const { agent, calls } = answers({ outcome: "failed", error: "no answer", retry: "later" });
    await using test = await testEngine({ workflows: [ask], agents: [agent, scoresByPoints] });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    const waits: number[] = [];
    for (let i = 1; i < 4; i++) {
      const [row] = await test.engine.db.query<{ at: number }>(
        "select not_before as at from tasks where kind = 'enrich_data'",
      );
      waits.push((row?.at ?? 0) - test.clock.now());
      test.clock.set(row?.at ?? 0);
      await test.engine.idle();
    }
    assert.equal(calls(), 4, "one attempt and three retries");
    for (const [i, wait] of waits.entries()) {
      const full = 30_000 * 2 ** i;
      assert.ok(wait <= full && wait >= full * 0.8, `retry ${i + 1} after ${wait} ms`);
    }
    const { tasks, alerts, events } = await traceOf(test.engine);
    assert.equal(count(tasks, "enrich_data FAILED HIGH") + count(tasks, "enrich_data FAILED LOW"), 1, tasks.join("\n"));
    assert.equal(count(tasks, "manual_review WAITING HIGH"), 1);
    assert.deepEqual(alerts, ["admin task_failed"]);
    assert.equal(count(events, "task_failed"), 4);
  });

  it("waits a delay that is a setting", async () => {
    const { agent } = answers({ outcome: "failed", error: "no answer", retry: "later" });
    await using test = await testEngine({
      workflows: [ask],
      pack: false,
      agents: [agent],
      engine: { retry: { firstDelayMs: 1_000, jitter: 0 } },
    });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    const [row] = await test.engine.db.query<{ at: number }>("select not_before as at from tasks");
    assert.equal((row?.at ?? 0) - test.clock.now(), 1_000);
  });

  it("that the other side asked to be patient about uses up no attempt", async () => {
    const { agent, calls } = answers({ outcome: "failed", error: "429", retry: "wait", afterMs: 5_000 });
    await using test = await testEngine({ workflows: [ask], pack: false, agents: [agent] });
    await test.engine.append([formSubmitted()]);
    for (let i = 0; i < 6; i++) {
      await test.engine.idle();
      test.clock.advance(5_001);
    }
    assert.equal(calls(), 6);
    const [row] = await test.engine.db.query<{ attempt: number; state: string }>("select attempt, state from tasks");
    assert.deepEqual(row, { attempt: 0, state: "WAITING" });
  });

  it("of validation or consent is not tried again", async () => {
    const { agent, calls } = answers({ outcome: "failed", error: "no such field", retry: "never" });
    await using test = await testEngine({ workflows: [ask], agents: [agent, scoresByPoints] });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    test.clock.advance(3_600_000);
    await test.engine.idle();
    assert.equal(calls(), 1);
    assert.equal(count((await traceOf(test.engine)).tasks, "manual_review WAITING HIGH"), 1);
  });

  it("that throws counts as a failure, and so does an answer that is no outcome", async () => {
    for (const broken of [
      () => {
        throw new Error("lost connection");
      },
      () => "done" as never,
    ]) {
      await using test = await testEngine({
        workflows: [ask],
        pack: false,
        agents: [does("caller", "enrich_data", broken)],
      });
      await test.engine.append([formSubmitted()]);
      await test.engine.idle();
      const [row] = await test.engine.db.query<{ state: string; attempt: number }>("select state, attempt from tasks");
      assert.deepEqual(row, { state: "WAITING", attempt: 1 });
    }
  });

  it("of a pure agent is tried again by the queue", async () => {
    let calls = 0;
    const flaky = {
      ...findsNothing,
      run: () => {
        if (++calls === 1) throw new Error("bug");
        return [{ outcome: "completed" as const }];
      },
    };
    await using test = await testEngine({ workflows: [ask], pack: false, agents: [flaky] });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    test.clock.advance(31_000);
    await test.engine.idle();
    const { tasks } = await traceOf(test.engine);
    assert.deepEqual(tasks, ["enrich_data COMPLETED LOW"]);
  });
});

describe("a worker that dies or gets stuck", () => {
  async function stuck(leaseMs: number) {
    const never = does(
      "caller",
      "enrich_data",
      (_, { signal }) =>
        new Promise((resolve) => signal.addEventListener("abort", () => resolve({ outcome: "completed" }))),
    );
    const test = await testEngine({
      workflows: [ask],
      agents: [never, scoresByPoints],
      engine: { leaseMs, sweepMs: 50 },
    });
    await test.engine.append([formSubmitted()]);
    await until(test, async () =>
      (await traceOf(test.engine)).tasks.some((name) => name.startsWith("enrich_data IN_PROGRESS")),
    );
    return test;
  }

  it("loses its task when the lease runs out: another gets it, with the attempt counted", async () => {
    await using test = await stuck(600_000);
    await test.engine.db.query("update task_claims set lease_until = clock_timestamp() - interval '1 s'");
    await until(test, async () => (await firstTask(test)).attempt === 2);
    // That it has begun again is in the log when the second attempt ends.
    assert.equal(count((await traceOf(test.engine)).events, "task_status_changed"), 2, "begun, given back");
  });

  it("runs past its time: the task goes back and admins are told", async () => {
    await using test = await stuck(600_000);
    await test.engine.db.query(
      "with stuck as (update tasks set timeout_at = clock_timestamp() - interval '1 s' where kind = 'enrich_data') update task_claims set timeout_at = clock_timestamp() - interval '1 s'",
    );
    await until(test, async () => (await traceOf(test.engine)).alerts.includes("admin task_timeout"));
    assert.equal(count((await traceOf(test.engine)).events, "task_timeout"), 1);
  });

  it("a task that always times out ends with a person, not in a loop", async () => {
    await using test = await stuck(600_000);
    for (let attempt = 1; attempt <= 4; attempt++) {
      await until(test, async () => (await firstTask(test)).attempt === attempt);
      await test.engine.db.query(
        "with stuck as (update tasks set timeout_at = clock_timestamp() - interval '1 s' where kind = 'enrich_data') update task_claims set timeout_at = clock_timestamp() - interval '1 s'",
      );
    }
    await until(test, async () => (await traceOf(test.engine)).tasks.includes("manual_review WAITING HIGH"));
  });

  it("a result that comes late is recorded as discarded and changes nothing", async () => {
    const finish = Promise.withResolvers<void>();
    let calls = 0;
    const slow = does("caller", "enrich_data", async () => {
      calls += 1;
      if (calls === 1) await finish.promise;
      return { outcome: "completed", result: { call: calls } };
    });
    await using test = await testEngine({ workflows: [ask], pack: false, agents: [slow], engine: { sweepMs: 50 } });
    await test.engine.append([formSubmitted()]);
    await until(test, async () => calls === 1);
    await test.engine.db.query("update task_claims set lease_until = clock_timestamp() - interval '1 s'");
    await until(test, async () => calls === 2);
    await until(test, async () => count((await traceOf(test.engine)).tasks, "enrich_data COMPLETED LOW") === 1);
    finish.resolve();
    await until(test, async () => count((await traceOf(test.engine)).events, "task_result_discarded") === 1);
    assert.equal(count((await traceOf(test.engine)).events, "task_completed"), 1);
  });

  it("a lease is renewed while the work goes on", async () => {
    let isDone = false;
    const slow = does("caller", "enrich_data", async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      isDone = true;
      return { outcome: "completed" };
    });
    await using test = await testEngine({
      workflows: [ask],
      pack: false,
      agents: [slow],
      engine: { leaseMs: 400, sweepMs: 50 },
    });
    await test.engine.append([formSubmitted()]);
    await until(test, async () => isDone && (await traceOf(test.engine)).tasks.includes("enrich_data COMPLETED LOW"));
    assert.equal(count((await traceOf(test.engine)).events, "task_result_discarded"), 0);
  });
});

describe("an agent of two kinds that does one thing at a time", () => {
  it("never does two, and the more urgent kind comes first", async () => {
    const order: string[] = [];
    let atOnce = 0;
    let mostAtOnce = 0;
    const single = agent({
      name: "single",
      kinds: ["enrich_data", "qualify_lead"],
      concurrency: 1,
      run: async (tasks) => {
        atOnce += 1;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push(...tasks.map((work) => work.kind));
        atOnce -= 1;
        return tasks.map(() => ({ outcome: "completed" }));
      },
    });
    const both = workflow("both", {}, [on("form_submitted", task("enrich_data"), task("qualify_lead"))]);
    await using test = await testEngine({ workflows: [both], pack: false, agents: [single] });
    await test.engine.append([formSubmitted(), formSubmitted({ email: "bob@example.com" })]);
    await test.engine.idle();
    assert.equal(mostAtOnce, 1);
    assert.deepEqual(order, ["qualify_lead", "qualify_lead", "enrich_data", "enrich_data"]);
  });
});

describe("a request that comes while the task is being done", () => {
  it("is done once more afterwards, so that nothing new is overlooked", async () => {
    const finish = Promise.withResolvers<void>();
    let calls = 0;
    const slow = does("caller", "enrich_data", async () => {
      calls += 1;
      if (calls === 1) await finish.promise;
      return { outcome: "completed" };
    });
    await using test = await testEngine({ workflows: [ask], pack: false, agents: [slow] });
    await test.engine.append([formSubmitted({}, "demo", "1")]);
    await until(test, async () => calls === 1);
    await test.engine.append([formSubmitted({}, "demo", "2")]);
    await until(test, async () => (await firstTask(test)).causes.length === 2);
    finish.resolve();
    await until(test, async () => calls === 2);
    await test.engine.idle();
    assert.equal(calls, 2);
  });
});

describe("people", () => {
  it("claim a task, which nobody else can take then, and complete it with what came of it", async () => {
    await using test = await testEngine({ workflows: [review], pack: false });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    const { id } = await firstTask(test);
    const { db, clock } = test.engine;
    await db.transaction((tx) => claimForPerson(tx, id, actorOf("ada"), clock.now()));
    await assert.rejects(
      db.transaction((tx) => claimForPerson(tx, id, actorOf("bob"), clock.now())),
      { code: "task_held" },
    );
    await assert.rejects(
      db.transaction((tx) => completeByPerson(tx, id, actorOf("bob"), null, clock.now())),
      { code: "task_held" },
    );
    await db.transaction((tx) =>
      completeByPerson(tx, id, actorOf("ada"), { note: "called, meets on Tuesday" }, clock.now()),
    );
    await assert.rejects(
      db.transaction((tx) => claimForPerson(tx, id, actorOf("bob"), clock.now())),
      { code: "task_not_open" },
    );
    const { tasks, events } = await traceOf(test.engine);
    assert.deepEqual(tasks, ["hot_lead_review COMPLETED URGENT"]);
    assert.equal(count(events, "task_completed"), 1);
    const [fact] = await db.query<{ actor: string }>("select actor from events where type = 'task_completed'");
    assert.equal(fact?.actor, "person:ada");
  });

  it("give a task back, and somebody else takes it", async () => {
    await using test = await testEngine({ workflows: [review], pack: false });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    const { id } = await firstTask(test);
    const { db, clock } = test.engine;
    await db.transaction((tx) => claimForPerson(tx, id, actorOf("ada"), clock.now()));
    await db.transaction((tx) => releaseTask(tx, id, actorOf("ada"), clock.now()));
    await db.transaction((tx) => claimForPerson(tx, id, actorOf("bob"), clock.now()));
    assert.equal((await firstTask(test)).worker, "bob");
  });

  it("neither give back nor put off what an agent is about to do, and it is done", async () => {
    const { agent } = answers({ outcome: "completed" });
    await using test = await testEngine({ workflows: [ask], pack: false, agents: [agent] });
    const { db, clock, actions } = test.engine;
    const by = { by: "ada" };
    await actions.pauseAgent({ agent: agent.name }, by);
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    const { id } = await firstTask(test);
    for (const until of [null, clock.now() + 3_600_000]) {
      const given = db.transaction((tx) => releaseTask(tx, id, actorOf("ada"), clock.now(), until));
      await assert.rejects(given, { code: "task_held" });
    }
    await actions.resumeAgent({ agent: agent.name }, by);
    await test.engine.idle();
    assert.deepEqual((await traceOf(test.engine)).tasks, ["enrich_data COMPLETED LOW"]);
  });

  it("try a failed task again once its cause is mended", async () => {
    const { agent } = answers({ outcome: "failed", error: "no such field", retry: "never" }, { outcome: "completed" });
    await using test = await testEngine({ workflows: [ask], pack: false, agents: [agent] });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    const [failed] = await test.engine.db.query<{ id: number }>("select id from finished_tasks where state = 'FAILED'");
    await test.engine.db.transaction((tx) =>
      retryTask(tx, failed?.id ?? 0, actorOf("ada"), test.clock.now(), test.engine.work),
    );
    await test.engine.idle();
    assert.deepEqual((await traceOf(test.engine)).tasks, ["enrich_data FAILED LOW", "enrich_data COMPLETED LOW"]);
  });

  it("have until the business hours of the setting are used up", async () => {
    const friday = Date.parse("2026-03-06T16:50:00Z");
    for (const [hours, due] of [
      [undefined, "2026-03-09T09:05:00.000Z"],
      [{ timeZone: "UTC", days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "24:00" }, "2026-03-06T17:05:00.000Z"],
    ] as const) {
      await using test = await testEngine({ workflows: [review], pack: false, businessHours: hours });
      test.clock.set(friday);
      await test.engine.append([formSubmitted()]);
      await test.engine.idle();
      const [row] = await test.engine.db.query<{ due: number }>("select due_at as due from tasks");
      assert.equal(new Date(row?.due ?? 0).toISOString(), due);
    }
  });
});

interface Row {
  readonly id: number;
  readonly attempt: number;
  readonly worker: string | null;
  readonly causes: number[];
}

async function firstTask(test: TestEngine): Promise<Row> {
  const [row] = await test.engine.db.query<Row>(
    "select id, attempt, worker, causes from tasks where kind in ('enrich_data', 'hot_lead_review') union all select 0, 0, null, '{}' limit 1",
  );
  return row ?? { id: 0, attempt: 0, worker: null, causes: [] };
}

async function until(test: TestEngine, isTrue: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`it did not happen within 10 s: ${JSON.stringify(await traceOf(test.engine))} ${test.errors}`);
}

describe("a task that is done", () => {
  /** A contact whose data a person has just put right. */
  async function dataPutRight(config: MillraceConfig = {}) {
    const asks = workflow("asks", {}, [on("contact_updated", task("manual_data_review"))]);
    const test = await testEngine({ workflows: [asks], ...config });
    const changes = { city: { from: null, to: "Bonn" } };
    await test.engine.append([{ type: "contact_updated", data: { email: "ada@acme.example", changes } }]);
    await test.engine.idle();
    const { db, clock } = test.engine;
    const [row] = await db.query<{ id: number }>("select id from tasks where kind = 'manual_data_review'");
    await db.transaction((tx) => completeByPerson(tx, row?.id ?? 0, actorOf("ada"), null, clock.now()));
    await test.engine.idle();
    return test;
  }

  it("is followed by the next step: a lead whose data a person put right is scored again", async () => {
    await using test = await dataPutRight();
    const { tasks, branches } = await traceOf(test.engine);
    assert.equal(count(tasks, "requalify_lead COMPLETED MEDIUM"), 1);
    assert.ok(!branches.some((branch) => branch.includes("task_completed")));
  });

  it("is followed by what the config says, or by nothing", async () => {
    await using other = await dataPutRight({ pack: { followUps: { manual_data_review: "handle_inquiry" } } });
    assert.equal(count((await traceOf(other.engine)).tasks, "handle_inquiry WAITING HIGH"), 1);
    await using none = await dataPutRight({ pack: { followUps: {} } });
    assert.equal(count((await traceOf(none.engine)).tasks, "requalify_lead COMPLETED MEDIUM"), 0);
  });

  it("of another kind is no decision at all", async () => {
    await using test = await dataPutRight();
    const [row] = await test.engine.db.query<{ count: number }>(
      `select count(*)::int as count from decisions join events on events.position = decisions.event
       where events.type = 'task_completed' and events.data->>'kind' <> 'manual_data_review'`,
    );
    assert.equal(row?.count, 0);
  });
});
