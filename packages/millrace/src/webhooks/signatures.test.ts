/** Who may send: signatures as the libraries and services make them, and everything near them that is none. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { Webhook } from "standardwebhooks";
import { checkSignature, type Headers, type SignatureKind } from "./signatures.ts";

const SECRET = `whsec_${Buffer.from("a secret of 24 bytes or more").toString("base64")}`;
const OTHER = `whsec_${Buffer.from("another secret, just as long").toString("base64")}`;
const NOW = Date.UTC(2026, 2, 2, 9);
const SECONDS = String(NOW / 1_000);
const BODY = '{"type":"user.created","data":{"a":1}}';

const library = (id = "msg_1", at = NOW) => new Webhook(SECRET).sign(id, new Date(at), BODY);
const own = (timestamp: string, key: string | Buffer = Buffer.from(SECRET.slice(6), "base64")) =>
  `v1,${createHmac("sha256", key).update(`msg_1.${timestamp}.${BODY}`).digest("base64")}`;
const hex = (timestamp: string) => createHmac("sha256", "plain").update(`${timestamp}.${BODY}`).digest("hex");
const base64 = () => createHmac("sha256", "plain").update(BODY).digest("base64");
const three = (prefix: string, timestamp = SECONDS, signature = library()): Headers => ({
  [`${prefix}id`]: "msg_1",
  [`${prefix}timestamp`]: timestamp,
  [`${prefix}signature`]: signature,
});

const CASES: readonly {
  readonly name: string;
  readonly kind?: SignatureKind;
  readonly headers: Headers;
  readonly secrets?: readonly string[];
  readonly isOk: boolean;
}[] = [
  { name: "the standard's own names", headers: three("webhook-"), isOk: true },
  { name: "svix-* names", headers: three("svix-"), isOk: true },
  { name: "the names of a sibling", headers: three("x-acme-webhook-"), isOk: true },
  { name: "a time in milliseconds", headers: three("svix-", String(NOW), own(String(NOW))), isOk: true },
  {
    name: "one of several signatures",
    headers: three("webhook-", SECONDS, `v1,AAAA v1a,BBBB ${library()}`),
    isOk: true,
  },
  { name: "the second of two secrets", headers: three("webhook-"), secrets: [OTHER, SECRET], isOk: true },
  { name: "another secret", headers: three("webhook-"), secrets: [OTHER], isOk: false },
  { name: "another id", headers: three("webhook-", SECONDS, library("msg_2")), isOk: false },
  {
    name: "six minutes ago",
    headers: three("webhook-", String(NOW / 1_000 - 360), library("msg_1", NOW - 360_000)),
    isOk: false,
  },
  {
    name: "six minutes ago in milliseconds",
    headers: three("svix-", String(NOW - 360_000), own(String(NOW - 360_000))),
    isOk: false,
  },
  { name: "no time", headers: three("webhook-", "soon"), isOk: false },
  { name: "no signature", headers: { ...three("webhook-"), "webhook-signature": "" }, isOk: false },
  {
    name: "headers of two families mixed",
    headers: { "svix-id": "msg_1", ...{ "webhook-signature": library() } },
    isOk: false,
  },
  {
    name: "Stripe's",
    kind: "stripe",
    headers: { "stripe-signature": `t=${SECONDS},v0=x,v1=${hex(SECONDS)}` },
    secrets: ["plain"],
    isOk: true,
  },
  {
    name: "Stripe's, late",
    kind: "stripe",
    headers: { "stripe-signature": `t=1,v1=${hex("1")}` },
    secrets: ["plain"],
    isOk: false,
  },
  {
    name: "Stripe's of another body",
    kind: "stripe",
    headers: { "stripe-signature": `t=${SECONDS},v1=${"0".repeat(64)}` },
    secrets: ["plain"],
    isOk: false,
  },
  {
    name: "Calendly's",
    kind: "calendly",
    headers: { "calendly-webhook-signature": `t=${SECONDS},v1=${hex(SECONDS)}` },
    secrets: ["plain"],
    isOk: true,
  },
  {
    name: "Shopify's",
    kind: "shopify",
    headers: { "x-shopify-hmac-sha256": base64() },
    secrets: ["plain"],
    isOk: true,
  },
  { name: "Shopify's, missing", kind: "shopify", headers: {}, secrets: ["plain"], isOk: false },
  {
    name: "Typeform's",
    kind: "typeform",
    headers: { "typeform-signature": `sha256=${base64()}` },
    secrets: ["plain"],
    isOk: true,
  },
  {
    name: "Typeform's without its prefix",
    kind: "typeform",
    headers: { "typeform-signature": base64() },
    secrets: ["plain"],
    isOk: false,
  },
  { name: "a sender that signs another way", kind: "stripe", headers: three("webhook-"), isOk: false },
];

describe("a webhook signed with", () => {
  for (const { name, kind = "standard", headers, secrets = [SECRET], isOk } of CASES) {
    it(`${name} is ${isOk ? "taken" : "refused"}`, () => {
      const verdict = checkSignature(kind, { raw: Buffer.from(BODY), headers, secrets, now: NOW });
      assert.equal(verdict.ok, isOk, JSON.stringify(verdict));
      if (!verdict.ok) assert.ok(verdict.why.length > 10);
    });
  }
});
