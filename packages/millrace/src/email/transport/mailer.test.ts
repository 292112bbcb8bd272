import assert from "node:assert/strict";
import { test } from "node:test";
import { MillraceError } from "../../base/errors.ts";
import type { Contact, ContactFacts } from "../../contacts/contact.ts";
import { EventCatalogue } from "../../events/catalogue.ts";
import type { PropertyValue } from "../../events/define-event.ts";
import type { Json } from "../../events/event.ts";
import type { Completed, Outcome, TaskInput } from "../../tasks/handler.ts";
import { messageIdOf } from "../compose/mail-layout.ts";
import { Templates } from "../compose/templates.ts";
import { localMailer } from "./mailer.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const ada = { email: "ada@acme.de", firstname: "Ada", company: "Acme" };
const thankYou = { template: "thank_you", onceKey: "thank_you:event:1", purpose: "transactional" };
const outreach = { template: "outreach", onceKey: "first_touch:c1", purpose: "outreach" };
const catalogue = new EventCatalogue();

function contactOf(properties: Record<string, PropertyValue> = ada, facts: Partial<ContactFacts> = {}): Contact {
  return { id: "c1", properties, facts: { createdAt: NOW, ...facts } };
}

function send(payload: Json, contact: Contact | undefined = contactOf(), from = "Acme <hello@acme.com>"): Outcome {
  const task: TaskInput = { id: 7, kind: "send_email", payload, contact, attempt: 1, root: 1, createdAt: NOW };
  const [outcome] = localMailer({ templates: new Templates(), from }).run([task], { now: NOW });
  assert.ok(outcome);
  return outcome;
}

test("without a mail server an e-mail is in the local mailbox, with its event", () => {
  const outcome = send(thankYou) as Completed;
  const [email] = outcome.emails ?? [];
  assert.deepEqual(email && { ...email, text: email.text.slice(0, 7) }, {
    onceKey: "thank_you:event:1",
    template: "thank_you",
    to: "ada@acme.de",
    subject: "Thank you for getting in touch",
    text: "Hi Ada,",
    state: "sent",
    purpose: "transactional",
    messageId: messageIdOf("thank_you:event:1", "acme.com"),
  });
  const data = {
    template: "thank_you",
    to: "ada@acme.de",
    subject: "Thank you for getting in touch",
    task: 7,
    purpose: "transactional",
    message: messageIdOf("thank_you:event:1", "acme.com"),
  };
  assert.deepEqual(outcome.events, [{ type: "email_sent", data }]);
  for (const event of outcome.events ?? []) catalogue.check(event);
  assert.deepEqual(outcome.result, { to: "ada@acme.de", from: '"Acme" <hello@acme.com>', via: "local mailbox" });
});

test("a draft is sent as it was written, cleaned of line breaks in its subject", () => {
  const outcome = send({ ...outreach, subject: "Hi\r\nBcc: evil@example.com", text: "One\nTwo" }) as Completed;
  assert.equal(outcome.emails?.[0]?.subject, "Hi Bcc: evil@example.com");
  assert.equal(outcome.emails?.[0]?.text, "One\nTwo");
});

const held: readonly (readonly [what: string, payload: Json, Contact, to: string, because: RegExp])[] = [
  [
    "to a contact who opted out, even a thank-you",
    thankYou,
    contactOf(ada, { optedOut: { at: NOW, by: "link" } }),
    "ada@acme.de",
    /opted out \(link\)/,
  ],
  ["without an address", thankYou, contactOf({}), "", /no single valid/],
  ["to two addresses in one field", thankYou, contactOf({ email: "a@acme.de, b@evil.com" }), "", /no single valid/],
  [
    "with a header smuggled into the address",
    thankYou,
    contactOf({ email: "a@acme.de\r\nBcc: v@evil.com" }),
    "",
    /no single valid/,
  ],
  ["prospecting a customer", outreach, contactOf(ada, { purchasedAt: NOW }), "ada@acme.de", /customer/],
  [
    "nurturing a customer",
    { ...outreach, purpose: "nurture" },
    contactOf(ada, { purchasedAt: NOW }),
    "ada@acme.de",
    /customer/,
  ],
  ["that came too late", { ...thankYou, staleAt: NOW - 1 }, contactOf(), "ada@acme.de", /too late/],
];
for (const [what, payload, contact, to, because] of held) {
  test(`an e-mail ${what} is held back, and the ledger says why`, () => {
    const outcome = send(payload, contact);
    assert.ok(outcome.outcome === "cancelled");
    assert.match(outcome.reason, because);
    const [email] = outcome.emails ?? [];
    assert.deepEqual([email?.state, email?.to, email?.reason], ["suppressed", to, outcome.reason]);
  });
}

test("a customer is still thanked, and an e-mail on time is sent", () => {
  assert.equal(send(thankYou, contactOf(ada, { purchasedAt: NOW })).outcome, "completed");
  assert.equal(send({ ...thankYou, staleAt: NOW }).outcome, "completed");
});

const wrong: readonly Json[] = [
  null,
  "thank_you",
  [],
  {},
  { ...thankYou, purpose: "spam" },
  { ...thankYou, onceKey: "" },
  { ...thankYou, onceKey: "k".repeat(501) },
  { ...thankYou, subject: 5 },
  { ...thankYou, staleAt: "tomorrow" },
];
for (const payload of wrong) {
  test(`a task that carries ${JSON.stringify(payload)?.slice(0, 80)} fails and is not tried again`, () => {
    const outcome = send(payload);
    assert.ok(outcome.outcome === "failed" && outcome.retry === "never");
  });
}

test("an unknown template fails with the nearest name, and a task without a contact fails", () => {
  const outcome = send({ ...thankYou, template: "thank_yu" });
  assert.ok(outcome.outcome === "failed" && outcome.retry === "never");
  assert.match(outcome.error, /Did you mean "thank_you"/);
  const task: TaskInput = {
    id: 7,
    kind: "send_email",
    payload: thankYou,
    contact: undefined,
    attempt: 1,
    root: 1,
    createdAt: NOW,
  };
  const [without] = localMailer({ templates: new Templates(), from: "a@b.de" }).run([task], { now: NOW });
  assert.ok(without?.outcome === "failed" && without.retry === "never");
});

test("a sender is one mailbox, or the engine does not start", () => {
  for (const from of [
    "hello@acme.com",
    "Acme <hello@acme.com>",
    "Millrace <millrace@localhost>",
    "Müller & Söhne <post@müller.de>",
  ]) {
    assert.equal(send(thankYou, contactOf(), from).outcome, "completed");
  }
  for (const from of ["", "Acme", "a@b.de, c@d.de", "A <a@b.de>\r\nBcc: x@y.de", "<a@b.de> <c@d.de>", '"x" <a@b.de>']) {
    assert.throws(() => send(thankYou, contactOf(), from), MillraceError, from);
  }
});
