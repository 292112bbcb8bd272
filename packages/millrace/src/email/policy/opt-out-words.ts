/**
 * Does a reply ask us to stop? By rule, before any model is asked, and on what the contact wrote, never on what they quote.
 * A wish that is plain is final; one that may mean something else is a doubt, and a person reads it. Only the beginning is
 * read: who wants to leave says so first. Meant for conditions of workflows and for the reply classifier.
 */
import { plainLetters } from "../../base/plain-letters.ts";
import { DOUBTS, isWish } from "./opt-out-doubts.ts";
import { wishByGrammar } from "./opt-out-grammar.ts";
import { OPT_OUT_LANGUAGES, type OptOutLanguage, PARTS, WHOLE } from "./opt-out-phrases.ts";

export { OPT_OUT_LANGUAGES, type OptOutLanguage } from "./opt-out-phrases.ts";

const SENTENCES_READ = 12;
const LETTERS_READ = 2_500;

/** Words around an order that change nothing about it. */
const POLITE =
  /^((hi|hello|hallo|hey|bonjour|hola|ciao|ola|hej|dzien dobry|szanowni panstwo|dear (\w+ ?){1,3}|guten tag|buongiorno|yes|ja|oui|si|please|bitte|merci de|svp|por favor|per favore|alstublieft|aub|pls|plz|kindly|just|prosze|vanligst|venligst|graag|gerne|snalla|proszę|tak|so|and|ok|okay)[ ,!]+)+|[ ,]+(please|pls|plz|pls|bitte|danke|thanks|thank you|merci|svp|s'il vous plait|gracias|por favor|grazie|per favore|dank( u)?|bedankt|aub|alstublieft|obrigad[oa]|thx|now|immediately|sofort|graag|tack|tak|dziekuje|prosze|asap|at once)$/g;

export interface StopWish {
  readonly language: OptOutLanguage;
  /** The words that say so. */
  readonly words: string;
  /** Plain words with no second meaning: final. False: a person reads it. */
  readonly isPlain: boolean;
  /** Why it is not plain. */
  readonly doubt?: string;
}

/**
 * @param text what the contact wrote, quotes and signature gone.
 * @returns the language whose rule says so in plain words, or false.
 */
export function asksToStop(text: string): OptOutLanguage | false {
  const wish = stopWish(text);
  return wish?.isPlain === true ? wish.language : false;
}

/** The reply read last: a workflow's condition and the classifier ask about the same one, one after the other. */
let last: { readonly text: string; readonly wish: StopWish | undefined } | undefined;

/** @returns the wish to stop in a reply, plain or doubtful; undefined when there is none. */
export function stopWish(text: string): StopWish | undefined {
  if (last?.text !== text) last = { text, wish: wishOf(text) };
  return last.wish;
}

function wishOf(text: string): StopWish | undefined {
  const sentences = sentencesOf(text);
  const wishes = sentences.flatMap((sentence, at) => wishIn(sentence, at) ?? []);
  const plain = wishes.find(({ wish }) => wish.isPlain);
  if (plain === undefined) return wishes[0]?.wish;
  const wants = sentences.some((sentence, at) => at !== plain.at && isWish(sentence));
  return wants ? { ...plain.wish, isPlain: false, doubt: "beside a yes" } : plain.wish;
}

function wishIn(sentence: string, at: number): { readonly wish: StopWish; readonly at: number } | undefined {
  // What stands in quotation marks is somebody else's sentence, unless it is all there is.
  const own = sentence.replace(/["“”„«»][^"“”„«»]{3,300}["“”„«»]/g, " ");
  const read = (own.trim() === "" ? sentence : own)
    .replace(/["“”„«»]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const bare = withoutPoliteness(read);
  for (const language of languagesOf(read)) {
    const words = wordsIn(read, bare, language);
    if (words === undefined) continue;
    return { at, wish: wishOfWords(language, words, WHOLE[language].test(bare) ? undefined : doubtOf(sentence, read)) };
  }
  const language = wishByGrammar(read);
  return language && { at, wish: wishOfWords(language, read.slice(0, 100), doubtOf(sentence, read)) };
}

function wishOfWords(language: OptOutLanguage, words: string, doubt: string | undefined): StopWish {
  return { language, words, isPlain: doubt === undefined, ...(doubt === undefined ? {} : { doubt }) };
}

const WITHOUT_LATIN: readonly OptOutLanguage[] = ["ru", "ja", "zh", "ko"];
const IN_LATIN = OPT_OUT_LANGUAGES.filter((language) => !WITHOUT_LATIN.includes(language) || language === "zh");

/** A sentence in Latin script alone is not looked up in the others; "TD" is what Chinese senders ask to be answered with. */
function languagesOf(sentence: string): readonly OptOutLanguage[] {
  return /[\u0400-\uffff]/.test(sentence) ? OPT_OUT_LANGUAGES : IN_LATIN;
}

function wordsIn(sentence: string, bare: string, language: OptOutLanguage): string | undefined {
  if (WHOLE[language].test(bare)) return sentence;
  for (const part of PARTS[language]) {
    const found = part.exec(sentence);
    if (found) return found[0].trim().slice(0, 100);
  }
  return undefined;
}

function withoutPoliteness(sentence: string): string {
  return sentence.replace(POLITE, "").replace(POLITE, "").trim();
}

function doubtOf(sentence: string, read: string): string | undefined {
  const found = DOUBTS.find(({ pattern }) => pattern.test(sentence));
  if (found !== undefined) return found.why;
  return isWish(read) ? "beside a yes" : undefined;
}

/** A line as long as a mail program makes them goes on in the next one. */
const FOLDED = 55;

/** Lower case, without accents on Latin letters, one sentence each. */
function sentencesOf(text: string): readonly string[] {
  return unfolded(plain(text.slice(0, LETTERS_READ)))
    .split(/(?<=[.!?;])\s+|(?<=[。！？；])|\n+/)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => sentence !== "")
    .slice(0, SENTENCES_READ)
    .map((sentence) => sentence.replace(/[\s.!;:,。！？；、，：-]+$/, "").replace(/^[¡¿\s>*-]+/, ""))
    .filter((sentence) => sentence !== "");
}

function plain(text: string): string {
  return plainLetters(text).replace(/[()[\]*_]/g, " ");
}

function unfolded(text: string): string {
  return text.split("\n").reduce((joined, line) => {
    const last = joined.slice(joined.lastIndexOf("\n") + 1);
    const goesOn = last.length >= FOLDED && !/[.!?:;。！？]\s*$/.test(last) && /^\s*[\p{Ll}\d]/u.test(line);
    return joined === "" ? line : `${joined}${goesOn ? " " : "\n"}${line}`;
  }, "");
}
