/**
 * A number as CRMs and forms write it: 200, "200", "1,200", "1.5k", or what lies between two: "201-500", "500+", "> 500". Beside a range a condition
 * holds where it holds for all of it.
 */

/** Both ends belong to it. */
export type NumberRange = readonly [lowest: number, highest: number];

/** Of what a field may hold, more is no number. */
const MAX_LENGTH = 40;
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d{1,3}(?:['’\u00a0\u202f ]\d{3})+$|^\d{1,3}(?:\.\d{3}){2,}$/;
const FROM_TO = /^(.+?)\s*(?:-|–|—|\bto\b|\bbis\b|\bhasta\b)\s*(.+)$/;
const OR_MORE = /^(?:(.+?)\s*\+|(?:>|≥|>=|more than|over)\s*(.+))$/i;
const IN_THOUSANDS = /^(\d+(?:\.\d+)?)\s?([km])$/i;

/** @returns undefined for what is missing or says no number. */
export function rangeIn(value: unknown): NumberRange | undefined {
  if (typeof value === "number") return Number.isNaN(value) ? undefined : [value, value];
  if (typeof value !== "string" || value.length > MAX_LENGTH) return undefined;
  const text = value.trim();
  const one = numberIn(text);
  if (one !== undefined) return [one, one];
  const [, before, behind] = OR_MORE.exec(text) ?? [];
  const least = numberIn(before ?? behind);
  if (least !== undefined) return [least, Number.POSITIVE_INFINITY];
  const [, from, to] = FROM_TO.exec(text.toLowerCase()) ?? [];
  const [lowest, highest] = [numberIn(from), numberIn(to)];
  return lowest === undefined || highest === undefined || lowest > highest ? undefined : [lowest, highest];
}

/** "1.200" is what a program writes for 1.2: only groups that can be nothing else are groups. */
function numberIn(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const [, count, unit] = IN_THOUSANDS.exec(text) ?? [];
  if (unit !== undefined) return Number(count) * (unit.toLowerCase() === "k" ? 1_000 : 1_000_000);
  const number = GROUPED.test(text) ? Number(text.replace(/[,'’\u00a0\u202f ]|\.(?=\d{3})/g, "")) : Number(text);
  return Number.isNaN(number) ? undefined : number;
}
