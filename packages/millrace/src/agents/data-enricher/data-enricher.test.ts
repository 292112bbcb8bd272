import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { durationMs } from "../../base/clock.ts";
import type { Contact, ContactFacts } from "../../contacts/contact.ts";
import { EventCatalogue } from "../../events/catalogue.ts";
import type { PropertyValue } from "../../events/define-event.ts";
import type { Completed, TaskInput } from "../../tasks/handler.ts";
import { readEmployees } from "./company-size.ts";
import { type DataEnricherOptions, dataEnricher } from "./data-enricher.ts";
import { emailKind } from "./email-kind.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const catalogue = new EventCatalogue();

function contactOf(properties: Record<string, PropertyValue>, facts: Partial<ContactFacts> = {}): Contact {
  return { id: "c1", properties, facts: { createdAt: NOW, ...facts } };
}

function enrich(contact: Contact | undefined, options: DataEnricherOptions = {}) {
  const task: TaskInput = {
    id: 7,
    kind: "enrich_data",
    payload: null,
    contact,
    attempt: 1,
    root: 1,
    createdAt: NOW - 40,
  };
  const [outcome] = dataEnricher(options).run([task], { now: NOW });
  assert.ok(outcome);
  return outcome;
}

interface Enriched {
  readonly quality: number;
  readonly values: Readonly<Record<string, { value: PropertyValue; confidence: number; source: string }>>;
  readonly reasons: readonly string[];
}

function enrichedOf(contact: Contact, options: DataEnricherOptions = {}): Enriched {
  const outcome = enrich(contact, options) as Completed;
  const event = outcome.events?.find(({ type }) => type === "contact_enriched");
  assert.ok(event, JSON.stringify(outcome));
  return event.data as unknown as Enriched;
}

const found: readonly (readonly [
  given: Record<string, PropertyValue>,
  property: string,
  value: PropertyValue | undefined,
])[] = [
  [{ email: "ada@acme.de" }, "email_kind", "company"],
  [{ email: "ada@gmail.com" }, "email_kind", "free"],
  [{ email: "ada@mailinator.com" }, "email_kind", "disposable"],
  [{ email: "info@acme.de" }, "email_kind", "role"],
  [{ email: "ada@mail.acme.co.uk" }, "domain", "mail.acme.co.uk"],
  [{ email: "ada@mail.acme.co.uk" }, "website", "https://acme.co.uk"],
  [{ email: "ada@gmail.com" }, "website", undefined],
  [{ email: "ada@blue-logistics.de" }, "company", "Blue Logistics"],
  [{ email: "ada@gmail.com" }, "company", undefined],
  [{ email: "ada@bücher.de" }, "company", undefined],
  [{ email: "ada.lovelace@acme.de" }, "firstname", "Ada"],
  [{ email: "ada.lovelace.12@acme.de" }, "lastname", "Lovelace"],
  [{ email: "jean-luc.picard@acme.de" }, "firstname", "Jean-Luc"],
  [{ email: "ada@acme.de" }, "firstname", undefined],
  [{ email: "ada@acme.de" }, "country", "Germany"],
  [{ email: "ada@acme.io" }, "country", undefined],
  [{ email: "ada@acme.de", phone: "+44 20 7946 0000" }, "country", "United Kingdom"],
  [{ email: "ada@acme.com", phone: "00420 123 456 789" }, "country", "Czechia"],
  [{ email: "ada@acme.com", phone: "030 1234567" }, "country", undefined],
  [{ email: "ada@acme.de", numberofemployees: 99 }, "company_size_band", "small"],
  [{ email: "ada@acme.de", employees: "100" }, "company_size_band", "mid-market"],
  [{ email: "ada@acme.de", employees: "1,000+" }, "company_size_band", "enterprise"],
  [{ email: "ada@acme.de" }, "company_size_band", "unknown"],
  [{ email: "ada@acme.de", jobtitle: "Vertriebsleiter" }, "seniority", "director"],
  [{ email: "ada@acme.de", industry: "COMPUTER_SOFTWARE" }, "industry_group", "technology"],
];
for (const [given, property, value] of found) {
  test(`from ${JSON.stringify(given)} follows ${property} ${value ?? "nothing"}`, () => {
    assert.equal(enrichedOf(contactOf(given)).values[property]?.value, value);
  });
}

const kinds: readonly (readonly [address: string, kind: string])[] = [
  ["ada@sub.mailinator.com", "disposable"],
  ["info@mailinator.com", "disposable"],
  ["info@gmail.com", "free"],
  ["sales+web@acme.de", "role"],
  ["ada@example.com", "company"],
  ["ada@acme.com.ar", "company"],
  ["ada@acme.net.ua", "company"],
  ["ada@web.de", "free"],
];
for (const [address, kind] of kinds) {
  test(`the address ${address} is of kind ${kind}`, () => assert.equal(emailKind(address), kind));
}

const employees: readonly (readonly [given: unknown, number: number | undefined])[] = [
  [300, 300],
  ["1,000+", 1_000],
  ["1.000", 1_000],
  ["1 000", 1_000],
  ["12'500", 12_500],
  ["51-200", 51],
  ["11–50", 11],
  ["1001 to 5000", 1_001],
  ["1.5k", 1_500],
  ["2k+", 2_000],
  ["<10", 5],
  ["about 300 people", 300],
  ["-5", undefined],
  ["", undefined],
  ["none", undefined],
  [Number.NaN, undefined],
  ["99999999999999999999", undefined],
];
for (const [given, number] of employees) {
  test(`"${given}" employees are read as ${number}`, () => assert.equal(readEmployees(given), number));
}

