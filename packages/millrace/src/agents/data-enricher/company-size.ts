/** How many people work at a company, from what forms and CRMs write: 300, "1,000+", "51-200", "1.5k". */
import type { Contact } from "../../contacts/contact.ts";

export const SIZE_BANDS = ["small", "mid-market", "enterprise", "unknown"] as const;
export type SizeBand = (typeof SIZE_BANDS)[number];

const MID_MARKET_FROM = 100;
const ENTERPRISE_FROM = 1_000;
const MAX_EVER = 10_000_000;

const NUMBER = /(\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)|\d{1,9}(?:[.,]\d{1,2}(?!\d))?)\s?(k|m)?(?![a-z\d])/i;
const AT_MOST = /^\s*(?:<|≤|under|less than|up to|below|unter|weniger als|bis|moins de|menos de|minder dan)/i;
const SEPARATORS = /[.,'’ \u00a0\u202f]/g;
const TIMES: Readonly<Record<string, number>> = { k: 1_000, m: 1_000_000 };

/** small below 100, mid-market below 1,000, enterprise from there. */
export function sizeBand(employees: number | undefined): SizeBand {
  if (employees === undefined) return "unknown";
  if (employees >= ENTERPRISE_FROM) return "enterprise";
  return employees >= MID_MARKET_FROM ? "mid-market" : "small";
}

/** The contact's number of employees: HubSpot's property first, then the short name forms use. */
export function employeesOf(contact: Contact): number | undefined {
  return readEmployees(contact.properties.numberofemployees) ?? readEmployees(contact.properties.employees);
}

/**
 * A number of employees, or undefined for what tells none. Of a range the lower end counts ("51-200" is 51, as
 * "1,000+" is 1,000): a lead is not made bigger than the form says. "Under 50" counts as half of it.
 */
export function readEmployees(value: unknown): number | undefined {
  if (typeof value === "number") return plausible(value);
  if (typeof value !== "string") return undefined;
  const text = value.length > 40 ? value.slice(0, 40) : value;
  const match = NUMBER.exec(text);
  const digits = match?.[1];
  if (match === null || digits === undefined || text[match.index - 1] === "-") return undefined;
  const number = /[.,'’ \u00a0\u202f]\d{3}$/.test(digits)
    ? Number(digits.replace(SEPARATORS, ""))
    : Number(digits.replace(",", "."));
  const times = TIMES[match[2]?.toLowerCase() ?? ""] ?? 1;
  return plausible(AT_MOST.test(text) ? (number * times) / 2 : number * times);
}

function plausible(number: number): number | undefined {
  return number >= 1 && number <= MAX_EVER ? Math.floor(number) : undefined;
}
