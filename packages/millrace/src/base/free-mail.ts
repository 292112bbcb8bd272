/**
 * Domains at which anyone has a mailbox: they say nothing about a company. One list for the mailer, the inbox and the
 * enricher: the package email-providers, and well-known providers that it lacks.
 */
import listed from "email-providers/all.json" with { type: "json" };

/** Asked for by name in field reports; each is a provider of mailboxes or of forwarding addresses. */
const ALSO = [
  ..."duck.com,mozmail.com,simplelogin.com,simplelogin.co,aleeas.com,slmail.me,anonaddy.com,anonaddy.me,addy.io".split(
    ",",
  ),
  ..."fastmail.com,fastmail.fm,posteo.de,posteo.net,posteo.org,tutanota.com,tutanota.de,tuta.com,tuta.io".split(","),
  ..."tutamail.com,keemail.me,ziggo.nl,mailfence.com,disroot.org,riseup.net,passmail.net,passinbox.com".split(","),
];

/**
 * Domains of the list under which anyone may register: only the domain itself counts, not what is below it, or
 * every company of Ukraine (net.ua) and Argentina (com.ar) would be a free-mail user.
 */
const REGISTRY = /^(?:ac|co|com|edu|gov|msk|my|net|org|pp|spb|web)\.[a-z]{2,3}$/;
/** RFC 2606: kept for examples, so they stand for companies in examples. email-providers lists example.com. */
export const EXAMPLE_DOMAINS: readonly string[] = ["example.com", "example.net", "example.org"];

const providers: ReadonlySet<string> = new Set<string>([...listed, ...ALSO]).difference(new Set(EXAMPLE_DOMAINS));

/** @param domain in lower case, as `domainOf` gives it. */
export function isFreeMailDomain(domain: string): boolean {
  return isInDomains(domain, providers);
}

/** Is the domain, or one it is below, in the list? */
export function isInDomains(domain: string, list: ReadonlySet<string>): boolean {
  if (list.has(domain)) return true;
  for (let dot = domain.indexOf("."); dot !== -1; dot = domain.indexOf(".", dot + 1)) {
    const parent = domain.slice(dot + 1);
    if (list.has(parent)) return !REGISTRY.test(parent);
  }
  return false;
}
