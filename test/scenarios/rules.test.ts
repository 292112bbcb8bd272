/** Rules R1 to R9 of the mission, each as given, when, then. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { z } from "zod";
import { ManualClock } from "../../packages/millrace/src/base/clock.ts";
import { hashContacts, rebuildContacts } from "../../packages/millrace/src/contacts/store.ts";
import type { EventTypes } from "../../packages/millrace/src/events/catalogue.ts";
import { event } from "../../packages/millrace/src/events/define-event.ts";
import { newestPosition } from "../../packages/millrace/src/events/log.ts";
import { TaskCatalogue } from "../../packages/millrace/src/tasks/catalogue.ts";
import { when } from "../../packages/millrace/src/workflows/condition.ts";
import {
  alt,
  branch,
  email,
  emit,
  on,
  opt,
  otherwise,
  type Step,
  stop,
  task,
  workflow,
} from "../../packages/millrace/src/workflows/workflow.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const EMAIL = "ada@acme-systems.example";
const scripted = { agents: [scoresByPoints, findsNothing] };

/** A CRM or a person gives the contact another score. */
function scoreSetTo(score: number | string | null) {
  return { type: "contact_updated", data: { email: EMAIL, changes: { lead_score: { from: null, to: score } } } };
}

describe("R1: one fact, one event", () => {
  it("a scoring is one contact_scored and one lead_score_updated, and the branch is taken once", async () => {
    await using test = await testEngine(scripted);
    await test.engine.append([formSubmitted({ points: 90 })]);
    await test.engine.idle();
    const { events, alerts } = await traceOf(test.engine);
    assert.equal(count(events, "contact_scored"), 1);
    assert.equal(count(events, "lead_score_updated"), 1);
    assert.deepEqual(alerts, ["sales hot_lead"]);
  });

  it("a score set by the CRM is judged like one of our own", async () => {
    await using test = await testEngine(scripted);
    await test.engine.append([{ type: "contact_created", data: { email: EMAIL, properties: { points: 30 } } }]);
    await test.engine.idle();
    await test.engine.append([scoreSetTo(90)]);
    await test.engine.idle();
    const { events, tasks } = await traceOf(test.engine);
    assert.equal(count(events, "contact_scored"), 1, "our own scoring took place once, the CRM's is none of ours");
    assert.equal(count(events, "lead_score_updated"), 2);
    assert.equal(count(tasks, "human_review WAITING URGENT"), 1);
  });

  it("a scoring that gives the same score again changes nothing", async () => {
    await using test = await testEngine(scripted);
    await test.engine.append([formSubmitted({ points: 50 }, "demo", "1")]);
    await test.engine.idle();
    await test.engine.append([formSubmitted({ points: 50 }, "demo", "2")]);
    await test.engine.idle();
    const { events } = await traceOf(test.engine);
    assert.equal(count(events, "contact_scored"), 2);
    assert.equal(count(events, "lead_score_updated"), 1);
  });
});

describe("R2: bands meet, and what is no score has no band", () => {
  for (const score of ["many", 101, -1, 1e9]) {
    it(`a lead score of ${JSON.stringify(score)} written by an agent is a data quality issue and takes no branch`, async () => {
      await using test = await testEngine({ ...scripted, events: { imported: importedEvent } });
      await test.engine.append([
        { type: "contact_updated", data: { email: EMAIL, changes: { lead_score: { from: null, to: score } } } },
      ]);
      await test.engine.idle();
      const { events, alerts } = await traceOf(test.engine);
      assert.ok(count(events, "data_quality_issue") >= 1, events.join(","));
      assert.deepEqual(alerts, []);
    });
  }
  const importedEvent = event({ about: "A list was read in.", data: z.strictObject({ rows: z.number() }) });
});

