/**
 * The published rubric by which a lead gets its score, as data. A score is the sum of five features, 100 points in
 * all, less what an address that is not a company's takes away, and never below 0:
 *
 * | feature | most | what it looks at |
 * |---|---|---|
 * | seniority | 30 | the job title: C-level 30, vice president 27, director 24, manager 20, senior 16, professional 12, assistant 8, student 0 |
 * | company size | 25 | employees: 25 from 1,000, 20 from 100, 14 from 50, 10 from 10, 6 below |
 * | industry | 20 | technology 20, finance 17, healthcare and telecommunications 15, then 13, 10 and 8 |
 * | completeness | 10 | which fields are filled in |
 * | engagement | 15 | the form (demo, pricing 11; contact 9; … newsletter 2), further forms, opens, clicks, replies |
 *
 * Taken away: 10 for free-mail, 30 for a thrown-away address, 5 for the address of a role.
 * To change it, copy `defaultRubric`, change what you like and give it a name and version of its own, so that every
 * score in the log says by which rules it came about.
 */
import { MillraceError } from "../../base/errors.ts";
import type { EmailKind } from "../data-enricher/email-kind.ts";
import { industryTerms } from "../data-enricher/industry.ts";
import { seniorityTerms } from "../data-enricher/seniority.ts";
import type { TermGroup } from "../data-enricher/terms.ts";

export interface ScoredGroup extends TermGroup {
  readonly points: number;
}

export interface Rubric {
  readonly name: string;
  readonly version: string;
  readonly seniority: {
    readonly max: number;
    /** In order of precedence: the first level one of whose terms stands in the title counts. */
    readonly levels: readonly ScoredGroup[];
    /** For a title with none of these words. */
    readonly otherTitle: number;
  };
  readonly companySize: {
    readonly max: number;
    /** The largest first; the first one the company reaches counts. */
    readonly steps: readonly { readonly from: number; readonly points: number }[];
  };
  readonly industry: { readonly max: number; readonly groups: readonly ScoredGroup[]; readonly otherIndustry: number };
  readonly completeness: {
    readonly max: number;
    /** A field counts when any of its names has a value. */
    readonly fields: readonly { readonly names: readonly string[]; readonly points: number }[];
  };
  readonly engagement: {
    readonly max: number;
    /** By words in the name of the latest form. */
    readonly forms: readonly ScoredGroup[];
    readonly otherForm: number;
    readonly furtherForm: PerTime;
    /** Opens and clicks by machines are not in the contact's facts, so they count nothing. */
    readonly open: PerTime;
    readonly click: PerTime;
    readonly reply: PerTime;
  };
  /** Points taken away by the kind of address. */
  readonly penalties: Readonly<Record<Exclude<EmailKind, "company">, number>>;
}

/** Points for each time something happened, up to a limit. */
export interface PerTime {
  readonly each: number;
  readonly atMost: number;
}

const SENIORITY_POINTS: Readonly<Record<(typeof seniorityTerms)[number]["name"], number>> = {
  student: 0,
  assistant: 8,
  c_level: 30,
  vp: 27,
  director: 24,
  manager: 20,
  senior: 16,
  professional: 12,
};

const INDUSTRY_POINTS: Readonly<Record<(typeof industryTerms)[number]["name"], number>> = {
  technology: 20,
  finance: 17,
  healthcare: 15,
  telecommunications: 15,
  manufacturing: 13,
  logistics: 13,
  energy: 13,
  services: 13,
  media: 10,
  real_estate: 10,
  retail: 8,
  hospitality: 8,
  public_sector: 8,
  nonprofit: 8,
};

