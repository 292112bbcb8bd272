/**
 * What the sentences of a reply say by phrases of the tables: every meaning that is found, with the words that say it. Pure.
 * Which of them counts is weighed in weigh.ts.
 */
import { clausesOf, isWish, NEGATED } from "../../email/policy/opt-out-doubts.ts";
import { ABSENCE, BOUNCE } from "./absence-phrases.ts";
import { POSITIVE, QUESTION, WRONG_PERSON } from "./answer-phrases.ts";
import { MORE_COMPLAINT } from "./complaint-phrases.ts";
import { BACK_SOON, GONE_MAILBOX, GONE_PERSON } from "./gone-phrases.ts";
import { CHINESE, JAPANESE } from "./phrases-ja-zh.ts";
import { POLISH, PORTUGUESE } from "./phrases-pt-pl.ts";
import { DANISH, SWEDISH } from "./phrases-sv-da.ts";
import { COMPLAINT, NEGATIVE, NOT_NOW } from "./refusal-phrases.ts";
import type { ReplyLanguage } from "./reply-settings.ts";
import { REQUEST } from "./request-phrases.ts";
import { type CueClass, firstMatch, type LanguagePhrases, type Match, type Phrases } from "./rule.ts";

/** A meaning found, and where. */
export interface Cue extends Match {
  readonly class: CueClass;
  /** Which sentence, from 0. */
  readonly sentence: number;
}

const MORE: readonly (readonly [ReplyLanguage, LanguagePhrases])[] = [
  ["pt", PORTUGUESE],
  ["pl", POLISH],
  ["sv", SWEDISH],
  ["da", DANISH],
  ["ja", JAPANESE],
  ["zh", CHINESE],
];

const TABLES: readonly (readonly [CueClass, Phrases])[] = (
  [
    ["complaint", COMPLAINT],
    ["out_of_office", ABSENCE],
    ["wrong_person", WRONG_PERSON],
    ["not_now", NOT_NOW],
    ["negative", NEGATIVE],
    ["positive", POSITIVE],
    ["question", QUESTION],
  ] as const
).map(([name, phrases]) => [name, withMore(name, phrases)] as const);

/** Only of programs: of a person's own words the tables above have been weighed. */
const GONE = [
  ["wrong_person", GONE_PERSON],
  ["bounce", GONE_MAILBOX],
] as const;

const BOUNCES = withMore("bounce", BOUNCE);

function withMore(name: CueClass, phrases: Phrases): Phrases {
  const added = name === "complaint" ? MORE_COMPLAINT : {};
  const own = Object.fromEntries(MORE.map(([language, of]) => [language, of[name] ?? []]));
  const languages = [...new Set([...Object.keys(phrases), ...Object.keys(own)])] as ReplyLanguage[];
  return Object.fromEntries(
    languages.map((language) => [
      language,
      [...(phrases[language] ?? []), ...(own[language] ?? []), ...(added[language] ?? [])],
    ]),
  );
}

/** @param sentences of `sentencesOf`. @returns at most one cue for each meaning: the first. */
export function cuesIn(sentences: readonly string[], languages: readonly ReplyLanguage[]): ReadonlyMap<CueClass, Cue> {
  const found = new Map<CueClass, Cue>();
  const bares = sentences.map(bareOf);
  for (const [name, phrases] of TABLES) {
    for (const [sentence, text] of sentences.entries()) {
      const bare = bares[sentence] ?? text;
      const match =
        firstMatch(text, phrases, languages) ?? (bare === text ? undefined : firstMatch(bare, phrases, languages));
      if (match === undefined) continue;
      found.set(name, { ...match, class: name, sentence });
      break;
    }
  }
  if (!found.has("positive")) {
    const request = requestIn(sentences, languages);
    if (request !== undefined) found.set("positive", request);
  }
  return found;
}

/** That who we wrote to is gone, or their mailbox. @param plain as `plainOf` writes. */
export function goneIn(plain: string, languages: readonly ReplyLanguage[]): (Match & { class: CueClass }) | undefined {
  for (const [name, phrases] of GONE) {
    const match = name === "wrong_person" && BACK_SOON.test(plain) ? undefined : firstMatch(plain, phrases, languages);
    if (match !== undefined) return { ...match, class: name };
  }
  return undefined;
}

/** A request counts where nothing in its sentence turns it around. */
function requestIn(sentences: readonly string[], languages: readonly ReplyLanguage[]): Cue | undefined {
  for (const [sentence, text] of sentences.entries()) {
    for (const clause of clausesOf(text)) {
      const match = NEGATED.test(clause) || AFTER.test(clause) ? undefined : firstMatch(clause, REQUEST, languages);
      if (match !== undefined) return { ...match, class: "positive", sentence };
    }
  }
  return undefined;
}

/** "Call me again in January": a request for later is none for now. */
const AFTER =
  /\b(again (in|after|next)|in (january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|(two|three|six|a few|\d) (weeks|months))|next (year|quarter|spring|summer|autumn|fall|winter)|after (the|easter|christmas|summer)|later this year|im (januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|herbst|fruhjahr)|nachstes jahr|en (janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|l'an prochain|el ano que viene|l'anno prossimo|a (gennaio|settembre|ottobre|novembre)|volgend jaar|em (janeiro|setembro|outubro)|no proximo ano|w (styczniu|przyszlym)|nasta ar|naeste ar|neste ar|i (januari|januar|september|oktober))\b|来年|来期|来月|明年|下半年|(\d|[一二三四五六七八九十])+月/;

/** Undeliverable, in a program's words. */
export function bounceIn(plain: string, languages: readonly ReplyLanguage[]): Match | undefined {
  return firstMatch(plain, BOUNCES, languages);
}

/** The last sentence that asks for something to go on, with nothing in that part of it that turns it around. */
export function wishIn(sentences: readonly string[]): number | undefined {
  const at = sentences.findLastIndex(isWish);
  return at === -1 ? undefined : at;
}

/** Without the punctuation and the greeting, for rules about a sentence as a whole: "Hi Tom, no, thanks!" is "no thanks". */
export function bareOf(sentence: string): string {
  return sentence
    .replace(
      /^(hi|hello|hey|dear|hallo|guten (tag|morgen)|bonjour|hola|buongiorno|ciao|hoi|ola|bom dia|boa tarde|hej|dzien dobry|witam)( \p{L}{1,20}){0,2}[,!]/u,
      "",
    )
    .replace(/[.,;:!¡¿()…。，！、]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
