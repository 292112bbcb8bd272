/**
 * Who sends proves to know the shared secret, over the bytes as they came. Standard Webhooks, under whatever prefix the
 * headers have (`webhook-`, `svix-` …) and in seconds or milliseconds; and as Stripe, Shopify, Calendly and Typeform sign.
 * Pure but for the clock it is given. Used by the gateway before anything reads the body.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export type SignatureKind = "standard" | "stripe" | "shopify" | "calendly" | "typeform";
export const SIGNATURE_KINDS: readonly SignatureKind[] = ["standard", "stripe", "shopify", "calendly", "typeform"];

export type Headers = Readonly<Record<string, string | undefined>>;

export interface Signed {
  readonly raw: Buffer;
  /** In lower case. */
  readonly headers: Headers;
  /** More than one while it is being changed. */
  readonly secrets: readonly string[];
  /** Milliseconds. */
  readonly now: number;
}

/** `id`: the sender's name of the delivery, where its headers have one. */
export type Verdict = { readonly ok: true; readonly id?: string } | { readonly ok: false; readonly why: string };

const TOLERANCE_MS = 300_000;
const MAX_ID_LENGTH = 200;
/** Later than the year 5138 in seconds is milliseconds. */
const FIRST_MILLISECONDS = 100_000_000_000;

export function checkSignature(kind: SignatureKind, signed: Signed): Verdict {
  switch (kind) {
    case "standard":
      return standard(signed);
    case "stripe":
      return timed(signed, "stripe-signature");
    case "calendly":
      return timed(signed, "calendly-webhook-signature");
    case "shopify":
      return plain(signed, "x-shopify-hmac-sha256", "");
    case "typeform":
      return plain(signed, "typeform-signature", "sha256=");
  }
}

/** The prefix of the three headers: theirs who signs as the standard says, under whatever name. */
function prefixOf(headers: Headers): string | undefined {
  const prefixes = [
    "webhook-",
    "svix-",
    ...Object.keys(headers).flatMap((name) => /^(.+-)signature$/.exec(name)?.[1] ?? []),
  ];
  return prefixes.find((prefix) => ["id", "timestamp", "signature"].every((part) => headers[`${prefix}${part}`]));
}

function standard({ raw, headers, secrets, now }: Signed): Verdict {
  const prefix = prefixOf(headers);
  if (prefix === undefined) return wrong(missingOf(headers));
  const [id = "", timestamp = "", signatures = ""] = ["id", "timestamp", "signature"].map(
    (part) => headers[`${prefix}${part}`],
  );
  if (id.length > MAX_ID_LENGTH) return wrong(`${prefix}id is longer than ${MAX_ID_LENGTH} characters`);
  const late = whyNotNow(timestamp, now);
  if (late !== undefined) return wrong(`${prefix}timestamp ${late}`);
  const given = signatures.split(" ").flatMap((one) => (one.startsWith("v1,") ? [one.slice(3)] : []));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), raw]);
  const isKnown = secrets.some((secret) => given.some((one) => isSame(one, hmac(keyOf(secret), content, "base64"))));
  return isKnown ? { ok: true, id } : wrong("no signature is that of the shared secret");
}

function missingOf(headers: Headers): string {
  const [missing = "webhook-id"] = ["webhook-id", "webhook-timestamp", "webhook-signature"].filter(
    (name) => !headers[name],
  );
  return `${missing} is missing`;
}

/** "t=1690000000,v1=5257a8…", hexadecimal over "t.body". */
function timed({ raw, headers, secrets, now }: Signed, name: string): Verdict {
  const parts = (headers[name] ?? "").split(",").map((part) => part.trim().split("="));
  const timestamp = parts.find(([key]) => key === "t")?.[1] ?? "";
  const given = parts.flatMap(([key, value]) => (key === "v1" && value !== undefined ? [value.toLowerCase()] : []));
  if (timestamp === "" || given.length === 0) return wrong(`${name} is missing, or is not "t=…,v1=…"`);
  const late = whyNotNow(timestamp, now);
  if (late !== undefined) return wrong(`the time in ${name} ${late}`);
  const content = Buffer.concat([Buffer.from(`${timestamp}.`), raw]);
  const isKnown = secrets.some((secret) => given.some((one) => isSame(one, hmac(secret, content, "hex"))));
  return isKnown ? { ok: true } : wrong("no signature is that of the shared secret");
}

/** Base64 over the body alone. */
function plain({ raw, headers, secrets }: Signed, name: string, prefix: string): Verdict {
  const given = headers[name] ?? "";
  if (given === "" || !given.startsWith(prefix)) return wrong(`${name} is missing`);
  const isKnown = secrets.some((secret) => isSame(given.slice(prefix.length), hmac(secret, raw, "base64")));
  return isKnown ? { ok: true } : wrong("the signature is not that of the shared secret");
}

function whyNotNow(timestamp: string, now: number): string | undefined {
  if (!/^\d{1,15}$/.test(timestamp)) return "is not a time";
  const at = Number(timestamp) >= FIRST_MILLISECONDS ? Number(timestamp) : Number(timestamp) * 1_000;
  if (at < now - TOLERANCE_MS) return "is older than 5 minutes";
  return at > now + TOLERANCE_MS ? "is more than 5 minutes ahead" : undefined;
}

function hmac(key: string | Buffer, content: Buffer, encoding: "hex" | "base64"): string {
  return createHmac("sha256", key).update(content).digest(encoding);
}

/** "whsec_" and base64; the bare base64 is the same secret. */
function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ""), "base64");
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function wrong(why: string): Verdict {
  return { ok: false, why };
}
