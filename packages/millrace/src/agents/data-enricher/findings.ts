/**
 * What the form's fields and the address tell about a contact, each value with how sure it is and where it comes
 * from. Deterministic; nothing outside is asked. Called by the data enricher.
 */
import { domainOf, parseEmailAddress } from "../../base/email-address.ts";
import { type Contact, textProperty } from "../../contacts/contact.ts";
import { employeesOf, sizeBand } from "./company-size.ts";
import { type CountryGuess, countryOfDomain, countryOfPhone } from "./country.ts";
import { type EmailKind, emailKind, localPartOf } from "./email-kind.ts";
import { industryTerms } from "./industry.ts";
import { seniorityTerms } from "./seniority.ts";
import { TermTable } from "./terms.ts";

/** Where a value was read: the address, the phone number, another field a person filled in, a page of the website, a profile. */
export type FindingSource = "email_address" | "phone" | "form" | `website:${string}` | `profile:${string}`;

export interface Finding {
  readonly property: string;
  readonly value: string | number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly source: FindingSource;
  /** Of a value a model found: the page, and the words it rests on. */
  readonly url?: string;
  readonly words?: string;
}

/** The contact's address as the enricher sees it. */
export interface Address {
  readonly address: string;
  readonly domain: string;
  readonly kind: EmailKind;
}

const seniorities = new TermTable(seniorityTerms);
const industries = new TermTable(industryTerms);

/** Countries whose companies register below co.uk, com.br and the like. */
const SECOND_LEVEL = /^(?:ac|co|com|edu|gov|gv|net|or|org)$/;
/** Two names in letters, perhaps a number behind them: "ada.lovelace", "jean-luc_picard.2". */
const TWO_NAMES = /^([\p{L}'-]{2,30})[._]([\p{L}'-]{2,30})(?:[._]?\d{1,8})?$/u;

/** The contact's address, or undefined when it has none that can be written to. */
export function addressOf(contact: Contact): Address | undefined {
  const address = parseEmailAddress(textProperty(contact, "email") ?? "");
  if (address === undefined) return undefined;
  return { address, domain: domainOf(address), kind: emailKind(address) };
}

/** Everything that can be told, known already or not; the caller decides what of it is new. */
export function findingsOf(contact: Contact, address: Address | undefined): readonly Finding[] {
  const findings: Finding[] = [];
  if (address !== undefined) {
    findings.push({ property: "email_kind", value: address.kind, confidence: 0.95, source: "email_address" });
    findings.push({ property: "domain", value: address.domain, confidence: 1, source: "email_address" });
    addCompany(findings, address);
    addNames(findings, address);
  }
  addCountry(findings, contact, address);
  addReadings(findings, contact);
  return findings;
}

/** The domain a company registered: "mail.acme.co.uk" gives acme.co.uk. */
export function registeredDomain(domain: string): string {
  const labels = domain.split(".");
  const isSecondLevel = labels.length > 2 && labels.at(-1)?.length === 2 && SECOND_LEVEL.test(labels.at(-2) ?? "");
  return labels.slice(isSecondLevel ? -3 : -2).join(".");
}

function addCompany(findings: Finding[], { domain, kind }: Address): void {
  if (kind !== "company" && kind !== "role") return;
  const registered = registeredDomain(domain);
  findings.push({ property: "website", value: `https://${registered}`, confidence: 0.7, source: "email_address" });
  const label = registered.slice(0, registered.indexOf("."));
  // Punycode is no name anyone would recognise.
  if (label.startsWith("xn--")) return;
  findings.push({ property: "company", value: capitalised(label, " "), confidence: 0.5, source: "email_address" });
}

function addNames(findings: Finding[], { address, kind }: Address): void {
  if (kind === "role" || kind === "disposable") return;
  const [, first, last] = TWO_NAMES.exec(localPartOf(address)) ?? [];
  if (first === undefined || last === undefined) return;
  findings.push({ property: "firstname", value: capitalised(first, "-"), confidence: 0.6, source: "email_address" });
  findings.push({ property: "lastname", value: capitalised(last, "-"), confidence: 0.6, source: "email_address" });
}

/** A phone number says more about where someone is than the end of an address. */
function addCountry(findings: Finding[], contact: Contact, address: Address | undefined): void {
  const phone = textProperty(contact, "phone") ?? textProperty(contact, "mobilephone");
  const byPhone = phone === undefined ? undefined : countryOfPhone(phone);
  const byDomain = address === undefined ? undefined : countryOfDomain(address.domain);
  const guess = surer(byPhone, byDomain);
  if (guess === undefined) return;
  findings.push({
    property: "country",
    value: guess.name,
    confidence: guess.confidence,
    source: guess === byPhone ? "phone" : "email_address",
  });
}

function surer(one: CountryGuess | undefined, other: CountryGuess | undefined): CountryGuess | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.confidence > one.confidence ? other : one;
}

/** What people typed, in words that can be compared. */
function addReadings(findings: Finding[], contact: Contact): void {
  const title = textProperty(contact, "jobtitle");
  const seniority = title === undefined ? undefined : seniorities.find(title);
  if (seniority !== undefined)
    findings.push({ property: "seniority", value: seniority, confidence: 0.9, source: "form" });
  const industry = textProperty(contact, "industry");
  const group = industry === undefined ? undefined : industries.find(industry);
  if (group !== undefined) findings.push({ property: "industry_group", value: group, confidence: 0.8, source: "form" });
  const band = sizeBand(employeesOf(contact));
  findings.push({
    property: "company_size_band",
    value: band,
    confidence: band === "unknown" ? 0 : 0.9,
    source: "form",
  });
}

/** "acme-logistics" gives "Acme Logistics" (joined by a blank) or "Acme-Logistics" (by a dash). */
function capitalised(text: string, joint: string): string {
  return text
    .split("-")
    .filter((part) => part !== "")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(joint);
}
