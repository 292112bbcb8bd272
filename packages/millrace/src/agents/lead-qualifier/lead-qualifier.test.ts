import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MillraceError } from "../../base/errors.ts";
import type { Contact, ContactFacts } from "../../contacts/contact.ts";
import { defaultBands, isScore } from "../../contacts/score-bands.ts";
import type { PropertyValue } from "../../events/define-event.ts";
import { missionEvents } from "../../events/mission-events.ts";
import type { Completed, TaskInput } from "../../tasks/handler.ts";
import { leadQualifier } from "./lead-qualifier.ts";
import { defaultRubric, type Rubric } from "./rubric.ts";
import { scoreLead } from "./score-lead.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");

function contactOf(properties: Record<string, PropertyValue>, facts: Partial<ContactFacts> = {}): Contact {
  return { id: "c1", properties, facts: { createdAt: NOW, ...facts } };
}

function taskOf(kind: string, contact: Contact | undefined): TaskInput {
  return { id: 7, kind, payload: null, contact, attempt: 1, root: 1, createdAt: NOW };
}

function run(kind: string, contact: Contact | undefined, qualifier = leadQualifier()) {
  const [outcome] = qualifier.run([taskOf(kind, contact)], { now: NOW });
  assert.ok(outcome);
  return outcome;
}

const demo = { forms: { count: 1, last: "demo", lastAt: NOW } };
const contactForm = { forms: { count: 1, last: "contact", lastAt: NOW } };

const cto = {
  email: "ada@acme.io",
  firstname: "Ada",
  lastname: "Lovelace",
  company: "Acme",
  jobtitle: "CTO",
  phone: "+49 30 1234567",
  numberofemployees: 2_000,
  industry: "Computer Software",
};
const salesManager = { ...cto, jobtitle: "Sales Manager", numberofemployees: "300", industry: "Logistics" };
const analyst = {
  email: "al@corner.shop",
  firstname: "Al",
  company: "Corner Shop",
  jobtitle: "Analyst",
  employees: 12,
  industry: "Retail",
};
const student = { email: "kim@gmail.com", jobtitle: "Student" };

const leads: readonly (readonly [who: string, Contact, band: string])[] = [
  ["the CTO of a software company of 2,000 with a complete demo form", contactOf(cto, demo), "hot"],
  ["a sales manager at a logistics firm of 300 with a complete demo form", contactOf(salesManager, demo), "qualified"],
  [
    "a sales manager at a logistics firm of 300 with a complete contact form",
    contactOf(salesManager, contactForm),
    "qualified",
  ],
  ["an analyst at a small shop", contactOf(analyst, contactForm), "nurture"],
  ["a student with free-mail and nothing else", contactOf(student, contactForm), "low"],
  ["someone of whom only the address is known", contactOf({ email: "x@acme.io" }, demo), "low"],
];

for (const [who, contact, band] of leads) {
  test(`${who} is ${band}`, () => {
    const outcome = run("qualify_lead", contact) as Completed;
    const data = outcome.events?.[0]?.data as { band: string; score: number };
    assert.equal(data.band, band, JSON.stringify(data));
    assert.deepEqual(outcome.result, { score: data.score, band, rubric: "millrace@1" });
  });
}

const titles: readonly (readonly [title: string, points: number])[] = [
  ["CTO", 30],
  ["C.E.O.", 30],
  ["Chief Marketing Officer", 30],
  ["Geschäftsführer:in", 30],
  ["Geschaeftsfuehrer", 30],
  ["GESCHÄFTSFÜHRERIN", 30],
  ["Directrice générale", 30],
  ["Consejero delegado", 30],
  ["Algemeen directeur", 30],
  ["Co-Founder & CEO", 30],
  ["ＣＥＯ", 30],
  ["VP Sales", 27],
  ["Vice-President, Operations", 27],
  ["Vice président", 27],
  ["Director of Sales", 24],
  ["Head of Marketing", 24],
  ["Vertriebsleiterin", 24],
  ["Jefa de ventas", 24],
  ["Hoofd inkoop", 24],
  ["Chief of Staff", 24],
  ["Sales Manager", 20],
  ["Teamleiter Vertrieb", 20],
  ["Chef de projet", 20],
  ["Product Owner", 20],
  ["Assistant Manager", 20],
  ["Senior Developer", 16],
  ["Analyst", 12],
  ["Student Success Officer", 12],
  ["Softwareentwickler", 12],
  ["Assistant to the CEO", 8],
  ["Directorate clerk", 8],
  ["Lord of the dance", 8],
  ["Student", 0],
  ["Werkstudent (m/w/d)", 0],
  ["Stagiaire marketing", 0],
  ["Student and CEO of a club", 0],
];
for (const [jobtitle, points] of titles) {
  test(`the job title "${jobtitle}" gives ${points} points`, () => {
    assert.equal(scoreLead(contactOf({ jobtitle })).reasons[0]?.points, points);
  });
}

