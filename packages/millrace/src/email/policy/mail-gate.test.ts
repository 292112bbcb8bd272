import assert from "node:assert/strict";
import { test } from "node:test";
import type { Contact, ContactFacts } from "../../contacts/contact.ts";
import type { PropertyValue } from "../../events/define-event.ts";
import { DEFAULT_CAP, DEFAULT_WINDOW } from "../mail-settings.ts";
import { type MailPolicy, type MailPurpose, mayEmail } from "./mail-gate.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday. */
const NOW = Date.parse("2026-03-02T09:00:00Z");
const POLICY: MailPolicy = { cap: DEFAULT_CAP, window: DEFAULT_WINDOW };

function ask(
  purpose: MailPurpose,
  facts: Partial<ContactFacts> = {},
  properties: Record<string, PropertyValue> = {},
  now = NOW,
  policy = POLICY,
) {
  const contact: Contact = {
    id: "c1",
    properties: { email: "ada@acme.de", ...properties },
    facts: { createdAt: NOW, ...facts },
  };
  return mayEmail(contact, { purpose }, now, policy);
}

function waitOf(verdict: ReturnType<typeof ask>): string {
  assert.ok(!verdict.ok && verdict.notBefore !== undefined, JSON.stringify(verdict));
  return new Date(verdict.notBefore).toISOString();
}

test("an address that bounced gets nothing, not even an answer", () => {
  const facts = { bounced: { at: NOW, reason: "5.1.1" } };
  for (const purpose of ["transactional", "outreach"] as const) {
    const verdict = ask(purpose, facts);
    assert.ok(!verdict.ok && verdict.notBefore === undefined);
    assert.match(verdict.reason, /5\.1\.1/);
  }
});

test("who said no is not written to until the cool-off is over, and for good without one; answers go on", () => {
  const until = NOW + DAY;
  assert.equal(ask("outreach", { declined: { at: NOW, until, kind: "not_now" } }).ok, false);
  assert.equal(ask("outreach", { declined: { at: NOW, until, kind: "not_now" } }, {}, until).ok, true);
  assert.equal(ask("nurture", { declined: { at: NOW, until: null, kind: "no" } }, {}, NOW + 90 * DAY).ok, false);
  assert.equal(ask("transactional", { declined: { at: NOW, until: null, kind: "no" } }).ok, true);
});

test("one prospecting e-mail a day: the second waits until the day is over", () => {
  assert.equal(waitOf(ask("outreach", { touches: [NOW - HOUR] })), "2026-03-03T08:00:00.000Z");
  assert.equal(ask("outreach", { touches: [NOW - DAY] }).ok, true);
  assert.equal(ask("transactional", { touches: [NOW - HOUR] }).ok, true);
});

test("three a week: the fourth waits until the first is a week old, and for a working day", () => {
  const touches = [NOW - 5 * DAY, NOW - 4 * DAY, NOW - 3 * DAY];
  assert.equal(waitOf(ask("nurture", { touches })), "2026-03-04T09:00:00.000Z");
  const early = [NOW - 6 * DAY - 23 * HOUR, NOW - 4 * DAY, NOW - 3 * DAY];
  assert.equal(
    waitOf(ask("nurture", { touches: early }, {}, Date.parse("2026-03-02T09:30:00Z"))),
    "2026-03-02T10:00:00.000Z",
  );
  const none = { ...POLICY, cap: { perDay: 5, perWeek: 5 } };
  assert.equal(ask("nurture", { touches }, {}, NOW, none).ok, true);
  assert.equal(ask("nurture", { touches }, {}, NOW, { ...POLICY, cap: false }).ok, true);
});

