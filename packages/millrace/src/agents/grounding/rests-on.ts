/**
 * What a sentence of a model names that does not stand in what it was given: for notes to our own people (a score in words, the
 * summary of a failure). Less strict than what an e-mail to a lead has to pass (draft-writer/check-draft.ts). Pure.
 */
import { numbersOf, plainWord, wordsOf } from "./words.ts";

const LONGEST = 400;
/** Addresses are in the record itself; a note that carries one was talked into it. */
const REACHES_OUT = /https?:|www\.|\S+@\S+|[{}<>]|\p{Cf}|\p{Co}|\p{Cn}|(?![\n])\p{Cc}/u;
const STARTS = /^[\p{Lu}][\p{Ll}'’]*$/u;

/** @returns why it is not shown: a number or a name of nowhere, an address, its length; undefined: it may be. */
export function whatIsForeign(sentence: string, given: string): string | undefined {
  if (sentence.trim() === "") return "nothing is said";
  if (sentence.length > LONGEST) return `longer than ${LONGEST} characters`;
  if (REACHES_OUT.test(sentence)) return "it holds an address, or marks that are no writing";
  const numbers = new Set(numbersOf(given));
  const number = numbersOf(sentence).find((one) => !numbers.has(one));
  if (number !== undefined) return `the number ${number} stands nowhere`;
  const known = new Set(
    wordsOf(given)
      .flatMap((word) => [word, ...word.split(/[-_'’./&+]/)])
      .map(plainWord),
  );
  const name = wordsOf(sentence).find(
    (word, i) => /\p{Lu}/u.test(word) && !(i === 0 && STARTS.test(word)) && !known.has(plainWord(word)) && word !== "I",
  );
  return name === undefined ? undefined : `the name "${name.slice(0, 40)}" stands nowhere`;
}