const sizes: readonly (readonly [employees: PropertyValue, points: number])[] = [
  [2_000, 25],
  ["1,000+", 25],
  ["10k", 25],
  [999, 20],
  ["100", 20],
  ["51-200", 14],
  ["11–50", 10],
  [9, 6],
  [0, 0],
  [-5, 0],
  [Number.POSITIVE_INFINITY, 0],
  ["many", 0],
  [null, 0],
];
for (const [numberofemployees, points] of sizes) {
  test(`a company of ${numberofemployees} gives ${points} points`, () => {
    assert.equal(scoreLead(contactOf({ numberofemployees })).reasons[1]?.points, points);
  });
}

test("where only the size band is known, it stands for the number", () => {
  assert.equal(scoreLead(contactOf({ company_size_band: "enterprise" })).reasons[1]?.points, 25);
});

function engagementOf(facts: Partial<ContactFacts>): number {
  const { reasons } = scoreLead(contactOf({}, facts));
  return reasons
    .filter((reason) => reason.feature === "engagement")
    .reduce((total, reason) => total + reason.points, 0);
}

test("a demo, pricing or contact form counts more than a newsletter", () => {
  const form = (last: string) => engagementOf({ forms: { count: 1, last, lastAt: NOW } });
  assert.ok(form("book-a-demo") > form("newsletter") && form("Contact us") > form("newsletter"));
  assert.ok(form("preise") > form("newsletter") && form("whitepaper") > form("newsletter"));
});

test("a reply counts more than a click, a click more than an open, and more forms more than one", () => {
  const after = (engagement: { opens?: number; clicks?: number; replies?: number }) =>
    engagementOf({ engagement: { opens: 0, clicks: 0, replies: 0, lastAt: NOW, ...engagement } });
  assert.ok(
    after({ replies: 1 }) > after({ clicks: 1 }) &&
      after({ clicks: 1 }) > after({ opens: 1 }) &&
      after({ opens: 1 }) > 0,
  );
  assert.ok(engagementOf({ forms: { count: 3, last: "contact", lastAt: NOW } }) > engagementOf(contactForm));
});

test("opening e-mails without end never makes more than one point", () => {
  assert.equal(engagementOf({ engagement: { opens: 10_000, clicks: 0, replies: 0, lastAt: NOW } }), 1);
});

for (const [email, points] of [
  ["cto@gmail.com", -10],
  ["cto@mailinator.com", -30],
  ["info@acme.io", -5],
] as const) {
  test(`the address ${email} takes ${-points} points away, and a reason says so`, () => {
    const company = scoreLead(contactOf({ ...cto, email: "ada@acme.io" }, demo));
    const other = scoreLead(contactOf({ ...cto, email }, demo));
    assert.equal(other.score, company.score + points);
    assert.equal(other.reasons.at(-1)?.feature, "email_address");
    assert.equal(other.reasons.at(-1)?.points, points);
  });
}

test("a first assessment judges seniority, size and industry alone, says so, and never makes a lead hot", () => {
  const outcome = run("initial_assessment", contactOf(cto, demo)) as Completed;
  const data = outcome.events?.[0]?.data as { score: number; band: string; reasons: { feature: string }[] };
  assert.deepEqual(
    data.reasons.map((reason) => reason.feature),
    ["seniority", "company_size", "industry", "light_mode"],
  );
  assert.equal(data.score, 75);
});

const WEEK_MS = 7 * 86_400_000;
const bought = { at: NOW - WEEK_MS, product: "Team plan", amount: 490, currency: "EUR" };
const customer = { purchasedAt: bought.at, purchases: [bought] };
for (const [who, properties, facts, opportunity, because] of [
  [
    "a chief of 2,000 people who has sent a form since",
    cto,
    { ...customer, ...demo },
    "strong",
    /^sent the form "demo"/,
  ],
  ["a chief of 2,000 people who has done nothing since", cto, customer, "some", /2000 people has more teams/],
  [
    "an analyst of a shop of 12 who bought the same twice",
    analyst,
    { ...customer, purchases: [bought, bought] },
    "some",
    /^bought "Team plan" 2 times/,
  ],
  [
    "an analyst of a shop of 12 who answered since",
    analyst,
    { ...customer, engagement: { opens: 0, clicks: 0, replies: 1, lastAt: NOW, recent: [{ at: NOW, kind: "reply" }] } },
    "some",
    /^replies since the purchase: 1/,
  ],
  [
    "an analyst of a shop of 12 whose form came before the purchase",
    analyst,
    { ...customer, ...before() },
    "none",
    undefined,
  ],
] as const) {
  test(`an upsell analysis finds ${opportunity === "none" ? "nothing" : `a ${opportunity} sign`}: ${who}`, () => {
    const outcome = run("upsell_analysis", contactOf(properties, facts)) as Completed;
    const result = outcome.result as { opportunity: string; reasons: string[]; bought: string[]; purchasedAt: string };
    assert.equal(result.opportunity, opportunity);
    assert.match(result.reasons[0] ?? "", because ?? /^$/);
    assert.equal(result.bought[0], "Team plan (490 EUR)");
    const types = outcome.events?.map((event) => event.type) ?? [];
    assert.deepEqual(types, opportunity === "none" ? [] : ["upsell_found"]);
    for (const event of outcome.events ?? [])
      assert.ok(missionEvents.upsell_found.schema.safeParse(event.data).success);
  });
}

