/**
 * What strangers wrote, made fit to stand in a contact: one line, bounded, without characters that cannot be seen.
 * A page's text is data; this is where it becomes a value. Used for pages and for profiles.
 */

/** Half surrogates, private and unassigned characters, and the invisible ones that turn or hide text. */
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}]+/gu;
const BREAKS = /[\p{Cc}\p{Z}]+/gu;
/** Anything but characters of Europe's languages written in Latin, the usual dashes and quotes, and the sign for what could not be read: nothing of it is invisible but breaks. */
const NOT_LATIN = /[^\0-\x7f\xa0-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\ufffd]/;
/** The invisible ones that Latin pages have. */
const COMMON_INVISIBLE = /[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+/g;
/** Breaks that are not one space already: to write each space of a page anew takes longer than all else here. */
const LATIN_BREAKS = /[^ -~\xa1-\uffff][^!-~\xa1-\uffff]*| [^!-~\xa1-\uffff]+/g;
/** Anything but one line of plain characters. */
const NOT_PLAIN = /[^ -~]/;
/** An address or a piece of markup is no part of a name. */
const NOT_A_NAME = /:\/\/|www\.|[<>{}@\\|[\]`]/i;
const MAX_NAME_LENGTH = 80;
const MAX_WORDS = 10;
const PHONE = /^\+?[\d ()./-]{6,30}$/;

/** Text as one line of at most `max` characters, or undefined when nothing is left. */
export function cleanText(value: unknown, max: number): string | undefined {
  if (typeof value !== "string") return undefined;
  // Most of what pages say needs nothing of the rest.
  if (value.length <= max && !NOT_PLAIN.test(value) && !value.includes("  ")) return value.trim() || undefined;
  const line = lineOf(value.slice(0, max * 4)).trim();
  if (line.length <= max) return line === "" ? undefined : line;
  return line
    .slice(0, max)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd();
}

function lineOf(text: string): string {
  // The classes of all alphabets take ten times as long.
  if (!NOT_LATIN.test(text)) return text.replace(LATIN_BREAKS, " ");
  const seen = text.replace(COMMON_INVISIBLE, "");
  if (!NOT_LATIN.test(seen)) return seen.replace(LATIN_BREAKS, " ");
  return text.toWellFormed().replace(INVISIBLE, "").replace(BREAKS, " ");
}

/** A name of a company or a job: short, and neither an address nor markup. A sentence is no name. */
export function cleanName(value: unknown): string | undefined {
  const name = cleanText(value, MAX_NAME_LENGTH + 1);
  if (name === undefined || name.length > MAX_NAME_LENGTH || NOT_A_NAME.test(name)) return undefined;
  return name.split(" ").length <= MAX_WORDS && /\p{L}|\p{N}/u.test(name) ? name : undefined;
}

/** A telephone number as people write it, or undefined. */
export function cleanPhone(value: unknown): string | undefined {
  const phone = cleanText(value, 40);
  if (phone === undefined || !PHONE.test(phone)) return undefined;
  const digits = phone.replace(/\D/g, "").length;
  return digits >= 6 && digits <= 15 ? phone : undefined;
}
