/** Flow 5, branch by branch: what comes back for an e-mail, and what the sequence does about it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pureAgent } from "../../packages/millrace/src/agents/agent.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import type { Contact } from "../../packages/millrace/src/contacts/contact.ts";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { findContact } from "../../packages/millrace/src/queries/rows/contacts.ts";
import type { Completed } from "../../packages/millrace/src/tasks/handler.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EMAIL = "ada@acme-systems.example";

/** Reads every reply as the test says. */
function reads(data: Record<string, unknown>, also: NewEvent[] = []) {
  return pureAgent({
    name: "reply_classifier",
    kinds: ["classify_reply"],
    run: (tasks) =>
      tasks.map((): Completed => {
        const classified = { confidence: 0.9, sure: true, by: "test", ...data };
        return { outcome: "completed", events: [{ type: "reply_classified", data: classified }, ...also] };
      }),
  });
}

/** Sends every e-mail, and would see it opened. */
const tracks = does("mailer", "send_email", ({ payload }) => {
  const { template, purpose, sequence, touch } = payload as Record<string, string>;
  const place = sequence ? { sequence, touch, purpose, tracked: true } : {};
  return {
    outcome: "completed",
    events: [{ type: "email_sent", data: { template, to: EMAIL, subject: "…", ...place } }],
  };
});

const saysYes = reads({ class: "positive" }, [{ type: "positive_response", data: { confidence: 0.9 } }]);

function back(engagement: string, data: Record<string, unknown> = {}): NewEvent {
  return { type: "email_engagement", data: { email: EMAIL, engagement, ...data } };
}

/** A lead that has just had the first e-mail of the outreach sequence. */
async function prospect(config: MillraceConfig = {}, fields: Record<string, string | number> = {}) {
  const agents = [scoresByPoints, findsNothing, ...(config.agents ?? [])];
  const test = await testEngine({ ...config, agents });
  await test.engine.append([formSubmitted({ points: 80, ...fields })]);
  await test.engine.idle();
  return test;
}

async function after(test: TestEngine, ms: number): Promise<void> {
  test.clock.advance(ms);
  await test.engine.idle();
}

async function emailsOf(test: TestEngine): Promise<string[]> {
  return (await traceOf(test.engine)).emails.filter((email) => !email.startsWith("thank_you"));
}

async function contactOf(test: TestEngine): Promise<Contact> {
  const [row] = await test.engine.db.query<{ id: string }>("select id from contacts");
  const contact = await findContact(test.engine.db, row?.id ?? "");
  assert.ok(contact);
  return contact;
}

