/** Text of a message made fit to be kept, and the Message-IDs found in it. Used by every reader of a message. */

export const MAX_IDS = 50;
const MAX_ID_LENGTH = 400;
const MAX_SCANNED = 20_000;
const ID = /<[^<>\s@]{1,200}@[^<>\s@]{1,200}>/g;

/** Fit for a row: no NUL, no half characters. */
export function clean(text: string): string {
  return text.replaceAll("\u0000", "").toWellFormed();
}

/** Message-IDs with their angle brackets, fit for a row, in order; only the first 20,000 characters are looked at. */
export function idsIn(text: string): string[] {
  const scanned = clean(text.slice(0, MAX_SCANNED));
  return [...scanned.matchAll(ID)].map(([id]) => id).filter((id) => id.length <= MAX_ID_LENGTH);
}
