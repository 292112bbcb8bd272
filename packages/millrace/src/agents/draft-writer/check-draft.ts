/**
 * What an e-mail that a model wrote has to pass before anyone sees it: every name, number and claim rests on a fact it names, links
 * are ours, its length is bounded, nothing is promised. Whatever the model was talked into is measured here by what it wrote. Pure.
 */
import type { TemplateText } from "../../email/compose/templates.ts";
import {
  contentWordsOf,
  isSameWord,
  numbersOf,
  numberWordsOf,
  plainWord,
  sentencesOf,
  wordsOf,
} from "../grounding/words.ts";
import { bannedIn } from "./banned-claims.ts";
import { type DraftFact, isOwners, partsOfTemplate } from "./draft-facts.ts";

/** What the model answers. */
export interface ModelEmail {
  readonly subject: string;
  readonly paragraphs: readonly { readonly text: string; readonly facts: readonly string[] }[];
}

/** A paragraph with the facts it rests on: what a person sees beside it. A type, so that it can go into an event as it is. */
export type DraftPart = {
  readonly text: string;
  readonly facts: readonly DraftFact[];
};

export interface DraftRules {
  readonly facts: readonly DraftFact[];
  /** The e-mail that is sent otherwise: its greeting, closing and an empty subject are kept. */
  readonly template: TemplateText;
  /** Hosts an e-mail may name. */
  readonly links: readonly string[];
  readonly banned: readonly string[];
  /** Of the whole e-mail. */
  readonly maxCharacters: number;
}

export type CheckedDraft =
  | { readonly ok: true; readonly subject: string; readonly text: string; readonly parts: readonly DraftPart[] }
  | { readonly ok: false; readonly reasons: readonly string[] };

const SHORTEST = 40;
const MAX_SUBJECT_LENGTH = 90;
const MAX_PARAGRAPHS = 5;
/** Of the words of a sentence that say something, so many stand in the facts. */
const RESTS = 0.5;
const QUESTION_RESTS = 0.34;

/** @returns the e-mail as it would leave, without foot; or every reason against it. */
export function checkDraft(message: ModelEmail, rules: DraftRules): CheckedDraft {
  const { greeting, closing } = partsOfTemplate(rules.template);
  const written = message.paragraphs.map(({ text, facts }) => ({ text: text.trim(), facts }));
  const text = [greeting, ...written.map((part) => part.text), closing]
    .filter((part) => part !== undefined)
    .join("\n\n");
  // A letter of a conversation has no subject of its own: it goes out under the first one's.
  const subject = rules.template.subject === "" ? "" : message.subject.trim();
  const reasons = [
    ...shapeOf(subject, written, text, rules),
    ...linksIn(`${subject}\n${written.map((part) => part.text).join("\n")}`, rules.links),
    ...bannedIn(`${subject}\n${written.map((part) => part.text).join("\n")}`, ownersWords(rules), rules.banned),
    ...subjectRests(subject, rules),
    ...written.flatMap((part) => partRests(part, rules)),
  ];
  if (reasons.length > 0) return { ok: false, reasons: [...new Set(reasons)].slice(0, MAX_REASONS) };
  return {
    ok: true,
    subject,
    text,
    parts: written.map((part) => ({ text: part.text, facts: named(part.facts, rules) })),
  };
}

