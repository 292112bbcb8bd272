/** What the engine calls by its own names is said in plain words. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { wordDifference } from "../drafts/word-difference.ts";
import { newAddress } from "../old-address.ts";
import { heldBackWords, outcomeWords } from "./decisions.ts";
import { eventWords, typeWords } from "./events.ts";
import { actorWords, contactName, humanly, initials, propertyWords, valueWords, workerWords } from "./names.ts";
import { agoWords, dueWords, spanWords } from "./time.ts";

describe("names in plain words", () => {
  it("say the engine where a process did it", () => {
    assert.equal(workerWords("vm:7311:b39eca19"), "the engine");
    assert.equal(actorWords("agent:vm:7311:b39eca19"), "the engine");
    assert.equal(actorWords("agent:vm:16831:c33ca14e:d0l2:db9d82c2"), "the engine");
    assert.equal(workerWords("vm:16831:c33ca14e:d0l2:db9d82c2"), "the engine");
    assert.equal(actorWords("agent:lead_qualifier"), "the lead qualifier");
    assert.equal(actorWords("person:ada"), "ada");
    assert.equal(actorWords("gateway"), "a visitor");
  });

  it("know properties and values of HubSpot", () => {
    assert.equal(propertyWords("numberofemployees"), "employees");
    assert.equal(valueWords("SALES_READY"), "ready for sales");
    assert.equal(valueWords("IN_PROGRESS"), "in progress");
    assert.equal(valueWords("Bigcorp GmbH"), "Bigcorp GmbH");
    assert.equal(humanly("crm_sync"), "CRM sync");
    assert.equal(humanly("oldestDueMs"), "oldest due ms");
  });

  it("name contacts by what is known of them", () => {
    assert.equal(contactName({ properties: { firstname: "Ada", lastname: "Byron" } }), "Ada Byron");
    assert.equal(contactName({ properties: { email: "ada@acme.example" } }), "ada@acme.example");
    assert.equal(contactName({ properties: {}, facts: { erasedAt: 1 } }), "Someone whose data was erased");
    assert.equal(initials("Tomasz van Dijk"), "TD");
  });
});

describe("events and decisions in plain words", () => {
  it("say an event by what is in it, and its type without", () => {
    assert.equal(eventWords({ type: "form_submitted", data: { form: "demo" } }), "Form “demo”");
    assert.equal(typeWords("form_submitted"), "Form sent");
    assert.equal(eventWords({ type: "some_new_event" }), "Some new event");
    assert.equal(
      eventWords({ type: "task_status_changed", data: { kind: "hot_lead_review", to: "WAITING" } }),
      "Call a hot lead: waiting",
    );
  });

  it("say what was asked for, and why not", () => {
    assert.equal(outcomeWords({ task: "qualify_lead" }), "asked for “Score the lead”");
    assert.equal(outcomeWords({ cancel: "send_email" }), "called off “Send an e-mail”");
    assert.deepEqual(heldBackWords(null), []);
    assert.deepEqual(heldBackWords("had opted out: not had opted out before; in a sequence: not is in a sequence"), [
      "Not “had opted out”, because this is not so: had opted out before.",
      "Not “in a sequence”, because this is not so: is in a sequence.",
    ]);
    assert.deepEqual(heldBackWords("spam: nothing is sent"), ["Spam: nothing is sent."]);
  });
});

describe("times in plain words", () => {
  const now = new Date("2026-03-01T16:00:00").getTime();

  it("say the day of what is due later than today", () => {
    assert.equal(dueWords(now + 720_000, now), "due in 12 min");
    assert.equal(dueWords(now + 17.25 * 3_600_000, now), "due tomorrow 09:15");
    assert.equal(dueWords(now - 7_200_000, now), "overdue by 2 h");
  });

  it("say spans by their largest unit", () => {
    assert.deepEqual([45, 3_200, 400_000, 7_200_000].map(spanWords), ["45 ms", "3.2 s", "6 min", "2 h"]);
    assert.equal(agoWords(now - 1_000, now), "now");
  });
});

describe("the difference of two texts", () => {
  it("keeps what is the same, and puts together again", () => {
    const pieces = wordDifference("Hi Ada, 20 minutes this week?", "Hi Ada, 30 minutes next week?");
    const of = (...kinds: string[]) =>
      pieces
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ text }) => text)
        .join("");
    assert.equal(of("same", "removed"), "Hi Ada, 20 minutes this week?");
    assert.equal(of("same", "added"), "Hi Ada, 30 minutes next week?");
    assert.deepEqual(
      pieces.filter(({ kind }) => kind === "removed").map(({ text }) => text),
      ["20", "this"],
    );
  });
});

describe("addresses of the page there was before", () => {
  const at = (hash: string, pathname = "/") => newAddress({ pathname, hash, search: "" });

  it("lead to the same thing", () => {
    assert.equal(at(""), "/console");
    assert.equal(at("#open=event:12"), "/console?open=event:12");
    assert.equal(at("#open=contact:0190a2b4"), "/console/contacts/0190a2b4");
    assert.equal(at("#q=ada"), "/console/leads?q=ada");
    assert.equal(at("", "/console/leads"), undefined);
  });
});