describe("a sequence of e-mails", () => {
  it("reaches a lead that never answers on days 0, 3, 8 and 15, and ends", async () => {
    await using test = await prospect();
    const sent: string[] = [];
    for (let day = 0; day <= 25; day++) {
      const emails = await emailsOf(test);
      if (emails.length > sent.length) sent.push(`${day} ${emails.at(-1)}`);
      await after(test, DAY_MS);
    }
    assert.deepEqual(sent, ["0 outreach sent", "3 outreach_2 sent", "8 outreach_3 sent", "15 outreach_4 sent"]);
    assert.deepEqual(test.errors, []);
  });

  it("follows the days of the config", async () => {
    const outreach = {
      purpose: "outreach" as const,
      touches: [
        { template: "outreach", day: 0 },
        { template: "outreach_2", day: 1 },
      ],
    };
    await using test = await prospect({ pack: { sequences: { outreach } } });
    await after(test, DAY_MS);
    assert.deepEqual(await emailsOf(test), ["outreach sent", "outreach_2 sent"]);
    await assert.rejects(
      testEngine({
        pack: { sequences: { outreach: { purpose: "outreach", touches: [{ template: "outreach", day: 2 }] } } },
      }),
      /first on day 0/,
    );
  });

  for (const [what, event] of [
    ["a reply", back("replied", { text: "Please call me tomorrow." })],
    ["an opt-out", { type: "opted_out", data: { email: EMAIL, by: "unsubscribe_link" } }],
    ["an address that does not work", back("bounced", { hard: true, reason: "550 no such user" })],
    ["a complaint", back("complained")],
    ["a purchase", { type: "customer_purchased", data: { email: EMAIL, product: "Team plan" } }],
    ["a booked meeting", { type: "meeting_booked", data: { email: EMAIL } }],
  ] as const) {
    it(`ends with ${what}: nothing is sent any more`, async () => {
      await using test = await prospect({ agents: [saysYes] });
      await test.engine.append([event as NewEvent]);
      await test.engine.idle();
      await after(test, 30 * DAY_MS);
      const emails = await emailsOf(test);
      assert.deepEqual(
        emails.filter((email) => email.startsWith("outreach")),
        ["outreach sent"],
      );
      const trace = await traceOf(test.engine);
      assert.equal(count(trace.events, "sequence_ended"), 1);
      assert.equal(count(trace.events, "email_not_engaged"), 0);
    });
  }

  it("goes on after a bounce the other side calls temporary", async () => {
    await using test = await prospect();
    await test.engine.append([back("bounced", { hard: false })]);
    await test.engine.idle();
    await after(test, 3 * DAY_MS);
    assert.deepEqual(await emailsOf(test), ["outreach sent", "outreach_2 sent"]);
  });

  it("comes sooner after an opening: half the delay, and 24 hours after the opening at the earliest", async () => {
    await using test = await prospect({ mail: { window: false } });
    await after(test, 6 * HOUR_MS);
    await test.engine.append([back("opened")]);
    await test.engine.idle();
    await after(test, 29 * HOUR_MS);
    assert.deepEqual(await emailsOf(test), ["outreach sent"], "not before half of three days");
    await after(test, HOUR_MS);
    assert.deepEqual(await emailsOf(test), ["outreach sent", "outreach_2 sent"]);
  });

  it("is not hastened by what a machine opened", async () => {
    await using test = await prospect();
    await test.engine.append([back("opened", { machine: true })]);
    await test.engine.idle();
    await after(test, 2 * DAY_MS);
    assert.deepEqual(await emailsOf(test), ["outreach sent"]);
  });

  for (const automatic of [true, false])
    it(`waits for somebody who is away until the day after the return (automatic: ${automatic})`, async () => {
      const returnAt = Date.parse("2026-03-12T00:00:00Z");
      await using test = await prospect({
        mail: { window: false },
        agents: [reads({ class: "out_of_office", returnAt })],
      });
      await test.engine.append([back("replied", { text: "I am away", automatic })]);
      await test.engine.idle();
      await after(test, 9 * DAY_MS);
      assert.deepEqual(await emailsOf(test), ["outreach sent"]);
      await after(test, 3 * DAY_MS);
      assert.deepEqual(await emailsOf(test), ["outreach sent", "outreach_2 sent"]);
      assert.equal((await contactOf(test)).facts.engagement?.replies ?? 0, 0, "a program's answer is no engagement");
    });
});

describe("nothing comes back for 72 hours", () => {
  it("asks for another channel, and finds a lead cold that never opened: e-mails come half as often", async () => {
    await using test = await prospect({ agents: [tracks] });
    await after(test, 3 * DAY_MS);
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.events, "email_not_engaged"), 1);
    assert.equal(count(trace.tasks, "alternative_channel WAITING MEDIUM"), 1);
    assert.equal(count(trace.events, "cold_prospect"), 1);
    // Cold from day 3 on: the third e-mail comes 10 days after the second one, not 5.
    await after(test, 9 * DAY_MS);
    const sent = async () => count((await traceOf(test.engine)).events, "email_sent");
    assert.equal(await sent(), 3, "the thank-you and two more");
    await after(test, DAY_MS);
    assert.equal(await sent(), 4);
  });

  it("says nothing about how warm a lead is when nobody could have seen it open the e-mail", async () => {
    await using test = await prospect();
    await after(test, 3 * DAY_MS);
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.tasks, "alternative_channel WAITING MEDIUM"), 1);
    assert.equal(count(trace.events, "cold_prospect"), 0);
  });

  it("is called off by any engagement of a person", async () => {
    await using test = await prospect();
    await after(test, DAY_MS);
    await test.engine.append([back("clicked", { url: "https://acme.example/" })]);
    await test.engine.idle();
    await after(test, 2 * DAY_MS - HOUR_MS);
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.events, "email_clicked"), 1);
    assert.equal(count(trace.events, "email_not_engaged"), 0);
  });

  for (const [notEngagedAfter, expected] of [
    ["72h", 0],
    ["24h", 1],
  ] as const) {
    it(`notEngagedAfter ${notEngagedAfter}: after two days ${expected} times`, async () => {
      await using test = await prospect({ pack: { notEngagedAfter } });
      await after(test, 2 * DAY_MS);
      assert.equal(count((await traceOf(test.engine)).events, "email_not_engaged"), expected);
    });
  }
});

