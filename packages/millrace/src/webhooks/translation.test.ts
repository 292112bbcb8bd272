/** Given a webhook of another system, what it becomes; payloads shaped as their makers document them, values made up. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EventCatalogue } from "../events/catalogue.ts";
import { type ForeignTranslation, type PresetName, translateForeign, typeOf } from "./translation.ts";

const EMAIL = "ada@acme.example";
const CREATED = 1_772_442_000;

const stripe = (type: string, object: object) => ({ id: "evt_1", created: CREATED, type, data: { object } });
const CHARGE = {
  id: "ch_1",
  amount: 49_000,
  currency: "eur",
  description: "Team plan",
  payment_intent: "pi_1",
  billing_details: { email: EMAIL },
};
const ORDER = {
  id: 820_982_911,
  email: EMAIL,
  financial_status: "paid",
  total_price: "409.94",
  currency: "USD",
  line_items: [{ title: "Kettle" }, { title: "Lid" }],
};
const BOOKING = {
  event: "invitee.created",
  created_at: "2026-03-02T09:00:00.000Z",
  payload: {
    email: EMAIL,
    uri: "https://api.example/invitees/1",
    scheduled_event: { start_time: "2026-03-05T14:00:00.000Z" },
  },
};
const RESPONSE = {
  event_id: "ev_1",
  event_type: "form_response",
  form_response: {
    form_id: "lT4Z3j",
    token: "a3a12ec67a1365927098a606107fac15",
    submitted_at: "2026-03-02T09:00:00Z",
    hidden: { utm_source: "ads" },
    definition: { title: "Demo request", fields: [{ id: "f3", title: "Company" }] },
    answers: [
      { type: "text", text: "Ada", field: { id: "f1", ref: "firstname", type: "short_text" } },
      { type: "email", email: EMAIL, field: { id: "f2", ref: "6f9619ff-8b86-d011-b42d-00cf4fc964ff", type: "email" } },
      { type: "text", text: "Acme", field: { id: "f3", ref: "01hzk3v1n2m4b5c6d7e8f9a0b1", type: "short_text" } },
      {
        type: "choices",
        choices: { labels: ["Price", "Support"] },
        field: { id: "f4", ref: "interests", type: "multiple_choice" },
      },
      { type: "number", number: 99, field: { id: "f5", ref: "lead_score", type: "number" } },
    ],
  },
};

interface Case {
  readonly name: string;
  readonly preset?: PresetName;
  readonly types?: Readonly<Record<string, ForeignTranslation>>;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  /** Type and, in it, id, of what it becomes; or why it is kept. */
  readonly becomes: readonly [type: string, id: string, data: object] | RegExp;
}

