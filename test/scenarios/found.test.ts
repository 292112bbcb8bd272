/** Troubles a review found: each of these once lost, doubled or stopped something. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pureAgent } from "../../packages/millrace/src/agents/agent.ts";
import { hashContacts, rebuildContacts } from "../../packages/millrace/src/contacts/store.ts";
import { newestPosition } from "../../packages/millrace/src/events/log.ts";
import { lockPlace, moveCursor, registerSubscription } from "../../packages/millrace/src/events/subscription.ts";
import type { Outcome, TaskInput } from "../../packages/millrace/src/tasks/handler.ts";
import { beginEmail } from "../../packages/millrace/src/tasks/sending.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";
import { until } from "../factories/until.ts";

const ask = workflow("ask", {}, [on("form_submitted", task("enrich_data"))]);
const asked = { pack: false, workflows: [ask] } as const;

/** A pure enricher that does this for the contact whose address begins with "bad", and nothing for others. */
function pure(bad: (input: TaskInput) => Outcome) {
  const run = (input: TaskInput): Outcome =>
    String(input.contact?.properties.email).startsWith("bad") ? bad(input) : { outcome: "completed" };
  return pureAgent({ name: "poisoned", kinds: ["enrich_data"], run: (tasks) => tasks.map(run) });
}

const bad = () => formSubmitted({ email: "bad@acme.example" });
const good = () => formSubmitted({ email: "good@acme.example" });

const POISON: readonly [string, (input: TaskInput) => Outcome][] = [
  [
    "throws a message with NUL",
    () => {
      throw new Error("a\u0000b");
    },
  ],
  ["fails with NUL", () => ({ outcome: "failed", error: "a\u0000b", retry: "later" })],
  ["fails without an error", () => ({ outcome: "failed", retry: "never" }) as unknown as Outcome],
  ["gives a BigInt", () => ({ outcome: "completed", result: { n: 1n } }) as unknown as Outcome],
  ["snoozes for ever", () => ({ outcome: "snoozed", forMs: Number.POSITIVE_INFINITY })],
  [
    "asks for a key too long",
    () => ({ outcome: "completed", tasks: [{ kind: "manual_review", mergeKey: longKey() }] }),
  ],
  [
    "asks for a priority nobody knows",
    () => ({ outcome: "completed", tasks: [{ kind: "manual_review", priority: "NOW" }] }) as unknown as Outcome,
  ],
  [
    "alerts with NUL",
    () => ({ outcome: "completed", alerts: [{ onceKey: "k", audience: "a", name: "n", title: "\u0000", text: "" }] }),
  ],
];

function longKey(): string {
  return Array.from({ length: 9_000 }, () => Math.random().toString(36)[2]).join("");
}

describe("poison", () => {
  it("of an agent costs its own task and nothing else", async () => {
    for (const [what, outcome] of POISON) {
      await using test = await testEngine({ ...asked, agents: [pure(outcome)] });
      await test.engine.append([bad(), good()]);
      await Promise.race([
        test.engine.idle(),
        sleep(60_000, undefined, { ref: false }).then(() => assert.fail(`${what}: the feed stopped`)),
      ]);
      assert.equal(count((await traceOf(test.engine)).tasks, "enrich_data COMPLETED LOW"), 1, what);
      assert.deepEqual(test.errors, [], what);
    }
  });

  it("of a workflow is set aside, and what the event says of its contact is kept", async () => {
    const poisoned = workflow("poisoned", {}, [
      on(
        "form_submitted",
        task("human_review", {
          payload: ({ event }) => (event.data.fields.email === "bad@acme.example" ? ({ n: 1n } as never) : null),
        }),
      ),
    ]);
    await using test = await testEngine({ pack: false, workflows: [poisoned] });
    await test.engine.append([good(), bad(), formSubmitted({ email: "next@acme.example" })]);
    await Promise.race([
      test.engine.idle(),
      sleep(60_000, undefined, { ref: false }).then(() => assert.fail("the feed stopped")),
    ]);
    assert.equal((await traceOf(test.engine)).tasks.length, 2);
    const letters = await test.engine.db.query("select subscription from dead_letters");
    assert.deepEqual(letters, [{ subscription: "workflow:all" }]);
    assert.equal((await test.engine.db.query("select 1 from contacts")).length, 3);
  });

  it("among queued results does not cost the others theirs", async () => {
    let calls = 0;
    const agent = does("poisoned", "enrich_data", async ({ contact }) => {
      calls += 1;
      await sleep(20);
      const isBad = String(contact?.properties.email).startsWith("bad");
      // Small enough to pass every check, and more than jsonb or text would take: a lone failure of the database.
      return { outcome: "completed", emails: [email(isBad ? { to: null as unknown as string } : {})] };
    });
    await using test = await testEngine({ ...asked, agents: [agent] });
    await test.engine.append([bad(), good()]);
    await test.engine.idle();
    const { tasks } = await traceOf(test.engine);
    assert.deepEqual([calls, tasks.toSorted()], [2, ["enrich_data COMPLETED LOW", "enrich_data FAILED LOW"]]);
  });
});