describe("engagement", () => {
  const clicks = (times: number) => Array.from({ length: times }, () => back("clicked"));

  it("by two clicks makes a hot prospect, and sales are told once", async () => {
    await using test = await prospect();
    await test.engine.append(clicks(3));
    await test.engine.idle();
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.events, "hot_prospect"), 1);
    assert.deepEqual(trace.alerts, ["sales hot_prospect"]);
  });

  it("by opens alone never does", async () => {
    await using test = await prospect();
    await test.engine.append(Array.from({ length: 20 }, () => back("opened")));
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).events, "hot_prospect"), 0);
  });

  it("fades: two clicks two weeks apart are not enough, unless marks last longer", async () => {
    for (const [halfLife, expected] of [
      ["7d", 0],
      ["700d", 1],
    ] as const) {
      await using test = await prospect({ pack: { engagement: { halfLife, hotFrom: 29 } } });
      await test.engine.append(clicks(1));
      await test.engine.idle();
      await after(test, 14 * DAY_MS);
      await test.engine.append(clicks(1));
      await test.engine.idle();
      assert.equal(count((await traceOf(test.engine)).events, "hot_prospect"), expected, halfLife);
    }
  });

  it("of a machine weighs nothing", async () => {
    await using test = await prospect();
    await test.engine.append([back("clicked", { machine: true }), back("clicked", { machine: true })]);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).events, "hot_prospect"), 0);
  });

  for (const [hotProspectRearm, expected] of [
    ["7d", 1],
    ["1d", 2],
  ] as const) {
    it(`hotProspectRearm ${hotProspectRearm}: clicks three days later tell sales ${expected} times`, async () => {
      await using test = await prospect({ pack: { hotProspectRearm } });
      await test.engine.append(clicks(2));
      await test.engine.idle();
      await after(test, 3 * DAY_MS);
      await test.engine.append(clicks(1));
      await test.engine.idle();
      assert.equal(count((await traceOf(test.engine)).alerts, "sales hot_prospect"), expected);
    });
  }
});