export const defaultRubric: Rubric = {
  name: "millrace",
  version: "1",
  seniority: {
    max: 30,
    levels: seniorityTerms.map((group) => ({ ...group, points: SENIORITY_POINTS[group.name] })),
    otherTitle: 8,
  },
  companySize: {
    max: 25,
    steps: [
      { from: 1_000, points: 25 },
      { from: 100, points: 20 },
      { from: 50, points: 14 },
      { from: 10, points: 10 },
      { from: 1, points: 6 },
    ],
  },
  industry: {
    max: 20,
    groups: industryTerms.map((group) => ({ ...group, points: INDUSTRY_POINTS[group.name] })),
    otherIndustry: 8,
  },
  completeness: {
    max: 10,
    fields: [
      { names: ["firstname"], points: 1 },
      { names: ["lastname"], points: 1 },
      { names: ["company"], points: 2 },
      { names: ["jobtitle"], points: 2 },
      { names: ["phone", "mobilephone"], points: 2 },
      { names: ["numberofemployees", "employees"], points: 1 },
      { names: ["industry"], points: 1 },
    ],
  },
  engagement: {
    max: 15,
    forms: [
      { name: "demo", points: 11, terms: ["demo", "trial", "vorführung", "démo", "essai", "proefperiode"] },
      {
        name: "pricing",
        points: 11,
        terms: ["pricing", "price", "quote", "preise", "angebot", "devis", "tarifs", "precios", "offerte"],
      },
      { name: "contact", points: 9, terms: ["contact", "sales", "callback", "kontakt", "contacto", "rappel"] },
      { name: "event", points: 6, terms: ["webinar", "event", "workshop"] },
      {
        name: "content",
        points: 5,
        terms: ["download", "whitepaper", "white paper", "ebook", "guide", "report", "case study"],
      },
      {
        name: "newsletter",
        points: 2,
        terms: ["newsletter", "subscribe", "blog", "infolettre", "boletín", "nieuwsbrief"],
      },
    ],
    otherForm: 6,
    furtherForm: { each: 1, atMost: 2 },
    open: { each: 0.5, atMost: 1 },
    click: { each: 1, atMost: 3 },
    reply: { each: 5, atMost: 10 },
  },
  penalties: { free: 10, disposable: 30, role: 5 },
};

/** @throws MillraceError invalid_config when the features' most do not sum to 100, or any points are out of their range. */
export function checkedRubric(rubric: Rubric): Rubric {
  const { seniority, companySize, industry, completeness, engagement } = rubric;
  const total = seniority.max + companySize.max + industry.max + completeness.max + engagement.max;
  if (!(Math.abs(total - 100) < 1e-9)) throw invalid(rubric, `The features sum to ${total}`, "exactly 100", "max");
  const limits: readonly (readonly [path: string, most: number, points: readonly number[]])[] = [
    ["seniority", seniority.max, [seniority.otherTitle, ...seniority.levels.map((level) => level.points)]],
    ["companySize", companySize.max, companySize.steps.map((step) => step.points)],
    ["industry", industry.max, [industry.otherIndustry, ...industry.groups.map((group) => group.points)]],
    [
      "completeness",
      completeness.max,
      [sum(completeness.fields.map((field) => field.points)), ...completeness.fields.map((field) => field.points)],
    ],
    ["engagement", engagement.max, [engagement.otherForm, ...engagement.forms.map((form) => form.points)]],
    [
      "engagement",
      engagement.max,
      [engagement.furtherForm, engagement.open, engagement.click, engagement.reply].flatMap((per) => [
        per.each,
        per.atMost,
      ]),
    ],
    ["penalties", 100, Object.values(rubric.penalties)],
  ];
  for (const [path, most, points] of limits) {
    const wrong = points.find((value) => !(value >= 0 && value <= most));
    if (wrong !== undefined) throw invalid(rubric, `${path} gives ${wrong} points`, `from 0 to ${most}`, path);
  }
  return rubric;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function invalid(rubric: Rubric, saw: string, expected: string, field: string): MillraceError {
  return new MillraceError("invalid_config", {
    saw: `${saw} in the rubric "${rubric.name}".`,
    expected,
    next: "correct the rubric given to leadQualifier().",
    field: `rubric.${field}`,
  });
}