function email(other: { to?: string; onceKey?: string } = {}) {
  return { onceKey: "k", template: "t", to: "a@b.example", subject: "s", text: "x", state: "sent" as const, ...other };
}

it("a pure agent that asks for its own kind again and again ends in the hands of a person", async () => {
  const again = pure(() => ({ outcome: "completed", tasks: [{ kind: "enrich_data" }] }));
  await using test = await testEngine({ ...asked, agents: [again] });
  await test.engine.append([bad()]);
  await test.engine.idle();
  const { tasks } = await traceOf(test.engine);
  assert.equal(count(tasks, "manual_review WAITING HIGH"), 1);
  assert.ok(tasks.length < 20);
});

it("two e-mails with one key in one batch are one e-mail", async () => {
  const twice = pure(() => ({ outcome: "completed", emails: [email(), email()] }));
  await using test = await testEngine({ ...asked, agents: [twice] });
  await test.engine.append([bad()]);
  await test.engine.idle();
  assert.deepEqual((await traceOf(test.engine)).emails, ["t sent"]);
  assert.deepEqual(test.errors, []);
});

it("what an agent tells of another contact is folded into that one, as the log says", async () => {
  let other = "";
  const gossip = pure(() => ({
    outcome: "completed",
    events: [{ type: "contact_listed", data: { list: "friends" }, contact: { id: other } }],
  }));
  await using test = await testEngine({ ...asked, agents: [gossip] });
  const { db } = test.engine;
  other = (await test.engine.append([good()]))[0]?.contact ?? "";
  await test.engine.append([bad(), good()]);
  await test.engine.idle();
  const listed = await db.query("select id from contacts where facts->'lists' is not null");
  assert.deepEqual(listed, [{ id: other }]);
  const before = await hashContacts(db);
  await db.transaction(async (tx) => rebuildContacts(tx, await newestPosition(tx)));
  assert.equal(await hashContacts(db), before);
});

it("a connection lost within a transaction fails that transaction, not the process", async () => {
  await using test = await testEngine({ pack: false });
  const { db } = test.engine;
  const losing = db.transaction(async (tx) => {
    const [row] = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
    await db.query("select pg_terminate_backend($1)", [row?.pid]);
    await sleep(50);
    await tx.query("select 1");
  });
  await assert.rejects(losing);
  assert.equal((await db.query("select 1")).length, 1);
});