const times: readonly (readonly [
  where: string,
  Record<string, PropertyValue>,
  now: string,
  opens: string | undefined,
])[] = [
  ["where nothing is known: UTC", {}, "2026-03-02T07:59:59Z", "2026-03-02T08:00:00.000Z"],
  ["where nothing is known, in the day", {}, "2026-03-02T08:00:00Z", undefined],
  ["at the very end of the day", {}, "2026-03-02T18:00:00Z", "2026-03-03T08:00:00.000Z"],
  ["on a Friday evening", {}, "2026-03-06T18:30:00Z", "2026-03-09T08:00:00.000Z"],
  ["in Berlin by country", { country: "Germany" }, "2026-03-02T06:30:00Z", "2026-03-02T07:00:00.000Z"],
  [
    "in Tokyo by its own zone",
    { timezone: "Asia/Tokyo", country: "DE" },
    "2026-03-02T09:00:00Z",
    "2026-03-02T23:00:00.000Z",
  ],
  [
    "in Berlin as HubSpot writes it",
    { hs_timezone: "europe_slash_berlin" },
    "2026-03-02T17:30:00Z",
    "2026-03-03T07:00:00.000Z",
  ],
  [
    "in a zone that is none: by country",
    { timezone: "Mars/Olympus", country: "jp" },
    "2026-03-02T08:58:00Z",
    undefined,
  ],
  ["the day the clocks go forward", { country: "DE" }, "2026-03-28T12:00:00Z", "2026-03-30T06:00:00.000Z"],
];
for (const [where, properties, now, opens] of times) {
  test(`e-mails leave in the contact's day: ${where}`, () => {
    const verdict = ask("outreach", {}, properties, Date.parse(now));
    if (opens === undefined) assert.equal(verdict.ok, true);
    else assert.equal(waitOf(verdict), opens);
    assert.equal(ask("transactional", {}, properties, Date.parse(now)).ok, true, "answers leave at any time");
    assert.equal(ask("outreach", {}, properties, Date.parse(now), { ...POLICY, window: false }).ok, true);
  });
}

test("a switched off mailer lets nothing leave and loses nothing: it waits", () => {
  const verdict = ask("transactional", {}, {}, NOW, { ...POLICY, paused: "Wrong price." });
  assert.ok(!verdict.ok && verdict.notBefore === NOW + 900_000);
  assert.equal(verdict.reason, "Wrong price.");
  const final = ask("outreach", { optedOut: { at: NOW, by: "link" } }, {}, NOW, { ...POLICY, paused: "Wrong price." });
  assert.ok(!final.ok && final.notBefore === undefined, "an opt-out is final, paused or not");
});

test("prospecting alone can be paused", () => {
  const policy = { ...POLICY, prospectingPaused: "Too many complaints." };
  assert.equal(ask("transactional", {}, {}, NOW, policy).ok, true);
  assert.equal(ask("nurture", {}, {}, NOW, policy).ok, false);
});

test("who is on the list of those nobody writes to gets nothing: an address, a domain and all below it", () => {
  const policy = { ...POLICY, never: ["ada@acme.de", "rival.com"] };
  for (const [email, isHeld] of [
    ["ada@acme.de", true],
    ["bob@acme.de", false],
    ["x@rival.com", true],
    ["x@sales.rival.com", true],
    ["x@notrival.com", false],
  ] as const) {
    for (const purpose of ["transactional", "outreach"] as const) {
      assert.equal(!ask(purpose, {}, { email }, NOW, policy).ok, isHeld, `${purpose} to ${email}`);
    }
  }
});

test("where consent is asked for, prospecting goes only to who gave it; answers go to everybody", () => {
  const policy = { ...POLICY, consentProperty: "consent" };
  for (const [consent, isHeld] of [
    ["yes", false],
    ["TRUE", false],
    [true, false],
    ["no", true],
    [null, true],
  ] as const) {
    const verdict = ask("outreach", {}, { consent }, NOW, policy);
    assert.equal(!verdict.ok, isHeld, String(consent));
    if (!verdict.ok) assert.equal(verdict.notBefore, undefined);
  }
  assert.ok(ask("transactional", {}, {}, NOW, policy).ok);
});