describe("a reply", () => {
  it("that says yes alerts sales, asks for a meeting and is answered at once", async () => {
    await using test = await prospect({ agents: [saysYes] });
    await test.engine.append([back("replied", { text: "Yes, Tuesday suits me." })]);
    await test.engine.idle();
    const trace = await traceOf(test.engine);
    assert.deepEqual(trace.alerts, ["sales positive_reply"]);
    assert.equal(count(trace.tasks, "schedule_meeting WAITING URGENT"), 1);
    assert.equal(count(trace.emails, "positive_follow_up sent"), 1);
  });

  it("followUpOnYes false: a person answers alone", async () => {
    await using test = await prospect({ agents: [saysYes], pack: { followUpOnYes: false } });
    await test.engine.append([back("replied", { text: "Yes, Tuesday suits me." })]);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).emails, "positive_follow_up sent"), 0);
  });

  it("that asks to stop is an opt-out by rule, before any model reads it, and final", async () => {
    await using test = await prospect({ agents: [saysYes] });
    await test.engine.append([back("replied", { text: "Stop" })]);
    await test.engine.idle();
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.events, "opted_out"), 1);
    assert.equal(count(trace.events, "reply_classified"), 0);
    assert.deepEqual(trace.alerts, ["sales reply_ended_lead"], "with its words, for the day it was wrong");
    assert.equal((await contactOf(test)).facts.optedOut?.by, "reply");
  });

  for (const [kind, data] of [
    ["no", {}],
    ["not_now", { until: Date.parse("2026-06-01T00:00:00Z") }],
  ] as const) {
    it(`that says ${kind} leaves all sequences and keeps the subscription`, async () => {
      const negative = { type: "negative_response", data: { confidence: 0.9, kind, ...data } };
      await using test = await prospect({ agents: [reads({ class: "negative" }, [negative])] });
      await test.engine.append([back("replied", { text: "We are not interested." })]);
      await test.engine.idle();
      await after(test, 20 * DAY_MS);
      assert.deepEqual(await emailsOf(test), ["outreach sent"]);
      const { facts } = await contactOf(test);
      assert.equal(facts.declined?.kind, kind);
      assert.equal(facts.optedOut, undefined);
    });
  }

  it("that asks something goes to a person", async () => {
    const asks = reads({ class: "question" }, [{ type: "needs_clarification", data: { confidence: 0.9 } }]);
    await using test = await prospect({ agents: [asks] });
    await test.engine.append([back("replied", { text: "What does it cost?" })]);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).tasks, "handle_inquiry WAITING HIGH"), 1);
  });

  it("that cannot be read for sure goes to a person too", async () => {
    await using test = await prospect({ agents: [reads({ class: "positive", sure: false, confidence: 0.4 })] });
    await test.engine.append([back("replied", { text: "Hm." })]);
    await test.engine.idle();
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.tasks, "handle_inquiry WAITING HIGH"), 1);
    assert.deepEqual(trace.alerts, []);
  });

  it("from the wrong person names who is right, and nothing is sent any more", async () => {
    await using test = await prospect({ agents: [reads({ class: "wrong_person", referral: "bob@acme.example" })] });
    await test.engine.append([back("replied", { text: "Ask Bob." })]);
    await test.engine.idle();
    const [task] = await test.engine.db.query<{ payload: { referral: string } }>(
      "select payload from tasks where kind = 'handle_inquiry'",
    );
    assert.equal(task?.payload.referral, "bob@acme.example");
  });

  for (const [what, data, expected] of [
    ["an opt-out by a rule that found their words", { class: "opt_out", by: "rule:opt_out.en" }, "opted_out"],
    ["a complaint by a rule that found their words", { class: "complaint", by: "rule:complaint.en" }, "opted_out"],
    ["an opt-out read by a person", { class: "opt_out", by: "person:grace" }, "opted_out"],
    ["a bounce", { class: "bounce" }, "email_bounced"],
  ] as const) {
    it(`that is ${what} has its consequence`, async () => {
      await using test = await prospect({ agents: [reads(data)] });
      await test.engine.append([back("replied", { text: "…" })]);
      await test.engine.idle();
      assert.equal(count((await traceOf(test.engine)).events, expected), 1);
    });
  }

  for (const [what, data] of [
    ["an unsure opt-out", { class: "opt_out", sure: false, by: "rule:opt_out.en" }],
    ["an opt-out of the model's alone", { class: "opt_out", by: "model:x" }],
    ["a complaint of the model's alone", { class: "complaint", by: "model:x" }],
  ] as const) {
    it(`that is ${what} ends nothing for good`, async () => {
      await using test = await prospect({ agents: [reads(data)] });
      await test.engine.append([back("replied", { text: "…" })]);
      await test.engine.idle();
      const trace = await traceOf(test.engine);
      assert.equal(count(trace.events, "opted_out"), 0);
      assert.equal(count(trace.tasks, "handle_inquiry WAITING HIGH"), 1);
    });
  }

  it("told of by another system is read like any other", async () => {
    await using test = await prospect({ agents: [saysYes] });
    await test.engine.append([{ type: "email_replied", data: { email: EMAIL, text: "Gladly!" } }]);
    await test.engine.idle();
    assert.deepEqual((await traceOf(test.engine)).alerts, ["sales positive_reply"]);
  });
});