describe("R3: crossing is an edge", () => {
  const cases = [
    { path: [60, 90], alerts: 1, outreach: 0, reviews: 1, why: "60 → 90 fires hot only" },
    { path: [90, 95], alerts: 1, outreach: 0, reviews: 1, why: "90 → 95 fires nothing more" },
    { path: [60, 80], alerts: 0, outreach: 1, reviews: 0, why: "60 → 80 fires qualified" },
    { path: [69, 71, 72, 75], alerts: 0, outreach: 1, reviews: 0, why: "rising from 69 to 71 asks for outreach once" },
    {
      path: [90, 60, 90],
      alerts: 1,
      outreach: 0,
      reviews: 1,
      why: "leaving and entering again within 30 days fires once",
    },
  ];
  for (const given of cases) {
    it(given.why, async () => {
      await using test = await testEngine({ ...scripted, mail: { cap: false } });
      for (const [i, points] of given.path.entries()) {
        await test.engine.append([formSubmitted({ points }, "demo", `s${i}`)]);
        await test.engine.idle();
      }
      const { alerts, emails, tasks } = await traceOf(test.engine);
      assert.equal(alerts.length, given.alerts);
      assert.equal(count(emails, "outreach sent"), given.outreach);
      assert.equal(tasks.filter((name) => name.startsWith("hot_lead_review")).length, given.reviews);
    });
  }

  it("a band fires again 30 days after it has been left", async () => {
    await using test = await testEngine(scripted);
    for (const points of [90, 60]) {
      await test.engine.append([formSubmitted({ points }, "demo", `s${points}`)]);
      await test.engine.idle();
    }
    test.clock.advance(31 * 86_400_000);
    await test.engine.append([formSubmitted({ points: 91 }, "demo", "later")]);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).alerts, "sales hot_lead"), 2);
  });

  it("the days before a band fires again are a setting", async () => {
    await using test = await testEngine({ ...scripted, pack: { rearmAfter: "1d" } });
    for (const points of [90, 60]) {
      await test.engine.append([formSubmitted({ points }, "demo", `s${points}`)]);
      await test.engine.idle();
    }
    test.clock.advance(2 * 86_400_000);
    await test.engine.append([formSubmitted({ points: 91 }, "demo", "later")]);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).alerts, "sales hot_lead"), 2);
  });

  it("the edges of the bands are settings", async () => {
    await using test = await testEngine({
      ...scripted,
      pack: { bands: { hotAbove: 95, qualifiedAbove: 90, nurtureFrom: 10 } },
    });
    await test.engine.append([formSubmitted({ points: 88 })]);
    await test.engine.idle();
    const { branches } = await traceOf(test.engine);
    assert.ok(branches.includes("form_cascade: form lead / nurture"), branches.join("\n"));
  });

  /** Outreach that waits in the queue, so that there is something to call off. */
  const slowOutreach = does("outreach_agent", "send_outreach", () => ({ outcome: "snoozed", forMs: 3_600_000 }));
  for (const [to, why] of [
    [90, "75 → 90 fires hot and calls off an outreach nobody has begun"],
    [65, "a score falling to 70 or below calls off an outreach nobody has begun"],
  ] as const) {
    it(why, async () => {
      await using test = await testEngine({ agents: [scoresByPoints, findsNothing, slowOutreach] });
      await test.engine.append([formSubmitted({ points: 75 }, "demo", "1")]);
      await test.engine.idle();
      await test.engine.append([formSubmitted({ points: to }, "demo", "2")]);
      await test.engine.idle();
      const { tasks } = await traceOf(test.engine);
      assert.equal(count(tasks, "send_outreach CANCELLED HIGH"), 1, tasks.join("\n"));
    });
  }
});

