/**
 * The search for a person's profile: whoever offers one is a provider in the config. None is built in, because the
 * places where such profiles are forbid to be read by programs.
 */
import { type Contact, textProperty } from "../../contacts/contact.ts";
import { parseWebUrl } from "../../web/web-url.ts";
import { cleanName, cleanPhone, cleanText } from "./clean-text.ts";
import { readEmployees, sizeBand } from "./company-size.ts";
import { countryOfText } from "./country.ts";
import type { Address, Finding } from "./findings.ts";
import { industryTerms } from "./industry.ts";
import { seniorityTerms } from "./seniority.ts";
import { TermTable } from "./terms.ts";

/** What is told to the provider: this leaves the machine. */
export interface ProfileQuery {
  readonly email?: string;
  readonly firstname?: string;
  readonly lastname?: string;
  readonly company?: string;
  readonly domain?: string;
}

/** What a provider may give. Everything is checked; what is wrong or unknown is left out. */
export interface Profile {
  readonly url?: string;
  readonly jobtitle?: string;
  readonly company?: string;
  readonly industry?: string;
  readonly employees?: number | string;
  readonly country?: string;
  readonly phone?: string;
  /** How sure the provider is that this is the person, 0 to 1. Default 0.7. */
  readonly confidence?: number;
}

/**
 * Someone who can be asked for a person's profile.
 * @example
 * const profiles: ProfileProvider = { name: "our_directory", search: async ({ email }, signal) => directory.find(email, { signal }) };
 */
export interface ProfileProvider {
  readonly name: string;
  /** Undefined: no such person is known. A throw is a failure of the tool; a transient one is tried once more. */
  search(query: ProfileQuery, signal: AbortSignal): Promise<Profile | undefined>;
}

const DEFAULT_CONFIDENCE = 0.7;
const industries = new TermTable(industryTerms);
const seniorities = new TermTable(seniorityTerms);

/** The person as the provider is asked for it; undefined when there is neither an address nor a name. */
export function profileQuery(contact: Contact, address: Address | undefined): ProfileQuery | undefined {
  const query = {
    email: address?.address,
    firstname: textProperty(contact, "firstname"),
    lastname: textProperty(contact, "lastname"),
    company: textProperty(contact, "company"),
    domain: address?.domain,
  };
  return query.email === undefined && query.lastname === undefined ? undefined : query;
}

const KNOWN: ReadonlySet<string> = new Set([
  "url",
  "jobtitle",
  "company",
  "industry",
  "employees",
  "country",
  "phone",
  "confidence",
] satisfies (keyof Profile)[]);

/**
 * A page in HTML, a list, "pending" or an empty object is no profile, and "no such person is known" was not said either.
 * @returns undefined: no such person is known.
 * @throws Error, a failure of the tool.
 */
export function checkedProfile(given: unknown, provider: string): Profile | undefined {
  if (given === undefined || given === null) return undefined;
  const isOne =
    typeof given === "object" && !Array.isArray(given) && Object.keys(given).some((name) => KNOWN.has(name));
  if (isOne) return given;
  throw new Error(`${provider} answered with ${kindOf(given)}, and with no field of a profile`);
}

function kindOf(given: unknown): string {
  if (Array.isArray(given)) return "a list";
  return typeof given === "object" ? "an object" : `a ${typeof given}`;
}

export function profileFindings(given: unknown, provider: string): readonly Finding[] {
  if (typeof given !== "object" || given === null) return [];
  const profile = given as Record<keyof Profile, unknown>;
  const { confidence } = profile;
  const sure = typeof confidence === "number" && confidence >= 0 && confidence <= 1 ? confidence : DEFAULT_CONFIDENCE;
  const jobtitle = cleanName(profile.jobtitle);
  const employees = readEmployees(profile.employees);
  const industry = industries.find(cleanText(profile.industry, 100) ?? "");
  const values: Readonly<Record<string, string | number | undefined>> = {
    profile_url: typeof profile.url === "string" ? parseWebUrl(profile.url)?.href : undefined,
    jobtitle,
    seniority: jobtitle === undefined ? undefined : seniorities.find(jobtitle),
    company: cleanName(profile.company),
    industry,
    industry_group: industry,
    numberofemployees: employees,
    company_size_band: employees === undefined ? undefined : sizeBand(employees),
    country: countryOfText(cleanText(profile.country, 60) ?? ""),
    phone: cleanPhone(profile.phone),
  };
  return Object.entries(values).flatMap(([property, value]) =>
    value === undefined ? [] : [{ property, value, confidence: sure, source: `profile:${provider}` as const }],
  );
}
