/** The organisation a page describes in JSON-LD (schema.org), from whatever the page calls JSON. Called by page-facts.ts. */
import { getDomain } from "tldts";

/** As it stands on the page: nothing here is checked yet. */
export interface Organisation {
  readonly name: unknown;
  readonly description: unknown;
  readonly telephone: unknown;
  readonly country: unknown;
  readonly employees: unknown;
  readonly industry: unknown;
  readonly sameAs: readonly unknown[];
}

type Thing = Readonly<Record<string, unknown>>;

const MAX_NODES = 2_000;
const ORGANISATIONS: ReadonlySet<unknown> = new Set(
  [
    "Organization,Corporation,LocalBusiness,ProfessionalService,OnlineBusiness,OnlineStore,Store,FinancialService",
    "MedicalOrganization,NGO,EducationalOrganization,CollegeOrUniversity,NewsMediaOrganization,Airline,Hotel,Restaurant",
    "AutomotiveBusiness,LegalService,RealEstateAgent,TravelAgency",
  ]
    .flatMap((names) => names.split(","))
    .flatMap((name) => [name, `http://schema.org/${name}`, `https://schema.org/${name}`]),
);

/**
 * The organisation the site belongs to: one whose address is on the site's domain, else the first that names none.
 * @param site an address on it.
 */
export function organisationOf(jsonLd: readonly string[], site: string): Organisation | undefined {
  const all = jsonLd.flatMap((text) => organisationsIn(parsed(text)));
  const own = all.find((thing) => isOnSite(thing, site)) ?? all.find((thing) => typeof of(thing, "url") !== "string");
  return own === undefined ? undefined : read(own);
}

function parsed(text: string): unknown {
  // A refusal of the parser costs more than all of a small page.
  const ends = `${text.trimStart().charAt(0)}${text.trimEnd().at(-1)}`;
  if (ends !== "{}" && ends !== "[]") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Organisations anywhere below, those further up first. Bounded; deep nesting costs no stack. */
function organisationsIn(root: unknown): Thing[] {
  const found: Thing[] = [];
  const waiting: object[] = isObject(root) ? [root] : [];
  for (let seen = 0; seen < waiting.length; seen++) {
    const node = waiting[seen] ?? {};
    if (!Array.isArray(node) && listOf(of(node, "@type")).some((type) => ORGANISATIONS.has(type))) {
      found.push(node as Thing);
    }
    for (const below of Object.values(node)) if (isObject(below) && waiting.length < MAX_NODES) waiting.push(below);
  }
  return found;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isOnSite(thing: Thing, site: string): boolean {
  const url = of(thing, "url");
  if (typeof url !== "string" || url.length >= 2_000) return false;
  const domain = getDomain(site);
  return domain !== null && getDomain(url) === domain;
}

function read(thing: Thing): Organisation {
  const address = first(of(thing, "address"));
  const country = first(of(address, "addressCountry"));
  const employees = first(of(thing, "numberOfEmployees"));
  const contact = first(of(thing, "contactPoint"));
  return {
    name: first(of(thing, "name")) ?? first(of(thing, "legalName")),
    description: first(of(thing, "description")),
    telephone: first(of(thing, "telephone")) ?? of(contact, "telephone"),
    country: typeof country === "object" ? of(country, "name") : country,
    employees: typeof employees === "object" ? (of(employees, "value") ?? of(employees, "minValue")) : employees,
    industry: first(of(thing, "industry")) ?? first(of(thing, "knowsAbout")),
    sameAs: listOf(of(thing, "sameAs")).slice(0, 50),
  };
}

/** A property the thing has itself: "__proto__" and its like are no one's. */
function of(thing: unknown, name: string): unknown {
  return typeof thing === "object" && thing !== null && Object.hasOwn(thing, name) ? (thing as Thing)[name] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function first(value: unknown): unknown {
  const one = listOf(value)[0];
  return typeof one === "string" && one.includes("&") ? withoutEntities(one) : one;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Many pages write HTML's entities into JSON, where they mean nothing: "M&amp;M Tools". */
function withoutEntities(text: string): string {
  return text
    .slice(0, 5_000)
    .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}
