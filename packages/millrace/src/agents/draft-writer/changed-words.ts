/** How much of an e-mail a person changed: the share of words that are not in both, in the same order. Pure. */
import { wordsOf } from "../grounding/words.ts";

/** Longer e-mails are compared by their beginning: the comparison takes time by the square of the words. */
const MAX_WORDS = 1_500;

/** @returns 0 for the same words in the same order, 1 for none in common. */
export function changedShare(before: string, after: string): number {
  const a = wordsOf(before).slice(0, MAX_WORDS);
  const b = wordsOf(after).slice(0, MAX_WORDS);
  if (a.length + b.length === 0) return 0;
  return 1 - (2 * commonInOrder(a, b)) / (a.length + b.length);
}

/** The length of the longest common subsequence, row by row. */
function commonInOrder(a: readonly string[], b: readonly string[]): number {
  let above = new Uint16Array(b.length + 1);
  for (const word of a) {
    const row = new Uint16Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      row[j + 1] = word === b[j] ? (above[j] ?? 0) + 1 : Math.max(above[j + 1] ?? 0, row[j] ?? 0);
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