function before(): Pick<ContactFacts, "forms"> {
  return { forms: { count: 1, last: "demo", lastAt: bought.at - 1 } };
}

test("a task without a contact fails and is not tried again", () => {
  const outcome = run("qualify_lead", undefined);
  assert.ok(outcome.outcome === "failed" && outcome.retry === "never");
});

test("the same lead gets the same score every time", () => {
  assert.deepEqual(scoreLead(contactOf(cto, demo)), scoreLead(contactOf({ ...cto }, demo)));
});

test("other bands give the same score another band", () => {
  const strict = leadQualifier({ bands: { ...defaultBands, hotAbove: 99 } });
  const outcome = run("qualify_lead", contactOf(cto, demo), strict) as Completed;
  assert.equal((outcome.result as { band: string }).band, "qualified");
});

test("a rubric of one's own changes the score and names itself in it", () => {
  const levels = defaultRubric.seniority.levels.map((level) =>
    level.name === "c_level" ? { ...level, points: 1 } : level,
  );
  const rubric: Rubric = {
    ...defaultRubric,
    name: "ours",
    version: "3",
    seniority: { ...defaultRubric.seniority, levels },
  };
  const outcome = run("qualify_lead", contactOf(cto, demo), leadQualifier({ rubric })) as Completed;
  assert.deepEqual(outcome.result, { score: 96 - 29, band: "nurture", rubric: "ours@3" });
});

test("a rubric whose features do not sum to 100, or with points out of range, is refused", () => {
  const wrong: readonly Rubric[] = [
    { ...defaultRubric, companySize: { ...defaultRubric.companySize, max: 26 } },
    { ...defaultRubric, companySize: { max: 25, steps: [{ from: 1, points: Number.NaN }] } },
    { ...defaultRubric, penalties: { ...defaultRubric.penalties, free: -10 } },
  ];
  for (const rubric of wrong) assert.throws(() => leadQualifier({ rubric }), MillraceError);
});

const value: fc.Arbitrary<PropertyValue> = fc.oneof(
  fc.string({ maxLength: 300, unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("\0", "\r", "\n", "1", ",", ".", "k", "é", "ﷺ", "\u{1f600}", " ", "-", "C", "E", "O"),
  }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const names = [
  "email",
  "firstname",
  "company",
  "jobtitle",
  "phone",
  "numberofemployees",
  "employees",
  "industry",
  "company_size_band",
];
const anyContact = fc
  .record({
    properties: fc.dictionary(fc.constantFrom(...names, "seniority"), value),
    count: fc.nat(),
    last: fc.string({ unit: "binary" }),
    opens: fc.nat(),
    clicks: fc.nat(),
    replies: fc.nat(),
  })
  .map(({ properties, count, last, opens, clicks, replies }) =>
    contactOf(properties, { forms: { count, last, lastAt: NOW }, engagement: { opens, clicks, replies, lastAt: NOW } }),
  );

test("whatever a form holds, the score is from 0 to 100, its reasons sum to it, and the log takes the event", () => {
  const qualifier = leadQualifier();
  fc.assert(
    fc.property(anyContact, fc.constantFrom("qualify_lead", "initial_assessment"), (contact, kind) => {
      const outcome = run(kind, contact, qualifier) as Completed;
      const data = outcome.events?.[0]?.data as { score: number; reasons: { points: number }[] };
      const sum = data.reasons.reduce((total, reason) => total + reason.points, 0);
      return (
        isScore(data.score) &&
        Math.abs(sum - data.score) < 1e-9 &&
        missionEvents.contact_scored.schema.safeParse(data).success
      );
    }),
    { numRuns: 2_000 },
  );
});

test("a title of a million characters is scored at once", () => {
  const started = performance.now();
  scoreLead(
    contactOf({
      jobtitle: "ceo ".repeat(250_000),
      industry: "é".repeat(1_000_000),
      numberofemployees: "1,".repeat(500_000),
    }),
  );
  assert.ok(performance.now() - started < 100);
});
