/** Work done outside of the engine's process: claimed, renewed and finished over HTTP, with lease and fence as inside. */
import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { describe, it } from "node:test";
import config from "../../examples/python-agent/millrace.config.ts";
import { claimedAnswer, finishedAnswer, renewedAnswer } from "../../packages/millrace/src/http/work-contract.ts";
import { formSubmitted } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { type TestGateway, testGateway } from "./gateway.fixture.ts";

const KIND = "look_up_company";

interface Task {
  readonly id: number;
  readonly kind: string;
  readonly fence: number;
  readonly attempt: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test looks at what it knows to be there.
  readonly payload: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same.
  readonly contact: any;
}

interface Worker {
  // biome-ignore lint/suspicious/noExplicitAny: the shapes are checked by their schemas.
  ask(verb: "claim" | "renew" | "finish", body: object): Promise<{ status: number; body: any }>;
  claim(more?: object): Promise<Task[]>;
  finish(task: Task, outcome: object, more?: object): Promise<string>;
}

/** Every answer is as OpenAPI says. */
const ANSWERS = { claim: claimedAnswer.strict(), renew: renewedAnswer.strict(), finish: finishedAnswer.strict() };

async function worker(tested: TestGateway, name: string, more: object = { kinds: [KIND] }): Promise<Worker> {
  const made = await tested.post("/api/keys", { name, scopes: ["work"], ...more });
  const { key } = (await made.json()) as { key: string };
  const ask: Worker["ask"] = async (verb, body) => {
    const response = await tested.post(`/api/work/${verb}`, body, { authorization: `Bearer ${key}` });
    const answer = await response.json();
    if (response.status === 200) ANSWERS[verb].parse(answer);
    return { status: response.status, body: answer };
  };
  return {
    ask,
    async claim(asked = {}) {
      const { status, body } = await ask("claim", asked);
      assert.equal(status, 200, JSON.stringify(body));
      return body.tasks;
    },
    async finish({ id, fence, attempt }, outcome, and = {}) {
      const { status, body } = await ask("finish", { results: [{ id, fence, attempt, outcome, ...and }] });
      assert.equal(status, 200, JSON.stringify(body));
      return body.results[0].state;
    },
  };
}

async function withTasks(count = 1): Promise<TestGateway> {
  const tested = await testGateway({}, { ...config, engine: { sweepMs: 20 } });
  const leads = Array.from({ length: count }, (_, i) => formSubmitted({ email: `lead${i}@acme-systems.example` }));
  await tested.engine.append(leads);
  await tested.engine.idle();
  return tested;
}

/** As if the agent had been silent for longer than its lease; the sweep then gives its tasks back. */
async function silence(tested: TestGateway, task: Task): Promise<void> {
  const { db } = tested.engine;
  await db.query(
    "update task_claims set lease_until = clock_timestamp() - interval '1 s' where tasks @> array[$1::bigint]",
    [task.id],
  );
  await until(async () => (await tested.read(`/api/tasks/${task.id}`)).state === "NOT_STARTED");
}

const DONE = { outcome: "completed", result: { found: false } };