const MAX_REASONS = 20;
/** What is none of an e-mail's: placeholders, markup, and characters that are not seen or turn the writing around. */
const NOT_WRITING = /[{}<>[\]|`*_\\]|https?:\/\/|\bTODO\b|\p{Cf}|\p{Co}|\p{Cn}|(?![\n])\p{Cc}/u;

function shapeOf(
  subject: string,
  written: ModelEmail["paragraphs"],
  text: string,
  { template, maxCharacters }: DraftRules,
): readonly string[] {
  const reasons: string[] = [];
  const body = written.map((part) => part.text).join(" ");
  if (template.subject !== "" && subject === "") reasons.push("there is no subject");
  if (subject.length > MAX_SUBJECT_LENGTH) reasons.push(`the subject is longer than ${MAX_SUBJECT_LENGTH} characters`);
  if (/^\s*(?:re|fwd?|aw|sv)\s*:/i.test(subject)) reasons.push("the subject passes itself off as an answer");
  if (written.length === 0 || body.length < SHORTEST) reasons.push("it says too little");
  if (written.length > MAX_PARAGRAPHS) reasons.push(`it has more than ${MAX_PARAGRAPHS} paragraphs`);
  if (text.length > maxCharacters) reasons.push(`it is longer than ${maxCharacters} characters`);
  if (NOT_WRITING.test(subject) || NOT_WRITING.test(body)) reasons.push("it holds marks that are no writing");
  if (/\p{Lu}{4,}(?:\s+\p{Lu}{3,})+|!{2,}/u.test(`${subject} ${body}`)) reasons.push("it shouts");
  return reasons;
}

/** What looks like an address of the web or of mail, a handle or a telephone number. */
const REACHES_OUT =
  /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.|\s?[[(]dot[)\]]\s?|。))+(?:[a-z]{2,24}|xn--[\w-]+)(?![\p{L}\p{N}])(?:\/\S*)?|\S+@\S+|(?<!\S)@\w+|\+?\p{Nd}(?:[\s()./-]?\p{Nd}){6,}/giu;

function linksIn(text: string, allowed: readonly string[]): readonly string[] {
  const found = text.match(REACHES_OUT) ?? [];
  return found
    .filter((one) => !allowed.some((host) => one.toLowerCase().split("/")[0] === host.toLowerCase()))
    .map((one) => `it names an address that is not ours ("${one.slice(0, 60)}")`);
}

function ownersWords({ facts, template }: DraftRules): string {
  return [template.subject, template.text, ...facts.filter(isOwners).map(({ words }) => words)].join("\n");
}

function named(ids: readonly string[], { facts }: DraftRules): readonly DraftFact[] {
  return facts.filter(({ id }) => ids.includes(id));
}

/** A subject may speak of anything the owner says or that is known of the lead. */
function subjectRests(subject: string, rules: DraftRules): readonly string[] {
  if (subject === "") return [];
  const all = rules.facts.filter((fact) => isOwners(fact) || fact.id.startsWith("L"));
  const grounds = groundsOf([...all, { id: "T0", what: "template", words: rules.template.subject }], all);
  return [
    ...strangers(subject, grounds),
    ...(covered(subject, grounds.cited) < RESTS ? [`the subject rests on no fact ("${subject.slice(0, 80)}")`] : []),
  ];
}

function partRests(
  { text, facts: ids }: { readonly text: string; readonly facts: readonly string[] },
  rules: DraftRules,
): readonly string[] {
  const cited = named(ids, rules);
  const unknown = ids.filter((id) => !rules.facts.some((fact) => fact.id === id));
  const grounds = groundsOf(cited, rules.facts);
  return [
    ...unknown.map((id) => `it names a fact that there is not ("${id.slice(0, 20)}")`),
    ...sentencesOf(text).flatMap((sentence) => sentenceRests(sentence, cited, grounds)),
  ];
}

/** The words a sentence is held against. */
interface Grounds {
  /** Of the facts that are named. */
  readonly cited: readonly string[];
  readonly citedNumbers: readonly string[];
  /** Of the facts that are named, and of all the owner says. */
  readonly names: ReadonlySet<string>;
  readonly owners: readonly string[];
  readonly ownersNumbers: readonly string[];
}

function groundsOf(cited: readonly DraftFact[], all: readonly DraftFact[]): Grounds {
  const owners = all.filter(isOwners);
  const numbersIn = (facts: readonly DraftFact[]) =>
    facts.flatMap(({ words }) => [...numbersOf(words), ...numberWordsOf(wordsOf(words))]);
  return {
    cited: cited.flatMap(({ words }) => contentWordsOf(words)),
    citedNumbers: numbersIn(cited),
    names: new Set([...cited, ...owners].flatMap(({ words }) => wordsOf(words).map(plainWord))),
    owners: cited.filter(isOwners).flatMap(({ words }) => contentWordsOf(words)),
    ownersNumbers: numbersIn(cited.filter(isOwners)),
  };
}

const SPEAKS_OF_US = /\b(?:we|our|ours|us|i|my|mine)\b/i;

function sentenceRests(sentence: string, cited: readonly DraftFact[], grounds: Grounds): readonly string[] {
  const short = `"${sentence.slice(0, 80)}"`;
  const reasons = [...strangers(sentence, grounds)];
  const isQuestion = sentence.endsWith("?");
  const isOfUs = SPEAKS_OF_US.test(sentence);
  const allowedNumbers = isOfUs && !isQuestion ? grounds.ownersNumbers : grounds.citedNumbers;
  for (const number of [...numbersOf(sentence), ...numberWordsOf(wordsOf(sentence))]) {
    if (!allowedNumbers.includes(number)) reasons.push(`the number ${number} rests on no fact (${short})`);
  }
  if (!isQuestion && cited.length === 0) reasons.push(`a sentence rests on no fact (${short})`);
  else if (covered(sentence, grounds.cited) < (isQuestion ? QUESTION_RESTS : RESTS))
    reasons.push(`a sentence says more than its facts (${short})`);
  if (!isQuestion && isOfUs && !sharesAny(sentence, grounds.owners))
    reasons.push(`a sentence says of us what we do not say (${short})`);
  return reasons;
}

/** Names that stand in none of the facts: words with a capital, where none is due. */
function strangers(sentence: string, { names }: Grounds): readonly string[] {
  return wordsOf(sentence).flatMap((word, i) => {
    if (!/\p{Lu}/u.test(word) || names.has(plainWord(word)) || NO_NAMES.has(plainWord(word))) return [];
    if (i === 0 && STARTERS.has(plainWord(word)) && !/\p{Lu}/u.test(word.slice(1))) return [];
    return word.split(/[-/&]/).every((part) => !/\p{Lu}/u.test(part) || names.has(plainWord(part)))
      ? []
      : [`the name "${word.slice(0, 40)}" stands in no fact`];
  });
}

/** The share of the words that say something which stand in the facts; 1 where there are none. */
function covered(sentence: string, facts: readonly string[]): number {
  const words = contentWordsOf(sentence);
  if (words.length === 0) return 1;
  return words.filter((word) => facts.some((fact) => isSameWord(word, fact))).length / words.length;
}

function sharesAny(sentence: string, facts: readonly string[]): boolean {
  const words = contentWordsOf(sentence);
  return words.some((word) => facts.some((fact) => isSameWord(word, fact)));
}

/** Written with a capital and no names. */
const NO_NAMES = new Set("i i'm i'd i'll i've monday tuesday wednesday thursday friday".split(" "));
/** Words a sentence may begin with. Another one with a capital counts as a name. */
const STARTERS = new Set(
  "a after all an and another answering any are as ask at because before being both but by can could day did do does each every few for from getting given happy has have having here hope how if in instead is it it's its just let like many may maybe might more most much my no not of on once one or our ours perhaps please reading saw seeing should since so some such tell than thank thanks that that's the their them then there these they this those though to today too until us was we we'd we'll we're we've well were what when where whether which while who why will with within without working would you you're you've your yours teams people".split(
    " ",
  ),
);
