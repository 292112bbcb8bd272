/**
 * Does a reply ask us to stop? By rule, before any model is asked, and on what the contact wrote, never on what they quote.
 * A wish that is plain is final; one that may mean something else is a doubt, and a person reads it. Only the beginning is
 * read: who wants to leave says so first. Meant for conditions of workflows and for the reply classifier.
 */
import { plainLetters } from "../../base/plain-letters.ts";
import { ABOUT_ONE_THING, DOUBTS, isWish } from "./opt-out-doubts.ts";
import { wishByGrammar } from "./opt-out-grammar.ts";
import { ACCUSES, wordsOfKind } from "./opt-out-kinds.ts";
import { OPT_OUT_LANGUAGES, type OptOutLanguage, PARTS, WHOLE } from "./opt-out-phrases.ts";
import { wishInTwo } from "./opt-out-pronouns.ts";
import { isAboutOthers, ORDERS, WAYS } from "./opt-out-ways.ts";
import { otherReadings, withoutDialect } from "./opt-out-writing.ts";

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
  const wishes = sentences.flatMap((sentence, at) => wishIn(sentence, at) ?? otherWish(sentences, at) ?? []);
  const plain = wishes.find(({ wish }) => wish.isPlain);
  if (plain === undefined) return wishes[0]?.wish;
  const wants = sentences.some((sentence, at) => at !== plain.at && isWish(sentence));
  return wants ? { ...plain.wish, isPlain: false, doubt: "beside a yes" } : plain.wish;
}

interface WishAt {
  readonly wish: StopWish;
  readonly at: number;
}

/** By kind, or of two sentences. Who complains to an authority as well is read as complaining. */
function otherWish(sentences: readonly string[], at: number): WishAt | undefined {
  const found = wishOfKind(sentences[at] ?? "", at) ?? wishOfTwo(sentences, at);
  if (found === undefined || !sentences.some((sentence) => ACCUSES.test(sentence))) return found;
  return { at, wish: { ...found.wish, isPlain: false, doubt: "beside a complaint" } };
}

function wishOfKind(sentence: string, at: number): WishAt | undefined {
  const read = ownWords(sentence);
  const readings = [
    read,
    withoutPoliteness(read).replace(/\s*\?+$/, ""),
    ...otherReadings(read).map(({ plain }) => plain),
  ];
  for (const language of languagesOf(read)) {
    for (const reading of readings) {
      const words = wordsOfKind(reading, language);
      if (words !== undefined) return { at, wish: wishOfWords(language, words, doubtOf(sentence, read)) };
    }
  }
  return undefined;
}

/** The sentence before says what "it" is, or what stands before the last comma. */
function wishOfTwo(sentences: readonly string[], at: number): WishAt | undefined {
  const sentence = sentences[at] ?? "";
  const comma = Math.max(sentence.lastIndexOf(", "), sentence.lastIndexOf("，"), sentence.lastIndexOf("、"));
  const pairs = [
    [sentences[at - 1] ?? "", sentence],
    [sentence.slice(0, Math.max(comma, 0)), sentence.slice(comma + 1).trim()],
  ] as const;
  for (const [first, second] of pairs) {
    const language = wishInTwo(first, second);
    if (language !== undefined)
      return { at, wish: wishOfWords(language, second.slice(0, 100), doubtOf(second, second)) };
  }
  return undefined;
}

function wishIn(sentence: string, at: number): WishAt | undefined {
  const read = ownWords(sentence);
  const bare = withoutPoliteness(read);
  const direct = directWish(sentence, read, bare);
  if (direct?.isPlain === true) return { at, wish: direct };
  const wish = wishOtherwise(read) ?? direct;
  return wish && { at, wish };
}

