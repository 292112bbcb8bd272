/**
 * Who wrote a message: the address behind it, where a mailing list or a group has put its own into the From line, and
 * whether it is one of ours. Pure; whether it is the contact is looked up later (take-mail.ts).
 */
import { domainOf, parseEmailAddress } from "../../base/email-address.ts";
import { isFreeMailDomain } from "../../base/free-mail.ts";
import { idsIn } from "./mail-text.ts";
import type { ParsedMail } from "./parse-mail.ts";

/** Our side of the conversation. */
export interface OwnSenders {
  /** The address messages leave from. */
  readonly address: string;
  /** More addresses and domains of ours, in lower case. */
  readonly own?: readonly string[];
}

export interface Author {
  /** Undefined when the message names no valid address. */
  readonly address: string | undefined;
  /** "ourselves": the very address messages leave from. "colleague": another address of the house. "other": anyone else. */
  readonly side: "ourselves" | "colleague" | "other";
  /** How it was found. */
  readonly evidence: string;
}

export function authorOf(mail: ParsedMail, house: OwnSenders): Author {
  const { from } = mail;
  if (from === undefined) return { address: undefined, side: "other", evidence: "no valid address in From" };
  const behind = isRewritten(mail, house) ? behindRewrite(mail, house) : undefined;
  if (behind !== undefined) return { address: behind.address, side: "other", evidence: behind.evidence };
  return { address: from, side: sideOf(from, house), evidence: "From" };
}

/** A list or group writes its own address into From: `"Ada via Sales" <sales@ours.example>`. */
function isRewritten({ from, fromShown, headers }: ParsedMail, house: OwnSenders): boolean {
  const isOurs = sideOf(from ?? "", house) !== "other";
  const isList =
    headers["list-id"] !== undefined ||
    headers["mailing-list"] !== undefined ||
    headers["x-google-group-id"] !== undefined;
  return isOurs || isList || /\bvia\b/i.test(fromShown);
}

function behindRewrite({ headers, replyTo, from }: ParsedMail, house: OwnSenders) {
  const named: readonly (readonly [string, string | undefined])[] = [
    ["X-Original-From", addressIn(headers["x-original-from"])],
    ["X-Original-Sender", addressIn(headers["x-original-sender"])],
    ["Reply-To", replyTo],
  ];
  for (const [header, address] of named) {
    if (address !== undefined && address !== from && sideOf(address, house) === "other") {
      return { address, evidence: `${header}, for From names a list or a group` };
    }
  }
  return undefined;
}

function addressIn(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return parseEmailAddress(idsIn(value)[0]?.slice(1, -1) ?? value.trim());
}

function sideOf(address: string, { address: ours, own = [] }: OwnSenders): Author["side"] {
  if (address === ours) return "ourselves";
  const domain = domainOf(address);
  if (own.includes(address) || own.includes(domain)) return "colleague";
  return domain === domainOf(ours) && !isFreeMailDomain(domain) ? "colleague" : "other";
}
