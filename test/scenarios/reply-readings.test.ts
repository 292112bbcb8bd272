/** Flow 5, what a reading ends, holds or gives back: a person between an unsure reading and its consequence, and a way back. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ReadAgainContext, readAgain } from "../../packages/millrace/src/agents/reply-classifier/read-again.ts";
import { type LiftContext, liftOptOut, liftSuppression } from "../../packages/millrace/src/email/policy/lift.ts";
import { actorOf } from "../../packages/millrace/src/events/actor.ts";
import { appendContactFacts, type ContactFact, type FactCause } from "../../packages/millrace/src/events/facts.ts";
import type { ReplyClass } from "../../packages/millrace/src/events/mission-events.ts";
import { commit } from "../../packages/millrace/src/operations/commit.ts";
import { findContact } from "../../packages/millrace/src/queries/rows/contacts.ts";
import { cancelByPerson } from "../../packages/millrace/src/tasks/people.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const DAY_MS = 86_400_000;
const EMAIL = "ada@acme-systems.example";

/** A lead that has had the first e-mail of the outreach sequence; e-mails leave on any day. */
async function inSequence(): Promise<TestEngine> {
  const test = await testEngine({ mail: { window: false }, agents: [scoresByPoints, findsNothing] });
  await test.engine.append([formSubmitted({ points: 80 })]);
  await test.engine.idle();
  return test;
}

async function engaged(test: TestEngine, data: Record<string, unknown>) {
  const [event] = await test.engine.append([{ type: "email_engagement", data: { email: EMAIL, ...data } }]);
  await test.engine.idle();
  return event?.position ?? 0;
}

const replied = (test: TestEngine, data: Record<string, unknown>) => engaged(test, { engagement: "replied", ...data });

async function contactOf(test: TestEngine) {
  const [row] = await test.engine.db.query<{ id: string }>("select id from contacts");
  const contact = await findContact(test.engine.db, row?.id ?? "");
  assert.ok(contact);
  return contact;
}

async function outreachAfter(test: TestEngine, ms: number): Promise<readonly string[]> {
  test.clock.advance(ms);
  await test.engine.idle();
  return (await traceOf(test.engine)).emails.filter((email) => email.startsWith("outreach"));
}

/** As the actions ask: one transaction, the log locked, under the name of a person. */
function asGrace<Answer>(
  { engine, clock }: TestEngine,
  ask: (context: LiftContext & ReadAgainContext) => Promise<Answer>,
) {
  const now = clock.now();
  return commit({ db: engine.db, wakeUps: engine.wakeUps }, (tx) =>
    ask({
      db: tx,
      append: (facts: readonly ContactFact[], cause?: FactCause) =>
        appendContactFacts(tx, facts, "person:grace", now, cause),
      cancel: (task, reason) => cancelByPerson(tx, task, actorOf("grace"), reason, now),
      now,
      coolOffMs: 90 * DAY_MS,
    }),
  );
}

async function read(test: TestEngine, event: number, name: ReplyClass) {
  await asGrace(test, (context) => readAgain(context, { event, class: name, by: "grace", reason: "I have read it" }));
  await test.engine.idle();
}

const WORDLESS: readonly (readonly [what: string, data: Record<string, unknown>, guess: string])[] = [
  ["an empty text", { text: "", what: "empty" }, "none"],
  ["a thumb", { text: "👍", what: "reaction" }, "positive"],
  ["an encrypted mail", { text: "", what: "encrypted" }, "none"],
  ["a declined invitation", { text: "", what: "declined" }, "negative"],
  ["an attachment alone", { text: "", what: "attachment" }, "none"],
  ["a language the reader does not know", { text: "ฉันไม่เข้าใจ" }, "none"],
];

describe("a reply nobody can read", () => {
  for (const [what, data, guess] of WORDLESS) {
    it(`${what} ends nothing: the sequence waits, and a person is asked`, async () => {
      await using test = await inSequence();
      await replied(test, data);
      const contact = await contactOf(test);
      assert.deepEqual([contact.facts.optedOut, contact.facts.declined], [undefined, undefined]);
      const [task] = await test.engine.db.query<{ payload: { guess: string } }>(
        "select payload from tasks where kind = 'handle_inquiry'",
      );
      assert.equal(task?.payload.guess, guess);
      assert.deepEqual(await outreachAfter(test, 30 * DAY_MS), ["outreach sent"]);
    });
  }

  it("an accepted invitation is a yes", async () => {
    await using test = await inSequence();
    await replied(test, { text: "", what: "accepted" });
    assert.equal(count((await traceOf(test.engine)).events, "positive_response"), 1);
  });
});

