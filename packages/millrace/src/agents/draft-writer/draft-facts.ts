/**
 * What a draft may rest on: what the owner says of themselves (the template's own words and `drafts.about`), what is known of the
 * lead, and what the company's home page says. Numbered, so that a draft can name them. Pure.
 * What a form's free text says is no fact: anyone may type it beside someone else's address.
 */
import { type Contact, textProperty } from "../../contacts/contact.ts";
import type { TemplateText } from "../../email/compose/templates.ts";
import { cleanName, cleanText } from "../data-enricher/clean-text.ts";
import { employeesOf } from "../data-enricher/company-size.ts";
import { sentencesOf } from "../grounding/words.ts";

/** A type, not an interface, so that it can go into an event as it is. */
export type DraftFact = {
  /** "T1" of the template, "A1" of `drafts.about`, "L1" of the lead, "P1" of the page. */
  readonly id: string;
  /** What it is about: "template", "about us", "company", "page". */
  readonly what: string;
  readonly words: string;
};

/** The e-mail a template makes, in its parts. */
export interface TemplateParts {
  /** "Hi Ada,"; undefined where the template has none of its own. */
  readonly greeting: string | undefined;
  readonly body: readonly string[];
  /** "Best regards,\nSales" */
  readonly closing: string | undefined;
}

const MAX_GREETING_LENGTH = 80;
const MAX_CLOSING_LENGTH = 160;
const MAX_PAGE_FACTS = 12;
const PAGE_SENTENCE = { shortest: 25, longest: 220 };

/** The lead's properties an e-mail may speak of, with their names in it. Scores, notes and contact data are none of them. */
const LEAD_PROPERTIES: readonly (readonly [property: string, what: string])[] = [
  ["company", "company"],
  ["jobtitle", "job title"],
  ["industry", "industry"],
  ["city", "city"],
  ["country", "country"],
];

/** Words that speak to a reader or to a model: not what a company says of itself. */
const ADDRESSES_A_READER =
  /\b(?:you|your|yours|ignore|disregard|instructions?|prompt|system|assistant|ai|model|answer|reply|respond|output|write|say|print|click|visit|send|forward|e-?mail)\b/i;

/** Blocks of a template: a short first one is the greeting, a short last one the closing. */
export function partsOfTemplate({ text }: TemplateText): TemplateParts {
  const blocks = text
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== "");
  const [first = ""] = blocks;
  const hasGreeting = blocks.length > 1 && first.length <= MAX_GREETING_LENGTH && first.endsWith(",");
  const last = blocks.at(-1) ?? "";
  const hasClosing = blocks.length > (hasGreeting ? 2 : 1) && last.length <= MAX_CLOSING_LENGTH && last.includes("\n");
  return {
    greeting: hasGreeting ? first : undefined,
    body: blocks.slice(hasGreeting ? 1 : 0, hasClosing ? -1 : undefined),
    closing: hasClosing ? last : undefined,
  };
}

export interface FactSources {
  readonly contact: Contact;
  readonly template: TemplateText;
  /** What the owner lets e-mails say: `drafts.about`. */
  readonly about: readonly string[];
  /** What a visitor sees on the company's home page; undefined: it was not read. */
  readonly page: string | undefined;
}

export function draftFacts({ contact, template, about, page }: FactSources): readonly DraftFact[] {
  const own = partsOfTemplate(template).body.flatMap((block) => sentencesOf(block));
  return [
    ...numbered("T", "template", own),
    ...numbered("A", "about us", about),
    ...leadFacts(contact),
    ...numbered("P", "page", pageSentences(page)),
  ];
}

/** Facts the owner answers for: only on these rests what an e-mail says of us. */
export function isOwners({ id }: Pick<DraftFact, "id">): boolean {
  return id.startsWith("T") || id.startsWith("A");
}

function numbered(letter: string, what: string, words: readonly string[]): DraftFact[] {
  return words.map((one, i) => ({ id: `${letter}${i + 1}`, what, words: one }));
}

function leadFacts(contact: Contact): readonly DraftFact[] {
  const values = LEAD_PROPERTIES.map(([property, what]) => ({
    what,
    words: cleanName(textProperty(contact, property)),
  }));
  const employees = employeesOf(contact);
  const known = [
    ...values.filter((one): one is { what: string; words: string } => one.words !== undefined && !isSpeech(one.words)),
    ...(employees === undefined ? [] : [{ what: "employees", words: `${employees} employees` }]),
  ];
  return known.map((one, i) => ({ id: `L${i + 1}`, ...one }));
}

/** A name that is a sentence to a reader was typed by someone with a purpose. */
function isSpeech(words: string): boolean {
  return ADDRESSES_A_READER.test(words) || /[.!?:]\s/.test(words);
}

function pageSentences(page: string | undefined): readonly string[] {
  return sentencesOf(cleanText(page, 20_000) ?? "")
    .filter(({ length }) => length >= PAGE_SENTENCE.shortest && length <= PAGE_SENTENCE.longest)
    .filter((sentence) => !ADDRESSES_A_READER.test(sentence))
    .slice(0, MAX_PAGE_FACTS);
}
