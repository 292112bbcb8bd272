import assert from "node:assert/strict";
import { test } from "node:test";
import type { Contact, ContactFacts } from "../../contacts/contact.ts";
import { Templates } from "../../email/compose/templates.ts";
import { EventCatalogue } from "../../events/catalogue.ts";
import type { PropertyValue } from "../../events/define-event.ts";
import type { Json } from "../../events/event.ts";
import type { Completed, TaskInput } from "../../tasks/handler.ts";
import { outreachAgent } from "./outreach-agent.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const ada = { email: "ada@acme.de", firstname: "Ada", company: "Acme" };
const catalogue = new EventCatalogue();

function contactOf(properties: Record<string, PropertyValue> = ada, facts: Partial<ContactFacts> = {}): Contact {
  return { id: "c1", properties, facts: { createdAt: NOW, ...facts } };
}

function run(kind: string, contact: Contact | undefined, payload: Json = null, templates = new Templates()) {
  const task: TaskInput = { id: 7, kind, payload, contact, attempt: 1, root: 1, createdAt: NOW };
  const [outcome] = outreachAgent({ templates }).run([task], { now: NOW });
  assert.ok(outcome);
  if (outcome.outcome === "completed") for (const event of outcome.events ?? []) catalogue.check(event);
  return outcome;
}

test("a qualified lead gets one drafted first touch, under a key that is used once per contact", () => {
  const outcome = run("send_outreach", contactOf()) as Completed;
  assert.deepEqual(outcome.events, [
    {
      type: "outreach_drafted",
      data: {
        template: "outreach",
        subject: "Acme and us",
        task: 7,
        onceKey: "first_touch:c1",
        purpose: "outreach",
      },
    },
  ]);
  const [request, ...others] = outcome.tasks ?? [];
  assert.deepEqual(others, []);
  assert.equal(request?.kind, "send_email");
  assert.equal(request?.mergeKey, "prospecting:outreach:outreach");
  assert.ok(request);
  const { text, ...payload } = request.payload as { text: string };
  assert.deepEqual(payload, {
    template: "outreach",
    onceKey: "first_touch:c1",
    subject: "Acme and us",
    purpose: "outreach",
    sequence: "outreach",
    touch: 1,
    thread: "outreach",
  });
  assert.match(text, /^Hi Ada,/);
});

test("a nurture lead is enrolled and gets the first e-mail of the sequence, under a key of its own", () => {
  const outcome = run("nurture_sequence", contactOf()) as Completed;
  assert.deepEqual(
    outcome.events?.map((event) => event.type),
    ["nurture_enrolled", "outreach_drafted"],
  );
  assert.deepEqual(outcome.events?.[0]?.data, { sequence: "nurture", task: 7 });
  const [request] = outcome.tasks ?? [];
  assert.equal(request?.priority, "LOW");
  assert.equal(request?.mergeKey, "prospecting:nurture:nurture_1");
  assert.equal((request?.payload as { onceKey: string } | undefined)?.onceKey, "nurture:c1:1");
});

test("the next e-mail of a sequence is written for who is in it at the e-mail before, and for nobody else", () => {
  const sequence = { name: "outreach", touch: 1, at: NOW };
  const next = { sequence: "outreach", touch: 2 };
  const outcome = run("continue_sequence", contactOf(ada, { sequence }), next) as Completed;
  const payload = outcome.tasks?.[0]?.payload as { template: string; onceKey: string; touch: number } | undefined;
  assert.deepEqual([payload?.template, payload?.onceKey, payload?.touch], ["outreach_2", "outreach:c1:2", 2]);
  for (const [contact, wanted] of [
    [contactOf(), next],
    [contactOf(ada, { sequence: { ...sequence, touch: 2 } }), next],
    [contactOf(ada, { sequence: { ...sequence, name: "nurture" } }), next],
    [contactOf(ada, { sequence: { ...sequence, touch: 4 } }), { sequence: "outreach", touch: 5 }],
    [contactOf(ada, { sequence }), "nonsense"],
  ] as const) {
    assert.equal(run("continue_sequence", contact, wanted as Json).outcome, "cancelled");
  }
});

const engaged = { opens: 0, clicks: 0, replies: 1, lastAt: NOW };
const refused: readonly (readonly [who: string, Contact, because: RegExp])[] = [
  ["who opted out", contactOf(ada, { optedOut: { at: NOW, by: "link" } }), /opted out/],
  ["who bought", contactOf(ada, { purchasedAt: NOW }), /customer/],
  ["without an address", contactOf({ firstname: "Ada" }), /no single valid/],
  ["with two addresses in one field", contactOf({ email: "a@acme.de, b@acme.de" }), /no single valid/],
  ["who is hot, so that a person calls", contactOf({ ...ada, lead_band: "hot" }), /person/],
  ["who replied, so that a person answers", contactOf(ada, { engagement: engaged }), /replied/],
];
for (const [who, contact, because] of refused) {
  for (const kind of ["send_outreach", "nurture_sequence"]) {
    test(`${kind} for a contact ${who} is called off, and the reason says so`, () => {
      const outcome = run(kind, contact);
      assert.ok(outcome.outcome === "cancelled");
      assert.match(outcome.reason, because);
    });
  }
}

test("a contact who has had the e-mail before does not get it again", () => {
  assert.equal(run("send_outreach", contactOf(ada, { emails: { outreach: 1 } })).outcome, "cancelled");
  assert.equal(run("nurture_sequence", contactOf(ada, { emails: { nurture_1: 1 } })).outcome, "cancelled");
});

test("updating outreach without an unsent draft changes nothing and says so", () => {
  const draft = { template: "outreach", onceKey: "first_touch:c1", purpose: "outreach" };
  for (const outcome of [
    run("update_outreach", contactOf()),
    run("update_outreach", contactOf(), { draft: "all" }),
    run("update_outreach", contactOf(ada, { emails: { outreach: 1 } }), { draft }),
  ]) {
    assert.deepEqual(outcome, {
      outcome: "completed",
      result: { updated: false, because: "There is no unsent draft." },
    });
  }
});

test("updating outreach writes an unsent draft anew from what is known now", () => {
  const draft = { template: "outreach", onceKey: "first_touch:c1", purpose: "outreach" };
  const outcome = run("update_outreach", contactOf({ ...ada, company: "Blue" }), { draft }) as Completed;
  const payload = outcome.tasks?.[0]?.payload as { subject: string; onceKey: string };
  assert.equal(payload.subject, "Blue and us");
  assert.equal(payload.onceKey, "first_touch:c1");
});

test("a task without a contact, or for a template nobody has, fails and is not tried again", () => {
  const draft = { template: "outraech", onceKey: "k", purpose: "outreach" };
  for (const outcome of [run("send_outreach", undefined), run("update_outreach", contactOf(), { draft })]) {
    assert.ok(outcome.outcome === "failed" && outcome.retry === "never");
  }
});

test("a template of one's own is what the draft is written from", () => {
  const templates = new Templates({ outreach: { subject: "Hello {{ contact.firstname }}", text: "…" } });
  const outcome = run("send_outreach", contactOf(), null, templates) as Completed;
  assert.equal((outcome.result as { subject: string }).subject, "Hello Ada");
});