describe("a task of an agent outside", () => {
  it("is claimed with its contact as it is now, finished, and recorded in the log as one of an agent inside is", async () => {
    await using tested = await withTasks();
    const reader = await worker(tested, "directory");
    const [task] = await reader.claim({ worker: "box:7" });
    assert.ok(task !== undefined);
    assert.equal(task.payload.email, "lead0@acme-systems.example");
    assert.equal(task.contact.properties.email, "lead0@acme-systems.example");
    const held = await tested.read(`/api/tasks/${task.id}`);
    assert.deepEqual([held.state, held.worker, held.attempt], ["IN_PROGRESS", "directory/box:7", 1]);
    const changes = { industry: { from: null, to: "Software" } };
    const events = [{ type: "contact_updated", data: { changes } }];
    assert.equal(await reader.finish(task, { outcome: "completed", result: { found: true }, events }), "written");
    await tested.engine.idle();
    const { state, result } = await tested.read(`/api/tasks/${task.id}`);
    assert.deepEqual([state, result], ["COMPLETED", { found: true }]);
    const story = await tested.read("/api/contacts/lead0@acme-systems.example");
    assert.equal(story.properties.industry, "Software");
    const done = story.events.find(
      (event: { type: string; data: { task?: number } }) =>
        event.type === "task_completed" && event.data.task === task.id,
    );
    assert.equal(done.actor, "agent:directory");
  });

  for (const [outcome, state, event] of [
    [{ outcome: "failed", error: "no answer" }, "WAITING", "task_failed"],
    [{ outcome: "failed", error: "no such company", retry: "never" }, "FAILED", "task_failed"],
    [{ outcome: "waiting", reason: "two companies have that domain" }, "WAITING", "task_status_changed"],
    [{ outcome: "snoozed", forMs: 60_000 }, "WAITING", "task_status_changed"],
    [{ outcome: "cancelled", reason: "a private address" }, "CANCELLED", "task_cancelled"],
  ] as const) {
    it(`that ends ${JSON.stringify(outcome)} is ${state} and leaves ${event}`, async () => {
      await using tested = await withTasks();
      const reader = await worker(tested, "directory");
      const [task] = await reader.claim();
      assert.ok(task !== undefined);
      assert.equal(await reader.finish(task, outcome), "written");
      assert.equal((await tested.read(`/api/tasks/${task.id}`)).state, state);
      const [left] = (await tested.read(`/api/events?type=${event}&limit=1`)).events;
      assert.deepEqual([left.data.task, left.actor], [task.id, "agent:directory"]);
    });
  }

  it("has its calls of tools on record, whatever came of it", async () => {
    await using tested = await withTasks(2);
    const reader = await worker(tested, "directory");
    const [good, bad] = await reader.claim({ limit: 2 });
    assert.ok(good !== undefined && bad !== undefined);
    const tools = [
      { tool: "cache", ms: 0 },
      { tool: "company_directory", ms: 12, error: "503" },
    ];
    await reader.finish(good, DONE, { tools: [{ tool: "company_directory", ms: 5 }] });
    await reader.finish(bad, { outcome: "failed", error: "no answer" }, { tools });
    const called = (await tested.read("/api/events?type=mcp_tool_called")).events;
    assert.deepEqual(called.map(({ data }: { data: { tool: string } }) => data.tool).sort(), [
      "cache",
      "company_directory",
      "company_directory",
    ]);
    const [failed] = (await tested.read("/api/events?type=mcp_tool_failed")).events;
    assert.deepEqual(failed.data, { agent: "directory", tool: "company_directory", error: "503", task: bad.id });
    assert.equal(failed.contact, bad.contact.id);
    assert.equal(failed.actor, "agent:directory");
  });

  it("goes to one worker only, however many ask at once", async () => {
    await using tested = await withTasks(20);
    const reader = await worker(tested, "directory");
    const asked = Array.from({ length: 10 }, (_, i) => reader.claim({ limit: 3, worker: `w${i}` }));
    const ids = (await Promise.all(asked)).flat().map(({ id }) => id);
    assert.equal(ids.length, 20);
    assert.equal(new Set(ids).size, 20);
  });

  it("of an agent that has gone silent goes to another, and its late finish changes nothing", async () => {
    await using tested = await withTasks();
    const reader = await worker(tested, "directory");
    const [first] = await reader.claim({ worker: "one" });
    assert.ok(first !== undefined);
    await silence(tested, first);
    const [second] = await reader.claim({ worker: "two" });
    assert.equal(second?.id, first.id);
    assert.equal(second?.attempt, 2);
    assert.deepEqual((await reader.ask("renew", { tasks: [first].map(({ id, fence }) => ({ id, fence })) })).body, {
      held: [],
      lost: [first.id],
    });
    assert.equal(
      await reader.finish(first, { outcome: "completed", result: "late" }, { tools: [{ tool: "x", ms: 1 }] }),
      "discarded",
    );
    assert.equal((await tested.read(`/api/tasks/${first.id}`)).state, "IN_PROGRESS");
    assert.equal(await reader.finish(second, DONE), "written");
    assert.deepEqual((await tested.read(`/api/tasks/${first.id}`)).result, { found: false });
    const discarded = (await tested.read("/api/events?type=task_result_discarded")).events;
    assert.deepEqual(
      discarded.map(({ data }: { data: object }) => data),
      [{ task: first.id, kind: KIND, attempt: 1, by: "directory" }],
    );
    assert.equal((await tested.read("/api/events?type=mcp_tool_called")).events.length, 0);
    assert.equal(await reader.finish(first, { outcome: "completed", result: "later still" }), "discarded");
  });

  it("is kept by renewing its lease", async () => {
    await using tested = await withTasks();
    const reader = await worker(tested, "directory");
    const [task] = await reader.claim({ leaseMs: 1_000 });
    assert.ok(task !== undefined);
    const { id, fence } = task;
    const leaseEnd = async () => {
      const [row] = await tested.engine.db.query<{ leftMs: number }>(
        `select (extract(epoch from lease_until - clock_timestamp()) * 1000)::int as "leftMs" from held_tasks where id = $1`,
        [id],
      );
      return row?.leftMs ?? 0;
    };
    assert.ok((await leaseEnd()) <= 1_000);
    assert.deepEqual((await reader.ask("renew", { tasks: [{ id, fence }], leaseMs: 600_000 })).body, {
      held: [id],
      lost: [],
    });
    assert.ok((await leaseEnd()) > 500_000);
  });

  it("that is finished twice, since the first answer was lost, is written once", async () => {
    await using tested = await withTasks();
    const reader = await worker(tested, "directory");
    const [task] = await reader.claim();
    assert.ok(task !== undefined);
    assert.equal(await reader.finish(task, DONE), "written");
    const events = await tested.countEvents();
    assert.equal(await reader.finish(task, DONE), "written");
    assert.equal(await tested.countEvents(), events);
  });

  it("is no other agent's to renew or to finish, even with its token", async () => {
    await using tested = await withTasks();
    const reader = await worker(tested, "directory");
    const other = await worker(tested, "direct");
    const [task] = await reader.claim();
    assert.ok(task !== undefined);
    const { id, fence } = task;
    assert.deepEqual((await other.ask("renew", { tasks: [{ id, fence }] })).body.lost, [id]);
    assert.equal(await other.finish(task, DONE), "discarded");
    assert.equal((await tested.read(`/api/tasks/${id}`)).state, "IN_PROGRESS");
    assert.equal(await reader.finish(task, DONE), "written");
  });

  it("is not given to an agent that is stopped, and is given again when it is resumed", async () => {
    await using tested = await withTasks();
    const reader = await worker(tested, "directory");
    assert.equal((await tested.post("/api/agents/directory/pause", { reason: "a test" })).status, 200);
    assert.deepEqual((await reader.ask("claim", {})).body, { tasks: [], leaseMs: 60_000, isStopped: true });
    await tested.post("/api/agents/directory/resume", {});
    assert.equal((await reader.claim()).length, 1);
  });

  it("whose time has passed is not begun", async () => {
    await using tested = await withTasks();
    const reader = await worker(tested, "directory");
    await tested.engine.db.query("update tasks set stale_at = '2001-01-01' where kind = $1", [KIND]);
    assert.deepEqual(await reader.claim(), []);
    const [task] = (await tested.read(`/api/tasks?kind=${KIND}&state=finished`)).tasks;
    assert.equal(task.state, "CANCELLED");
  });
});

