/** A row of a table becomes a contact, or is refused with a reason its owner understands. Pure. Used by import-csv.ts. */
import { parseEmailAddress } from "../../email-address.ts";
import type { PropertyValue } from "../../events/define-event.ts";
import { addressIn } from "../form-fields.ts";
import { isScore } from "../score-bands.ts";
import type { Column } from "./columns.ts";

export type DateOrder = "dmy" | "mdy";

export interface ImportedContact {
  readonly email: string | undefined;
  readonly externalIds: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly isOptedOut: boolean;
  /** Milliseconds; undefined: the table does not say. */
  readonly createdAt: number | undefined;
  /** Values that were left out, and why; the rest of the row is taken. */
  readonly leftOut: readonly string[];
}

export type Row = { readonly contact: ImportedContact } | { readonly refused: string };

const LONGEST = 10_000;
const MOST_PROPERTIES = 195;
const YES = /^(true|yes|y|1|x|ja|oui|si|sí|wahr|checked)$/i;
const NUMBERS: ReadonlySet<string> = new Set(["lead_score", "numberofemployees", "annualrevenue"]);

export function rowOf(columns: readonly Column[], cells: readonly string[], dates: DateOrder | undefined): Row {
  const properties: Record<string, PropertyValue> = {};
  const externalIds: Record<string, string> = {};
  const leftOut: string[] = [];
  let [email, badEmail, moreEmails]: [string | undefined, string | undefined, string | undefined] = [
    undefined,
    undefined,
    undefined,
  ];
  let isOptedOut = false;
  let createdAt: number | undefined;
  for (const [i, { kind, name, header }] of columns.entries()) {
    const cell = clean(cells[i] ?? "");
    if (cell === "" || kind === "left out") continue;
    if (kind === "email") {
      email ??= addressIn(cell);
      if (email === undefined) badEmail ??= cell;
    } else if (kind === "moreEmails") moreEmails = cell;
    else if (kind === "id") externalIds[name] = cell.slice(0, 200);
    else if (kind === "optOut") isOptedOut ||= YES.test(cell);
    else if (kind === "created") createdAt = momentOf(cell, dates)?.at;
    else if (Object.keys(properties).length < MOST_PROPERTIES) {
      const value = cellValue(name, header, cell, dates);
      if (typeof value === "object") leftOut.push(`${header}: ${value.why}`);
      else if (!(name in properties)) properties[name] = value;
    }
  }
  email ??= (moreEmails ?? "").split(/[;,\s]+/).flatMap((one) => parseEmailAddress(one) ?? [])[0];
  if (email === undefined && Object.keys(externalIds).length === 0)
    return {
      refused:
        badEmail === undefined
          ? "there is no e-mail address and no id of another system"
          : `"${badEmail.slice(0, 100)}" is not one e-mail address`,
    };
  if (badEmail !== undefined && email === undefined) leftOut.push(`e-mail: "${badEmail.slice(0, 100)}" is no address`);
  splitName(properties);
  return { contact: { email, externalIds, properties, isOptedOut, createdAt, leftOut } };
}

function cellValue(
  name: string,
  header: string,
  cell: string,
  dates: DateOrder | undefined,
): string | number | boolean | { readonly why: string } {
  if (NUMBERS.has(name)) {
    const number = numberOf(cell);
    if (number === undefined)
      return name === "numberofemployees" ? cell : { why: `"${cell.slice(0, 100)}" is no number` };
    if (name === "lead_score" && !isScore(number)) return { why: `${number} is not a score from 0 to 100` };
    return number;
  }
  if (name === "lifecyclestage") return cell.toLowerCase().replace(/\s+/g, "");
  if (name === "hs_lead_status") return cell.toUpperCase().replace(/\s+/g, "_");
  if (/date|datum|fecha/i.test(header)) {
    const moment = momentOf(cell, dates);
    if (moment === undefined) return cell.slice(0, LONGEST);
    return moment.hasTime ? new Date(moment.at).toISOString() : new Date(moment.at).toISOString().slice(0, 10);
  }
  return cell.slice(0, LONGEST).toWellFormed();
}

/** "1,200", "1.200", "1 200,50", "$1,200.50". */
function numberOf(text: string): number | undefined {
  const plain = text.replace(/[\s\u00A0'$€£]/g, "");
  const decimal = /[.,]\d{1,2}$/.exec(plain)?.[0];
  const whole = decimal === undefined ? plain : plain.slice(0, -decimal.length);
  if (!/^-?\d{1,3}([.,]?\d{3})*$|^-?\d+$/.test(whole)) return undefined;
  return Number(`${whole.replace(/[.,]/g, "")}${decimal === undefined ? "" : `.${decimal.slice(1)}`}`);
}

interface Moment {
  readonly at: number;
  readonly hasTime: boolean;
}

/** ISO, and days with slashes or dots; which of two numbers is the day, the table or its owner says. */
export function momentOf(text: string, order: DateOrder | undefined): Moment | undefined {
  const iso =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  if (iso !== null) return moment(iso[1], iso[2], iso[3], iso.slice(4), iso[7]);
  const local = /^(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?$/i.exec(
    text,
  );
  if (local === null) return undefined;
  const [, first, mark, second, year = "", hour, ...rest] = local;
  const isDayFirst = Number(first) > 12 || (Number(second) <= 12 && (mark === "." || (order ?? "mdy") === "dmy"));
  const [day, month] = isDayFirst ? [first, second] : [second, first];
  const half = rest[2]?.toLowerCase();
  const hours = hour === undefined ? undefined : String((Number(hour) % (half ? 12 : 24)) + (half === "pm" ? 12 : 0));
  return moment(year.length === 2 ? `20${year}` : year, month, day, [hours, rest[0], rest[1]]);
}

function moment(
  year = "",
  month = "",
  day = "",
  [hour, minute, second]: readonly (string | undefined)[] = [],
  zone = "Z",
): Moment | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const date = new Date(Date.UTC(y, m - 1, d, Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)));
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d || y < 1900) return undefined;
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === "-" ? -1 : 1);
  return { at: date.getTime() - offset, hasTime: hour !== undefined };
}

/** Whether days or months stand first, where some date of the column says so. */
export function orderSeen(text: string): DateOrder | undefined {
  const local = /^(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}/.exec(text.trim());
  if (local === null) return undefined;
  if (Number(local[1]) > 12) return "dmy";
  return Number(local[2]) > 12 ? "mdy" : undefined;
}

/** "Ada Byron" and "Byron, Ada" in one column; columns of their own win. */
function splitName(properties: Record<string, PropertyValue>): void {
  const { name } = properties;
  if (typeof name !== "string") return;
  delete properties.name;
  const [, family, given] = /^([^,]+),\s*([^,]+)$/.exec(name) ?? [];
  const at = name.indexOf(" ");
  properties.firstname ??= given ?? (at === -1 ? name : name.slice(0, at));
  const last = family ?? (at === -1 ? "" : name.slice(at + 1).trim());
  if (last !== "") properties.lastname ??= last;
}

function clean(text: string): string {
  return text.replaceAll("\u0000", "").replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, "");
}
