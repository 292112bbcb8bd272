/**
 * Payments as Stripe sends them. A payment comes by several webhooks (the session, the charge, the invoice); all are
 * named after the payment, so it is one purchase. A renewal of a subscription is none.
 */
import type { ForeignDelivery, ForeignEvent, Preset } from "../translation.ts";

/** Currencies without a hundredth part. Source: Stripe, "Zero-decimal currencies". */
const WHOLE = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(" "));

interface Payment {
  readonly email: unknown;
  readonly product: unknown;
  readonly amount: unknown;
  readonly currency: unknown;
  readonly name: unknown;
}

export const stripe: Preset = {
  idOf: ({ body }) => (typeof body?.id === "string" ? body.id : undefined),
  types: {
    "checkout.session.completed": ({ body }) => {
      const one = body.data.object;
      if (one.payment_status === "unpaid") return undefined;
      return purchase(body, one.payment_intent ?? one.id, {
        email: one.customer_details?.email ?? one.customer_email,
        product: one.metadata?.product,
        amount: one.amount_total,
        currency: one.currency,
        name: one.id,
      });
    },
    "charge.succeeded": ({ body }) => {
      const one = body.data.object;
      // Of an invoice: that names it, and whether it is the first.
      if (one.invoice) return undefined;
      return purchase(body, one.payment_intent ?? one.id, {
        email: one.billing_details?.email ?? one.receipt_email,
        product: one.metadata?.product ?? one.description,
        amount: one.amount,
        currency: one.currency,
        name: one.id,
      });
    },
    "invoice.paid": ({ body }) => {
      const one = body.data.object;
      if (one.billing_reason === "subscription_cycle" || one.billing_reason === "subscription_update") return undefined;
      return purchase(body, one.payment_intent ?? one.id, {
        email: one.customer_email,
        product: one.metadata?.product ?? one.lines?.data?.[0]?.description,
        amount: one.amount_paid,
        currency: one.currency,
        name: one.id,
      });
    },
    "customer.updated": ({ body }) => {
      const { email, name, phone } = body.data.object;
      if (typeof email !== "string") return undefined;
      const [firstname, ...rest] = typeof name === "string" ? name.trim().split(/\s+/) : [];
      const properties = {
        ...(firstname ? { firstname } : {}),
        ...(rest.length > 0 ? { lastname: rest.join(" ") } : {}),
        ...(typeof phone === "string" && phone !== "" ? { phone } : {}),
      };
      if (Object.keys(properties).length === 0) return undefined;
      return { type: "contact_updated_external", data: { email, system: "stripe", properties } };
    },
  },
};

function purchase(body: ForeignDelivery["body"], payment: unknown, paid: Payment): ForeignEvent | undefined {
  if (typeof paid.email !== "string" || paid.email === "") throw new Error("the payment names no e-mail address");
  const currency = String(paid.currency ?? "").toLowerCase();
  const amount = typeof paid.amount === "number" ? (WHOLE.has(currency) ? paid.amount : paid.amount / 100) : undefined;
  const product = typeof paid.product === "string" && paid.product.trim() !== "" ? paid.product : "a payment";
  return {
    type: "customer_purchased",
    id: `payment:${payment}`,
    ...(typeof body.created === "number" ? { occurredAt: body.created * 1_000 } : {}),
    data: {
      email: paid.email,
      product: product.slice(0, 200),
      ...(amount === undefined ? {} : { amount }),
      ...(currency === "" ? {} : { currency: currency.toUpperCase().slice(0, 3) }),
    },
  };
}