describe("an agent outside that waits", () => {
  it("is given a task as soon as there is one", async () => {
    await using tested = await testGateway({}, { ...config, engine: { sweepMs: 60_000 } });
    const reader = await worker(tested, "directory");
    const asked = reader.claim({ waitMs: 30_000 });
    await tested.engine.append([formSubmitted()]);
    assert.equal((await asked).length, 1);
  });

  it("is answered with nothing when its time is over", async () => {
    await using tested = await testGateway({}, config);
    const reader = await worker(tested, "directory");
    assert.deepEqual(await reader.claim({ waitMs: 50 }), []);
  });

  it("and goes away is given nothing any more: the task is for the next", async () => {
    await using tested = await testGateway({}, { ...config, engine: { sweepMs: 20 } });
    const reader = await worker(tested, "directory");
    const gone = new AbortController();
    const socket = nextSocket();
    const count = waiting(tested);
    const abandoned = tested.call("/api/work/claim", {
      method: "POST",
      body: JSON.stringify({ kinds: [KIND], waitMs: 30_000 }),
      headers: { "content-type": "application/json" },
      signal: gone.signal,
    });
    await until(() => count() > 0);
    gone.abort();
    await assert.rejects(abandoned);
    await socket.closed();
    await tested.engine.append([formSubmitted()]);
    await tested.engine.idle();
    await until(() => count() === 0);
    const [task] = await reader.claim();
    assert.equal(task?.attempt, 1, "no one had it before");
  });

  it("holds up no gateway that closes", async () => {
    const tested = await testGateway({}, config);
    const reader = await worker(tested, "directory");
    const count = waiting(tested);
    const asked = reader.claim({ waitMs: 30_000 }).catch(() => "cut off");
    await until(() => count() > 0);
    await tested[Symbol.asyncDispose]();
    assert.equal(await asked, "cut off");
  });
});

