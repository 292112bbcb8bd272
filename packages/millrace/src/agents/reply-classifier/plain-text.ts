/**
 * What the rules and the model read of a reply: bounded, in lower case, without accents, signature or invisible
 * characters. Whatever it says, it is data: nothing here or after it carries out what a reply asks for.
 */

/** A reply says what it wants at its beginning; the rest is not read. */
export const LETTERS_READ = 10_000;

/** A line a signature begins with. */
const SIGN_OFF =
  /^(-- ?|(best|kind|warm) (regards|wishes)|best|regards|cheers|sincerely|yours( \w+)?|mit freundlichen gru(ss|e)\w*|(viele|beste|freundliche) gruss?e|lg|mfg|cordialement|bien a vous|(un )?saludos?|atentamente|(cordiali|distinti) saluti|saluti|(vriendelijke )?groete?n?|met vriendelijke groete?n?)[\s,.!]*$/;
const LONGEST_SIGN_OFF = 40;

/** The reply as it was written, within bounds, without control characters and what cannot be seen. */
export function readableOf(text: string): string {
  return text
    .slice(0, LETTERS_READ)
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{C}\n\t]/gu, "");
}

/** One line, as the rules are written: "Nächste Woche, s'il vous plaît" becomes "nachste woche, s'il vous plait". */
export function plainOf(text: string): string {
  const plain = readableOf(text)
    .normalize("NFKD")
    .slice(0, LETTERS_READ)
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/\p{M}/gu, "")
    .replace(/[’‘`´]/g, "'")
    .replace(/[‐‑–—]/g, "-")
    .replace(/[“”„«»"*_]/g, " ");
  return withoutSignature(plain.split("\n")).join(" ").replace(/\s+/g, " ").trim();
}

function withoutSignature(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex(
    (line, i) => i > 0 && line.length <= LONGEST_SIGN_OFF && SIGN_OFF.test(line.trim()) && lines[i - 1] !== undefined,
  );
  return end === -1 ? lines : lines.slice(0, end);
}