describe("R4: the order of work", () => {
  it("is priority, then due, then age", async () => {
    const order: string[] = [];
    const recorder = does(
      "recorder",
      "enrich_data",
      (work) => {
        order.push(String(work.payload));
        return { outcome: "completed" };
      },
      { concurrency: 1 },
    );
    const ask = workflow("ask", {}, [
      on(
        "form_submitted",
        task("enrich_data", { mergeKey: "a", priority: "LOW", payload: "low" }),
        task("enrich_data", { mergeKey: "b", priority: "URGENT", dueIn: "2m", payload: "urgent, due later" }),
        task("enrich_data", { mergeKey: "c", priority: "URGENT", dueIn: "1m", payload: "urgent, due first" }),
        task("enrich_data", { mergeKey: "d", priority: "HIGH", payload: "high" }),
      ),
    ]);
    await using test = await testEngine({ pack: false, workflows: [ask], agents: [recorder] });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    assert.deepEqual(order, ["urgent, due first", "urgent, due later", "high", "low"]);
  });

  for (const [agingMs, first] of [
    [3_600_000, "old and low"],
    [86_400_000, "new and high"],
  ] as const) {
    it(`waiting lifts a task one level per ${agingMs / 3_600_000} h: ${first} comes first after 3 h`, async () => {
      const queued = does("queued", "enrich_data", () => ({ outcome: "completed" }));
      const ask = workflow("ask", {}, [
        on(
          "form_submitted",
          alt(
            branch(
              "old",
              when<"form_submitted">("is old", ({ event }) => event.data.form === "old"),
              task("enrich_data", { mergeKey: "old", priority: "LOW", dueIn: "1m", payload: "old and low" }),
            ),
            otherwise(task("enrich_data", { mergeKey: "new", priority: "HIGH", dueIn: "1d", payload: "new and high" })),
          ),
        ),
      ]);
      const clock = new ManualClock();
      await using test = await testEngine(
        { pack: false, workflows: [ask], agents: [queued], engine: { agingMs } },
        { clock, roles: ["engine"] },
      );
      await test.engine.append([formSubmitted({}, "old")]);
      await waitForTasks(test.engine, 1);
      for (let hour = 0; hour < 3; hour++) {
        clock.advance(3_600_000);
        await liftNow(test.engine, clock.now(), agingMs);
      }
      await test.engine.append([formSubmitted({}, "new")]);
      await waitForTasks(test.engine, 2);
      const { claimTasks } = await import("../../packages/millrace/src/tasks/queue.ts");
      const claimed = await test.engine.db.transaction((tx) =>
        claimTasks(tx, "w", [{ handler: 0, kind: "enrich_data", limit: 1, timeoutMs: 60_000 }], 60_000, clock.now()),
      );
      assert.equal(claimed[0]?.payload, first);
    });
  }
});

describe("R5: at most one open task per contact and kind", () => {
  it("a form of a new contact qualifies once and enriches once, with the higher priority of both requests", async () => {
    await using test = await testEngine({ agents: [scoresByPoints] });
    await test.engine.append([formSubmitted({ points: 50 })]);
    await test.engine.idle();
    const { tasks, events } = await traceOf(test.engine);
    assert.equal(count(events, "contact_created"), 1);
    assert.deepEqual(
      tasks.filter((name) => name.startsWith("enrich_data")),
      ["enrich_data COMPLETED HIGH"],
    );
    assert.deepEqual(
      tasks.filter((name) => /^(initial_assessment|qualify_lead) .*URGENT/.test(name)),
      ["qualify_lead COMPLETED URGENT"],
    );
    const [row] = await test.engine.db.query<{ causes: number[] }>(
      "select causes from finished_tasks where kind = 'enrich_data'",
    );
    assert.equal(row?.causes.length, 2, "both causes are kept");
  });

  it("a request for an open human task merges: highest priority, earliest due, both causes", async () => {
    const ask = workflow("ask", {}, [
      on(
        "form_submitted",
        alt(
          branch(
            "later",
            when<"form_submitted">("is urgent", ({ event }) => event.data.form === "urgent"),
            task("manual_review", { priority: "URGENT", dueIn: "1h" }),
          ),
          otherwise(task("manual_review", { priority: "LOW", dueIn: "7d" })),
        ),
      ),
    ]);
    await using test = await testEngine({ pack: false, workflows: [ask] });
    await test.engine.append([formSubmitted({}, "slow")]);
    await test.engine.idle();
    await test.engine.append([formSubmitted({}, "urgent")]);
    await test.engine.idle();
    const rows = await test.engine.db.query<{ priority: number; causes: number[] }>(
      "select priority, causes from tasks",
    );
    assert.equal(rows.length, 1);
    assert.equal(rows[0]?.priority, 0);
    assert.equal(rows[0]?.causes.length, 2);
  });
});

