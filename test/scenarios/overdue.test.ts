/** A person's task that is not done in time is an event, told to its role and by setting to the next; alerts of tasks say which. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { claimForPerson, releaseTask } from "../../packages/millrace/src/tasks/people.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";
import { until } from "../factories/until.ts";

const HOUR_MS = 3_600_000;
const agents = [scoresByPoints, findsNothing];
const HOT = formSubmitted({ points: 95, firstname: "Ada", company: "Acme" });

async function alertsOf(test: TestEngine, name: string) {
  return test.engine.db.query<{ audience: string; title: string; text: string }>(
    "select audience, title, body as text from alerts where name = $1 order by id",
    [name],
  );
}

async function overdueOf(test: TestEngine) {
  const events = await test.engine.db.query<{ data: { kind: string; role: string; level: number } }>(
    "select data from events where type = 'task_overdue' order by position",
  );
  return events.map(({ data: { kind, role, level } }) => `${kind} ${role} ${level}`);
}

/** Lets time pass, and every sweep that was due in it run. */
async function pass(test: TestEngine, ms: number): Promise<void> {
  test.clock.advance(ms);
  await test.engine.idle();
}

describe("a person's task that is past due", () => {
  it("is stated once, and alerts the role it is for, naming the task", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append([HOT]);
    await test.engine.idle();
    assert.deepEqual(await overdueOf(test), []);
    await pass(test, HOUR_MS);
    await until(async () => (await alertsOf(test, "task_overdue")).length === 1);
    await pass(test, 200 * HOUR_MS);
    assert.deepEqual(await overdueOf(test), ["hot_lead_review sales 1"]);
    const [alert] = await alertsOf(test, "task_overdue");
    assert.equal(alert?.audience, "sales");
    assert.match(alert?.title ?? "", /^Overdue: hot_lead_review \(task \d+\), ada@acme-systems\.example$/);
    assert.match(alert?.text ?? "", /Ada.*Acme/);
    assert.equal(count((await traceOf(test.engine)).tasks, "hot_lead_review WAITING URGENT"), 1, "it stays theirs");
  });

  it("is escalated to the next after the time the settings name", async () => {
    await using test = await testEngine({
      agents,
      engine: { escalateAfterMs: 2 * HOUR_MS },
      pack: { escalateTo: "management" },
    });
    await test.engine.append([HOT]);
    await test.engine.idle();
    await pass(test, HOUR_MS);
    await until(async () => (await overdueOf(test)).length === 1);
    await pass(test, 2 * HOUR_MS);
    await until(async () => (await alertsOf(test, "task_overdue")).length === 2);
    assert.deepEqual(await overdueOf(test), ["hot_lead_review sales 1", "hot_lead_review sales 2"]);
    assert.deepEqual(
      (await alertsOf(test, "task_overdue")).map(({ audience }) => audience),
      ["sales", "management"],
    );
  });

  it("is not while a person has put it off, and is again at its new due time", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append([HOT]);
    await test.engine.idle();
    await pass(test, HOUR_MS);
    await until(async () => (await alertsOf(test, "task_overdue")).length === 1);
    const [review] = await test.engine.db.query<{ id: number }>("select id from tasks where kind = 'hot_lead_review'");
    const putOffTo = test.clock.now() + 10 * HOUR_MS;
    await test.engine.db.transaction((tx) =>
      releaseTask(tx, review?.id ?? 0, { id: "person:ada", name: "ada" }, test.clock.now(), putOffTo),
    );
    await pass(test, 5 * HOUR_MS);
    assert.equal((await overdueOf(test)).length, 1);
    await pass(test, 6 * HOUR_MS);
    await until(async () => (await alertsOf(test, "task_overdue")).length === 2);
    assert.deepEqual(await overdueOf(test), ["hot_lead_review sales 1", "hot_lead_review sales 1"]);
  });
});

describe("a person's task that someone has taken and not done", () => {
  it("is past due all the same", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append([HOT]);
    await test.engine.idle();
    const [review] = await test.engine.db.query<{ id: number }>("select id from tasks where kind = 'hot_lead_review'");
    const now = test.clock.now();
    await test.engine.db.transaction((tx) =>
      claimForPerson(tx, review?.id ?? 0, { id: "person:ada", name: "ada" }, now),
    );
    await pass(test, HOUR_MS);
    await until(async () => (await alertsOf(test, "task_overdue")).length === 1);
    assert.deepEqual(await overdueOf(test), ["hot_lead_review sales 1"]);
    await pass(test, 200 * HOUR_MS);
    assert.equal((await overdueOf(test)).length, 1, "once");
  });
});

describe("an alert about a task that failed", () => {
  it("names kind, task, attempt, error and lead, once for each task of the lead", async () => {
    const fails = ["first_probe", "second_probe"].map((kind) =>
      does(kind, kind, () => ({ outcome: "failed", error: `${kind}: no such account`, retry: "never" })),
    );
    const probe = { about: "Probe.", priority: "HIGH", dueIn: "5m" } as const;
    await using test = await testEngine({
      agents: [...agents, ...fails],
      tasks: { first_probe: { ...probe, doneBy: "first_probe" }, second_probe: { ...probe, doneBy: "second_probe" } },
      workflows: [
        workflow("probes", {}, [on("form_submitted", task("first_probe" as never), task("second_probe" as never))]),
      ],
    });
    await test.engine.append([formSubmitted({ points: 10 })]);
    await until(async () => (await alertsOf(test, "task_failed")).length === 2);
    const [first] = (await alertsOf(test, "task_failed")).toSorted((a, b) => (a.title < b.title ? -1 : 1));
    assert.match(
      first?.title ?? "",
      /^first_probe \(task \d+\) failed for good in attempt 1: ada@acme-systems\.example$/,
    );
    assert.match(first?.text ?? "", /first_probe: no such account/);
  });

  it("that took too long names kind, task, attempt and lead as well", async () => {
    const held = Promise.withResolvers<void>();
    const hangs = does("probe", "probe", async () => {
      await held.promise;
      return { outcome: "failed", error: "too late", retry: "never" };
    });
    await using test = await testEngine({
      agents: [...agents, hangs],
      tasks: { probe: { about: "Probe.", priority: "HIGH", dueIn: "5m", doneBy: "probe" } },
      workflows: [workflow("probes", {}, [on("form_submitted", task("probe" as never))])],
    });
    const { db } = test.engine;
    await test.engine.append([formSubmitted({ points: 10 })]);
    const isHeld = "select 1 from tasks where kind = 'probe' and state = 'IN_PROGRESS'";
    await until(async () => (await db.query(isHeld)).length === 1);
    await db.query(
      "with stuck as (update tasks set timeout_at = clock_timestamp() - interval '1 s' where kind = 'probe') update task_claims set timeout_at = clock_timestamp() - interval '1 s'",
    );
    await until(async () => (await alertsOf(test, "task_timeout")).length === 1);
    held.resolve();
    const [alert] = await alertsOf(test, "task_timeout");
    assert.match(alert?.title ?? "", /probe.*task \d+.*attempt 1.*ada@acme-systems\.example/);
  });
});
