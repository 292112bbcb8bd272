/** Made-up leads: the same seed gives the same people, each with an address of their own. */
import {
  companyEndings,
  companyNames,
  countries,
  firstNames,
  freeMailDomains,
  lastNames,
  roleNames,
  sources,
  type Visitor,
  visitors,
} from "./people.ts";
import { Random } from "./random.ts";

/** What a form would send. */
export interface DemoLead {
  readonly form: string;
  readonly fields: Readonly<Record<string, string | number>>;
  readonly context: Readonly<Record<string, string>>;
}

/** @param seed makes addresses too, so that runs with other seeds bring other people. */
export function demoLeads(count: number, seed: number): DemoLead[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => demoLead(random, seed, i));
}

function demoLead(random: Random, seed: number, index: number): DemoLead {
  const visitor = random.weighted(visitors);
  const firstname = random.pick(firstNames);
  const lastname = random.pick(lastNames);
  const company = `${random.pick(companyNames)} ${random.pick(companyEndings)}`;
  const form = random.pick(visitor.forms);
  const country = random.pick(countries);
  const [from, to] = random.pick(visitor.sizes);
  // Drawn for everyone, used for some: so one visitor's luck does not move all who follow.
  const luck = { phone: random.next(), company: random.next(), mail: random.next() };
  const hasCompany = luck.company < visitor.givesCompany;
  const fields: Record<string, string | number> = {
    email: addressOf(random, visitor, luck.mail, {
      firstname,
      lastname,
      company,
      tag: `${seed.toString(36)}${index.toString(36)}`,
    }),
    firstname,
    lastname,
    jobtitle: random.pick(visitor.titles),
    country: country.name,
    ...(hasCompany
      ? { company, industry: random.pick(visitor.industries), numberofemployees: random.whole(from, to) }
      : {}),
    ...(luck.phone < visitor.givesPhone
      ? { phone: country.phone.replace(/#/g, () => String(random.whole(0, 9))) }
      : {}),
  };
  return { form, fields, context: { page: `/${form}`, utm_source: random.pick(sources) } };
}

interface Name {
  readonly firstname: string;
  readonly lastname: string;
  readonly company: string;
  /** Makes the address no one else's. */
  readonly tag: string;
}

function addressOf(random: Random, visitor: Visitor, luck: number, name: Name): string {
  const domain = `${slug(name.company)}.example`;
  const person = `${slug(name.firstname)}.${slug(name.lastname)}`;
  const free = random.pick(freeMailDomains);
  const role = random.pick(roleNames);
  if (luck < visitor.usesFreeMail) return `${person}.${name.tag}@${free}`;
  if (luck < visitor.usesFreeMail + visitor.usesRoleAddress) return `${role}+${name.tag}@${domain}`;
  return `${person}.${name.tag}@${domain}`;
}

/** "Jürgen" as "jurgen", "Quantum Leap & Co" as "quantum-leap-co". */
function slug(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/ø/gi, "o")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