describe("R6: opt-out beats everything", () => {
  it("an opted-out contact receives nothing, even from a task already queued", async () => {
    const later = workflow("later", {}, [on("form_submitted", email("thank_you", { once: "submission" }))]);
    const slow = workflow("slow", {}, [on("form_submitted", task("send_outreach", { after: "1h" }))]);
    await using test = await testEngine({ pack: false, workflows: [later, slow] });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    await test.engine.append([{ type: "opted_out", data: { email: EMAIL, by: "unsubscribe_link" } }]);
    await test.engine.idle();
    test.clock.advance(3_700_000);
    await test.engine.idle();
    await test.engine.append([formSubmitted({}, "demo", "second")]);
    await test.engine.idle();
    const { emails } = await traceOf(test.engine);
    assert.equal(
      emails.filter((mail) => mail.endsWith(" sent")).length,
      1,
      `only the thank-you from before the opt-out: ${emails}`,
    );
  });

  it("a purchase ends prospecting: no outreach for a customer", async () => {
    const slow = workflow("slow", {}, [on("form_submitted", task("send_outreach", { after: "1h" }))]);
    await using test = await testEngine({ pack: false, workflows: [slow] });
    await test.engine.append([formSubmitted({ points: 80 })]);
    await test.engine.idle();
    await test.engine.append([{ type: "customer_purchased", data: { email: EMAIL, product: "Team plan" } }]);
    test.clock.advance(3_700_000);
    await test.engine.idle();
    assert.deepEqual(
      (await traceOf(test.engine)).emails.filter((mail) => mail.endsWith(" sent")),
      [],
    );
  });
});

describe("R7: never twice", () => {
  it("one submission delivered five times is one event and one thank-you", async () => {
    await using test = await testEngine(scripted);
    const again = Array.from({ length: 5 }, () => test.engine.append([formSubmitted({ points: 50 }, "demo", "same")]));
    const answers = (await Promise.all(again)).flat();
    await test.engine.idle();
    const { events, emails } = await traceOf(test.engine);
    assert.equal(count(events, "form_submitted"), 1);
    assert.equal(count(emails, "thank_you sent"), 1);
    assert.equal(new Set(answers.map((answer) => answer.position)).size, 1);
    assert.equal(answers.filter((answer) => !answer.isDuplicate).length, 1);
  });

  it("the same id with other content is refused, and nothing is recorded", async () => {
    await using test = await testEngine(scripted);
    await test.engine.append([formSubmitted({ points: 50 }, "demo", "same")]);
    await assert.rejects(test.engine.append([formSubmitted({ points: 51 }, "demo", "same")]), {
      code: "idempotency_conflict",
    });
    assert.equal(count((await traceOf(test.engine)).events, "form_submitted"), 1);
  });
});

