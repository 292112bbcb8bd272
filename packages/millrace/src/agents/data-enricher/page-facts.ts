/**
 * What a page of a company's website tells about the company. Every value is cleaned, bounded and, where code decides
 * by it (country, industry, size), one of a known list: whatever a page says, it can only choose among our words.
 */
import { cleanName, cleanPhone, cleanText } from "./clean-text.ts";
import { readEmployees, sizeBand } from "./company-size.ts";
import { countryOfText } from "./country.ts";
import type { Finding } from "./findings.ts";
import { industryTerms } from "./industry.ts";
import { isBuildersName, pageOfNoOne } from "./page-of-no-one.ts";
import type { PageParts } from "./page-parts.ts";
import { socialLink } from "./social-links.ts";
import { type Organisation, organisationOf } from "./structured-data.ts";
import { TermTable } from "./terms.ts";
import { employeesIn } from "./whose-number.ts";

export type PageKind = "home" | "about" | "company" | "imprint" | "contact";

const industries = new TermTable(industryTerms);
/** @param url where the page was found: tells which organisation on it is the site's own. */
export function factsOf(parts: PageParts, url: string, kind: PageKind): readonly Finding[] {
  if (pageOfNoOne(parts) !== undefined) return [];
  const facts: Finding[] = [];
  const add = (property: string, value: string | number | undefined, confidence: number) => {
    if (value !== undefined) facts.push({ property, value, confidence, source: `website:${kind}` });
  };
  const organisation = organisationOf(parts.jsonLd, url);
  const meta = (name: string) => parts.metas.get(name);
  const description = cleanText(meta("description"), 500);
  const said = cleanText(organisation?.description, 500);
  const keywords = cleanText(meta("keywords"), 200);

  add("company", companyName(organisation?.name), 0.9);
  add("company", companyName(meta("og:site_name")), 0.75);
  if (kind === "home") {
    add("website_title", cleanText(parts.title ?? meta("og:title"), 200), 0.9);
    add("company_description", description ?? cleanText(meta("og:description"), 500), 0.8);
  }
  add("company_description", said, 0.7);
  add("company_phone", cleanPhone(organisation?.telephone), 0.85);
  add("company_phone", phoneIn(parts.links), 0.65);
  if (organisation?.country !== undefined)
    add("country", countryOfText(cleanText(organisation.country, 60) ?? ""), 0.85);
  addSize(add, organisation, parts.text);
  addIndustry(add, organisation, [parts.title, description ?? said, keywords].filter(Boolean).join(" "));
  const seen: string[] = [];
  const addLink = (href: unknown) => {
    const link = socialLink(href);
    if (link === undefined || seen.includes(link.url)) return;
    seen.push(link.url);
    add(link.property, link.url, 0.8);
  };
  organisation?.sameAs.forEach(addLink);
  parts.links.forEach(addLink);
  return facts;
}

function companyName(value: unknown): string | undefined {
  const name = cleanName(value);
  return name === undefined || isBuildersName(name) ? undefined : name;
}

type Add = (property: string, value: string | number | undefined, confidence: number) => void;

function addSize(add: Add, organisation: Organisation | undefined, text: string): void {
  const declared = readEmployees(organisation?.employees);
  const employees = declared ?? employeesIn(text);
  if (employees === undefined) return;
  const confidence = declared === undefined ? 0.5 : 0.8;
  add("numberofemployees", employees, confidence);
  add("company_size_band", sizeBand(employees), confidence);
}

/**
 * Only the name of a group of ours, never the page's own words.
 * @param words what the page says it is about, cleaned.
 */
function addIndustry(add: Add, organisation: Organisation | undefined, words: string): void {
  const said = cleanText(organisation?.industry, 100);
  const declared = said === undefined ? undefined : industries.find(said);
  const group = declared ?? industries.find(words);
  const confidence = declared === undefined ? 0.5 : 0.8;
  add("industry", group, confidence);
  add("industry_group", group, confidence);
}

/** A number is written in ASCII: other escapes stay as they are, and what they leave is no number. A refusal of the decoder costs more than the page. */
const ESCAPED_ASCII = /%([2-7][\da-f])/gi;

function phoneIn(links: readonly string[]): string | undefined {
  const link = links.find((href) => href.slice(0, 4).toLowerCase() === "tel:");
  if (link === undefined) return undefined;
  return cleanPhone(
    link.slice(4, 60).replace(ESCAPED_ASCII, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}
