/**
 * What a model says of a company or a person is taken where it rests on words it was shown, and nowhere else: the words have to stand
 * in a page or an answer of a tool, and the value in the words. The rest is dropped and counted. Where code decides by a value
 * (country, industry, size), it can only choose among our words, as with pages (page-facts.ts).
 */
import { z } from "zod";
import { parseWebUrl } from "../../web/web-url.ts";
import { cleanName, cleanPhone, cleanText } from "./clean-text.ts";
import { readEmployees, sizeBand } from "./company-size.ts";
import { countryOfText } from "./country.ts";
import type { Finding, FindingSource } from "./findings.ts";
import { industryTerms } from "./industry.ts";
import { seniorityTerms } from "./seniority.ts";
import { TermTable } from "./terms.ts";

const PROPERTIES = [
  "company",
  "company_description",
  "company_phone",
  "industry",
  "numberofemployees",
  "country",
  "jobtitle",
  "phone",
  "profile_url",
] as const;
type Property = (typeof PROPERTIES)[number];

/** The answer a model is asked for. */
export const compiledSchema = z.object({
  values: z.array(
    z.object({
      property: z.enum(PROPERTIES),
      value: z.string(),
      url: z.string().describe("Address of the page, or the name of the tool, that says so."),
      words: z.string().describe("The words that say so, word for word; they hold the value."),
      confidence: z.number().describe("0 to 1."),
    }),
  ),
});
export type Compiled = z.output<typeof compiledSchema>;

/** What the model was shown. */
export interface Shown {
  /** Of a page: where it stands; of a tool's answer: the tool's name. */
  readonly url: string;
  readonly source: FindingSource;
  readonly text: string;
  /** How far it can be relied on, 0 to 1: more than this no value of it is worth. */
  readonly trust: number;
}

export interface Grounded {
  readonly found: readonly Finding[];
  /** How many values rest on nothing that was shown. */
  readonly dropped: number;
}

/** Facts about the person, not the company: the words have to be about this person. */
const OF_A_PERSON: ReadonlySet<Property> = new Set(["jobtitle", "phone", "profile_url"]);
const MAX_WORDS_LENGTH = 500;
const industries = new TermTable(industryTerms);
const seniorities = new TermTable(seniorityTerms);

/** @param lastname of the contact; without one nothing about a person is taken. */
export function grounded({ values }: Compiled, shown: readonly Shown[], lastname: string | undefined): Grounded {
  const texts = shown.map((one) => ({ ...one, plain: plainOf(one.text) }));
  const found = values.map((given) => {
    const words = cleanText(given.words, MAX_WORDS_LENGTH);
    const plain = plainOf(words ?? "");
    const place =
      words === undefined || plain.trim() === "" ? undefined : texts.find((one) => isPlace(one, given.url, plain));
    if (words === undefined || place === undefined || !isAboutThem(given.property, place.plain, lastname)) return [];
    const facts = FACTS[given.property](given.value, words);
    const confidence = Math.min(place.trust, Math.max(0, given.confidence));
    const evidence = { url: place.url.slice(0, 2_000), words };
    return facts.map(
      ([property, value]): Finding => ({ property, value, confidence, source: place.source, ...evidence }),
    );
  });
  return { found: found.flat(), dropped: found.filter((facts) => facts.length === 0).length };
}

/** A page by its address, with or without its last slash. */
function isPlace({ url, plain }: Shown & { readonly plain: string }, said: string, words: string): boolean {
  return withoutSlash(url) === withoutSlash(said.trim()) && plain.includes(words);
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}

function isAboutThem(property: Property, text: string, lastname: string | undefined): boolean {
  if (!OF_A_PERSON.has(property)) return true;
  const name = plainOf(lastname ?? "");
  return name.trim() !== "" && text.includes(name);
}

/** Letters and digits in lower case, one space between words and around: a page's own marks do not count. */
function plainOf(text: string): string {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return ` ${(words ?? []).join(" ")} `;
}

type Facts = readonly (readonly [property: string, value: string | number])[];

/** The value as we keep it, where it stands in the words; [] where it does not. */
const FACTS: Readonly<Record<Property, (value: string, words: string) => Facts>> = {
  company: (value, words) => asWritten("company", cleanName(value), words),
  company_description: (value, words) => asWritten("company_description", cleanText(value, 500), words),
  company_phone: (value, words) => inDigits("company_phone", value, words),
  phone: (value, words) => inDigits("phone", value, words),
  industry: (value, words) => {
    const group = industries.find(cleanText(value, 100) ?? "");
    return group === undefined || industries.find(words) !== group
      ? []
      : [
          ["industry", group],
          ["industry_group", group],
        ];
  },
  numberofemployees: (value, words) => {
    const employees = readEmployees(value);
    const numbers = words.match(/\d[\d.,' ]*/g) ?? [];
    return employees === undefined || !numbers.some((number) => Number(number.replace(/\D/g, "")) === employees)
      ? []
      : [
          ["numberofemployees", employees],
          ["company_size_band", sizeBand(employees)],
        ];
  },
  country: (value, words) => {
    const country = countryOfText(cleanText(value, 60) ?? "");
    return country === undefined ? [] : asWritten("country", value, words).map(() => ["country", country] as const);
  },
  jobtitle: (value, words) => {
    const facts = asWritten("jobtitle", cleanName(value), words);
    const seniority = facts.length === 0 ? undefined : seniorities.find(value);
    return seniority === undefined ? facts : [...facts, ["seniority", seniority]];
  },
  profile_url: (value, words) => {
    const url = parseWebUrl(value)?.href;
    return url === undefined || !words.includes(value.trim()) ? [] : [["profile_url", url]];
  },
};

function asWritten(property: string, value: string | undefined, words: string): Facts {
  return value === undefined || !plainOf(words).includes(plainOf(value)) ? [] : [[property, value]];
}

function inDigits(property: string, value: string, words: string): Facts {
  const phone = cleanPhone(value);
  const digits = (text: string) => text.replace(/\D/g, "");
  return phone === undefined || !digits(words).includes(digits(phone)) ? [] : [[property, phone]];
}
