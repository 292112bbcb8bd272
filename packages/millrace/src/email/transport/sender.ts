/** Who e-mails come from. Read once, when a mailer is built. */
import { parseEmailAddress } from "../../base/email-address.ts";
import { MillraceError } from "../../base/errors.ts";

/** The sender, as a header shows it and as the envelope needs it. */
export interface Sender {
  readonly header: string;
  readonly address: string;
  readonly domain: string;
}

const MAILBOX = /^(?:([^<>"\p{C}]*?)\s*<([^<>\s]+)>|([^<>\s]+))$/u;

/** Is it one address, with or without a name? */
export function isSender(from: string): boolean {
  return addressIn(from) !== undefined;
}

/**
 * Reads a sender, "Acme <hello@acme.com>" or a bare address; a host without a dot is taken too ("localhost").
 * @throws MillraceError invalid_config
 */
export function parseSender(from: string): Sender {
  const found = addressIn(from);
  if (found === undefined) {
    throw new MillraceError("invalid_config", {
      saw: `The sender "${from.slice(0, 100)}" is not one e-mail address.`,
      expected: 'an address, or a name and an address, like "Acme <hello@acme.com>"',
      next: "correct `mail.from` in millrace.config.ts.",
      field: "mail.from",
    });
  }
  const { name, address } = found;
  const domain = address.slice(address.indexOf("@") + 1);
  return { header: name ? `"${name}" <${address}>` : address, address, domain };
}

function addressIn(from: string): { readonly name: string | undefined; readonly address: string } | undefined {
  const [, name, angled, bare] = MAILBOX.exec(from.trim()) ?? [];
  const address = angled ?? bare ?? "";
  // The suffix makes a host of one label pass as a domain; it is dropped again.
  const isOne = parseEmailAddress(address) !== undefined || parseEmailAddress(`${address}.local`) !== undefined;
  return isOne ? { name, address } : undefined;
}
