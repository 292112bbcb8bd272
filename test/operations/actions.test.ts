/** Actions by every door: each leaves an event that says who did it, wakes other processes alike, and keeps the engine's time. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { WakeUps } from "../../packages/millrace/src/db/wake.ts";
import { createEngine } from "../../packages/millrace/src/engine/create-engine.ts";
import { agent, on, opt, task, when, workflow } from "../../packages/millrace/src/index.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { LEAD, signIn, type TestGateway, testGateway } from "../http/gateway.fixture.ts";

/** Fails until it is told to be well. */
const health = { isIll: true };
const flaky = agent({
  name: "flaky",
  kinds: ["flaky_work"],
  run: async (tasks) =>
    tasks.map(() =>
      health.isIll
        ? { outcome: "failed" as const, error: "ill", retry: "never" as const }
        : { outcome: "completed" as const, result: null },
    ),
});
const kinds = { flaky_work: { about: "Fail.", priority: "LOW", dueIn: "1h", doneBy: "flaky" } } as const;
const breaks = when<"form_submitted">("breaks", ({ event }) => {
  if (health.isIll && event.data.form === "broken") throw new Error("a bug");
  return event.data.form === "broken";
});
const mine = workflow("mine", {}, [on("form_submitted", opt("always", breaks, task("flaky_work" as never)))]);