it("results outlast a database that is away for some seconds: the work is not done twice", async () => {
  let calls = 0;
  let isBack: Promise<unknown> | undefined;
  const agent = does("once", "enrich_data", async () => {
    calls += 1;
    await refuse(true);
    isBack = new Promise((resolve) => setTimeout(resolve, 2_500)).then(() => refuse(false));
    return { outcome: "completed" };
  });
  await using test = await testEngine({ ...asked, agents: [agent], engine: { leaseMs: 20_000 } });
  // A finished task is refused for a while, by a reason that is not the task's.
  const refuse = (isAway: boolean) =>
    test.engine.db.query(
      isAway
        ? `create or replace function away() returns trigger language plpgsql as $$ begin raise exception 'away' using errcode = '57P03'; end $$;
           create or replace trigger away before insert on single_finished_tasks execute function away();
           create or replace trigger away before insert on settlements execute function away()`
        : "drop trigger if exists away on single_finished_tasks; drop trigger if exists away on settlements",
    );
  await test.engine.append([good()]);
  await test.engine.idle();
  assert.deepEqual([calls, (await traceOf(test.engine)).tasks], [1, ["enrich_data COMPLETED LOW"]]);
  await isBack;
});

it("an opt-out that is in the log and not yet folded holds an e-mail back", async () => {
  await using test = await testEngine({ pack: false });
  const [appended] = await test.engine.append([good()]);
  await test.engine.idle();
  const contact = appended?.contact ?? "";
  const { db } = test.engine;
  await db.query(
    `insert into single_events (position, contact, root, occurred_at, depth, partition, settled, type, actor, data)
     values (1000, $1, 1000, now(), 0, 0, true, 'opted_out', 'test', '{"by":"link"}')`,
    [contact],
  );
  const record = { ...email(), task: 1, root: 1, contact, messageId: "<m@x>", purpose: "transactional" };
  const asked = await beginEmail(db, record, Date.now(), ({ contact }) =>
    contact?.facts.optedOut === undefined ? undefined : { reason: "opted out" },
  );
  assert.deepEqual(asked, { state: "held", reason: "opted out" });
});

const WAITING_FOR_TABLE = `select 1 from pg_locks l join pg_database d on d.oid = l.database
  where d.datname = current_database() and l.relation = 'subscriptions'::regclass and not l.granted`;

it("an event another process has taken meanwhile is not the one that is set aside", async () => {
  await using test = await testEngine({ pack: false });
  const { db } = test.engine;
  await registerSubscription(db, "shared");
  const seen: number[] = [];
  let other: Promise<void> | undefined;
  await test.engine.append([good(), good()]);
  await test.engine.idle();
  const subscription = await test.engine.subscribe({
    name: "shared",
    attempts: 1,
    take: async (events) => {
      if (events[0]?.position !== 1) return void seen.push(...events.map((event) => event.position));
      // The other process waits for the place, and has it as soon as this attempt is rolled back: a lock of the table is
      // given to the one who waits by the one who ends. A lock of the row could be had first by our next statement.
      if (events.length === 1) {
        other = db.transaction(async (tx) => {
          await tx.query("lock table subscriptions in exclusive mode");
          await lockPlace(tx, "shared");
          await moveCursor(tx, "shared", 1);
        });
        await until(async () => (await db.query(WAITING_FOR_TABLE)).length > 0);
      }
      throw new Error("cannot take the first one");
    },
  });
  await until(() => seen.length > 0);
  await other;
  await subscription.stop();
  assert.deepEqual(seen.slice(0, 1), [2]);
  assert.deepEqual(await db.query("select event from dead_letters"), []);
});

it("a contact is named by an id of ours or not at all", async () => {
  await using test = await testEngine({ agents: [scoresByPoints, findsNothing] });
  await assert.rejects(test.engine.append([{ ...good(), contact: { id: "no id" } }]), /invalid|not an id/);
});

it("senders wait for a busy log together, not one after the other", async () => {
  await using test = await testEngine({ pack: false });
  const { db } = test.engine;
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const { promise: locked, resolve: taken } = Promise.withResolvers<void>();
  const holding = db.transaction(async (tx) => {
    await tx.query("lock table contact_identities in exclusive mode");
    taken();
    await held;
  });
  await locked;
  const begun = performance.now();
  const answers = await Promise.allSettled(
    [1, 2, 3].map((n) => test.engine.append([formSubmitted({ email: `n${n}@a.example` })])),
  );
  release();
  await holding;
  assert.ok(answers.every((answer) => answer.status === "rejected"));
  assert.ok(performance.now() - begun < 9_000);
});
