/**
 * The score of a lead by a rubric, with a reason for every point. Pure and total: any contact, however hostile its
 * values, gets a score from 0 to 100, and the reasons' points sum to it.
 * Runs inside the decision for every lead: the word tables are compiled once per rubric.
 */
import { parseEmailAddress } from "../../base/email-address.ts";
import { type Contact, textProperty } from "../../contacts/contact.ts";
import { employeesOf } from "../data-enricher/company-size.ts";
import { emailKind } from "../data-enricher/email-kind.ts";
import { TermTable } from "../data-enricher/terms.ts";
import { checkedRubric, defaultRubric, type PerTime, type Rubric, type ScoredGroup } from "./rubric.ts";

/** A type, not an interface, so that it can go into an event as it is. */
export type ScoreReason = {
  readonly feature: string;
  /** Negative when taken away. */
  readonly points: number;
  readonly because: string;
};

export interface LeadScore {
  /** 0 to 100. */
  readonly score: number;
  readonly reasons: readonly ScoreReason[];
}

/** Words to points, compiled. */
interface PointTable {
  readonly terms: TermTable;
  readonly points: ReadonlyMap<string, number>;
}

interface CompiledRubric {
  readonly rubric: Rubric;
  readonly seniority: PointTable;
  readonly industry: PointTable;
  readonly forms: PointTable;
}

const compiled = new WeakMap<Rubric, CompiledRubric>();

/** Representative numbers of employees, where only the enricher's band is known. */
const EMPLOYEES_OF_BAND: Readonly<Record<string, number>> = { small: 10, "mid-market": 100, enterprise: 1_000 };

const LIGHT: ScoreReason = {
  feature: "light_mode",
  points: 0,
  because: "a first assessment: only seniority, company size and industry were judged",
};

/**
 * @param light judges seniority, company size and industry alone, for a contact that has done nothing yet. The
 *   points of the rest are missing then (75 at most), so an assessment by itself never makes a lead hot.
 * @throws MillraceError invalid_config when the rubric is wrong; checked once per rubric.
 */
export function scoreLead(contact: Contact, rubric: Rubric = defaultRubric, light = false): LeadScore {
  const rules = compile(rubric);
  const reasons = [seniority(contact, rules), companySize(contact, rules), industry(contact, rules)];
  if (light) {
    reasons.push(LIGHT);
    return { score: asScore(totalOf(reasons)), reasons };
  }
  reasons.push(completeness(contact, rules));
  addEngagement(reasons, contact, rules);
  addPenalty(reasons, contact, rules);
  return { score: asScore(totalOf(reasons)), reasons };
}

function compile(rubric: Rubric): CompiledRubric {
  const known = compiled.get(rubric);
  if (known !== undefined) return known;
  checkedRubric(rubric);
  const fresh: CompiledRubric = {
    rubric,
    seniority: pointTable(rubric.seniority.levels),
    industry: pointTable(rubric.industry.groups),
    forms: pointTable(rubric.engagement.forms),
  };
  compiled.set(rubric, fresh);
  return fresh;
}

function pointTable(groups: readonly ScoredGroup[]): PointTable {
  return { terms: new TermTable(groups), points: new Map(groups.map((group) => [group.name, group.points])) };
}

function totalOf(reasons: readonly ScoreReason[]): number {
  let total = 0;
  for (const reason of reasons) total += reason.points;
  return total;
}

/** Points with fractions may sum to a hair beyond the ends. */
function asScore(total: number): number {
  return Math.min(100, Math.max(0, total));
}

function seniority(contact: Contact, { rubric, seniority: table }: CompiledRubric): ScoreReason {
  const title = textProperty(contact, "jobtitle");
  if (title === undefined) return { feature: "seniority", points: 0, because: "no job title" };
  const level = table.terms.find(title);
  return {
    feature: "seniority",
    points: level === undefined ? rubric.seniority.otherTitle : (table.points.get(level) ?? 0),
    because:
      level === undefined
        ? `job title ${quoted(title)} tells no level`
        : `job title ${quoted(title)} is of level ${level}`,
  };
}