describe("every action", () => {
  let tested: TestGateway;
  let folder: string;
  let heard: Set<string>;
  let other: WakeUps;
  const id = { task: 0, alert: 0, letter: 0, form: 0, reply: 0 };

  before(async () => {
    // An erased person is recognised by a key that is kept there.
    folder = await mkdtemp(join(tmpdir(), "millrace-actions-"));
    tested = await testGateway({}, { dataFolder: folder, agents: [flaky], tasks: kinds, workflows: [mine] });
    await tested.post("/forms/demo", LEAD);
    await tested.engine.append([formSubmitted({ email: "bob@acme.example" }, "broken")]);
    await tested.engine.idle();
    const { queries } = tested.engine;
    id.task = (await queries.tasks({ kind: "hot_lead_review" })).tasks[0]?.id ?? 0;
    id.alert = (await queries.alerts({ audience: "sales" })).alerts[0]?.id ?? 0;
    id.letter = (await queries.deadLetters({})).deadLetters[0]?.id ?? 0;
    id.form = (await queries.events({ type: "form_submitted" })).events.at(-1)?.position ?? 0;
    const email = "bob@acme.example";
    await tested.engine.append([
      { type: "opted_out", data: { email, by: "test" } },
      { type: "email_engagement", data: { email, engagement: "bounced", hard: true } },
    ]);
    const [reply] = await tested.engine.append([
      { type: "email_engagement", data: { email, engagement: "replied", text: "Hm.", automatic: true } },
    ]);
    await tested.engine.idle();
    id.reply = reply?.position ?? 0;
    heard = new Set();
    other = new WakeUps();
    other.on("events", () => heard.add("events"));
    other.on("tasks", () => heard.add("tasks"));
    await other.listen(tested.engine.db);
  });
  after(async () => {
    await other.stop();
    await tested[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const actions: readonly [path: () => string, body: object, event: string][] = [
    [() => `/api/tasks/${id.task}/claim`, {}, "task_status_changed"],
    [() => `/api/tasks/${id.task}/release`, {}, "task_status_changed"],
    [() => `/api/tasks/${id.task}/snooze`, { untilMs: 1_800_000_000_000 }, "task_status_changed"],
    [() => `/api/tasks/${id.task}/cancel`, { reason: "a test" }, "task_cancelled"],
    [() => `/api/tasks/${id.task}/retry`, {}, "task_status_changed"],
    [() => "/api/agents/mailer/pause", { reason: "new server" }, "agent_paused"],
    [() => "/api/agents/mailer/resume", {}, "agent_resumed"],
    [() => "/api/mail/pause", {}, "mail_paused"],
    [() => "/api/mail/resume", {}, "mail_resumed"],
    [() => `/api/alerts/${id.alert}/seen`, {}, "alert_seen"],
    [() => `/api/events/${id.form}/replay`, { dryRun: false, workflow: "form_cascade" }, "event_replayed"],
    [() => `/api/dead-letters/${id.letter}/dismiss`, { reason: "a test" }, "dead_letter_dismissed"],
    [() => "/api/consumers/analytics/rebuild", {}, "consumer_rebuilt"],
    [() => `/api/replies/${id.reply}/read-again`, { class: "opt_out" }, "reply_classified"],
    [() => "/api/contacts/bob@acme.example/lift-opt-out", { reason: "a test" }, "opt_out_lifted"],
    [() => "/api/contacts/bob@acme.example/lift-suppression", { reason: "a test" }, "suppression_lifted"],
    [() => "/api/contacts/bob@acme.example/correct", { property: "jobtitle", value: "CTO" }, "contact_updated"],
    [() => "/api/contacts/bob@acme.example/erase", {}, "contact_erased"],
  ];

  for (const [path, body, type] of actions) {
    it(`${type} (${path().replace(/\d+/, "ID")}) names who did it, at the engine's time, and other processes hear of it`, async () => {
      heard.clear();
      const newest = (await tested.engine.queries.events({ limit: 1 })).events[0]?.position ?? 0;
      const response = await tested.post(path(), body);
      assert.equal(response.status, 200, await response.text());
      const { events } = await tested.engine.queries.events({ after: newest, limit: 100 });
      const fact = events.find((event) => event.type === type && event.actor === "key:api");
      assert.ok(fact, `${events.map((event) => `${event.type} by ${event.actor}`)}`);
      assert.equal(fact.occurredAt, tested.clock.now());
      await until(() => heard.has("events") && heard.has("tasks"));
    });
  }

  it("names the person of a session, the person a program speaks for, or the program itself", async () => {
    const cookie = await signIn(tested.gateway, "ada");
    const headers = { cookie, "sec-fetch-site": "same-origin", "content-type": "application/json" };
    await fetch(`${tested.url}/api/mail/pause`, { method: "POST", headers, body: '{"person":"eve"}' });
    await tested.post("/api/mail/pause", { person: "carol" });
    await tested.post("/api/mail/pause", {});
    await tested.engine.actions.pauseMail({}, { by: "app:nightly" });
    const { events } = await tested.engine.queries.events({ type: "mail_paused", limit: 4 });
    assert.deepEqual(
      events.map((event) => event.actor),
      ["app:nightly", "key:api", "person:carol", "person:ada"],
    );
  });

  it("that is refused leaves nothing", async () => {
    const count = await tested.countEvents();
    assert.equal((await tested.post("/api/agents/mailr/pause", {})).status, 404);
    assert.equal((await tested.post("/api/dead-letters/999/dismiss", { reason: "x" })).status, 404);
    assert.equal((await tested.post("/api/tasks/cancel", { reason: "x", dryRun: false })).status, 400);
    assert.equal(await tested.countEvents(), count);
  });
});

describe("many tasks at once", () => {
  it("are counted first, then tried again, each as a new task", async () => {
    health.isIll = true;
    await using tested = await testGateway({}, { agents: [flaky], tasks: kinds, workflows: [all()] });
    await tested.engine.append([1, 2, 3].map((n) => formSubmitted({ email: `p${n}@acme.example` }, "demo", String(n))));
    await tested.engine.idle();
    const counted = await tested.engine.actions.retryTasks({ kind: "flaky_work" }, { by: "ada" });
    assert.deepEqual([counted.count, counted.dryRun, counted.tasks.length], [3, true, 3]);
    assert.equal((await tested.engine.queries.tasks({ kind: "flaky_work" })).tasks.length, 0);
    health.isIll = false;
    const done = await tested.engine.actions.retryTasks({ kind: "flaky_work", dryRun: false }, { by: "ada" });
    assert.deepEqual([done.count, done.tasks.length, done.failed], [3, 3, []]);
    await tested.engine.idle();
    const { tasks } = await tested.engine.queries.tasks({ kind: "flaky_work", state: "COMPLETED" });
    assert.equal(tasks.length, 3);
  });

  it("are cancelled by role, priority, contact and age", async () => {
    await using tested = await testGateway();
    await tested.post("/forms/demo", LEAD);
    await tested.engine.idle();
    const cancel = (filter: object, dryRun = true) =>
      tested.engine.actions.cancelTasks({ reason: "the fair is over", dryRun, ...filter }, { by: "ada" });
    const now = tested.clock.now();
    for (const [filter, count] of [
      [{ role: "sales" }, 1],
      [{ role: "analyst" }, 0],
      [{ kind: "hot_lead_review", priority: "URGENT" }, 1],
      [{ kind: "hot_lead_review", priority: "LOW" }, 0],
      [{ role: "sales", contact: LEAD.email }, 1],
      [{ role: "sales", since: now + 1 }, 0],
      [{ role: "sales", until: now }, 0],
      [{ role: "sales", since: now, until: now + 1 }, 1],
    ] as const)
      assert.equal((await cancel(filter)).count, count, JSON.stringify(filter));
    assert.equal((await cancel({ role: "sales" }, false)).tasks.length, 1);
    const { tasks } = await tested.engine.queries.tasks({ state: "CANCELLED", role: "sales" });
    assert.equal(tasks[0]?.error, "the fair is over");
    await assert.rejects(cancel({ kind: "hot_lead_reviw" }), { code: "unknown_task_kind" });
    await assert.rejects(cancel({}, false), /would mean every task/);
  });
});

it("a score is explained in points and in words", async () => {
  await using tested = await testGateway();
  await tested.post("/forms/demo", LEAD);
  await tested.engine.idle();
  const explained = await tested.engine.queries.explainContact({ contact: LEAD.email });
  assert.equal(explained.name, "Ada Lovelace");
  const { scoring } = explained;
  assert.ok(scoring && scoring.reasons.length > 3);
  assert.deepEqual(
    scoring.reasons.map(({ points }) => points),
    scoring.reasons.map(({ points }) => points).toSorted((a, b) => b - a),
  );
  assert.match(explained.sentences[0] ?? "", /^Ada Lovelace has \d+ points, which is hot\.$/);
  assert.match(explained.sentences[1] ?? "", /^\+\d+: /);
  assert.equal(explained.changes[0]?.to, explained.score);
  await assert.rejects(tested.engine.queries.explainContact({ contact: "none@acme.example" }), {
    code: "not_found",
    message: /millrace contacts search/,
  });
});

it("a program that embeds the engine reaches what Engine names, and nothing else", async () => {
  await using test = await testEngine();
  const engine = await createEngine({ databaseUrl: test.url }, { roles: [] });
  try {
    const reachable = new Set([...Object.keys(engine), ...Object.getOwnPropertyNames(Object.getPrototypeOf(engine))]);
    const named = ["append", "appendBulk", "idle", "stop", "subscribe", "replay", "actions", "queries"];
    assert.deepEqual([...reachable].sort(), [...named, "constructor"].sort());
  } finally {
    await engine.stop();
  }
});

function all() {
  return workflow("all", {}, [on("form_submitted", task("flaky_work" as never))]);
}