/** What stands in quotation marks is someone else's sentence, unless it is all there is. */
function ownWords(sentence: string): string {
  const own = sentence.replace(/["“”„«»][^"“”„«»]{3,300}["“”„«»]/g, " ");
  return (own.trim() === "" ? sentence : own)
    .replace(/["“”„«»]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function directWish(sentence: string, read: string, bare: string): StopWish | undefined {
  const mayWish = !isAboutOthers(read);
  for (const language of languagesOf(read)) {
    const words = wordsIn(read, bare, language, mayWish);
    if (words === undefined) continue;
    return wishOfWords(language, words, isWhole(bare, language) ? undefined : doubtOf(sentence, read));
  }
  const language = wishByGrammar(read);
  return language && wishOfWords(language, read.slice(0, 100), doubtOf(sentence, read));
}

/** As it is typed or wrapped: read again in plain words. Only what is plain then is heard in addition. */
function wishOtherwise(read: string): StopWish | undefined {
  for (const { language, plain, beside } of otherReadings(read)) {
    const bare = withoutPoliteness(plain);
    const words =
      wordsIn(plain, bare, language, !isAboutOthers(plain)) ?? (wishByGrammar(plain) === language ? read : undefined);
    if (words === undefined) continue;
    const doubt = doubtOf(beside, beside) ?? (isWhole(bare, language) ? undefined : doubtOf(plain, plain));
    if (doubt === undefined) return wishOfWords(language, words.slice(0, 100), undefined);
  }
  return undefined;
}

function isWhole(bare: string, language: OptOutLanguage): boolean {
  return WHOLE[language].test(bare) || ORDERS[language]?.test(bare) === true;
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

/** @param mayWish nothing in it is about others: it may be put in one of the other ways. */
function wordsIn(sentence: string, bare: string, language: OptOutLanguage, mayWish: boolean): string | undefined {
  if (isWhole(bare, language)) return sentence;
  const ways = mayWish ? (WAYS[language] ?? []) : [];
  const asked = bare.replace(/\s*\?+$/, "");
  return (
    firstOf(PARTS[language], sentence) ??
    firstOf(ways, sentence) ??
    (asked === sentence ? undefined : firstOf(ways, asked))
  );
}

function firstOf(phrases: readonly RegExp[], sentence: string): string | undefined {
  for (const phrase of phrases) {
    const found = phrase.exec(sentence);
    if (found) return found[0].trim().slice(0, 100);
  }
  return undefined;
}

function withoutPoliteness(sentence: string): string {
  return sentence.replace(POLITE, "").replace(POLITE, "").trim();
}

/** "…, not even reminders": one thing named beside all the others. */
const THAT_TOO =
  /,? \b(auch keine?|not even|nor any|pas meme|meme pas|ni siquiera|nemmeno|neanche|ook geen|nem sequer|nawet|inte ens|heller ikke|heller inga|heller ingen)\b.*$|, [^,]* (included|inbegriffen|incluid[oa]s?|comprise?s?)$/;

/** "Thank you for the offer, but …": what is thanked for is not what is asked for. */
const THANKED =
  /^(vielen |besten |herzlichen |many |muchas |mille |molte |muito |mange |hartelijk )?(danke?|thanks|thank you|merci|gracias|grazie|bedankt|dank u|dank je|obrigad[oa]|dziekuje|dziekujemy|tack|tak)\b[^,]{0,60},? (aber|but|mais|pero|ma|maar|mas|ale|men|jedoch|und|and) /;

/** ", if you would be so kind": no condition, but a please. */
const IF_SO_KIND =
  /,? ?\b(if (you|you'd|you would|you could)( be)?( so| please| good| kind| mind| enough| don't){1,3}|wenn (sie|ihr|du) so (gut|lieb|nett|freundlich) (sein wollen|sein wollt|sein willst|sind|seid|bist|waren|wart|warst)|si (vous voulez|tu veux) bien|si (es|fuera|son|sois|fueran) tan? (amable|amables)|als (je|u|jullie) (wilt|zo vriendelijk (bent|wilt zijn|zou zijn))|se (puder|puderem|fizer (o )?favor|nao for incomodo|non (le|vi|ti) dispiace|fosse (possibile|cosi gentile))|jesli (mozna prosic|laska)|om du vill vara snall|hvis du vil vaere sod)$/;

/** "I would be grateful if you stopped": the condition is a courtesy as well. */
const GRATEFUL_IF =
  /\b(grateful|obliged|thankful|appreciate(d| it)?|glad|dankbar|verbunden|reconnaissante?s?|gre|agradeceria\w*|agradecid[oa]s?|grat[oa]|prijs( te)? stellen|prijs|dankbaar|zobowiazan\w*|wdzieczn\w*|tacksamm?a?|pris pa|taknemmelige?),? (if|wenn|si|se|als|indien|gdyby|jesli|om|hvis)( (you|the|our|my|sie|ihr|vous|usted|ustedes|volesse|voleste|u|jullie|zechcial\w*|pan|pani|panstwo|ni|du|de|i))*\b/;

function doubtOf(said: string, read: string): string | undefined {
  const sentence = said.replace(IF_SO_KIND, "").replace(GRATEFUL_IF, "$1");
  // "The link does nothing when I click it, so I say it by hand: …": behind a colon stands what is wished.
  const wished = sentence
    .slice(sentence.lastIndexOf(": ") + 1)
    .replace(THAT_TOO, "")
    .replace(THANKED, "");
  const found = DOUBTS.find(({ why, pattern }) => pattern.test(why === ABOUT_ONE_THING ? wished : sentence));
  if (found !== undefined) return found.why;
  return isWish(read) ? "beside a yes" : undefined;
}

const TITLE =
  /\b(mr|mrs|ms|dr|dra|prof|hr|fr|m|mme|mlle|sr|sra|sig|dott|dottssa|avv|geom|ing|dhr|mevr|inz|mgr|st|adv)\. (?=\p{L})/gu;

/** A line as long as a mail program makes them goes on in the next one. */
const FOLDED = 55;

/** Lower case, without accents on Latin letters, one sentence each. */
function sentencesOf(text: string): readonly string[] {
  return unfolded(plain(text.slice(0, LETTERS_READ)))
    .split(/(?<=[.!?;])\s+|(?<=[。！？；])|(?<=[!?;])(?=[\u3040-\u9fff])|\n+/)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => sentence !== "")
    .slice(0, SENTENCES_READ)
    .map((sentence) => sentence.replace(/[\s.!;:,。！？；、，：-]+$/, "").replace(/^[¡¿\s>*-]+/, ""))
    .filter((sentence) => sentence !== "");
}

function plain(text: string): string {
  const letters = plainLetters(withoutDialect(text)).replace(/[()[\]*_]/g, " ");
  // "Dr. Weiss" is one sentence.
  return letters.replace(TITLE, "$1 ");
}

function unfolded(text: string): string {
  return text.split("\n").reduce((joined, line) => {
    const last = joined.slice(joined.lastIndexOf("\n") + 1);
    const goesOn = last.length >= FOLDED && !/[.!?:;。！？]\s*$/.test(last) && /^\s*[\p{Ll}\d]/u.test(line);
    return joined === "" ? line : `${joined}${goesOn ? " " : "\n"}${line}`;
  }, "");
}
