/**
 * What happens to a few contacts, drawn from a seed: rounds, each at its moment, of what comes from outside in it. Nothing
 * here depends on what is decided, so one history can be decided in several ways and the outcomes compared.
 */
import { Random } from "../../packages/millrace/src/cli/demo/random.ts";
import type { Json } from "../../packages/millrace/src/events/event.ts";

/** Stated twice each time it is stated. */
export const RUMOUR = "rumour_told";

export interface Outside {
  readonly contact: string;
  readonly type: string;
  readonly data: Json;
  readonly actor: string;
}

export interface Round {
  /** Milliseconds. */
  readonly at: number;
  readonly outside: readonly Outside[];
}

export interface History {
  readonly seed: number;
  readonly withCrm: boolean;
  readonly contacts: readonly string[];
  readonly rounds: readonly Round[];
}

const START = Date.UTC(2026, 2, 2, 9);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export function historyOf(seed: number): History {
  const random = new Random(seed);
  const contacts = Array.from(
    { length: random.whole(1, 5) },
    (_, i) => `01a2f3c4-0000-7000-8000-${String(i + 1).padStart(12, "0")}`,
  );
  let at = START + random.whole(0, 7 * 24 * 60) * MINUTE_MS;
  const rounds = Array.from({ length: random.whole(2, 8) }, (_, nth) => {
    at += random.whole(1, 3) === 1 ? random.whole(1, 9 * DAY_MS) : random.whole(1, 90 * MINUTE_MS);
    const count = random.whole(nth === 0 ? 1 : 0, 6);
    return { at, outside: Array.from({ length: count }, () => outsideOf(random, contacts)) };
  });
  return { seed, withCrm: random.next() < 0.5, contacts, rounds };
}

type Draw = (random: Random, contact: string, contacts: readonly string[]) => Omit<Outside, "contact">;

function outsideOf(random: Random, contacts: readonly string[]): Outside {
  const contact = random.pick(contacts as [string, ...string[]]);
  return { contact, ...random.weighted(DRAWS).draw(random, contact, contacts) };
}

const addressOf = (contact: string) => `p${Number(contact.slice(-3))}@acme-systems.example`;

const REPLIES = [
  "Yes, Tuesday suits me. Please call.",
  "No thanks, we are not interested.",
  "What does it cost for 20 people?",
  "Please unsubscribe me.",
  "I am out of office until further notice.",
  "I am the wrong person, ask Bob.",
  "Hm.",
] as const;

const FIELDS: readonly (readonly [string, readonly [Json, ...Json[]]])[] = [
  ["company", ["Acme", "Bigcorp", ""]],
  ["jobtitle", ["CTO", "Student", "Head of Sales"]],
  ["numberofemployees", [3, 250, 2_500]],
  ["industry", ["Software", "Farming"]],
  ["phone", ["+15551234567"]],
  ["country", ["DE", "Japan"]],
  ["message", ["We want to buy.", "Hello?", "Buy cheap watches http://spam.example http://spam.example"]],
];

function fieldsOf(random: Random): Record<string, Json> {
  const chosen = FIELDS.filter(() => random.next() < 0.45);
  return Object.fromEntries(chosen.map(([name, values]) => [name, random.pick(values as [Json, ...Json[]])]));
}

const engaged = (engagement: string, more: Record<string, Json> = {}): Omit<Outside, "contact"> => ({
  type: "email_engagement",
  data: { engagement, ...more },
  actor: "mail",
});
const outside = (type: string, data: Json, actor = "api"): Omit<Outside, "contact"> => ({ type, data, actor });

const DRAWS: readonly [
  { readonly weight: number; readonly draw: Draw },
  ...{ readonly weight: number; readonly draw: Draw }[],
] = [
  {
    weight: 30,
    draw: (random, contact) =>
      outside("form_submitted", {
        form: random.pick(["demo", "contact", "newsletter", "pricing"]),
        fields: { email: addressOf(contact), ...fieldsOf(random) },
      }),
  },
  {
    weight: 12,
    draw: (random) => {
      const properties = { ...fieldsOf(random), lead_score: random.pick([null, 10, 45, 69, 71, 85, 100]) };
      return outside("contact_updated_external", { system: "hubspot", properties }, "hubspot:7");
    },
  },
  {
    weight: 5,
    draw: (random) =>
      outside("contact_updated", { changes: { jobtitle: { from: null, to: random.pick(["CTO", "CEO"]) } } }),
  },
  { weight: 14, draw: (random) => engaged("replied", { text: random.pick(REPLIES), knownBy: "both" }) },
  { weight: 3, draw: () => engaged("replied", { text: "I am away.", automatic: true, knownBy: "thread" }) },
  { weight: 10, draw: (random) => engaged(random.pick(["opened", "clicked"]), { machine: random.next() < 0.3 }) },
  { weight: 4, draw: (random) => engaged("bounced", { hard: random.next() < 0.5, reason: "550 no such user" }) },
  { weight: 1, draw: () => engaged("complained") },
  { weight: 6, draw: () => outside("opted_out", { by: "unsubscribe_link" }, "contact") },
  { weight: 2, draw: () => outside("opt_out_lifted", { by: "ada", reason: "asked" }, "person:ada") },
  { weight: 3, draw: () => outside("meeting_booked", {}) },
  { weight: 3, draw: () => outside("customer_purchased", { product: "Team plan", amount: 490, currency: "EUR" }) },
  {
    weight: 2,
    draw: (_random, contact, contacts) => {
      const into = contacts.find((other) => other !== contact);
      const data = { system: "hubspot", from: ["101"], into: "102", ...(into === undefined ? {} : { contact: into }) };
      return outside("contact_merged", data, "hubspot:7");
    },
  },
  { weight: 1, draw: () => outside("contact_erased", { because: "asked" }, "person:ada") },
  { weight: 2, draw: () => outside("ball_thrown", {}) },
  { weight: 1, draw: () => outside(RUMOUR, {}) },
];
