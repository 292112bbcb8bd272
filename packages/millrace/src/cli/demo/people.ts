/**
 * Who the made-up leads are. Four kinds of visitors, mixed so that the lead qualifier finds about 10 % hot, 20 % qualified,
 * 50 % nurture and 20 % low (people.test.ts asks the real one). No one here exists: companies end in .example, a domain
 * no one can own (RFC 2606).
 */

type Some<Item> = readonly [Item, ...Item[]];

export interface Visitor {
  readonly kind: "buyer" | "champion" | "looker" | "passer_by";
  /** How many of a hundred. */
  readonly weight: number;
  readonly titles: Some<string>;
  readonly industries: Some<string>;
  /** Employees, from and to. */
  readonly sizes: Some<readonly [number, number]>;
  readonly forms: Some<string>;
  /** How often, from 0 to 1, each of these is filled in or so. */
  readonly givesPhone: number;
  readonly givesCompany: number;
  readonly usesFreeMail: number;
  readonly usesRoleAddress: number;
}

export const visitors: Some<Visitor> = [
  {
    kind: "buyer",
    weight: 8,
    titles: [
      "CTO",
      "CEO",
      "Chief Revenue Officer",
      "VP of Sales",
      "VP Marketing",
      "Founder and CEO",
      "COO",
      "Geschäftsführerin",
    ],
    industries: ["Computer software", "SaaS", "Fintech", "Cybersecurity", "Cloud services"],
    sizes: [
      [120, 900],
      [1_000, 8_000],
    ],
    forms: ["demo", "pricing"],
    givesPhone: 0.9,
    givesCompany: 1,
    usesFreeMail: 0,
    usesRoleAddress: 0,
  },
  {
    kind: "champion",
    weight: 17,
    titles: [
      "Head of Sales",
      "Director of Operations",
      "Marketing Manager",
      "Sales Manager",
      "Director of IT",
      "Vertriebsleiter",
    ],
    industries: ["Computer software", "Banking", "Insurance", "IT services", "Medical devices", "Fintech"],
    sizes: [
      [110, 450],
      [200, 900],
      [1_000, 5_000],
    ],
    forms: ["demo", "pricing", "contact"],
    givesPhone: 0.6,
    givesCompany: 1,
    usesFreeMail: 0,
    usesRoleAddress: 0,
  },
  {
    kind: "looker",
    weight: 61,
    titles: [
      "Marketing Specialist",
      "Senior Consultant",
      "Account Executive",
      "Team Lead",
      "Data Analyst",
      "Project Manager",
      "Software Engineer",
    ],
    industries: [
      "Logistics",
      "Manufacturing",
      "Consulting",
      "Retail",
      "Advertising",
      "Energy",
      "Construction",
      "Software",
    ],
    sizes: [
      [12, 90],
      [60, 400],
      [1_000, 3_000],
    ],
    forms: ["contact", "webinar", "whitepaper", "download", "newsletter", "demo"],
    givesPhone: 0.3,
    givesCompany: 0.9,
    usesFreeMail: 0.08,
    usesRoleAddress: 0.05,
  },
  {
    kind: "passer_by",
    weight: 15,
    titles: ["Student", "Intern", "Office Assistant", "Job seeker", "Freelancer", "Teacher"],
    industries: ["Education", "Hospitality", "Nonprofit", "Retail", "Public administration"],
    sizes: [
      [1, 9],
      [5, 40],
    ],
    forms: ["newsletter", "download", "newsletter", "contact"],
    givesPhone: 0.1,
    givesCompany: 0.4,
    usesFreeMail: 0.6,
    usesRoleAddress: 0.05,
  },
];

export const firstNames: Some<string> = [
  ...(["Ada", "Grace", "Linus", "Margaret", "Edsger", "Barbara", "Dennis", "Frances"] as const),
  ...[
    "Ken",
    "Radia",
    "Donald",
    "Katherine",
    "Tim",
    "Shafi",
    "Leslie",
    "Hedy",
    "Yukihiro",
    "Fei-Fei",
    "Andrés",
    "Søren",
    "Zoë",
    "Jürgen",
  ],
  ...["Amara", "Priya", "Mateus", "Ingrid", "Noor", "Tomasz", "Chiara", "Kwame", "Aiko", "Elif"],
];

export const lastNames: Some<string> = [
  ...(["Keller", "Okafor", "Lindqvist", "Moreau", "Tanaka", "Novak", "Hughes", "Ferreira"] as const),
  ...[
    "Schneider",
    "Rossi",
    "Petrov",
    "Haddad",
    "O'Connor",
    "Van Dijk",
    "Müller",
    "García",
    "Nguyen",
    "Kowalski",
    "Larsen",
    "Dubois",
  ],
  ...["Mensah", "Yilmaz", "Sato", "Costa", "Fischer", "Andersson", "Banerjee", "Walsh", "Marino", "Horvat"],
];

export const companyNames: Some<string> = [
  ...(["Northwind", "Bluepeak", "Ironbridge", "Silverline", "Quantum Leap", "Brightwater"] as const),
  ...[
    "Harbour",
    "Redwood",
    "Evergreen",
    "Granite",
    "Aurora",
    "Meridian",
    "Copperfield",
    "Lighthouse",
    "Summit",
    "Tidewater",
    "Falcon",
  ],
  ...["Orchard", "Clearview", "Stonegate", "Juniper", "Pinnacle", "Windmill", "Riverside", "Cobalt", "Foxglove"],
];

export const companyEndings: Some<string> = [
  "Systems",
  "Group",
  "Labs",
  "Partners",
  "Industries",
  "Works",
  "Solutions",
  "GmbH",
  "& Co",
  "AG",
];
export const freeMailDomains: Some<string> = ["gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "gmx.de"];
export const roleNames: Some<string> = ["info", "sales", "office"];
export const sources: Some<string> = ["google", "linkedin", "newsletter", "partner", "direct"];

/** Countries that keep numbers for films and books, each with the beginning of those; "#" stands for any digit. */
export const countries: Some<{ readonly name: string; readonly phone: string }> = [
  { name: "Germany", phone: "+49 30 23125 ###" },
  { name: "United States", phone: "+1 212 555 01##" },
  { name: "United Kingdom", phone: "+44 20 7946 0###" },
  { name: "France", phone: "+33 1 99 00 ## ##" },
  { name: "Sweden", phone: "+46 8 465 004 ##" },
  { name: "Australia", phone: "+61 2 5550 ####" },
];
