/** Flow 9: consumers of the log that know nothing of each other. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { readAnalysedLeads } from "../../packages/millrace/src/consumers/analytics.ts";
import type { Consumer } from "../../packages/millrace/src/consumers/consumer.ts";
import { standings } from "../../packages/millrace/src/consumers/rebuild.ts";
import type { EngineHandle } from "../../packages/millrace/src/engine/engine-handle.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { addDeadLetter } from "../../packages/millrace/src/events/subscription.ts";
import { when } from "../../packages/millrace/src/workflows/condition.ts";
import { alt, branch, on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const agents = [scoresByPoints, findsNothing];
const SECRET = "whsec_bWlsbHJhY2UtdGVzdC1zZWNyZXQtMzItYnl0ZXMtbG9uZyE=";

function listens(name: string, options: Partial<Consumer> = {}): Consumer & { seen: string[] } {
  const seen: string[] = [];
  return {
    name,
    about: "A consumer of this test.",
    types: ["contact_scored"],
    take: async (events) => void seen.push(...events.map((event) => event.type)),
    ...options,
    seen,
  };
}

const leads = (points: readonly number[]) =>
  points.map((points, i) => formSubmitted({ email: `p${i}@acme.example`, points }));

describe("a consumer of the log", () => {
  it("that crashes delays no other, and what it cannot take is set aside and taken again when it is mended", async () => {
    let isBroken = true;
    const broken = listens("broken", {
      take: async (events) => {
        if (isBroken && events.some((event) => (event.data as { score: number }).score === 20))
          throw new Error("no 20s");
        broken.seen.push(...events.map((event) => String((event.data as { score: number }).score)));
      },
    });
    const healthy = listens("healthy");
    await using test = await testEngine({ agents, consumers: [broken, healthy] });
    await test.engine.append(leads([10, 20, 30]));
    await test.engine.idle();
    await test.engine.caughtUp();
    assert.equal(healthy.seen.length, 3);
    assert.deepEqual(broken.seen, ["10", "30"]);
    const [letter] = await test.engine.db.query<{ id: number; error: string }>("select id, error from dead_letters");
    assert.match(letter?.error ?? "", /no 20s/);
    await assert.rejects(test.engine.actions.retryDeadLetter({ id: letter?.id ?? 0 }, { by: "ada" }), /no 20s/);
    isBroken = false;
    await test.engine.actions.retryDeadLetter({ id: letter?.id ?? 0 }, { by: "ada" });
    assert.deepEqual(broken.seen, ["10", "30", "20"]);
    await assert.rejects(test.engine.actions.retryDeadLetter({ id: letter?.id ?? 0 }, { by: "ada" }), {
      code: "not_found",
    });
  });

  it("takes what was set aside once, however many people ask for it at the same moment", async () => {
    let isBroken = true;
    const taken: number[] = [];
    const broken = listens("broken", {
      take: async (events) => {
        if (isBroken) throw new Error("not now");
        // Long enough for everybody who asks to be at it.
        await sleep(100);
        taken.push(...events.map((event) => event.position));
      },
    });
    await using test = await testEngine({ agents, consumers: [broken] });
    await test.engine.append(leads([10]));
    await test.engine.idle();
    await test.engine.caughtUp();
    const [letter] = await test.engine.db.query<{ id: number }>("select id from dead_letters");
    isBroken = false;
    await Promise.all([1, 2, 3].map(() => test.engine.actions.retryDeadLetter({ id: letter?.id ?? 0 }, { by: "ada" })));
    assert.equal(taken.length, 1);
  });

  it("added later sees everything from the beginning, without a change to who tells it", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append(leads([10, 20, 30]));
    await test.engine.idle();
    await test.engine.stop();
    const late = listens("late");
    const fromNow = listens("from_now", { from: "now" });
    const again = await openEngine(
      { databaseUrl: test.url, agents, consumers: [late, fromNow] },
      { clock: test.clock },
    );
    try {
      await again.caughtUp();
      assert.equal(late.seen.length, 3);
      assert.equal(fromNow.seen.length, 0);
    } finally {
      await again.stop();
    }
  });

  it("is built again from the log to the very same, and no e-mail, alert or task happens again", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append(leads([90, 80, 50, 10]));
    await test.engine.append([{ type: "meeting_booked", data: { email: "p0@acme.example" } }]);
    await test.engine.idle();
    await test.engine.caughtUp();
    const before = await readAnalysedLeads(test.engine.db);
    const trace = await traceOf(test.engine);
    assert.equal(before.length, 4);
    await test.engine.actions.rebuildConsumer({ consumer: "analytics" }, { by: "ada" });
    await test.engine.caughtUp();
    assert.deepEqual(await readAnalysedLeads(test.engine.db), before);
    assert.deepEqual(await traceOf(test.engine), { ...trace, events: [...trace.events, "consumer_rebuilt"] });
    await assert.rejects(
      test.engine.actions.rebuildConsumer({ consumer: "enrichment_priority" }, { by: "ada" }),
      /cannot be built again/,
    );
    await assert.rejects(
      test.engine.actions.rebuildConsumer({ consumer: "analytcs" }, { by: "ada" }),
      /Did you mean "analytics"/,
    );
  });

  it("has a place everybody can see, and how far it is behind", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append(leads([90]));
    await test.engine.idle();
    await test.engine.caughtUp();
    const names = (await standings(test.engine.db)).map((standing) => [standing.name, standing.behind]);
    assert.deepEqual(names, [
      ["analytics", 0],
      ["enrichment_priority", 0],
      ["workflows", 0],
    ]);
  });
});

describe("contact_scored", () => {
  it("makes the enrichment of a good lead come sooner, and makes nobody wait longer", async () => {
    const slow = does("data_enricher", "enrich_data", () => ({ outcome: "snoozed", forMs: 1 }));
    for (const [points, priority] of [
      [90, 0],
      [80, 1],
      [50, 3],
    ] as const) {
      await using test = await testEngine({ agents: [scoresByPoints, slow] }, { roles: ["engine"] });
      await test.engine.append([
        { type: "contact_created", data: { email: "ada@acme.example", properties: { points } } },
      ]);
      await test.engine.caughtUp();
      await until(async () => {
        const [row] = await test.engine.db.query<{ priority: number }>(
          "select priority from tasks where kind = 'enrich_data'",
        );
        return row?.priority === priority;
      });
    }
  });

  it("tells analytics which leads convert: the scoring before the conversion counts", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append(leads([90, 80]));
    await test.engine.idle();
    await test.engine.append([{ type: "customer_purchased", data: { email: "p1@acme.example", product: "Team" } }]);
    await test.engine.idle();
    await test.engine.append([formSubmitted({ email: "p1@acme.example", points: 10 })]);
    await test.engine.idle();
    await test.engine.caughtUp();
    const found = await readAnalysedLeads(test.engine.db);
    assert.deepEqual(found.map(({ band, score, hasConverted }) => [band, score, hasConverted]).sort(), [
      ["hot", 90, false],
      ["qualified", 80, true],
    ]);
  });

  it("conversions: only what the config counts is a conversion", async () => {
    await using test = await testEngine({ agents, pack: { conversions: ["meeting_booked"] } });
    await test.engine.append(leads([90]));
    await test.engine.append([{ type: "customer_purchased", data: { email: "p0@acme.example", product: "Team" } }]);
    await test.engine.idle();
    await test.engine.caughtUp();
    assert.equal((await readAnalysedLeads(test.engine.db))[0]?.hasConverted, false);
  });
});

describe("a process outside that subscribes", () => {
  it("gets every event it wants by signed webhook, in order, and goes on where it was after a restart", async () => {
    await using receiver = await receives();
    const subscribers = { shop: { url: receiver.url, secret: SECRET, types: ["form_submitted"] } };
    await using test = await testEngine({ agents, subscribers });
    await test.engine.append(leads([10, 20]));
    await test.engine.caughtUp();
    await test.engine.stop();
    const again = await openEngine({ databaseUrl: test.url, agents, subscribers }, { clock: test.clock });
    try {
      await again.append([formSubmitted({ email: "late@acme.example", points: 30 })]);
      await again.caughtUp();
    } finally {
      await again.stop();
    }
    const emails = receiver.taken.map((event) => (event.data as { fields: { email: string } }).fields.email);
    assert.deepEqual(emails, ["p0@acme.example", "p1@acme.example", "late@acme.example"]);
    assert.equal(receiver.taken[0]?.specversion, "1.0");
  });

  it("that is down gets each event when it is back, after growing waits, and keeps nobody else waiting", async () => {
    await using receiver = await receives();
    receiver.answers = [503, 503];
    const subscribers = { shop: { url: receiver.url, secret: SECRET, types: ["form_submitted"] } };
    await using test = await testEngine({ agents, subscribers });
    await test.engine.append(leads([90]));
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).alerts, "sales hot_lead"), 1);
    await noted(test.engine, 1);
    test.clock.advance(5_000);
    await noted(test.engine, 2);
    test.clock.advance(299_000);
    test.clock.advance(1_000);
    await test.engine.caughtUp();
    assert.equal(receiver.taken.length, 1);
    assert.equal(receiver.asked, 3);
  });

  it("that never takes an event finds it set aside after ten attempts, and the next one comes", async () => {
    await using receiver = await receives();
    receiver.answers = Array.from({ length: 10 }, () => 500);
    const subscribers = { shop: { url: receiver.url, secret: SECRET, types: ["form_submitted"] } };
    await using test = await testEngine({ agents, subscribers });
    await test.engine.append(leads([10, 20]));
    for (let attempt = 1; attempt < 10; attempt++) {
      await noted(test.engine, attempt);
      test.clock.advance(86_400_000);
    }
    await test.engine.caughtUp();
    assert.equal(receiver.taken.length, 1);
    const [letter] = await test.engine.db.query<{ subscription: string; attempts: number }>(
      "select subscription, attempts from dead_letters",
    );
    assert.deepEqual(letter, { subscription: "webhook:shop", attempts: 10 });
  });

  it("gets an event that was set aside when a person tries it again, and it stays set aside while it is not taken", async () => {
    await using receiver = await receives();
    const subscribers = { shop: { url: receiver.url, secret: SECRET, types: ["form_submitted"] } };
    await using test = await testEngine({ agents, subscribers });
    await test.engine.append(leads([10]));
    await test.engine.caughtUp();
    const [event] = await test.engine.db.query<{ position: number }>(
      "select position from events where type = 'form_submitted'",
    );
    const letter = { subscription: "webhook:shop", event: event?.position ?? 0, error: "answered 500", attempts: 10 };
    await test.engine.db.transaction((tx) => addDeadLetter(tx, letter));
    const retry = async () => (await test.engine.actions.retryDeadLetters({}, { by: "ada" })).retried;
    receiver.answers = [503];
    const [refused] = await retry();
    assert.match(
      refused?.error ?? "",
      /^The subscriber "shop" did not get event \d+: answered 503\. It is set aside still/,
    );
    assert.equal(receiver.taken.length, 1);
    const [taken] = await retry();
    assert.equal(taken?.error, null);
    assert.deepEqual(
      receiver.taken.map(({ id }) => id),
      [String(event?.position), String(event?.position)],
    );
    const [row] = await test.engine.db.query<{ resolution: string }>("select resolution from dead_letters");
    assert.equal(row?.resolution, "sent again");
    assert.deepEqual(await retry(), []);
  });

  it("that says it is gone is not asked again", async () => {
    await using receiver = await receives();
    receiver.answers = [410];
    const subscribers = { shop: { url: receiver.url, secret: SECRET } };
    await using test = await testEngine({ agents, subscribers });
    await test.engine.append(leads([10]));
    await until(async () => {
      const [row] = await test.engine.db.query("select 1 from webhook_subscribers where disabled_at is not null");
      return row !== undefined;
    });
    test.clock.advance(86_400_000);
    await test.engine.append(leads([20]));
    await test.engine.idle();
    assert.equal(receiver.asked, 1);
  });

  it("with an address or a secret that is none is refused at the start, and the secret is not told", async () => {
    for (const subscriber of [
      { url: "ftp://shop.example", secret: SECRET },
      { url: "https://shop.example", secret: "" },
      // It could not be called, and every attempt would write the password down.
      { url: "https://millrace:letmein@shop.example", secret: SECRET },
    ]) {
      await assert.rejects(testEngine({ subscribers: { shop: subscriber } }), (error: Error) => {
        assert.match(error.message, /subscribers?[ .]"?shop/);
        assert.ok(!error.message.includes(SECRET) && !error.message.includes("letmein"));
        return true;
      });
    }
  });
});

describe("an event that a workflow could not decide", () => {
  it("is decided again when the workflow is mended: what it asks for happens once, and nothing else happens again", async () => {
    const isBroken = { now: true };
    const calls = when<"form_submitted">("asks for a call", () => {
      if (isBroken.now) throw new Error("a bug");
      return true;
    });
    const mine = workflow("mine", {}, [on("form_submitted", alt(branch("call", calls, task("handle_inquiry"))))]);
    await using test = await testEngine({ agents, workflows: [mine] });
    await test.engine.append(leads([50]));
    await test.engine.idle();
    const before = await traceOf(test.engine);
    const [letter] = await test.engine.db.query<{ id: number; event: number }>("select id, event from dead_letters");
    await assert.rejects(test.engine.actions.retryDeadLetter({ id: letter?.id ?? 0 }, { by: "ada" }), /fails still/);
    isBroken.now = false;
    const dry = await test.engine.actions.replayEvent(
      { position: letter?.event ?? 0, workflow: "mine", dryRun: true },
      { by: "ada" },
    );
    assert.equal(dry.decisions[0]?.branch, "call");
    assert.deepEqual(await traceOf(test.engine), before, "a dry run changes nothing");
    await test.engine.actions.retryDeadLetter({ id: letter?.id ?? 0 }, { by: "ada" });
    await test.engine.idle();
    const after = await traceOf(test.engine);
    assert.equal(count(after.tasks, "handle_inquiry WAITING HIGH"), 1);
    assert.equal(after.tasks.length, before.tasks.length + 1);
    assert.deepEqual(after.emails, before.emails);
    const [open] = await test.engine.db.query("select 1 from dead_letters where resolved_at is null");
    assert.equal(open, undefined);
  });

  it("replayed for every workflow sends no second thank-you and raises no second alert", async () => {
    await using test = await testEngine({ agents });
    const [form] = await test.engine.append(leads([90]));
    await test.engine.idle();
    const before = await traceOf(test.engine);
    await test.engine.actions.replayEvent({ position: form?.position ?? 0, dryRun: false }, { by: "ada" });
    await test.engine.idle();
    const after = await traceOf(test.engine);
    assert.deepEqual(after.emails, before.emails);
    assert.deepEqual(after.alerts, before.alerts);
    assert.deepEqual(test.errors, []);
    await assert.rejects(test.engine.actions.replayEvent({ position: 9_999_999, dryRun: false }, { by: "ada" }), {
      code: "not_found",
    });
  });

  it("replayed states nothing twice, sends nothing twice and leaves timers as they are", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append(leads([80]));
    await test.engine.idle();
    await test.engine.append([{ type: "email_engagement", data: { email: "p0@acme.example", engagement: "clicked" } }]);
    await test.engine.idle();
    const timers = () => test.engine.db.query("select key, due_at from scheduled_events order by key");
    const [before, set] = [await traceOf(test.engine), await timers()];
    test.clock.advance(3_600_000);
    const events = await test.engine.db.query<{ position: number }>(
      "select position from events where type in ('form_submitted', 'email_sent', 'email_engagement') order by position",
    );
    for (const { position } of events)
      await test.engine.actions.replayEvent({ position: position, dryRun: false }, { by: "ada" });
    await test.engine.idle();
    const after = await traceOf(test.engine);
    assert.equal(count(after.events, "email_clicked"), 1);
    assert.equal(count(after.events, "email_sent"), count(before.events, "email_sent"));
    assert.deepEqual(after.emails, before.emails);
    assert.deepEqual(await timers(), set);
  });

  it("is put away by a person, with a reason", async () => {
    const bug = when<"form_submitted">("has a bug", () => {
      throw new Error("a bug");
    });
    const mine = workflow("mine", {}, [on("form_submitted", alt(branch("call", bug, task("handle_inquiry"))))]);
    await using test = await testEngine({ agents, workflows: [mine] });
    await test.engine.append(leads([50]));
    await test.engine.idle();
    const [letter] = await test.engine.db.query<{ id: number }>("select id from dead_letters");
    await test.engine.actions.dismissDeadLetter({ id: letter?.id ?? 0, reason: "a test lead" }, { by: "ada" });
    const [row] = await test.engine.db.query<{ resolution: string }>("select resolution from dead_letters");
    assert.equal(row?.resolution, "dismissed: a test lead (ada)");
  });
});

interface Taken {
  readonly specversion: string;
  readonly id: string;
  readonly data: unknown;
}

/** A receiver of webhooks that checks every signature. */
async function receives() {
  const state = { taken: [] as Taken[], answers: [] as number[], asked: 0 };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      state.asked += 1;
      const body = Buffer.concat(parts).toString();
      new Webhook(SECRET).verify(body, request.headers as Record<string, string>);
      const status = state.answers.shift() ?? 200;
      if (status === 200) state.taken.push(JSON.parse(body));
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** The clock may be turned when the engine has written down that an attempt failed, not when the receiver has seen it. */
async function noted(engine: EngineHandle, attempts: number): Promise<void> {
  await until(async () => {
    const [row] = await engine.db.query<{ attempts: number }>("select attempts from webhook_subscribers");
    return row?.attempts === attempts;
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
