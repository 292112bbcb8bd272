/**
 * What speaks for selling a customer more: what they bought and how often, how large their company is, whether they can
 * decide, and what they did since the purchase. Pure; each point has its reason. A customer gets no new score for buying.
 */
import { type Contact, type Purchase, textProperty } from "../../contacts/contact.ts";
import { employeesOf } from "../data-enricher/company-size.ts";
import { seniorityTerms } from "../data-enricher/seniority.ts";
import { TermTable } from "../data-enricher/terms.ts";

export interface Upsell {
  /** "strong" from 4 points, "some" from 1. */
  readonly opportunity: "strong" | "some" | "none";
  /** What speaks for it, the weightiest first. */
  readonly reasons: readonly string[];
  /** Each purchase of which the product is known, newest first, e.g. "Team plan (490 EUR)". */
  readonly bought: readonly string[];
}

interface Sign {
  readonly points: number;
  readonly because: string;
}

const STRONG_FROM = 4;
/** From here one team's purchase leaves other teams. */
const LARGE_FROM = 100;
const DECIDING_LEVELS: ReadonlySet<string> = new Set(["c_level", "vp", "director"]);
const levels = new TermTable(seniorityTerms);

/** @param contact as it is at the time of the analysis: what happened since the purchase counts most. */
export function upsellOf(contact: Contact): Upsell {
  const purchases = contact.facts.purchases ?? [];
  const signs = [...sinceThePurchase(contact), ...boughtAgain(purchases), ...couldUseMore(contact)].toSorted(
    (a, b) => b.points - a.points,
  );
  const points = signs.reduce((sum, sign) => sum + sign.points, 0);
  return {
    opportunity: points >= STRONG_FROM ? "strong" : points > 0 ? "some" : "none",
    reasons: signs.map((sign) => sign.because),
    bought: purchases.toReversed().map(inWords),
  };
}

function sinceThePurchase({ facts }: Contact): Sign[] {
  const { purchasedAt, forms, engagement } = facts;
  if (purchasedAt === undefined) return [];
  const signs: Sign[] = [];
  if (forms !== undefined && forms.lastAt > purchasedAt) {
    signs.push({ points: 3, because: `sent the form "${short(forms.last)}" since the purchase` });
  }
  const marks = (engagement?.recent ?? []).filter((mark) => mark.at > purchasedAt);
  const replies = marks.filter((mark) => mark.kind === "reply").length;
  const clicks = marks.filter((mark) => mark.kind === "click").length;
  if (replies > 0) signs.push({ points: 2, because: `replies since the purchase: ${replies}` });
  if (clicks > 0) signs.push({ points: 1, because: `links followed since the purchase: ${clicks}` });
  return signs;
}

function boughtAgain(purchases: readonly Purchase[]): Sign[] {
  const times = new Map<string, number>();
  for (const { product } of purchases) times.set(product, (times.get(product) ?? 0) + 1);
  const repeated = [...times].filter(([, count]) => count > 1);
  const again = repeated.map(([product, count]) => ({
    points: 2,
    because: `bought "${short(product)}" ${count} times`,
  }));
  const isWide = times.size > 1 && repeated.length === 0;
  return isWide ? [{ points: 1, because: `bought ${times.size} different products` }] : again;
}

function couldUseMore(contact: Contact): Sign[] {
  const signs: Sign[] = [];
  const employees = employeesOf(contact);
  const isLarge = employees === undefined ? isLargeBand(contact) : employees >= LARGE_FROM;
  if (isLarge) {
    const size = employees === undefined ? "a company of more than one team" : `a company of ${employees} people`;
    signs.push({ points: 2, because: `${size} has more teams than the one that bought` });
  }
  const title = textProperty(contact, "jobtitle");
  if (title !== undefined && DECIDING_LEVELS.has(levels.find(title) ?? "")) {
    signs.push({ points: 1, because: `job title "${short(title)}" decides about purchases` });
  }
  return signs;
}

function isLargeBand(contact: Contact): boolean {
  const band = textProperty(contact, "company_size_band");
  return band === "mid-market" || band === "enterprise";
}

function inWords({ product, amount, currency }: Purchase): string {
  const price = amount === undefined ? "" : ` (${amount}${currency === undefined ? "" : ` ${currency}`})`;
  return `${short(product)}${price}`;
}

/** A value of others in a sentence: short, and fit for the log however hostile it is. */
function short(text: string): string {
  return text.slice(0, 60).toWellFormed().replaceAll("\0", "");
}
