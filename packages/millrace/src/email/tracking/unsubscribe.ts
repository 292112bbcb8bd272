/** Leaving by the link in an e-mail or by a mail program's own button (RFC 8058). Called by the gateway. */
import type { Append } from "./hits.ts";
import { contactOfHex, hexOfContact, type LinkTokens } from "./link-tokens.ts";

export function unsubscribeUrl(publicUrl: string, tokens: LinkTokens, contact: string): string {
  return `${publicUrl}/u/${tokens.sign("unsubscribe", { id: hexOfContact(contact), link: 0 })}`;
}

/** @returns the contact a link of ours names, or undefined for anything else. */
export function contactOfLink(tokens: LinkTokens, token: string): string | undefined {
  const subject = tokens.read("unsubscribe", token);
  return subject === undefined ? undefined : contactOfHex(subject.id);
}

/** Opts the contact out; asked twice it is the same fact. Resolves when it is durable: nothing leaves after that. */
export async function unsubscribe(append: Append, contact: string): Promise<void> {
  const about = { source: "mail:unsubscribe", id: contact, contact: { id: contact }, actor: "mail" };
  await append([{ type: "opted_out", data: { by: "unsubscribe_link" }, ...about }]);
}