const CASES: readonly Case[] = [
  {
    name: "Stripe's charge is a purchase, its amount in whole units",
    preset: "stripe",
    body: stripe("charge.succeeded", CHARGE),
    becomes: [
      "customer_purchased",
      "payment:pi_1",
      { email: EMAIL, product: "Team plan", amount: 490, currency: "EUR" },
    ],
  },
  {
    name: "Stripe's yen have no hundredth part",
    preset: "stripe",
    body: stripe("charge.succeeded", { ...CHARGE, amount: 5_000, currency: "jpy" }),
    becomes: [
      "customer_purchased",
      "payment:pi_1",
      { email: EMAIL, product: "Team plan", amount: 5_000, currency: "JPY" },
    ],
  },
  {
    name: "Stripe's session of the same payment is the same purchase",
    preset: "stripe",
    body: stripe("checkout.session.completed", {
      id: "cs_1",
      payment_status: "paid",
      payment_intent: "pi_1",
      amount_total: 49_000,
      currency: "eur",
      customer_details: { email: EMAIL },
      metadata: { product: "Team plan" },
    }),
    becomes: [
      "customer_purchased",
      "payment:pi_1",
      { email: EMAIL, product: "Team plan", amount: 490, currency: "EUR" },
    ],
  },
  {
    name: "Stripe's unpaid session is kept",
    preset: "stripe",
    body: stripe("checkout.session.completed", { id: "cs_1", payment_status: "unpaid" }),
    becomes: /becomes nothing this time/,
  },
  {
    name: "Stripe's renewal is no purchase",
    preset: "stripe",
    body: stripe("invoice.paid", { id: "in_1", billing_reason: "subscription_cycle", customer_email: EMAIL }),
    becomes: /becomes nothing this time/,
  },
  {
    name: "Stripe's charge without an address is kept with the reason",
    preset: "stripe",
    body: stripe("charge.succeeded", { ...CHARGE, billing_details: {} }),
    becomes: /could not be translated: the payment names no e-mail address/,
  },
  {
    name: "a type of Stripe's that nothing is said of is kept",
    preset: "stripe",
    body: stripe("payout.paid", {}),
    becomes: /nothing says what "payout.paid" becomes/,
  },
  {
    name: "Shopify's paid order is a purchase",
    preset: "shopify",
    body: ORDER,
    headers: { "x-shopify-topic": "orders/paid" },
    becomes: [
      "customer_purchased",
      "order:820982911",
      { email: EMAIL, product: "Kettle and 1 more", amount: 409.94, currency: "USD" },
    ],
  },
  {
    name: "Shopify's order that is not paid is kept",
    preset: "shopify",
    body: { ...ORDER, financial_status: "pending" },
    headers: { "x-shopify-topic": "orders/create" },
    becomes: /becomes nothing this time/,
  },
  {
    name: "Shopify's changed customer is a change of another system",
    preset: "shopify",
    body: { email: EMAIL, first_name: "Ada", last_name: null, default_address: { company: "Acme" } },
    headers: { "x-shopify-topic": "customers/update" },
    becomes: [
      "contact_updated_external",
      "d1",
      { email: EMAIL, system: "shopify", properties: { firstname: "Ada", company: "Acme" } },
    ],
  },
  {
    name: "Calendly's invitee is a meeting",
    preset: "calendly",
    body: BOOKING,
    becomes: [
      "meeting_booked",
      "booking:https://api.example/invitees/1",
      { email: EMAIL, at: Date.UTC(2026, 2, 5, 14) },
    ],
  },
  {
    name: "Calendly's cancellation is kept",
    preset: "calendly",
    body: { ...BOOKING, event: "invitee.canceled" },
    becomes: /nothing says what "invitee.canceled" becomes/,
  },
  {
    name: "Typeform's response is a form, which says no score",
    preset: "typeform",
    body: RESPONSE,
    becomes: [
      "form_submitted",
      "response:a3a12ec67a1365927098a606107fac15",
      {
        form: "Demo request",
        fields: { firstname: "Ada", email: EMAIL, company: "Acme", interests: "Price;Support" },
        context: { typeform_id: "lT4Z3j", utm_source: "ads" },
        extra: { lead_score: 99 },
      },
    ],
  },
  {
    name: "a function of the config translates what no preset knows",
    types: { "user.created": ({ body }) => ({ type: "contact_created", data: { email: body.data.email } }) },
    body: { type: "user.created", data: { email: EMAIL } },
    becomes: ["contact_created", "d1", { email: EMAIL }],
  },
  {
    name: "a function of the config wins over the preset",
    preset: "calendly",
    types: { "invitee.created": () => undefined },
    body: BOOKING,
    becomes: /becomes nothing this time/,
  },
  {
    name: "a function that throws keeps what came",
    types: { "user.created": ({ body }) => ({ type: "contact_created", data: { email: body.nothing.email } }) },
    body: { type: "user.created" },
    becomes: /could not be translated: Cannot read properties of undefined/,
  },
  {
    name: "a function that makes what the catalogue refuses keeps what came",
    types: { "user.created": () => ({ type: "contact_created", data: { email: "none" } }) },
    body: { type: "user.created" },
    becomes: /could not be translated: .*email/,
  },
  {
    name: "a function may not state what only the engine states",
    types: { "user.created": () => ({ type: "contact_scored", data: {} }) },
    body: { type: "user.created" },
    becomes: /could not be translated: "contact_scored" is a fact only the engine itself states/,
  },
  { name: "a body without a type is kept", body: [1, 2], becomes: /nothing says what "unknown" becomes/ },
  {
    name: "a type with a name of every object is kept",
    preset: "stripe",
    body: { type: "constructor" },
    becomes: /nothing says/,
  },
];

describe("a webhook of another system", () => {
  for (const { name, preset, types, body, headers = {}, becomes } of CASES) {
    it(name, () => {
      const rules = {
        source: "them",
        ...(preset === undefined ? {} : { preset }),
        ...(types === undefined ? {} : { types }),
      };
      const delivery = { body, headers, type: typeOf({ body, headers }, preset) };
      const { events, keptBecause } = translateForeign(delivery, "d1", rules, new EventCatalogue());
      const [event, ...more] = events;
      assert.deepEqual(more, []);
      assert.equal(event?.source, "webhook:them");
      if (becomes instanceof RegExp) {
        assert.match(keptBecause ?? "", becomes);
        assert.equal(event?.type, "external_event");
        assert.deepEqual((event?.data as { payload: unknown } | undefined)?.payload, body);
        new EventCatalogue().check(event as never);
        return;
      }
      assert.equal(keptBecause, undefined);
      assert.deepEqual([event?.type, event?.id, event?.data], [...becomes]);
    });
  }
});
