/**
 * One e-mail address, or nothing. Every door that takes an address uses this, so that two addresses in
 * one field, a smuggled header or a display name never reach a mailbox.
 * Measured: nodemailer sends `"a@b\r\nBcc: v@evil"` to v@evil, and `"a@b, c@d"` to both.
 */

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * The address in lower case, its domain in ASCII, or undefined when the text is anything but exactly one mailbox.
 * Blanks around it are forgiven; quoted local parts, comments, groups, lists and control characters are not.
 */
export function parseEmailAddress(text: string): string | undefined {
  const trimmed = text.replace(/^[ \t]+|[ \t]+$/g, "");
  const at = trimmed.indexOf("@");
  if (at < 1 || at !== trimmed.lastIndexOf("@") || trimmed.length > 254 || at > 64) return undefined;
  const local = trimmed.slice(0, at);
  // A leading dash would read as an option to a mail program ("-oQ/tmp@example.com").
  if (!LOCAL.test(local) || local.startsWith("-")) return undefined;
  const domain = asciiDomain(trimmed.slice(at + 1));
  return domain === undefined ? undefined : `${local}@${domain}`.toLowerCase();
}

/** The part behind the @ of an address that `parseEmailAddress` has accepted. */
export function domainOf(address: string): string {
  return address.slice(address.indexOf("@") + 1);
}

function asciiDomain(domain: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: telling plain ASCII from the rest is the point.
  const ascii = /^[\x00-\x7f]*$/.test(domain) ? domain : punycode(domain);
  if (ascii === undefined || ascii.length > 253) return undefined;
  const labels = ascii.split(".");
  const top = labels.at(-1) ?? "";
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || /^\d+$/.test(top)) return undefined;
  return ascii;
}

function punycode(domain: string): string | undefined {
  // Only letters, marks, digits, dots and dashes: the URL parser would fold or cut anything else in silence.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return undefined;
  return URL.parse(`http://${domain}`)?.hostname;
}
