/** Orders as Shopify sends them: the type is in a header, an order is named by its number whichever webhook brings it. */
import type { ForeignDelivery, ForeignEvent, Preset } from "../translation.ts";

export const shopify: Preset = {
  typeOf: ({ headers }) => headers["x-shopify-topic"],
  idOf: ({ headers }) => headers["x-shopify-event-id"] ?? headers["x-shopify-webhook-id"],
  types: {
    "orders/paid": orderPaid,
    "orders/create": (delivery) => (delivery.body.financial_status === "paid" ? orderPaid(delivery) : undefined),
    "customers/create": customerChanged,
    "customers/update": customerChanged,
  },
};

function orderPaid({ body }: ForeignDelivery): ForeignEvent {
  const email = body.email ?? body.contact_email ?? body.customer?.email;
  if (typeof email !== "string" || email === "") throw new Error("the order names no e-mail address");
  const titles = (Array.isArray(body.line_items) ? body.line_items : []).map((line: { title?: unknown }) =>
    String(line.title ?? ""),
  );
  const [first = "an order"] = titles;
  const product = titles.length > 1 ? `${first} and ${titles.length - 1} more` : first;
  const amount = Number(body.total_price);
  return {
    type: "customer_purchased",
    id: `order:${body.id}`,
    ...momentOf(body.processed_at ?? body.created_at),
    data: {
      email,
      product: product.slice(0, 200),
      ...(Number.isFinite(amount) ? { amount } : {}),
      ...(typeof body.currency === "string" ? { currency: body.currency.slice(0, 3) } : {}),
    },
  };
}

function customerChanged({ body }: ForeignDelivery): ForeignEvent | undefined {
  if (typeof body.email !== "string" || body.email === "") return undefined;
  const given: Record<string, unknown> = {
    firstname: body.first_name,
    lastname: body.last_name,
    phone: body.phone,
    company: body.default_address?.company,
    country: body.default_address?.country_name ?? body.default_address?.country,
  };
  const properties = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== ""),
  );
  if (Object.keys(properties).length === 0) return undefined;
  return { type: "contact_updated_external", data: { email: body.email, system: "shopify", properties } };
}

function momentOf(text: unknown): { occurredAt?: number } {
  const at = Date.parse(String(text ?? ""));
  return Number.isFinite(at) ? { occurredAt: at } : {};
}
