/**
 * The tokens in our links: which e-mail and which link, or which contact, signed. Typed, so that a click's token
 * unsubscribes no one; versioned, so that the form may change. They carry no address and no target: what a token leads
 * to is in our database, so no one can make us redirect anywhere.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export const TOKEN_KINDS = ["open", "click", "unsubscribe"] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export interface TokenSubject {
  /** 32 hexadecimal digits: an e-mail's id, or a contact's id without its dashes. */
  readonly id: string;
  /** The number of the link in the e-mail; 0 for the others. */
  readonly link: number;
}

export interface LinkTokens {
  sign(kind: TokenKind, subject: TokenSubject): string;
  /** What was signed, or undefined for anything this key has not signed as this kind. Never throws. */
  read(kind: TokenKind, token: string): TokenSubject | undefined;
}

const VERSION = 1;
const BODY_BYTES = 20;
const MAC_BYTES = 16;
/** The one spelling of a token: base64url forgives stray bits at its end, we do not. */
const FORM = /^[A-Za-z0-9_-]{48}$/;

/** @param key any text with 256 bits of chance in it. */
export function linkTokens(key: string): LinkTokens {
  const macOf = (body: Buffer) =>
    createHmac("sha256", key).update("millrace link\0").update(body).digest().subarray(0, MAC_BYTES);
  return {
    sign(kind, subject) {
      const body = bodyOf(kind, subject);
      return Buffer.concat([body, macOf(body)]).toString("base64url");
    },
    read(kind, token) {
      if (!FORM.test(token)) return undefined;
      const bytes = Buffer.from(token, "base64url");
      const body = bytes.subarray(0, BODY_BYTES);
      if (!timingSafeEqual(macOf(body), bytes.subarray(BODY_BYTES))) return undefined;
      if (body[0] !== VERSION || body[1] !== TOKEN_KINDS.indexOf(kind)) return undefined;
      return { link: body.readUInt16BE(2), id: body.subarray(4).toString("hex") };
    },
  };
}

function bodyOf(kind: TokenKind, { id, link }: TokenSubject): Buffer {
  const body = Buffer.alloc(BODY_BYTES);
  body[0] = VERSION;
  body[1] = TOKEN_KINDS.indexOf(kind);
  body.writeUInt16BE(link, 2);
  body.write(id, 4, "hex");
  return body;
}

/** "018f…-…" as a token carries it. */
export function hexOfContact(contact: string): string {
  return contact.replaceAll("-", "");
}

export function contactOfHex(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