describe("R8: cascades end", () => {
  const pings = {
    ping: event({ about: "A ping.", data: z.strictObject({}) }),
    pong: event({ about: "A pong.", data: z.strictObject({}) }),
  };
  // biome-ignore lint/suspicious/noExplicitAny: event types of this test only.
  const named = (name: string) => name as any as keyof EventTypes & string;
  // What the linter refuses as endless is not run at all; this is what it cannot know.
  const goesOn = when<"form_submitted">("goes on", () => true);
  const answer = (to: string): Step => opt("goes on", goesOn, emit(named(to), {} as never));
  const loop = workflow("loop", {}, [on(named("ping"), answer("pong")), on(named("pong"), answer("ping"))]);

  for (const maxDepth of [12, 5]) {
    it(`two workflows that answer each other stop at depth ${maxDepth} in a review that shows the path`, async () => {
      await using test = await testEngine({ pack: false, workflows: [loop], events: pings, engine: { maxDepth } });
      await test.engine.append([{ type: "ping", data: {}, contact: { email: EMAIL } }]);
      await test.engine.idle();
      const { events, tasks } = await traceOf(test.engine);
      assert.equal(events.filter((type) => type === "ping" || type === "pong").length, maxDepth + 1);
      assert.equal(count(events, "cascade_stopped"), 1);
      assert.equal(count(tasks, "manual_review WAITING HIGH"), 1);
      const [review] = await test.engine.db.query<{ payload: { path: string[] } }>("select payload from tasks");
      assert.ok((review?.payload.path.length ?? 0) >= 3, "the path is shown");
    });
  }

  for (const maxEvents of [300, 20]) {
    it(`a workflow that answers one event with two of the same kind is stopped after ${maxEvents} events, once`, async () => {
      const twins = workflow("twins", {}, [on(named("ping"), answer("ping"), answer("ping"))]);
      await using test = await testEngine({ pack: false, workflows: [twins], events: pings, engine: { maxEvents } });
      await test.engine.append([{ type: "ping", data: {}, contact: { email: EMAIL } }]);
      await test.engine.idle();
      const { events, tasks } = await traceOf(test.engine);
      const pinged = count(events, "ping");
      assert.ok(pinged > maxEvents / 2 && pinged <= maxEvents + 3, `${pinged} pings`);
      assert.equal(count(events, "cascade_stopped"), 1);
      assert.equal(count(tasks, "manual_review WAITING HIGH"), 1);
    });
  }

  it("agents state what their kinds declare, and nothing else", async () => {
    await using test = await testEngine();
    const leads = {
      HOT: { jobtitle: "CTO", numberofemployees: 2_400, message: "A demo, please.", phone: "+4930123456" },
      plain: {},
    };
    for (const [name, fields] of Object.entries(leads)) {
      const email = `${name}@acme-systems.example`;
      await test.engine.append([formSubmitted({ ...fields, email })]);
      await test.engine.append([{ type: "email_replied", data: { text: "Yes, please call me." }, contact: { email } }]);
    }
    await test.engine.idle();
    const declared = new Map<string, Set<string>>();
    for (const { doneBy, emits } of new TaskCatalogue().all())
      declared.set(`agent:${doneBy}`, (declared.get(`agent:${doneBy}`) ?? new Set()).union(new Set(emits)));
    const stated = await test.engine.db.query<{ actor: string; type: string }>(
      "select distinct actor, type from events where actor like 'agent:%' and type not like 'task_%'",
    );
    // What the fold makes of a score is said by the same hand.
    const undeclared = stated.filter(
      ({ actor, type }) => type !== "lead_score_updated" && !declared.get(actor)?.has(type),
    );
    assert.deepEqual(undeclared, []);
    assert.ok(stated.length >= 6, JSON.stringify(stated));
  });

  it("an agent ignores events it caused itself", async () => {
    const echo = workflow("echo", {}, [on("contact_scored", task("requalify_lead"))]);
    await using test = await testEngine({ ...scripted, workflows: [echo] });
    await test.engine.append([formSubmitted({ points: 50 })]);
    await test.engine.idle();
    const { tasks } = await traceOf(test.engine);
    assert.equal(
      tasks.some((name) => name.startsWith("requalify_lead")),
      false,
    );
    const [decision] = await test.engine.db.query<{ because: string }>(
      "select because from decisions where workflow = 'echo'",
    );
    assert.match(decision?.because ?? "", /ignores what it caused itself/);
  });
});

describe("R9: reaction is immediate, and the sweep is the safety net", () => {
  it("with wake-ups switched off everything is still done, by the sweep", async () => {
    const queued = does("caller", "enrich_data", () => ({ outcome: "completed" }));
    await using test = await testEngine({ agents: [scoresByPoints, queued], engine: { wakeUps: false, sweepMs: 50 } });
    await test.engine.append([formSubmitted({ points: 90 })]);
    await waitUntil(async () => (await traceOf(test.engine)).tasks.includes("enrich_data COMPLETED HIGH"));
    const { alerts, emails } = await traceOf(test.engine);
    assert.deepEqual(alerts, ["sales hot_lead"]);
    assert.deepEqual(emails, ["thank_you sent"]);
  });

  it("with wake-ups on nobody waits for the sweep", async () => {
    const queued = does("caller", "enrich_data", () => ({ outcome: "completed" }));
    await using test = await testEngine({ agents: [scoresByPoints, queued], engine: { sweepMs: 600_000 } });
    await test.engine.append([formSubmitted({ points: 90 })]);
    await waitUntil(async () => (await traceOf(test.engine)).tasks.includes("enrich_data COMPLETED HIGH"));
  });
});

