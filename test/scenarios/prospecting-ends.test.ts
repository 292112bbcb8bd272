/** Flows 5 and 7 at their seams: what was called off stays called off, and what came back is heard to the last word. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EMAIL = "ada@acme-systems.example";
const agents = [scoresByPoints, findsNothing];

function back(engagement: string, data: Record<string, unknown> = {}): NewEvent {
  return { type: "email_engagement", data: { email: EMAIL, engagement, ...data } };
}

function updated(properties: Record<string, string | number>): NewEvent {
  return { type: "contact_updated_external", data: { email: EMAIL, system: "billing", properties } };
}

async function tell(test: TestEngine, ...events: NewEvent[]): Promise<void> {
  await test.engine.append(events);
  await test.engine.idle();
}

async function pass(test: TestEngine, ms: number): Promise<void> {
  test.clock.advance(ms);
  await test.engine.idle();
}

async function prospectingOf(test: TestEngine): Promise<string[]> {
  return (await traceOf(test.engine)).emails.filter((email) => /^(outreach|nurture)/.test(email));
}

const engine = (config: MillraceConfig = {}) => testEngine({ mail: { window: false }, agents, ...config });

describe("an e-mail that was called off", () => {
  /** Nothing of prospecting leaves before Tuesday. */
  const onTuesdays: MillraceConfig = { mail: { window: { days: [2], from: "08:00", to: "18:00" } } };

  for (const [what, event] of [
    ["because a meeting is booked", { type: "meeting_booked", data: { email: EMAIL } }],
    ["because the score fell", updated({ points: 10, company: "Blue" })],
  ] as const) {
    it(`${what} is not written anew when another system changes the contact`, async () => {
      await using test = await engine(onTuesdays);
      await tell(test, formSubmitted({ points: 80 }));
      await tell(test, event as NewEvent);
      await tell(test, updated({ jobtitle: "CTO" }));
      await pass(test, DAY_MS);
      assert.deepEqual(await prospectingOf(test), []);
    });
  }
});

describe("a booked meeting", () => {
  it("keeps a lead that qualifies afterwards from getting a first e-mail", async () => {
    await using test = await engine();
    await tell(test, formSubmitted({ points: 10 }), { type: "meeting_booked", data: { email: EMAIL } });
    await tell(test, updated({ points: 80, company: "Acme" }));
    assert.deepEqual(await prospectingOf(test), []);
  });
});

describe("a contact that said no", () => {
  const notNow = back("replied", { text: "Not now, please ask me again in three months." });

  it("not now, is written to when it qualifies after the time it asked for", async () => {
    await using test = await engine();
    await tell(test, formSubmitted({ points: 50 }));
    await tell(test, notNow);
    await pass(test, 200 * DAY_MS);
    await tell(test, updated({ points: 80, company: "Acme" }));
    assert.deepEqual(await prospectingOf(test), ["nurture_1 sent", "outreach sent"]);
    await pass(test, 3 * DAY_MS);
    assert.deepEqual(await prospectingOf(test), ["nurture_1 sent", "outreach sent", "outreach_2 sent"]);
  });

  it("not now, is left alone until then", async () => {
    await using test = await engine();
    await tell(test, formSubmitted({ points: 50 }));
    await tell(test, notNow);
    await pass(test, 20 * DAY_MS);
    await tell(test, updated({ points: 80, company: "Acme" }));
    assert.deepEqual(await prospectingOf(test), ["nurture_1 sent"]);
  });

  it("and sends a form later is a lead again", async () => {
    await using test = await engine();
    await tell(test, formSubmitted({ points: 50 }));
    await tell(test, back("replied", { text: "We are not interested." }));
    await pass(test, 200 * DAY_MS);
    await tell(test, formSubmitted({ points: 80 }));
    assert.deepEqual(await prospectingOf(test), ["nurture_1 sent", "outreach sent"]);
  });

  it("by opting out stays out, whatever form it sends", async () => {
    await using test = await engine();
    await tell(test, formSubmitted({ points: 50 }));
    await tell(test, back("replied", { text: "Unsubscribe" }));
    await pass(test, 200 * DAY_MS);
    await tell(test, formSubmitted({ points: 80 }));
    assert.ok((await traceOf(test.engine)).emails.filter((email) => email.endsWith(" sent")).length === 2);
  });
});

describe("several replies of one contact", () => {
  it("that come together are each read: a yes behind an absence is heard", async () => {
    await using test = await engine();
    await tell(test, formSubmitted({ points: 80 }));
    await tell(
      test,
      back("replied", { text: "I am out of office until 20 March.", automatic: true }),
      back("replied", { text: "Yes, I am interested, let's talk on Tuesday." }),
    );
    const { events } = await traceOf(test.engine);
    assert.equal(count(events, "reply_classified"), 2);
    assert.equal(count(events, "positive_response"), 1);
  });

  it("are answered by the machine once: two programs cannot go on answering each other", async () => {
    await using test = await engine();
    await tell(test, formSubmitted({ points: 80 }));
    for (let i = 0; i < 3; i++) {
      await tell(test, back("replied", { text: "Yes, I am interested, let's talk on Tuesday." }));
      await pass(test, HOUR_MS);
    }
    assert.equal(count((await traceOf(test.engine)).emails, "positive_follow_up sent"), 1);
  });

  it("stay replies when a program announces an absence afterwards", async () => {
    await using test = await engine();
    await tell(test, formSubmitted({ points: 50 }));
    await tell(test, back("replied", { text: "What does it cost?" }));
    await tell(test, back("replied", { text: "I am out of office until 20 March.", automatic: true }));
    await pass(test, 2 * DAY_MS);
    await tell(test, updated({ points: 80, company: "Acme" }));
    assert.deepEqual(await prospectingOf(test), ["nurture_1 sent"]);
  });
});

describe("an event with the wrong date", () => {
  it("of the future makes nobody warmer than one of today", async () => {
    await using test = await engine();
    await tell(test, formSubmitted({ points: 80 }));
    await tell(test, { type: "email_opened", data: { email: EMAIL }, occurredAt: test.clock.now() + 90 * DAY_MS });
    await tell(test, back("clicked"));
    assert.equal(count((await traceOf(test.engine)).events, "hot_prospect"), 0);
  });

  it("of the past, told late, makes nobody warmer either", async () => {
    await using test = await engine();
    await tell(test, formSubmitted({ points: 80 }));
    await pass(test, 20 * DAY_MS);
    await tell(test, back("opened"));
    await tell(test, { type: "email_clicked", data: { email: EMAIL }, occurredAt: test.clock.now() - 19 * DAY_MS });
    assert.equal(count((await traceOf(test.engine)).events, "hot_prospect"), 0);
  });
});
