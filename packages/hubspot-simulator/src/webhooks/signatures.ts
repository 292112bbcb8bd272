/** The three ways HubSpot signs what it sends. Pure; checked against its published examples. */
import { createHash, createHmac } from "node:crypto";

export type Signed = { method: string; url: string; body: string; timestamp: number };

/** CRM webhooks: SHA-256 of secret and body. */
export function signatureV1(secret: string, body: string): string {
  return createHash("sha256").update(secret).update(body).digest("hex");
}

/** Workflow webhooks and custom actions: method and address are in it too. */
export function signatureV2(secret: string, { method, url, body }: Omit<Signed, "timestamp">): string {
  return createHash("sha256").update(`${secret}${method}${url}${body}`).digest("hex");
}

const DECODED = new Map(
  ["%3A", "%2F", "%3F", "%40", "%21", "%24", "%27", "%28", "%29", "%2A", "%2C", "%3B"].map((code) => [
    code,
    decodeURIComponent(code),
  ]),
);

/** These twelve, and only these, are decoded before the address is signed. */
export function decodedForV3(url: string): string {
  return url.replace(/%[0-9a-f]{2}/gi, (code) => DECODED.get(code.toUpperCase()) ?? code);
}

/** The current one: an HMAC over method, address, body and the time in milliseconds. */
export function signatureV3(secret: string, { method, url, body, timestamp }: Signed): string {
  const text = `${method}${decodedForV3(url)}${body}${timestamp}`;
  return createHmac("sha256", secret).update(text).digest("base64");
}

/** The headers of a CRM webhook: the old signature and the current one side by side. */
export function crmHeaders(secret: string, signed: Signed): Record<string, string> {
  return {
    "x-hubspot-signature": signatureV1(secret, signed.body),
    "x-hubspot-signature-version": "v1",
    "x-hubspot-signature-v3": signatureV3(secret, signed),
    "x-hubspot-request-timestamp": String(signed.timestamp),
  };
}

/** The headers of a call from a workflow: a custom action or its "send a webhook" step. */
export function workflowHeaders(secret: string, signed: Signed): Record<string, string> {
  return {
    "x-hubspot-signature": signatureV2(secret, signed),
    "x-hubspot-signature-version": "v2",
    "x-hubspot-signature-v3": signatureV3(secret, signed),
    "x-hubspot-request-timestamp": String(signed.timestamp),
  };
}
