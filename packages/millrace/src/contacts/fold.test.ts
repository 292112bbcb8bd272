/** A contact is the same to the letter, wherever it was written to the database and read back in between. */
import assert from "node:assert/strict";
import { it } from "node:test";
import type { Json, RecordedEvent } from "../events/event.ts";
import { type Contact, newContact } from "./contact.ts";
import { foldContact } from "./fold.ts";

const CONTACT = "01a2f3c4-0000-7000-8000-000000000001";
const drafted = {
  type: "outreach_drafted",
  data: { template: "outreach", onceKey: "first_touch:1", purpose: "outreach" },
};

/** What is taken back and said again, with something else said in between. */
const stories: Record<string, { readonly type: string; readonly data: Json }[]> = {
  "a draft that was called off, and another one": [
    drafted,
    { type: "email_suppressed", data: { template: "outreach", reason: "opted out" } },
    { type: "contact_listed", data: { list: "low_priority" } },
    drafted,
  ],
  "a no, a form, and another no": [
    { type: "negative_response", data: { kind: "later", until: null } },
    { type: "form_submitted", data: { form: "demo", fields: { email: "ada@acme.example" } } },
    { type: "contact_listed", data: { list: "low_priority" } },
    { type: "negative_response", data: { kind: "later", until: null } },
  ],
  "gone cold, an answer, and cold again": [
    { type: "cold_prospect", data: {} },
    { type: "email_replied", data: {} },
    { type: "hot_prospect", data: {} },
    { type: "cold_prospect", data: {} },
  ],
  "a bounce, another address, and another bounce": [
    { type: "contact_updated", data: { changes: { email: { from: null, to: "ada@acme.example" } } } },
    { type: "email_bounced", data: { hard: true, reason: "no such user" } },
    { type: "contact_updated", data: { changes: { email: { from: "ada@acme.example", to: "eve@acme.example" } } } },
    { type: "contact_listed", data: { list: "low_priority" } },
    { type: "email_bounced", data: { hard: true, reason: "no such user" } },
  ],
};

for (const [name, story] of Object.entries(stories)) {
  it(`a contact does not depend on where its batches ended: ${name}`, () => {
    const events = story.map((event, i) => eventOf(event, i + 1));
    const atOnce = events.reduce(foldContact, newContact(CONTACT, 0));
    const oneByOne = events.reduce((contact, event) => stored(foldContact(contact, event)), newContact(CONTACT, 0));
    assert.equal(JSON.stringify(atOnce), JSON.stringify(oneByOne));
    assert.notEqual(JSON.stringify(atOnce), JSON.stringify(newContact(CONTACT, 0)));
  });
}

function eventOf({ type, data }: { readonly type: string; readonly data: Json }, position: number): RecordedEvent {
  const about = { contact: CONTACT, occurredAt: position, cause: null, root: position, depth: 0, actor: "api" };
  return { position, type, data, ...about };
}

/** As it comes back from the database, which keeps the very text. */
function stored(contact: Contact): Contact {
  return JSON.parse(JSON.stringify(contact));
}

it("a form that a script filled in changes nothing of a contact that is known, and is kept of one that is not", () => {
  const form = (fields: Json) => ({ type: "form_submitted", data: { form: "demo", fields } });
  const known = after(form({ email: "ada@acme.example", firstname: "Ada" }), {
    type: "negative_response",
    data: { kind: "later", until: null },
  });
  const script = form({ email: "ada@acme.example", firstname: "Buy now", hp_website: "https://spam.example" });
  assert.equal(foldContact(known, eventOf(script, 3)), known);
  assert.equal(after(script).properties.firstname, "Buy now");
  const person = form({ email: "ada@acme.example", firstname: "Eve", hp_website: "" });
  const again = foldContact(known, eventOf(person, 3));
  assert.deepEqual([again.properties.firstname, again.facts.declined], ["Eve", undefined]);
});

function after(...story: readonly { readonly type: string; readonly data: Json }[]): Contact {
  return story.map((event, i) => eventOf(event, i + 1)).reduce(foldContact, newContact(CONTACT, 0));
}
