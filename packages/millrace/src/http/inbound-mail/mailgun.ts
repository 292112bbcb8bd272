/**
 * What a Mailgun route posts by forward(). To an address that ends with "mime" that is the message as it came, in `body-mime`;
 * to others the message taken apart. Signed over timestamp and token alone, hence the token is good for one message.
 * Source: documentation.mailgun.com, "Receiving messages via HTTP" and "Securing webhooks".
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { FormPart } from "../multipart.ts";
import { composedMessage, type TakenApart } from "./composed-message.ts";
import { isRecent } from "./delivery-tokens.ts";

export interface MailgunDelivery {
  /** Random, one for each delivery. */
  readonly token: string;
  /** RFC 5322; undefined when there is none. */
  readonly message: Buffer | undefined;
}

/** @returns what is wrong with the signature; undefined when it is Mailgun's and of the last 15 minutes. */
export function wrongSignature(
  fields: ReadonlyMap<string, Buffer>,
  signingKey: string,
  now: number,
): string | undefined {
  const [timestamp = "", token = ""] = ["timestamp", "token"].map((name) => fields.get(name)?.toString("latin1"));
  const wanted = createHmac("sha256", signingKey).update(`${timestamp}${token}`, "latin1").digest();
  // For a subaccount the account above signs as well.
  const given = ["signature", "parent-signature"].map((name) => bytesOf(fields.get(name)));
  if (token === "" || given.every((bytes) => bytes === undefined)) return "timestamp, token or signature is missing";
  if (!given.some((bytes) => bytes !== undefined && timingSafeEqual(bytes, wanted))) return "the signature is another";
  return isRecent(timestamp, now) ? undefined : "it is of more than 15 minutes ago, or of a clock that is ahead";
}

function bytesOf(hex: Buffer | undefined): Buffer | undefined {
  const text = hex?.toString("latin1") ?? "";
  return /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : undefined;
}

/** @param parts the form, its signature checked. */
export function mailgunDelivery(parts: readonly FormPart[]): MailgunDelivery {
  const fields = new Map(parts.map(({ name, bytes }) => [name, bytes]));
  const headers = headersOf(fields.get("message-headers"));
  const message = fields.get("body-mime") ?? (headers === undefined ? undefined : takenApart(headers, parts));
  return { token: fields.get("token")?.toString("latin1") ?? "", message };
}

function takenApart(headers: TakenApart["headers"], parts: readonly FormPart[]): Buffer {
  const bodies = parts.flatMap(({ name, bytes }) => {
    if (name === "body-plain") return [{ type: "text/plain; charset=utf-8", bytes }];
    return name === "body-html" ? [{ type: "text/html; charset=utf-8", bytes }] : [];
  });
  const attachments = parts.filter(({ name }) => /^attachment-\d+$/.test(name));
  return composedMessage({ headers, bodies, attachments });
}

/** `message-headers`: a list of pairs as JSON. */
function headersOf(json: Buffer | undefined): TakenApart["headers"] | undefined {
  try {
    const pairs: unknown = JSON.parse(json?.toString("utf8") ?? "");
    return Array.isArray(pairs) ? pairs.filter(isPair) : undefined;
  } catch {
    return undefined;
  }
}

function isPair(pair: unknown): pair is readonly [string, string] {
  return Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string";
}
