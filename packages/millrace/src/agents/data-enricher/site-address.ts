/** Where a contact's company is on the web, and which of its pages are worth a visit. Called by website.ts. */
import { getDomain } from "tldts";
import { type Contact, textProperty } from "../../contacts/contact.ts";
import { parseWebUrl } from "../../web/web-url.ts";
import type { Address } from "./findings.ts";
import type { PageKind } from "./page-facts.ts";

const PAGES: readonly (readonly [kind: PageKind, word: RegExp])[] = [
  [
    "about",
    /^(?:about|about-?us|who-we-are|(?:ue|ü|u)ber-uns|a-propos|qui-sommes-nous|sobre-nosotros|quienes-somos|over-ons)$/,
  ],
  ["imprint", /^(?:impressum|imprint|legal-notice|mentions-legales|aviso-legal|colofon)$/],
  ["company", /^(?:company|unternehmen|entreprise|empresa|bedrijf)$/],
  ["contact", /^(?:contact|contact-?us|kontakt|contacto)$/],
];
const FILE_ENDING = /\.(?:html?|php|aspx?)$/;
const MAX_SEGMENTS = 2;

/**
 * Addresses to try, the first one first: the website the contact gave, else the domain of a company's mailbox.
 * @param isOurs true when the contact's `website` is an earlier guess of the enricher, which follows the mailbox.
 */
export function sitesOf(contact: Contact, address: Address | undefined, isOurs: boolean): readonly string[] {
  const given = isOurs ? undefined : textProperty(contact, "website");
  const isCompany = address?.kind === "company" || address?.kind === "role";
  const domain = isCompany ? getDomain(address.domain) : null;
  const written = given ?? (domain === null ? undefined : domain);
  if (written === undefined) return [];
  const url = parseWebUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `https://${written}`);
  if (url === undefined || url.username !== "" || url.password !== "") return [];
  if (url.hostname !== getDomain(url.href)) return [url.href];
  const withWww = new URL(url);
  withWww.hostname = `www.${url.hostname}`;
  return [url.href, withWww.href];
}

/** At most one page of each kind, on the site itself, in the order of what they are worth. */
export function furtherPages(links: readonly string[], home: string): readonly { kind: PageKind; url: string }[] {
  const found = new Map<PageKind, string>();
  for (const href of links) {
    const url = parseWebUrl(href, home);
    const kind = url === undefined || !isSameSite(url.href, home) ? undefined : kindOf(url);
    if (url === undefined || kind === undefined || url.search !== "" || url.href === home) continue;
    if (!found.has(kind)) found.set(kind, url.href);
  }
  return PAGES.flatMap(([kind]) => {
    const url = found.get(kind);
    return url === undefined ? [] : [{ kind, url }];
  });
}

/** The same registered domain; hosts without one (an address in numbers) must be the very same. */
export function isSameSite(one: string, other: string): boolean {
  const domain = getDomain(one);
  return domain === null ? new URL(one).host === new URL(other).host : domain === getDomain(other);
}

function kindOf(url: URL): PageKind | undefined {
  const segments = url.pathname.toLowerCase().split("/").filter(Boolean);
  if (segments.length === 0 || segments.length > MAX_SEGMENTS) return undefined;
  const last = decoded(segments.at(-1) ?? "").replace(FILE_ENDING, "");
  return PAGES.find(([, word]) => word.test(last))?.[0];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment).normalize("NFC");
  } catch {
    return segment;
  }
}
