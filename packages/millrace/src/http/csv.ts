/** Rows as CSV (RFC 4180) that is safe to open: what a spreadsheet would take for a formula stands as text. Pure. */

export type Cell = string | number | boolean | null | undefined;

/** A spreadsheet computes what begins so, also behind spaces; what strangers wrote must not. */
const LIKE_A_FORMULA = /^[\s\u00a0]*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellOf).join(",")}\r\n`;
}

function cellOf(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const text = LIKE_A_FORMULA.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""').replaceAll("\0", "")}"`;
}

/** A moment as ISO 8601 in UTC, which spreadsheets read. */
export function momentCell(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}
