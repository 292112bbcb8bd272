/**
 * What SendGrid's Inbound Parse posts: a multipart form, with the message as it came in `email` when "POST the raw, full MIME
 * message" is on, else taken apart into `headers`, `text`, `html` and files. A security policy signs timestamp and body.
 * Source: twilio.com/docs/sendgrid, "Inbound Email Parse Webhook" and "Securing your Inbound Parse Webhooks".
 */
import { createPublicKey, verify } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { FormPart } from "../multipart.ts";
import { composedMessage, type TakenApart } from "./composed-message.ts";
import { isRecent } from "./delivery-tokens.ts";

const SIGNATURE = "x-twilio-email-event-webhook-signature";
const TIMESTAMP = "x-twilio-email-event-webhook-timestamp";

/**
 * @param publicKey base64 of its DER, as SendGrid shows it.
 * @returns what is wrong with the signature; undefined when it is SendGrid's and of the last 15 minutes.
 */
export function wrongSignature(
  raw: Buffer,
  headers: IncomingHttpHeaders,
  publicKey: string,
  now: number,
): string | undefined {
  const [signature, timestamp] = [headers[SIGNATURE], headers[TIMESTAMP]];
  if (typeof signature !== "string" || typeof timestamp !== "string") return `${SIGNATURE} or ${TIMESTAMP} is missing`;
  const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
  const signed = Buffer.concat([Buffer.from(timestamp), raw]);
  if (!verify("sha256", signed, key, Buffer.from(signature, "base64"))) return "the signature is another";
  return isRecent(timestamp, now) ? undefined : "it is of more than 15 minutes ago, or of a clock that is ahead";
}

/** @returns the message (RFC 5322); undefined when there is none. */
export function sendGridMessage(parts: readonly FormPart[]): Buffer | undefined {
  const fields = new Map(parts.map(({ name, bytes }) => [name, bytes]));
  const headers = fields.get("headers");
  return (
    fields.get("email") ?? (headers === undefined ? undefined : takenApart(headers.toString("utf8"), fields, parts))
  );
}

function takenApart(headers: string, fields: ReadonlyMap<string, Buffer>, parts: readonly FormPart[]): Buffer {
  const charsets = charsetsOf(fields.get("charsets"));
  const bodies = ["text", "html"].flatMap((name) => {
    const bytes = fields.get(name);
    const type = name === "text" ? "text/plain" : "text/html";
    return bytes === undefined ? [] : [{ type: `${type}; charset=${charsets.get(name) ?? "utf-8"}`, bytes }];
  });
  const attachments = parts.filter(({ name }) => /^attachment\d+$/.test(name));
  return composedMessage({ headers: pairsOf(headers), bodies, attachments });
}

function pairsOf(text: string): TakenApart["headers"] {
  return text
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .filter((line) => line.includes(":"))
    .map((line) => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1)] as const);
}

/** `charsets`: JSON with a charset for each text field, which is not converted. */
function charsetsOf(json: Buffer | undefined): ReadonlyMap<string, string> {
  try {
    const given: unknown = JSON.parse(json?.toString("utf8") ?? "{}");
    return new Map(Object.entries(given ?? {}).filter(isCharset));
  } catch {
    return new Map();
  }
}

function isCharset(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === "string" && /^[\w.:-]{1,40}$/.test(entry[1]);
}
