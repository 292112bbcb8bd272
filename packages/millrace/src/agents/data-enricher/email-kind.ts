/**
 * What kind of mailbox an address is: of a company, of a free-mail provider, thrown away after use, or of a role.
 * The lists are the packages email-providers and disposable-email-domains (130,000 domains, read once, about 70 ms).
 */
import disposableDomains from "disposable-email-domains/index.json" with { type: "json" };
import disposableParents from "disposable-email-domains/wildcard.json" with { type: "json" };
import freeMailDomains from "email-providers/all.json" with { type: "json" };
import { domainOf } from "../../email-address.ts";

export const EMAIL_KINDS = ["company", "free", "disposable", "role"] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];

/**
 * Domains of the lists under which anyone may register: only the domain itself counts, not what is below it, or
 * every company of Ukraine (net.ua) and Argentina (com.ar) would be a free-mail user.
 */
const REGISTRY = /^(?:ac|co|com|edu|gov|msk|my|net|org|pp|spb|web)\.[a-z]{2,3}$/;
/** RFC 2606: kept for examples, so they stand for companies in examples. email-providers lists example.com. */
const EXAMPLES = ["example.com", "example.net", "example.org"];

const disposable = new Set<string>([...disposableDomains, ...disposableParents]);
const freeMail = new Set<string>(freeMailDomains);
for (const domain of EXAMPLES) {
  disposable.delete(domain);
  freeMail.delete(domain);
}

const roles = new Set([
  ..."abuse,accounting,accounts,admin,administrator,billing,career,careers,contact,enquiries,hello,help".split(","),
  ..."helpdesk,hr,info,inquiries,it,jobs,legal,mail,marketing,media,newsletter,no-reply,noreply,office".split(","),
  ..."orders,postmaster,press,privacy,purchasing,reception,sales,security,service,services,support".split(","),
  ..."team,webmaster,anfrage,bewerbung,buchhaltung,buero,einkauf,kontakt,kundenservice,verkauf".split(","),
  ..."vertrieb,accueil,commercial,compta,administracion,contacto,ventas,administratie,inkoop,verkoop".split(","),
]);

/** @param address as `parseEmailAddress` gives it. A thrown-away mailbox is that first, whatever its name is. */
export function emailKind(address: string): EmailKind {
  const domain = domainOf(address);
  if (isListed(domain, disposable)) return "disposable";
  if (isListed(domain, freeMail)) return "free";
  return roles.has(localPartOf(address)) ? "role" : "company";
}

/** The part before the @, without a "+tag". */
export function localPartOf(address: string): string {
  const local = address.slice(0, address.indexOf("@"));
  const plus = local.indexOf("+");
  return plus < 1 ? local : local.slice(0, plus);
}

function isListed(domain: string, list: ReadonlySet<string>): boolean {
  if (list.has(domain)) return true;
  for (let dot = domain.indexOf("."); dot !== -1; dot = domain.indexOf(".", dot + 1)) {
    const parent = domain.slice(dot + 1);
    if (list.has(parent)) return !REGISTRY.test(parent);
  }
  return false;
}