describe("what an agent outside asks for", () => {
  for (const [what, verb, body, status, code, words] of [
    [
      "kinds its key is not for",
      "claim",
      { kinds: ["enrich_data"] },
      403,
      "forbidden",
      /not for tasks of the kind .*--kinds enrich_data/s,
    ],
    ["a kind there is not", "claim", { kinds: ["look_up_compony"] }, 403, "forbidden", /look_up_compony/],
    ["more than a hundred", "claim", { limit: 101 }, 400, "invalid_request", /limit/],
    ["a wait of an hour", "claim", { waitMs: 3_600_000 }, 400, "invalid_request", /waitMs/],
    ["a name of a worker with a line break", "claim", { worker: "a\nb" }, 400, "invalid_request", /worker/],
    [
      "one task twice",
      "finish",
      { results: [0, 1].map(() => ({ id: 1, fence: 1, attempt: 1, outcome: DONE })) },
      400,
      "invalid_request",
      /twice/,
    ],
    [
      "an outcome there is not",
      "finish",
      { results: [{ id: 1, fence: 1, attempt: 1, outcome: { outcome: "fine" } }] },
      400,
      "invalid_request",
      /outcome/,
    ],
    [
      "an e-mail in the ledger",
      "finish",
      { results: [{ id: 1, fence: 1, attempt: 1, outcome: { ...DONE, emails: [] } }] },
      400,
      "invalid_request",
      /emails/,
    ],
  ] as const) {
    it(`is refused for ${what}, with the code and the next step`, async () => {
      await using tested = await withTasks();
      const reader = await worker(tested, "directory");
      const answer = await reader.ask(verb, body);
      assert.equal(answer.status, status);
      assert.equal(answer.body.code, code);
      assert.match(`${answer.body.saw} ${answer.body.next}`, words);
      assert.equal((await reader.claim()).length, 1);
    });
  }

  for (const [what, outcome, field, words] of [
    ["an event of the engine's own", { events: [{ type: "contact_scored", data: {} }] }, "events.0.type", /`emits`/],
    ["an event there is not", { events: [{ type: "contact_updatd", data: {} }] }, "events.0.type", /contact_updatd/],
    ["an event with wrong data", { events: [{ type: "contact_updated", data: { changes: 7 } }] }, "outcome", /changes/],
    ["a task its kind does not ask for", { tasks: [{ kind: "send_email" }] }, "tasks.0.kind", /`asks`/],
  ] as const) {
    it(`is refused for ${what}: nothing is written, and it can be mended`, async () => {
      await using tested = await withTasks();
      const reader = await worker(tested, "directory");
      const [task] = await reader.claim();
      assert.ok(task !== undefined);
      const { id, fence, attempt } = task;
      const answer = await reader.ask("finish", {
        results: [{ id, fence, attempt, outcome: { ...DONE, ...outcome } }],
      });
      assert.equal(answer.status, 400);
      assert.ok(answer.body.field.endsWith(field), answer.body.field);
      assert.match(`${answer.body.saw} ${answer.body.next}`, words);
      assert.equal((await tested.read(`/api/tasks/${id}`)).state, "IN_PROGRESS");
      assert.equal(await reader.finish(task, DONE), "written");
    });
  }

  it("is refused for tasks of people", async () => {
    await using tested = await withTasks();
    const all = await worker(tested, "all", {});
    const answer = await all.ask("claim", { kinds: ["hot_lead_review"] });
    assert.deepEqual([answer.status, answer.body.code], [400, "invalid_request"]);
    assert.match(answer.body.next, /api\/tasks\/:id\/claim/);
    assert.match((await all.ask("claim", {})).body.next, /name the kinds/);
    assert.equal((await all.ask("claim", { kinds: ["look_up_compony"] })).body.code, "unknown_task_kind");
  });

  it("is unknown for a task there never was", async () => {
    await using tested = await withTasks();
    const reader = await worker(tested, "directory");
    const never = { id: 999_999, kind: KIND, fence: 1, attempt: 1, payload: null, contact: null };
    assert.equal(await reader.finish(never, DONE), "unknown");
  });
});

/** How many claims wait for a task, as far as they listen for one. Called before the first. */
function waiting(tested: TestGateway): () => number {
  const { wakeUps } = tested.engine;
  const on = wakeUps.on.bind(wakeUps);
  let count = 0;
  wakeUps.on = (topics, wake) => {
    const forget = on(topics, wake);
    count += 1;
    return () => {
      count -= 1;
      forget();
    };
  };
  return () => count;
}

/** The connection of the next request to a server of this process. */
function nextSocket(): { closed(): Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const begun = (message: unknown) => {
    unsubscribe("http.server.request.start", begun);
    (message as { socket: Socket }).socket.once("close", () => setImmediate(resolve));
  };
  subscribe("http.server.request.start", begun);
  return { closed: () => promise };
}
