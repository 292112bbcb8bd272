/**
 * Dates in a column, read the way the column as a whole is written: 03/04/2026 alone may be the 3rd of April or the 4th of
 * March, but not beside a 25/12/2025. Pure. Called by csv-contacts.ts.
 */

export type DateOrder = "dmy" | "mdy";

/** What has been seen of a column so far. */
export interface DateColumn {
  dates: number;
  others: number;
  /** Values whose first number can only be a day, and whose second can only be. */
  dayFirst: number;
  daySecond: number;
  /** An example of a value that may be both. */
  example: string | undefined;
}

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const YEAR_FIRST = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[, ]+(\d{1,2}:\d{2}(?::\d{2})?)\s?([ap]\.?m\.?)?)?$/i;
const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[, ]+(\d{1,2}:\d{2}(?::\d{2})?)\s?([ap]\.?m\.?)?)?$/i;

/** A column is one of dates when at most this share of its values is none. */
const MAX_OTHERS = 0.1;

export function newDateColumn(): DateColumn {
  return { dates: 0, others: 0, dayFirst: 0, daySecond: 0, example: undefined };
}

export function look(column: DateColumn, text: string): void {
  const isDigit = text.charCodeAt(0) >= 48 && text.charCodeAt(0) <= 57;
  const parts = isDigit ? YEAR_LAST.exec(text) : null;
  if (parts === null) {
    if (isDigit && (ISO.test(text) || YEAR_FIRST.test(text))) column.dates += 1;
    else column.others += 1;
    return;
  }
  column.dates += 1;
  const [, first, , second] = parts;
  if (Number(first) > 12) column.dayFirst += 1;
  else if (Number(second) > 12) column.daySecond += 1;
  else if (first !== second && parts[2] !== ".") column.example ??= text;
  // With dots the day stands first wherever dots are used.
  if (parts[2] === "." && Number(second) <= 12) column.dayFirst += 1;
}

export function isDates({ dates, others }: DateColumn): boolean {
  return dates > 0 && others <= (dates + others) * MAX_OTHERS;
}

/** @returns the order; "unknown" when every value may be both, "mixed" when some can only be the one and some the other. */
export function orderOf({ dayFirst, daySecond, example }: DateColumn): DateOrder | "unknown" | "mixed" {
  if (dayFirst > 0 && daySecond > 0) return "mixed";
  if (dayFirst > 0) return "dmy";
  if (daySecond > 0) return "mdy";
  return example === undefined ? "dmy" : "unknown";
}

/** "2026-04-03", or "2026-04-03T09:30:00" with what the file says of the zone. Undefined when there is no such day. */
export function readDate(text: string, order: DateOrder): string | undefined {
  const iso = ISO.exec(text) ?? YEAR_FIRST.exec(text);
  if (iso !== null) {
    const [, year, month, day, time, rest] = iso;
    const zone = rest !== undefined && /^[ap]/i.test(rest) ? undefined : rest;
    return dateOf(Number(year), Number(month), Number(day), timeOf(time, zone === rest ? undefined : rest), zone);
  }
  const [, first, , second, year, time, half] = YEAR_LAST.exec(text) ?? [];
  if (first === undefined || second === undefined || year === undefined) return undefined;
  const [day, month] = order === "dmy" ? [first, second] : [second, first];
  return dateOf(fullYear(year), Number(month), Number(day), timeOf(time, half), undefined);
}

/** "68" is 1968, "67" is 2067: as spreadsheet programs read it, give or take. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 68 ? 2_000 + year : 1_900 + year;
}

function timeOf(time: string | undefined, half: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  const [hour = "0", minute = "00", second = "00"] = time.replace(",", ".").split(":");
  const isAfternoon = half !== undefined && /^p/i.test(half);
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0);
  return hours > 23 || Number(minute) > 59 || Number(second) >= 60
    ? undefined
    : `${String(hours).padStart(2, "0")}:${minute}:${second}`;
}

function dateOf(
  year: number,
  month: number,
  day: number,
  time: string | undefined,
  zone: string | undefined,
): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const text = date.toISOString().slice(0, 10);
  return time === undefined ? text : `${text}T${time}${zone?.toUpperCase() ?? ""}`;
}
