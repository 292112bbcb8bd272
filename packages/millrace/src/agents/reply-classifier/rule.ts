/** How the rules of the classifier are written and asked. The phrases themselves are in the files named *-phrases.ts and phrases-*.ts. */
import type { ReplyClass } from "../../events/mission-events.ts";
import type { ReplyLanguage } from "./reply-settings.ts";

/**
 * Phrases of one meaning, by language, as `plainOf` writes: lower case, no accents, one line.
 * @NOTE no repetition inside a repetition, and gaps are bounded: a reply of any kind is read in linear time.
 */
export type Phrases = Readonly<Partial<Record<ReplyLanguage, readonly RegExp[]>>>;

/** The meanings a phrase can have; opt-outs have a rule of their own (email/policy/opt-out-words.ts). */
export type CueClass = Exclude<ReplyClass, "opt_out" | "none">;

/** Phrases of one language, by meaning. */
export type LanguagePhrases = Readonly<Partial<Record<CueClass, readonly RegExp[]>>>;

export interface Match {
  readonly language: ReplyLanguage;
  /** The words that decided. */
  readonly words: string;
}

const MAX_WORDS_LENGTH = 100;

export function firstMatch(plain: string, phrases: Phrases, languages: readonly ReplyLanguage[]): Match | undefined {
  for (const language of languages) {
    for (const phrase of phrases[language] ?? []) {
      const found = phrase.exec(plain);
      if (found) return { language, words: found[0].trim().slice(0, MAX_WORDS_LENGTH) };
    }
  }
  return undefined;
}