describe("a person reads a reply again", () => {
  it("and nothing follows from it: the sequence goes on where it stood", async () => {
    await using test = await inSequence();
    const reply = await replied(test, { text: "Ha, the weather in Leeds, as always." });
    assert.deepEqual(await outreachAfter(test, 30 * DAY_MS), ["outreach sent"]);
    await read(test, reply, "none");
    assert.deepEqual(await outreachAfter(test, 2 * DAY_MS), ["outreach sent", "outreach_2 sent"]);
  });

  for (const [name, event] of [
    ["positive", "positive_response"],
    ["negative", "negative_response"],
    ["not_now", "negative_response"],
    ["question", "needs_clarification"],
    ["opt_out", "opted_out"],
  ] as const) {
    it(`as ${name}: what follows is what would have followed at once`, async () => {
      await using test = await inSequence();
      const reply = await replied(test, { text: "Ha, the weather in Leeds, as always." });
      await read(test, reply, name);
      assert.equal(count((await traceOf(test.engine)).events, event), 1);
    });
  }

  it("refuses what is no reply, and a class that is none", async () => {
    await using test = await inSequence();
    await assert.rejects(
      asGrace(test, (context) => readAgain(context, { event: 1, class: "positive", by: "grace" })),
      /is no reply/,
    );
    const wrong = { event: 1, class: "happy" as ReplyClass, by: "grace" };
    await assert.rejects(
      asGrace(test, (context) => readAgain(context, wrong)),
      /no reading of a reply/,
    );
  });
});

describe("a reading that was wrong", () => {
  const followed = async (test: TestEngine) => (await contactOf(test)).facts;

  for (const [said, name, fact] of [
    ["Unsubscribe", "positive", "optedOut"],
    ["No thank you, we are not interested.", "question", "declined"],
  ] as const) {
    it(`"${said}", read again as ${name}: what had followed is taken back`, async () => {
      await using test = await inSequence();
      const reply = await replied(test, { text: said });
      assert.notEqual((await followed(test))[fact], undefined);
      await read(test, reply, name);
      assert.equal((await followed(test))[fact], undefined);
    });
  }

  it("is corrected from any of its readings, and the last one holds", async () => {
    await using test = await inSequence();
    const reply = await replied(test, { text: "Unsubscribe" });
    await read(test, reply, "positive");
    const [reading] = await test.engine.db.query<{ position: number }>(
      "select position from events where type = 'reply_classified' order by position desc limit 1",
    );
    await read(test, reading?.position ?? 0, "opt_out");
    assert.notEqual((await followed(test)).optedOut, undefined);
    assert.equal((await test.engine.queries.replyLabels({})).labels[0]?.class, "opt_out");
  });

  it("had ended a sequence: it goes on after the last e-mail of it", async () => {
    await using test = await inSequence();
    const reply = await replied(test, { text: "No thank you, we are not interested." });
    assert.equal((await followed(test)).sequence, undefined);
    await read(test, reply, "none");
    assert.deepEqual(await outreachAfter(test, 2 * DAY_MS), ["outreach sent", "outreach_2 sent"]);
  });

  it("had asked for tasks: those still open are called off", async () => {
    await using test = await inSequence();
    const reply = await replied(test, { text: "Yes please, call me on Tuesday." });
    const open = "select kind from tasks where kind in ('schedule_meeting', 'handle_inquiry')";
    assert.deepEqual(await test.engine.db.query(open), [{ kind: "schedule_meeting" }]);
    await read(test, reply, "none");
    assert.deepEqual(await test.engine.db.query(open), []);
  });

  it("lifts no opt-out that came another way", async () => {
    await using test = await inSequence();
    const reply = await replied(test, { text: "Unsubscribe" });
    await test.engine.append([
      { type: "opted_out", data: { by: "unsubscribe_link" }, contact: { id: (await contactOf(test)).id } },
    ]);
    await test.engine.idle();
    await read(test, reply, "positive");
    assert.notEqual((await followed(test)).optedOut, undefined);
  });

  it("lifts no opt-out without a reason", async () => {
    await using test = await inSequence();
    const reply = await replied(test, { text: "Unsubscribe" });
    await assert.rejects(
      asGrace(test, (context) => readAgain(context, { event: reply, class: "positive", by: "grace" })),
      /no reason for the record/,
    );
    assert.notEqual((await followed(test)).optedOut, undefined);
  });

  it("is a label for the evaluation, with the words and what was read before", async () => {
    await using test = await inSequence();
    const reply = await replied(test, { text: "No thank you, we are not interested." });
    await read(test, reply, "not_now");
    const { labels } = await test.engine.queries.replyLabels({});
    assert.equal(labels.length, 1);
    const { text, class: is, was, by, reason } = labels[0] ?? assert.fail();
    assert.deepEqual(
      { reply: labels[0]?.reply, text, is, was, by, reason },
      {
        reply,
        text: "No thank you, we are not interested.",
        is: "not_now",
        was: "negative",
        by: "person:grace",
        reason: "I have read it",
      },
    );
  });
});

