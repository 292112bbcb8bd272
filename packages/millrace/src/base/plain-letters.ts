/**
 * What people write, with the differences that say nothing taken out: lower case, Latin letters without their marks (in kana a mark
 * makes another sound), one kind of apostrophe, one kind of dash. Used by the words of opt-outs and the reply classifier.
 */
export function plainLetters(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l")
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .replaceAll("ı", "i")
    .replace(/(\p{Script=Latin})\p{M}+/gu, "$1")
    .normalize("NFC")
    .replace(/[’‘`´]/g, "'")
    .replace(/[‐‑–—]/g, "-");
}
