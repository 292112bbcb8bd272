/** Where the next page of a list begins: the last row's place in the order, as one word that is only given back. */
import { MillraceError } from "../../base/errors.ts";

export interface Cursor {
  /** What the order compares, as PostgreSQL writes it. */
  readonly key: string;
  /** What separates rows with the same key. */
  readonly id: string;
}

export function cursorOf(key: string, id: string | number): string {
  return Buffer.from(JSON.stringify([key, String(id)])).toString("base64url");
}

/**
 * @param isKey whether the key, and the id, are of this list: a cursor of another order would be compared with nonsense.
 * @throws MillraceError invalid_request for a text that no row of this list gave.
 */
export function readCursor(text: string | undefined, isKey: (key: string, id: string) => boolean): Cursor | undefined {
  if (text === undefined) return undefined;
  try {
    const [key, id, ...rest] = JSON.parse(Buffer.from(text, "base64url").toString()) as unknown[];
    if (typeof key === "string" && typeof id === "string" && rest.length === 0 && isKey(key, id)) return { key, id };
  } catch {
    // Refused below.
  }
  throw new MillraceError("invalid_request", {
    saw: `after: "${text.slice(0, 100)}" is no cursor of this list in this order.`,
    next: "give the `cursor` of the last row as it came, with the same `sort`; or leave it out for the first page.",
    field: "after",
  });
}
