/**
 * Known words in free text: which group of terms a job title, an industry or a form's name belongs to.
 * Terms are compared word by word, without case and accents, so "Director of Sales" is a director and
 * "Directorate" is not. Work is linear in the text, whatever the text is: no backtracking, and only the
 * first 200 characters are read.
 */

export interface TermGroup {
  readonly name: string;
  /** Words or phrases; one that begins with "*" matches the end of a word ("*leiter" finds "Vertriebsleiter"). */
  readonly terms: readonly string[];
}

interface Term {
  readonly words: readonly string[];
  readonly rank: number;
}

const READ_AT_MOST = 200;
const NOT_ASCII = /[^\x20-\x7e]/;
const PUNCTUATION = /[\xa0\xab\xb7\xbb\u2010-\u2027\ufffd]/g;
const NOT_A_WORD = /[^\p{L}\p{N}]+/u;
const NOT_AN_ASCII_WORD = /[^a-z0-9]+/;
const MARKS = /\p{M}+/gu;

/** The words of a text in lower case and without accents: "Geschäftsführer:in" gives geschaftsfuhrer, in. */
export function wordsOf(text: string): readonly string[] {
  const bounded = text.length > READ_AT_MOST ? text.slice(0, READ_AT_MOST) : text;
  if (!NOT_ASCII.test(bounded)) return bounded.toLowerCase().split(NOT_AN_ASCII_WORD);
  // A dash or a quote alone makes no foreign word.
  const plain = bounded.replace(PUNCTUATION, " ");
  if (!NOT_ASCII.test(plain)) return plain.toLowerCase().split(NOT_AN_ASCII_WORD);
  return bounded.normalize("NFKD").replace(MARKS, "").toLowerCase().replaceAll("ß", "ss").split(NOT_A_WORD);
}

/** Groups in the order of precedence, compiled once. */
export class TermTable {
  readonly #names: readonly string[];
  readonly #terms = new Map<string, Term[]>();
  readonly #endings: { readonly ending: string; readonly rank: number }[] = [];

  constructor(groups: readonly TermGroup[]) {
    this.#names = groups.map((group) => group.name);
    for (const [rank, group] of groups.entries()) {
      for (const term of group.terms) this.#add(term, rank);
    }
    // The longest phrase wins at a place, so that "vice president" is not read as "president".
    for (const terms of this.#terms.values()) terms.sort((a, b) => b.words.length - a.words.length);
  }

  /** The name of the first group one of whose terms stands in the text. */
  find(text: string): string | undefined {
    const words = wordsOf(text);
    let best = this.#names.length;
    for (let at = 0; at < words.length; ) {
      const term = this.#longestAt(words, at);
      const rank = term?.rank ?? this.#rankByEnding(words[at] ?? "");
      if (rank < best) best = rank;
      at += term?.words.length ?? 1;
    }
    return this.#names[best];
  }

  #add(term: string, rank: number): void {
    const words = wordsOf(term).filter((word) => word !== "");
    const first = words[0];
    if (first === undefined) return;
    if (term.startsWith("*")) {
      this.#endings.push({ ending: first, rank });
      return;
    }
    const known = this.#terms.get(first);
    if (known === undefined) this.#terms.set(first, [{ words, rank }]);
    else known.push({ words, rank });
  }

  #longestAt(words: readonly string[], at: number): Term | undefined {
    const terms = this.#terms.get(words[at] ?? "");
    if (terms === undefined) return undefined;
    for (const term of terms) {
      if (standsAt(term.words, words, at)) return term;
    }
    return undefined;
  }

  #rankByEnding(word: string): number {
    let best = this.#names.length;
    for (const { ending, rank } of this.#endings) {
      if (rank < best && word.length > ending.length && word.endsWith(ending)) best = rank;
    }
    return best;
  }
}

function standsAt(term: readonly string[], words: readonly string[], at: number): boolean {
  for (let i = 1; i < term.length; i++) {
    if (words[at + i] !== term[i]) return false;
  }
  return true;
}