describe("stale outcomes (R10)", () => {
  it("a thank-you older than 60 minutes is not sent any more, and the task says so", async () => {
    await using test = await testEngine(scripted);
    const old = { ...formSubmitted({ points: 50 }), occurredAt: test.clock.now() - 2 * 3_600_000 };
    await test.engine.append([old]);
    await test.engine.idle();
    const { emails, tasks } = await traceOf(test.engine);
    assert.equal(count(emails, "thank_you sent"), 0);
    assert.equal(count(tasks, "send_email CANCELLED HIGH"), 1);
  });

  it("the age is a setting", async () => {
    await using test = await testEngine({ ...scripted, pack: { thankYouStaleAfter: "3h" } });
    await test.engine.append([{ ...formSubmitted({ points: 50 }), occurredAt: test.clock.now() - 2 * 3_600_000 }]);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).emails, "thank_you sent"), 1);
  });
});

describe("the log is the truth", () => {
  it("contacts thrown away and folded again from the log are the same, bit for bit, in batches of 1, 7 and 1,000", async () => {
    await using test = await testEngine();
    const forms = Array.from({ length: 60 }, (_, i) =>
      formSubmitted(
        {
          email: `lead${i % 25}@shop${i % 7}.example`,
          jobtitle: ["CEO", "Student", "Sales Manager"][i % 3] ?? "",
          numberofemployees: (i * 37) % 3000,
        },
        "demo",
        `r${i}`,
      ),
    );
    await Promise.all(forms.map((form) => test.engine.append([form])));
    await test.engine.idle();
    const before = await hashContacts(test.engine.db);
    const until = await newestPosition(test.engine.db);
    for (const batchSize of [1, 7, 1_000]) {
      await test.engine.db.transaction((tx) => rebuildContacts(tx, until, { batchSize }));
      assert.equal(await hashContacts(test.engine.db), before, `batches of ${batchSize}`);
    }
  });

  for (const verb of [
    "update events set type = 'other'",
    "update single_events set type = 'other'",
    "update settlements set events = '[]'",
    "delete from events",
    "delete from single_events",
    "delete from settlements",
    "truncate single_events",
    "truncate settlements",
  ]) {
    it(`refuses what has been recorded: ${verb}`, async () => {
      await using test = await testEngine(scripted);
      await test.engine.append([formSubmitted()]);
      await test.engine.idle();
      await assert.rejects(test.engine.db.query(verb), /append-only/);
    });
  }
});

describe("workflows that do not hold up are refused", () => {
  it("a workflow's own bug costs only itself: the event is set aside for it, the others go on", async () => {
    const buggy = workflow("buggy", {}, [
      on(
        "form_submitted",
        alt(
          branch(
            "bug",
            when<"form_submitted">("throws", () => {
              throw new Error("boom");
            }),
            stop("never"),
          ),
          otherwise(stop("never")),
        ),
      ),
    ]);
    await using test = await testEngine({ ...scripted, workflows: [buggy] });
    await test.engine.append([formSubmitted({ points: 90 })]);
    await test.engine.idle();
    assert.deepEqual((await traceOf(test.engine)).alerts, ["sales hot_lead"]);
    const letters = await test.engine.db.query<{ subscription: string; error: string }>(
      "select subscription, error from dead_letters",
    );
    assert.deepEqual(
      letters.map(({ subscription }) => subscription),
      ["workflow:buggy"],
    );
    // With the place in the user's file.
    assert.match(letters[0]?.error ?? "", /^boom \(\/.*rules\.test\.ts:\d+:\d+\)$/);
  });
});

async function waitUntil(isTrue: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail("it did not happen within 10 s");
}

async function waitForTasks(engine: Parameters<typeof traceOf>[0], wanted: number): Promise<void> {
  await waitUntil(async () => (await traceOf(engine)).tasks.length === wanted);
}

async function liftNow(engine: Parameters<typeof traceOf>[0], now: number, agingMs: number): Promise<void> {
  const { agePriorities } = await import("../../packages/millrace/src/tasks/sweeps.ts");
  await engine.db.transaction((tx) => agePriorities(tx, now, agingMs));
}
