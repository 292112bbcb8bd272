/**
 * From rows to contacts: each value as its property wants it, what cannot be taken said with line and column, rows of one
 * address made one contact. Pure. Called by import-csv.ts.
 */
import { addressIn, splitName } from "../../contacts/form-fields.ts";
import { isScore } from "../../contacts/score-bands.ts";
import { wholeNumber } from "../../contacts/whole-number.ts";
import type { PropertyValue } from "../../events/define-event.ts";
import type { CsvColumn } from "./csv-columns.ts";
import { type DateOrder, readDate } from "./csv-dates.ts";
import type { CsvRow } from "./read-csv.ts";

/** A row, or one value of it, that is not taken. */
export interface CsvProblem {
  readonly line: number;
  /** The column's name; "" when it is the row. */
  readonly column: string;
  readonly value: string;
  readonly because: string;
  readonly next: string;
  /** False: only this value is left out. */
  readonly isWholeRow: boolean;
}

export interface CsvContact {
  readonly email: string;
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly wantsNoMail: boolean;
  /** Of its last row. */
  readonly line: number;
}

export interface ReadRow {
  /** undefined: the row is refused, and a problem says why. */
  readonly contact: CsvContact | undefined;
  readonly problems: readonly CsvProblem[];
}

/** When a person opted out says that they did. */
const A_DATE = /\b(?:19|20)\d\d\b/;
const YES: ReadonlySet<string> = new Set([
  "true",
  "yes",
  "y",
  "1",
  "x",
  "on",
  "ja",
  "oui",
  "si",
  "sí",
  "sim",
  "wahr",
  "vrai",
]);
const MAX_VALUE_LENGTH = 10_000;

/** @param dates the order of the columns that hold dates, by index. */
export function readRow(row: CsvRow, columns: readonly CsvColumn[], dates: ReadonlyMap<number, DateOrder>): ReadRow {
  const problems: CsvProblem[] = [];
  const say = (column: CsvColumn | undefined, value: string, because: string, next: string) =>
    problems.push({ line: row.line, column: column?.header ?? "", value, because, next, isWholeRow: false });
  const properties: Record<string, PropertyValue> = {};
  let wantsNoMail = false;
  let fullName = "";
  let email: string | undefined;
  for (const column of columns) {
    const text = cleanCell(row.cells[column.index]);
    if (text === "") continue;
    if (column.isOptOut) wantsNoMail ||= YES.has(text.toLowerCase()) || A_DATE.test(text);
    else if (column.property === "email") email ??= addressIn(text);
    else if (column.property === "name") fullName ||= text;
    else if (column.property !== undefined && !(column.property in properties)) {
      const value = valueIn(column.property, text, dates.get(column.index));
      if (value.ok) properties[column.property] = value.value;
      else say(column, text, value.because, value.next);
    }
  }
  if (row.cells.length > columns.length)
    say(
      undefined,
      "",
      `it has ${row.cells.length} cells, and the header names ${columns.length}`,
      "put the cell with the delimiter in it into quotes.",
    );
  if (fullName !== "") {
    const { firstname, lastname } = splitName(fullName);
    if (firstname !== "") properties.firstname ??= firstname;
    if (lastname !== "") properties.lastname ??= lastname;
  }
  if (email !== undefined) return { contact: { email, properties, wantsNoMail, line: row.line }, problems };
  const column = columns.find(({ property }) => property === "email");
  const value = cleanCell(row.cells[column?.index ?? 0]);
  const because = value === "" ? "it is empty" : "it is no e-mail address";
  const next =
    value === "" ? "a contact is known by its address: add one." : "correct the address and import the row again.";
  return {
    contact: undefined,
    problems: [{ line: row.line, column: column?.header ?? "", value, because, next, isWholeRow: true }],
  };
}

/** Two rows of one address: what the later one says holds, and what it leaves empty stays. */
export function merged(earlier: CsvContact, later: CsvContact): CsvContact {
  return {
    ...later,
    properties: { ...earlier.properties, ...later.properties },
    wantsNoMail: earlier.wantsNoMail || later.wantsNoMail,
  };
}

type Value =
  | { readonly ok: true; readonly value: PropertyValue }
  | { readonly ok: false; readonly because: string; readonly next: string };

function valueIn(property: string, text: string, order: DateOrder | undefined): Value {
  if (order !== undefined) {
    const date = readDate(text, order);
    if (date !== undefined) return { ok: true, value: date };
    return {
      ok: false,
      because: `it is no date, day ${order === "dmy" ? "first" : "second"}`,
      next: "correct the date, or name the order with --dates.",
    };
  }
  if (property === "lead_score") {
    const score = Number(text.replace(",", "."));
    if (isScore(score)) return { ok: true, value: score };
    return { ok: false, because: "a score is a number from 0 to 100", next: "correct it, or leave the column aside." };
  }
  if (property === "numberofemployees") {
    if (/\d/.test(text)) return { ok: true, value: wholeNumber(text) ?? text.slice(0, MAX_VALUE_LENGTH) };
    return { ok: false, because: "it is no number of people", next: 'write a number, or a range like "51-200".' };
  }
  // HubSpot's exports give the stage as people read it.
  if (property === "lifecyclestage")
    return {
      ok: true,
      value: text
        .toLowerCase()
        .replace(/[\s_-]/g, "")
        .slice(0, MAX_VALUE_LENGTH),
    };
  if (text.length > MAX_VALUE_LENGTH)
    return {
      ok: false,
      because: `it is longer than ${MAX_VALUE_LENGTH.toLocaleString("en")} characters`,
      next: "shorten it.",
    };
  return { ok: true, value: text };
}

/** Without blanks around it, what no database can hold, and the sign by which spreadsheets keep a text a text. */
function cleanCell(cell: string | undefined): string {
  const text = (cell ?? "").replaceAll("\u0000", "").toWellFormed().trim();
  return /^'[=+@\d-]/.test(text) ? text.slice(1) : text;
}