test("what a person or a form gave is never overwritten", () => {
  const given = { email: "ada.lovelace@acme.de", firstname: "Augusta", company: "Acme Ltd", country: "France" };
  const { values } = enrichedOf(contactOf(given));
  for (const property of ["email", "firstname", "company", "country"]) assert.equal(values[property], undefined);
  assert.equal(values.lastname?.value, "Lovelace");
});

test("what another agent found is not overwritten, what the enricher itself found is, when it changed", () => {
  const given = { email: "ada@acme.de", company: "Old", country: "Old" };
  const sources = {
    company: { by: "agent:data_enricher", confidence: 0.5 },
    country: { by: "agent:browser", confidence: 0.5 },
  };
  const { values } = enrichedOf(contactOf(given, { sources }));
  assert.equal(values.company?.value, "Acme");
  assert.equal(values.country, undefined);
});

test("the chain is told in order: started, compiled, enriched, completed", () => {
  const outcome = enrich(contactOf({ email: "ada@acme.de" })) as Completed;
  const types = outcome.events?.map(({ type }) => type);
  assert.deepEqual(types, ["enrichment_started", "data_compiled", "contact_enriched", "enrichment_completed"]);
  assert.deepEqual(outcome.events?.at(-1)?.data, { task: 7, ms: 40 });
});

test("with the chain set to its result, one event is told instead of four", () => {
  const outcome = enrich(contactOf({ email: "ada@acme.de" }), { chain: "result" }) as Completed;
  assert.deepEqual(
    outcome.events?.map(({ type }) => type),
    ["contact_enriched"],
  );
});

test("a contact without an address and without anything else is told as a failed enrichment", () => {
  const nothing: readonly Record<string, PropertyValue>[] = [{}, { email: "no address" }, { email: "a@b.de, c@d.de" }];
  for (const properties of nothing) {
    const outcome = enrich(contactOf(properties)) as Completed;
    assert.deepEqual(
      outcome.events?.map(({ type }) => type),
      ["enrichment_started", "enrichment_failed"],
    );
  }
});

test("a contact without an address but with a phone number is a partial result", () => {
  assert.equal(enrichedOf(contactOf({ phone: "+33 1 23 45 67 89" })).values.country?.value, "France");
});

test("a task without a contact fails and is not tried again", () => {
  const outcome = enrich(undefined);
  assert.ok(outcome.outcome === "failed" && outcome.retry === "never");
});

test("a contact enriched within 30 days is skipped, and the result says when", () => {
  const outcome = enrich(contactOf({ email: "ada@acme.de" }, { enrichedAt: NOW - durationMs("29d") })) as Completed;
  assert.deepEqual(outcome, { outcome: "completed", result: { skipped: "enriched 29 days ago" } });
  enrichedOf(contactOf({ email: "ada@acme.de" }, { enrichedAt: NOW - durationMs("30d") }));
});

test("how long an enrichment is good for can be set", () => {
  enrichedOf(contactOf({ email: "ada@acme.de" }, { enrichedAt: NOW - durationMs("2d") }), {
    freshForMs: durationMs("1d"),
  });
});

test("a contact whose address changed is enriched again at once", () => {
  const sources = { domain: { by: "agent:data_enricher", confidence: 1 } };
  const moved = contactOf({ email: "ada@blue.de", domain: "acme.de" }, { enrichedAt: NOW, sources });
  assert.equal(enrichedOf(moved).values.domain?.value, "blue.de");
});

const complete = {
  email: "ada@acme.de",
  firstname: "Ada",
  lastname: "Lovelace",
  company: "Acme",
  jobtitle: "CTO",
  phone: "+49 30 1",
  numberofemployees: 300,
  industry: "Logistics",
};
const qualities: readonly (readonly [who: string, given: Record<string, PropertyValue>, quality: number])[] = [
  ["a complete form with a company address", complete, 10],
  ["a complete form with free-mail", { ...complete, email: "ada@gmail.com" }, 7],
  ["first.last at a company", { email: "ada.lovelace@acme.com" }, 5],
  ["a bare company address", { email: "ada@acme.com" }, 4],
  ["free-mail and nothing else", { email: "ada@gmail.com" }, 0],
];
for (const [who, given, quality] of qualities) {
  test(`the data quality of ${who} is ${quality}, with a reason per feature`, () => {
    const enriched = enrichedOf(contactOf(given));
    assert.equal(enriched.quality, quality, enriched.reasons.join("; "));
    assert.equal(enriched.reasons.length, 7);
  });
}

const value: fc.Arbitrary<PropertyValue> = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.emailAddress(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const names = ["email", "firstname", "company", "jobtitle", "phone", "employees", "industry", "country"];

test("whatever a form holds, the log takes the events and the quality is from 0 to 10", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (properties) => {
      const outcome = enrich(contactOf(properties)) as Completed;
      for (const event of outcome.events ?? []) catalogue.check(event);
      return (outcome.events?.length ?? 0) > 0;
    }),
    { numRuns: 1_000 },
  );
});
