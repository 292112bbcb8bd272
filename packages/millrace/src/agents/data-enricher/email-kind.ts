/**
 * What kind of mailbox an address is: of a company, of a free-mail provider, thrown away after use, or of a role.
 * The lists are src/base/free-mail.ts and the package disposable-email-domains (120,000 domains, read once, about 70 ms).
 */
import disposableDomains from "disposable-email-domains/index.json" with { type: "json" };
import disposableParents from "disposable-email-domains/wildcard.json" with { type: "json" };
import { domainOf } from "../../base/email-address.ts";
import { EXAMPLE_DOMAINS, isFreeMailDomain, isInDomains } from "../../base/free-mail.ts";

export const EMAIL_KINDS = ["company", "free", "disposable", "role"] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];

const disposable = new Set<string>([...disposableDomains, ...disposableParents]);
for (const domain of EXAMPLE_DOMAINS) disposable.delete(domain);

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
  if (isInDomains(domain, disposable)) return "disposable";
  if (isFreeMailDomain(domain)) return "free";
  return roles.has(localPartOf(address)) ? "role" : "company";
}

/** The part before the @, without a "+tag". */
export function localPartOf(address: string): string {
  const local = address.slice(0, address.indexOf("@"));
  const plus = local.indexOf("+");
  return plus < 1 ? local : local.slice(0, plus);
}
