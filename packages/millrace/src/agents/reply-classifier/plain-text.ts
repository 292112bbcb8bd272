/**
 * What the rules and the model read of a reply: bounded, in lower case, without accents, signature or invisible
 * characters. Whatever it says, it is data: nothing here or after it carries out what a reply asks for.
 */

import { plainLetters } from "../../base/plain-letters.ts";
/** A reply says what it wants at its beginning; the rest is not read. */
export const LETTERS_READ = 10_000;

/** A line a signature begins with. */
const SIGN_OFF =
  /^(-- ?|(best|kind|warm|many thanks and) (regards|wishes)|best|all the best|regards|rgds|br|cheers|sincerely|yours( \w+)?|mit (freundlichen|besten|lieben) gru(ss|e)\w*|(viele|beste|liebe|schone|freundliche) gruss?e?|gruss|lg|mfg|vg|cordialement|bien (a vous|cordialement)|(un (cordial )?)?saludos?( cordiales)?|atentamente|atenciosamente|(com os )?(melhores )?cumprimentos|abracos?|att|(cordiali|distinti) saluti|un saluto|saluti|(vriendelijke )?groete?n?|met vriendelijke groete?n?|mvg|pozdrawiam( serdecznie)?|z (powazaniem|wyrazami szacunku)|(med )?(vanliga?|vanlig) halsning(ar)?|mvh|halsningar|med venlig hilsen|venlig hilsen|vh|hilsen|(de )?bedste hilsner|pozdrawiam|ystavallisin terveisin|s pozdravem|с уважением|saygilarimla|敬具|以上、?よろしくお願い(いた)?します|此致|敬礼|祝好|顺祝商祺)[\s,.!。，]*$/;
const MAX_SIGN_OFF_LENGTH = 40;

/** The reply as it was written, within bounds, without control characters and what cannot be seen. */
export function readableOf(text: string): string {
  return text
    .slice(0, LETTERS_READ)
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{C}\n\t]/gu, "");
}

/**
 * Lines marked as quoted are someone else's words, whatever let them through; so is the line that says whose. Not when they are
 * all there is.
 */
export function withoutQuotes(text: string): string {
  const read = text.slice(0, LETTERS_READ);
  if (!/^ {0,3}>/m.test(read)) return text;
  const lines = read.split(/\r\n?|\n/);
  const isQuoted = (line: string | undefined) => line !== undefined && /^ {0,3}>/.test(line);
  const own = lines.filter((line, i) => !isQuoted(line) && !(/[:：]\s*$/.test(line) && isQuoted(lines[i + 1])));
  return own.some((line) => /\p{L}/u.test(line)) ? own.join("\n").trimEnd() : text;
}

/** One line, as the rules are written: "Nächste Woche, s'il vous plaît" becomes "nachste woche, s'il vous plait". */
export function plainOf(text: string): string {
  return withoutSignature(foldedOf(text).split("\n")).join(" ").replace(/\s+/g, " ").trim();
}

const MAX_SENTENCES = 40;
/** A line as long as a mail program makes them goes on in the next one. */
const FOLDED = 55;

/** The sentences of a reply, each as `plainOf` writes, with their marks at the end; at most 40. */
export function sentencesOf(text: string): readonly string[] {
  const lines = withoutSignature(foldedOf(text).split("\n"));
  const joined = lines.reduce((before, line) => {
    const last = before.slice(before.lastIndexOf("\n") + 1);
    const goesOn = last.length >= FOLDED && !/[.!?:;。！？]\s*$/.test(last) && /^\s*[\p{Ll}\d]/u.test(line);
    return before === "" ? line : `${before}${goesOn ? " " : "\n"}${line}`;
  }, "");
  return joined
    .split(/(?<=[.!?;])\s+|(?<=[。！？；])|\n+/)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => /[\p{L}\p{N}?]/u.test(sentence))
    .slice(0, MAX_SENTENCES);
}

function foldedOf(text: string): string {
  const read = readableOf(text).normalize("NFKD").slice(0, LETTERS_READ);
  return plainLetters(read).replace(/[“”„«»"*_]/g, " ");
}

/** Is a line a closing formula and nothing more? */
export function isSignOff(line: string): boolean {
  const plain = foldedOf(line).trim();
  return plain.length <= MAX_SIGN_OFF_LENGTH && SIGN_OFF.test(plain);
}

function withoutSignature(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex(
    (line, i) =>
      i > 0 && line.length <= MAX_SIGN_OFF_LENGTH && SIGN_OFF.test(line.trim()) && lines[i - 1] !== undefined,
  );
  return end === -1 ? lines : lines.slice(0, end);
}