describe("a way back", () => {
  it("an opt-out that was wrong is lifted by a person, with a reason, on record", async () => {
    await using test = await inSequence();
    await replied(test, { text: "Unsubscribe" });
    const { id, facts } = await contactOf(test);
    assert.equal(facts.optedOut?.by, "reply");
    await assert.rejects(
      asGrace(test, (context) => liftOptOut(context, { contact: id, reason: " ", by: "grace" })),
      /no reason/,
    );
    await asGrace(test, (context) =>
      liftOptOut(context, { contact: id, reason: "It was a test of theirs.", by: "grace" }),
    );
    await test.engine.idle();
    assert.equal((await contactOf(test)).facts.optedOut, undefined);
    const [event] = await test.engine.db.query<{ data: unknown; actor: string }>(
      "select data, actor from events where type = 'opt_out_lifted'",
    );
    assert.deepEqual(event, { data: { by: "grace", reason: "It was a test of theirs." }, actor: "person:grace" });
    await assert.rejects(
      asGrace(test, (context) => liftOptOut(context, { contact: id, reason: "again", by: "grace" })),
      /has not opted out/,
    );
  });

  it("a suppressed address that works after all is written to again", async () => {
    await using test = await inSequence();
    await engaged(test, { engagement: "bounced", hard: true, reason: "5.1.1" });
    const { id, facts } = await contactOf(test);
    assert.ok(facts.bounced);
    await asGrace(test, (context) =>
      liftSuppression(context, { contact: id, reason: "Their server was broken.", by: "grace" }),
    );
    await test.engine.idle();
    assert.equal((await contactOf(test)).facts.bounced, undefined);
  });

  it("is not for an unknown contact", async () => {
    await using test = await inSequence();
    await assert.rejects(
      asGrace(test, (context) => liftOptOut(context, { contact: "nobody", reason: "x", by: "grace" })),
      /no contact/,
    );
  });
});

describe("somebody who left and then asks", () => {
  it("gets the answer to the form, a person, and nothing else", async () => {
    await using test = await inSequence();
    await replied(test, { text: "Unsubscribe" });
    test.clock.advance(DAY_MS);
    await test.engine.append([formSubmitted({ points: 80, message: "I would like a demo now, please." }, "contact")]);
    await test.engine.idle();
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.emails, "thank_you sent"), 2);
    const [task] = await test.engine.db.query<{ payload: { text: string } }>(
      "select payload from tasks where kind = 'handle_inquiry'",
    );
    assert.equal(task?.payload.text, "I would like a demo now, please.");
    assert.deepEqual(await outreachAfter(test, 20 * DAY_MS), ["outreach sent"]);
    assert.ok((await contactOf(test)).facts.optedOut, "the opt-out stays");
  });
});

describe("an address whose mail servers give up", () => {
  it("three times takes no mail: it is suppressed", async () => {
    await using test = await inSequence();
    for (const [i, expected] of [undefined, undefined, "given up"].entries()) {
      await engaged(test, { engagement: "bounced", hard: false, meaning: "expired", reason: `4.4.7 time ${i}` });
      assert.equal((await contactOf(test)).facts.bounced === undefined, expected === undefined, `bounce ${i + 1}`);
    }
  });
});
