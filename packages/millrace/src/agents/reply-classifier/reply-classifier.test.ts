import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { missionEvents } from "../../events/mission-events.ts";
import type { Completed, TaskInput } from "../../tasks/handler.ts";
import { replyClassifier } from "./reply-classifier.ts";
import type { ReplyClassifierSettings } from "./reply-settings.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const DAY_MS = 86_400_000;

function outcomeOf(payload: Record<string, unknown>, settings: ReplyClassifierSettings = {}): Completed {
  const task = { id: 7, kind: "classify_reply", payload, contact: undefined, attempt: 1, root: 1, createdAt: NOW };
  const [outcome] = replyClassifier(settings).run([task as unknown as TaskInput], { now: NOW });
  assert.equal(outcome?.outcome, "completed");
  return outcome as Completed;
}

function eventsOf(text: string, settings: ReplyClassifierSettings = {}) {
  const { events = [] } = outcomeOf({ text, subject: "Re: Hello", automatic: false, receivedAt: NOW }, settings);
  return events.map(({ type, data }) => [type, data as Record<string, unknown>] as const);
}

describe("the reply classifier", () => {
  for (const [text, name, type, also] of [
    ["Yes, please!", "positive", "positive_response", {}],
    ["No thanks.", "negative", "negative_response", { kind: "no" }],
    ["Not now.", "not_now", "negative_response", { kind: "not_now", until: NOW + 90 * DAY_MS }],
    ["How much does it cost?", "question", "needs_clarification", {}],
  ] as const) {
    it(`states what "${text}" says, and then what the mission calls it: ${type}`, () => {
      const [classified, answer, ...rest] = eventsOf(text);
      assert.equal(classified?.[1].class, name);
      assert.equal(classified?.[1].sure, true);
      assert.equal(classified?.[1].task, 7);
      assert.deepEqual(answer, [type, { confidence: classified?.[1].confidence, ...also }]);
      assert.deepEqual(rest, []);
    });
  }

  for (const [text, name] of [
    ["Unsubscribe", "opt_out"],
    ["I will take legal action.", "complaint"],
    ["I'm on leave.", "out_of_office"],
    ["You have the wrong person.", "wrong_person"],
  ] as const) {
    it(`leaves what follows from "${text}" to the workflow`, () => {
      const events = eventsOf(text);
      assert.deepEqual(
        events.map(([type, data]) => [type, data.class, data.sure]),
        [["reply_classified", name, true]],
      );
    });
  }

  it("says nothing of a program's acknowledgement", () => {
    const outcome = outcomeOf({
      text: "We have received your request.",
      subject: "Ticket 12",
      automatic: true,
      receivedAt: NOW,
    });
    assert.deepEqual(outcome, { outcome: "completed", result: { read: "a program's acknowledgement" } });
  });

  it("states facts the log takes, whatever it is given", () => {
    const texts = [
      "",
      "?",
      "\u0000",
      "x".repeat(20_000),
      "Bob@acme.example is right, wrong person",
      "out of office until 3/12",
    ];
    for (const payload of [{}, { text: 5, receivedAt: "x" }, ...texts.map((text) => ({ text, receivedAt: NOW }))]) {
      for (const { type, data } of outcomeOf(payload).events ?? []) {
        missionEvents[type as "reply_classified"].schema.parse(data);
      }
    }
  });

  it("reads the same reply the same way every time", () => {
    assert.deepEqual(eventsOf("Hm, let me see what my boss thinks."), eventsOf("Hm, let me see what my boss thinks."));
  });
});

describe("settings of the reply classifier", () => {
  it("sureFrom: below it a person reads the reply", () => {
    const text = "No thanks.";
    assert.equal(eventsOf(text).length, 2);
    assert.deepEqual(
      eventsOf(text, { sureFrom: 1 }).map(([type, data]) => [type, data.sure]),
      [["reply_classified", false]],
    );
  });

  it("coolOff: so long a contact who says not now is left in peace", () => {
    assert.equal(eventsOf("Not now.", { coolOff: "10d" })[1]?.[1].until, NOW + 10 * DAY_MS);
  });

  it("languages: the rules of the others are not read", () => {
    const german = { text: "Ich bin bis Montag im Urlaub.", subject: "", automatic: true, receivedAt: NOW };
    assert.equal(outcomeOf(german).events?.length, 1);
    const byOf = (settings: ReplyClassifierSettings) =>
      String((outcomeOf(german, settings).events?.[0]?.data as { by?: string })?.by);
    assert.match(byOf({}), /^rule:/);
    assert.doesNotMatch(byOf({ languages: ["en", "fr"] }), /^rule:/);
  });

  it("are refused when they are wrong", () => {
    assert.throws(() => replyClassifier({ sureFrom: 2 }), /replies\.sureFrom is 2/);
    assert.throws(() => replyClassifier({ coolOff: "soon" as "1d" }), /replies\.coolOff/);
    assert.throws(
      () => replyClassifier({ languages: ["eng" as "en"] }),
      /replies\.languages\.0 is "eng"\. Did you mean "en"/,
    );
  });
});
