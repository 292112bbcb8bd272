/**
 * Pages that stand where a company's page should be, and are none: a domain for sale, a check of whether the visitor is a
 * person, an empty site of a builder or a server. Nothing is learnt from them. Called by page-facts.ts and website.ts.
 */
import type { PageParts } from "./page-parts.ts";

/** Of the title. */
const CHALLENGE =
  /^(?:just a moment|attention required|checking your browser|access denied|access to this page|one moment,? please|please wait|verify(?:ing)? (?:that )?you|are you (?:a )?(?:human|robot)|security check|ddos-guard|pardon our interruption|robot check|robot or human|(?:\w+ )?security checkpoint|suspected phishing|captcha|human verification|einen moment|un instant)/i;
const EMPTY =
  /^(?:(?:website |site )?coming soon|under construction|launching soon|site not found|page not found|404|403 forbidden|account suspended|website (?:is )?(?:expired|disabled|suspended)|index of \/|welcome to (?:nginx|openresty|caddy|centos|cent ?os)|(?:domain |server )?default page|(?:website|site|webseite) (?:is |wird )?(?:gewartet|under maintenance|down for maintenance)|(?:under |scheduled )?maintenance(?: mode)?$|site (?:en maintenance|in manutenzione)|sitio en mantenimiento|wartungsarbeiten|apache2? .*(?:default|test) page|test page for|iis windows|it works!?$|default (?:web ?site|page)|my (?:site|website|wordpress|blog)$|home \| my ?site|untitled|plesk|cpanel|hello world)/i;
/** Of the title, which names the domain alone. */
const OWN_FOR_SALE =
  /^\s*(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24} (?:is |steht |est |está )?(?:for sale|zum verkauf|à vendre|en venta|te koop)/i;
/** Of the words on it, when there are few: a company that sells domains writes more. */
/** A word of each; quicker than all of the next one. */
const DOMAIN = /domain|dominio|domein|parked/i;
const FOR_SALE =
  /(?:this |the )?domain(?: name)? (?:\S+ )?(?:is|may be|might be|has been|could be) (?:for sale|parked|available|expired|registered|yours)|(?:buy|get|own|purchase) this domain|make an offer (?:on|for) this domain|parked (?:free|domain|page)|domain has expired|interested in (?:this|buying) domain|domain (?:steht|ist) (?:zum|zu) verkauf|diese domain (?:kaufen|wurde|ist)|domaine est à vendre|dominio (?:está )?(?:en venta|a la venta)|domein(?:naam)? (?:is )?te koop|inquire about this domain/i;
const PLACEHOLDER =
  /welcome to nginx|this (?:web ?)?site is (?:under construction|coming soon|currently unavailable)|enable javascript and cookies to continue|checking if the site connection is secure|verify you are human|hier entsteht (?:eine|in kürze)|powered by (?:cpanel|plesk)/i;
const FEW_WORDS = 3_000;
/** Whose name a builder leaves in the page until another is written. */
const BUILDERS: ReadonlySet<string> = new Set(
  "wix,wix.com,squarespace,weebly,wordpress,wordpress.com,shopify,godaddy,jimdo,webflow,github pages,my site,mysite,my website,my wordpress blog,site title,website,home,homepage,your company,company name,untitled".split(
    ",",
  ),
);

/** @returns in one word or two what it is; undefined for a page that has an owner. */
export function pageOfNoOne({ title = "", metas, text }: PageParts): string | undefined {
  const named = title.trim() || (metas.get("og:title") ?? "");
  if (CHALLENGE.test(named)) return "a check of its visitors";
  if (EMPTY.test(named)) return "an empty site";
  if (OWN_FOR_SALE.test(named)) return "a domain for sale or parked";
  if (text.length > FEW_WORDS) return undefined;
  const words = `${named} ${metas.get("description") ?? ""} ${metas.get("og:description") ?? ""} ${text}`;
  if (DOMAIN.test(words) && FOR_SALE.test(words)) return "a domain for sale or parked";
  return PLACEHOLDER.test(words) ? "an empty site" : undefined;
}

/** A name that is the builder's, not the company's. */
export function isBuildersName(name: string): boolean {
  return BUILDERS.has(name.trim().toLowerCase());
}