function companySize(contact: Contact, { rubric }: CompiledRubric): ScoreReason {
  const told = employeesOf(contact);
  const employees = told ?? EMPLOYEES_OF_BAND[textProperty(contact, "company_size_band") ?? ""];
  if (employees === undefined) return { feature: "company_size", points: 0, because: "number of employees unknown" };
  const step = rubric.companySize.steps.find(({ from }) => employees >= from);
  const because = told === undefined ? `about ${employees} employees or more` : `${employees} employees`;
  return { feature: "company_size", points: step?.points ?? 0, because };
}

function industry(contact: Contact, { rubric, industry: table }: CompiledRubric): ScoreReason {
  const text = textProperty(contact, "industry");
  if (text === undefined) return { feature: "industry", points: 0, because: "industry unknown" };
  const group = table.terms.find(text);
  return {
    feature: "industry",
    points: group === undefined ? rubric.industry.otherIndustry : (table.points.get(group) ?? 0),
    because: group === undefined ? `industry ${quoted(text)} is in no group` : `industry ${quoted(text)} is ${group}`,
  };
}

function completeness(contact: Contact, { rubric }: CompiledRubric): ScoreReason {
  let points = 0;
  let missing = "";
  for (const field of rubric.completeness.fields) {
    if (field.names.some((name) => isFilledIn(contact, name))) points += field.points;
    else missing += `${missing === "" ? "" : ", "}${field.names[0]}`;
  }
  return {
    feature: "completeness",
    points,
    because: missing === "" ? "every field is filled in" : cut(`missing: ${missing}`, 400),
  };
}

function isFilledIn(contact: Contact, name: string): boolean {
  const value = contact.properties[name];
  return value !== undefined && value !== null && value !== false && (typeof value !== "string" || value.trim() !== "");
}

function addEngagement(reasons: ScoreReason[], contact: Contact, { rubric, forms: table }: CompiledRubric): void {
  const { engagement: rules } = rubric;
  const { forms, engagement } = contact.facts;
  let left = rules.max;
  const add = (points: number, because: string) => {
    const given = Math.min(points, left);
    left -= given;
    reasons.push({ feature: "engagement", points: given, because });
  };
  if (forms === undefined) {
    add(0, "no form so far");
  } else {
    const type = table.terms.find(forms.last);
    add(type === undefined ? rules.otherForm : (table.points.get(type) ?? 0), `form ${quoted(forms.last)}`);
    if (forms.count > 1) add(pointsFor(rules.furtherForm, forms.count - 1), `${forms.count} forms in all`);
  }
  if (engagement === undefined) return;
  if (engagement.replies > 0) add(pointsFor(rules.reply, engagement.replies), `replies: ${engagement.replies}`);
  if (engagement.clicks > 0) add(pointsFor(rules.click, engagement.clicks), `links followed: ${engagement.clicks}`);
  if (engagement.opens > 0) add(pointsFor(rules.open, engagement.opens), `e-mails opened: ${engagement.opens}`);
}

function pointsFor({ each, atMost }: PerTime, times: number): number {
  return times > 0 ? Math.min(each * times, atMost) : 0;
}

/** Never takes more than there is, so that no score falls below 0. */
function addPenalty(reasons: ScoreReason[], contact: Contact, { rubric }: CompiledRubric): void {
  const address = parseEmailAddress(textProperty(contact, "email") ?? "");
  if (address === undefined) return;
  const kind = emailKind(address);
  if (kind === "company") return;
  const points = Math.min(rubric.penalties[kind], totalOf(reasons));
  if (points > 0) reasons.push({ feature: "email_address", points: -points, because: PENALTY_REASON[kind] });
}

const PENALTY_REASON = {
  free: "a free-mail address, not a company's",
  disposable: "a thrown-away address",
  role: "the address of a role, not of a person",
};

/** A value of the contact in a sentence: short, and fit for the log however hostile it is. */
function quoted(value: string): string {
  return `"${cut(value, 60).replaceAll("\0", "")}"`;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text.toWellFormed() : `${text.slice(0, most).toWellFormed()}…`;
}
