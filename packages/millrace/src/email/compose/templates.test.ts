import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MillraceError } from "../../base/errors.ts";
import type { Contact } from "../../contacts/contact.ts";
import type { PropertyValue } from "../../events/define-event.ts";
import { Templates } from "./templates.ts";

const templates = new Templates();

function contactOf(properties: Record<string, PropertyValue>): Contact {
  return { id: "c1", properties, facts: { createdAt: 0 } };
}

const FOLLOW_UPS = ["outreach_2", "outreach_3", "outreach_4"];

test("every built-in template reads well for a contact of whom nothing is known", () => {
  assert.ok(templates.names().length >= 12);
  for (const name of templates.names()) {
    const { subject, text } = templates.render(name, contactOf({}));
    // A follow-up takes the subject of the conversation it belongs to.
    assert.equal(subject === "", FOLLOW_UPS.includes(name), name);
    assert.notEqual(text, "");
    assert.doesNotMatch(`${subject}\n${text}`, /undefined|null|NaN|\{\{|Hi ,| {2}|\n\n\n/);
  }
});

test("who is known is greeted by name, who is not with a friendly word", () => {
  assert.match(templates.render("thank_you", contactOf({ firstname: " Ada " })).text, /^Hi Ada,/);
  assert.match(templates.render("thank_you", contactOf({ firstname: "" })).text, /^Hi there,/);
  const spoken = {
    ADA: "Ada",
    "JEAN-LUC": "Jean-Luc",
    "O'NEILL": "O'Neill",
    ÉMILIE: "Émilie",
    AJ: "AJ",
    van: "van",
    明子: "明子",
  };
  for (const [firstname, greeted] of Object.entries(spoken))
    assert.ok(templates.render("thank_you", contactOf({ firstname })).text.startsWith(`Hi ${greeted},`), greeted);
  assert.match(templates.render("thank_you", undefined).text, /^Hi there,/);
});

const noNames = [
  "http://evil.example",
  "click evil.com now",
  "www.evil.com",
  "a@evil.com",
  "win 1000",
  "<b>x</b>",
  "x".repeat(61),
];
for (const firstname of noNames) {
  test(`"${firstname.slice(0, 30)}" in the field for the first name does not reach a thank-you`, () => {
    assert.match(templates.render("thank_you", contactOf({ firstname })).text, /^Hi there,/);
  });
}

test("names of every shape are kept", () => {
  for (const firstname of ["Jean-Luc", "O'Neill", "Zoë", "María José", "Jr.", "李"]) {
    assert.ok(templates.render("thank_you", contactOf({ firstname })).text.startsWith(`Hi ${firstname},`));
  }
  assert.equal(templates.render("outreach", contactOf({ company: "AC/DC & Sons" })).subject, "AC/DC & Sons and us");
});

test("Liquid in a value is text, not a template", () => {
  const company = "{{ contact.email }}{% assign x = 1 %}";
  const own = new Templates({ own: { subject: "{{ contact.company }}", text: "{{ contact.company }}" } });
  const { subject, text } = own.render("own", contactOf({ company, email: "secret@acme.de" }));
  assert.equal(subject, company);
  assert.equal(text, company);
});

test("a value cannot break a line, neither of the subject nor of the body", () => {
  const own = new Templates({ own: { subject: "About {{ contact.company }}", text: "A\n{{ contact.company }}\nB" } });
  const { subject, text } = own.render("own", contactOf({ company: "x\r\nBcc: evil@example.com\u2028y" }));
  assert.equal(subject, "About x Bcc: evil@example.com y");
  assert.deepEqual(text.split("\n"), ["A", "x Bcc: evil@example.com y", "B"]);
});

test("a line break in a template's own subject does not reach the header either", () => {
  assert.equal(new Templates({ own: { subject: "a\r\nb", text: "t" } }).render("own", undefined).subject, "a b");
});

test("subjects and values are bounded", () => {
  const own = new Templates({ own: { subject: "{{ contact.a }}{{ contact.b }}", text: "{{ contact.a }}" } });
  const { subject, text } = own.render("own", contactOf({ a: "é".repeat(100_000), b: "b" }));
  assert.ok(subject.length <= 200 && text.length <= 500);
});

test("values beside the contact's are there by their own name, and never replace the contact", () => {
  const own = new Templates({ own: { subject: "{{ score }} {{ contact.firstname }}", text: "t" } });
  assert.equal(own.render("own", contactOf({ firstname: "Ada" }), { score: 9, contact: "x" }).subject, "9 Ada");
});

test("a property of every object is not a value of the contact", () => {
  const own = new Templates({ own: { subject: "[{{ contact.constructor }}{{ contact.toString }}]", text: "t" } });
  assert.equal(own.render("own", contactOf({})).subject, "[]");
});

test("a template of the owner's replaces the built-in one of its name", () => {
  const own = new Templates({ thank_you: { subject: "Danke", text: "Hallo {{ contact.firstname | person: 'Sie' }}" } });
  assert.deepEqual(own.render("thank_you", undefined), { subject: "Danke", text: "Hallo Sie" });
});

test("an unknown template is named together with the nearest one", () => {
  assert.throws(
    () => templates.render("thank_yuo", undefined),
    (error) =>
      error instanceof MillraceError && error.code === "not_found" && /Did you mean "thank_you"/.test(error.message),
  );
});

for (const text of ["{{ contact.a", "{% nothing %}", "{{ contact.a | no_such_filter }}"]) {
  test(`the template ${text} is refused when the engine starts`, () => {
    assert.throws(
      () => new Templates({ own: { subject: "s", text } }),
      (error) =>
        error instanceof MillraceError && error.code === "invalid_config" && error.parts.field === "templates.own.text",
    );
  });
}

test("a template cannot read files", () => {
  const own = new Templates({ own: { subject: "s", text: "{% include '/etc/passwd' %}" } });
  assert.throws(() => own.render("own", undefined), /ENOENT/);
});

test("whatever a contact's values hold, subjects are one clean line", () => {
  const value = fc.oneof(fc.string({ unit: "binary", maxLength: 600 }), fc.double(), fc.boolean(), fc.constant(null));
  const names = fc.constantFrom(
    "firstname",
    "lastname",
    "company",
    "jobtitle",
    "email",
    "phone",
    "message",
    "lead_score",
  );
  fc.assert(
    fc.property(fc.dictionary(names, value), (properties) => {
      for (const name of templates.names()) {
        const { subject, text } = templates.render(name, contactOf(properties));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point.
        if (/[\u0000-\u001f\u007f\u2028]/.test(subject) || !subject.isWellFormed() || !text.isWellFormed())
          return false;
        if (subject.length > 200 || text.includes("\r") || text.includes("\0")) return false;
      }
      return true;
    }),
    { numRuns: 500 },
  );
});
