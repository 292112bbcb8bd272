/** Sentences and words of a letter, for the rules that compare it with facts. Pure. */

/** Where a sentence ends: behind its mark, before a blank. "Dr. Who" and "3.5" do not end one. */
const ENDS = /(?<=[.!?。！？])(?<!\b(?:Dr|Mr|Ms|Mrs|St|No|e\.g|i\.e|Inc|Ltd|Co)\.)\s+/u;

export function sentencesOf(text: string): readonly string[] {
  return text
    .replace(/\s+/g, " ")
    .split(ENDS)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

/** Letters and digits in one piece, with what may stand inside of a word: "e-mail", "Acme's", "3.5", "C++". */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-'’.&/+][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;

/** Words as they stand, in order. */
export function wordsOf(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

/** What two spellings of a word share: lower case, without accents and without "'s". */
export function plainWord(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’]s$/u, "")
    .toLowerCase();
}

/** Numbers as digits, without the marks between thousands. "20", "3.5", "1,200" are 20, 3.5, 1200. */
export function numbersOf(text: string): readonly string[] {
  return (text.normalize("NFKC").match(/\p{Nd}+(?:[.,]\p{Nd}+)*/gu) ?? []).map((number) =>
    number.replace(/[.,](?=\p{Nd}{3}(?!\p{Nd}))/gu, "").replace(",", "."),
  );
}

/** Words of a number in letters. */
const IN_LETTERS = new Set(
  "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety dozen dozens hundred hundreds thousand thousands million millions billion billions percent double doubled doubles twice triple tripled half halved quarter third".split(
    " ",
  ),
);

/** Numbers in letters, as they stand: "two", "half". */
export function numberWordsOf(words: readonly string[]): readonly string[] {
  return words.map(plainWord).filter((word) => IN_LETTERS.has(word));
}

/** Words that say nothing by themselves. Shorter ones than four letters are never counted. */
const EMPTY = new Set(
  "about after again also although always another anybody anyone anything around because been before being below best between both came come comes could does doing done down each either else even ever every everyone find from gets give given gives glad goes going good happy have having hear heard here hope into just keep know like likely look looking made make makes many maybe might more most much must need needs never nice next once only other others ought ours over people perhaps please quite rather really right same says seem seems send sent shall should show since some someone something soon still such sure take takes tell than that their them then there these they thing things think this those though through time today together told took tomorrow towards under until upon used uses using very want wants week were what when where whether which while will wish with within without wonder work works worth would wrote year years your yours yourself regards thank thanks call talk chat meeting moment minute minutes minute idea ideas question answer answers interested interesting useful helpful wanted writing write".split(
    " ",
  ),
);

const MIN_CONTENT_LENGTH = 4;

/** Words that say something: by them a sentence is held against facts. */
export function contentWordsOf(text: string): readonly string[] {
  return wordsOf(text)
    .map(plainWord)
    .filter((word) => word.length >= MIN_CONTENT_LENGTH && /\p{L}/u.test(word) && !EMPTY.has(word));
}

/** So many letters make two forms of a word one: "answer", "answered"; "deliver", "deliveries". */
const STEM = 5;

/** Do two plain words say the same? */
export function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < MIN_CONTENT_LENGTH) return false;
  return short.length < STEM ? long === `${short}s` : long.startsWith(short.slice(0, Math.max(STEM, short.length - 2)));
}
