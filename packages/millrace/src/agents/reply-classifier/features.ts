/**
 * What the model sees of a reply: its words, pairs of neighbours, and pieces of words, which carry it over typos and
 * the endings of many languages; where words have no spaces between them, their characters. Read by the model and by the script that trains it.
 */

const WORDS_READ = 400;
const PIECE_SIZES = [3, 4, 5];
const MAX_WORD_LENGTH = 24;

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
const UNSPACED_SIZES = [1, 2, 3];

/** @param plain text of `plainOf`. @returns each feature once, in the order of the text. */
export function featuresOf(plain: string): readonly string[] {
  const words = wordsOf(plain);
  const features = new Set<string>();
  words.forEach((word, i) => {
    if (!UNSPACED.test(word)) {
      features.add(word);
      features.add(`${words[i - 1] ?? "^"} ${word}`);
    }
    for (const piece of UNSPACED.test(word) ? runsOf(word) : piecesOf(word)) features.add(piece);
  });
  if (words.length === 0) return [];
  features.add(`${words.at(-1) ?? "^"} $`);
  if (words.length <= 3) features.add("#short");
  if (words.length > 20) features.add("#long");
  return [...features];
}

function wordsOf(plain: string): readonly string[] {
  const masked = plain
    .slice(0, MAX_WORD_LENGTH * WORDS_READ)
    .replace(/\S{1,64}@\S{1,100}/g, " <email> ")
    .replace(/\d[\d.,:/-]*/g, " <n> ");
  return (masked.match(/<email>|<n>|[\p{L}']+|[?!]/gu) ?? []).slice(0, WORDS_READ);
}

/** Languages that write no spaces have words of one to three characters. */
function runsOf(run: string): readonly string[] {
  const letters = [...run.slice(0, MAX_WORD_LENGTH * 8)];
  return UNSPACED_SIZES.flatMap((size) =>
    Array.from(
      { length: Math.max(0, letters.length - size + 1) },
      (_, i) => `~~${letters.slice(i, i + size).join("")}`,
    ),
  );
}

function piecesOf(word: string): readonly string[] {
  if (word.startsWith("<") || word.length < 3) return [];
  const padded = `_${word.slice(0, MAX_WORD_LENGTH)}_`;
  return PIECE_SIZES.flatMap((size) =>
    Array.from({ length: Math.max(0, padded.length - size + 1) }, (_, i) => `~${padded.slice(i, i + size)}`),
  );
}
