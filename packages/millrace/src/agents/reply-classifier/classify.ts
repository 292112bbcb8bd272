/**
 * What a reply says: rules first, which can be read and argued with, then the trained model. Pure. Precedence:
 * opt-out, complaint, bounce, absence, wrong person, not now, no, yes, question.
 */
import type { ReplyClass } from "../../events/mission-events.ts";
import { asksToStop } from "../../outreach/opt-out-words.ts";
import { ABSENCE, ABSENCE_SUBJECT, BOUNCE } from "./absence-phrases.ts";
import { POSITIVE, QUESTION, STOP_WORDS, WRONG_PERSON } from "./answer-phrases.ts";
import { type Model, type Reading, replyModel } from "./model.ts";
import { plainOf, readableOf } from "./plain-text.ts";
import { referralOf } from "./referral.ts";
import { COMPLAINT, NEGATIVE, NOT_NOW } from "./refusal-phrases.ts";
import type { ReplyRules } from "./reply-settings.ts";
import { returnDate } from "./return-date.ts";
import { firstMatch, type Match, type Phrases } from "./rule.ts";

export interface Reply {
  readonly text: string;
  readonly subject: string;
  /** A program wrote it (RFC 3834). */
  readonly automatic: boolean;
  /** Milliseconds. */
  readonly receivedAt: number;
  /** The contact's own address. */
  readonly from?: string;
}

export interface Classified {
  readonly class: ReplyClass;
  /** From 0 to 1. */
  readonly confidence: number;
  /** "rule:<class>.<language>" or "model:<version>". */
  readonly by: string;
  readonly reasons: readonly string[];
  readonly returnAt?: number;
  readonly referral?: string;
}

/** What a phrase is worth that has hardly a second meaning. */
const FIRM = 0.97;
/** What a phrase is worth that can be turned around by the words beside it. */
const SOFT = 0.9;

/** Rules the model may doubt, in the order of precedence. */
const ANSWERS: readonly (readonly [ReplyClass, Phrases])[] = [
  ["wrong_person", WRONG_PERSON],
  ["not_now", NOT_NOW],
  ["negative", NEGATIVE],
  ["positive", POSITIVE],
  ["question", QUESTION],
];

/** @returns undefined for a program's acknowledgement, which says nothing about the contact. */
export function classifyReply(reply: Reply, rules: ReplyRules, model: Model = replyModel): Classified | undefined {
  const plain = plainOf(reply.text);
  if (reply.automatic) return absence(reply, plain, rules) ?? bounce(reply, plain, rules);
  const reading = model.read(plain);
  return (
    optOut(reply) ??
    byRule("complaint", COMPLAINT, plain, rules) ??
    bounce(reply, plain, rules) ??
    absence(reply, plain, rules) ??
    doubtfulOptOut(plain, reading, rules, model) ??
    answer(reply, plain, reading, rules) ??
    byModel(reply, reading, model)
  );
}

function optOut(reply: Reply): Classified | undefined {
  if (!asksToStop(readableOf(reply.text))) return undefined;
  return {
    class: "opt_out",
    confidence: 0.99,
    by: "rule:opt_out",
    reasons: ["asks to stop, in words of the opt-out rule"],
  };
}

function bounce(reply: Reply, plain: string, rules: ReplyRules): Classified | undefined {
  return (
    byRule("bounce", BOUNCE, plain, rules) ??
    (reply.automatic ? byRule("bounce", BOUNCE, plainOf(reply.subject), rules) : undefined)
  );
}

function absence(reply: Reply, plain: string, { languages }: ReplyRules): Classified | undefined {
  const subject = plainOf(reply.subject);
  // Our own subject comes back as "Re: …"; a program writes one of its own.
  const announced = /^(re|aw|sv|antw):/.test(subject) ? null : ABSENCE_SUBJECT.exec(subject);
  const match: Match | undefined =
    firstMatch(plain, ABSENCE, languages) ??
    (announced ? { language: languages[0] ?? "en", words: announced[0] } : undefined);
  if (match === undefined) return undefined;
  const returnAt = returnDate(plain, match.language, reply.receivedAt);
  return { ...ruled("out_of_office", match, FIRM), ...(returnAt === undefined ? {} : { returnAt }) };
}

/** Words of stopping that the rule of opt-outs does not know in this order: if the model does not know better, they stop. */
function doubtfulOptOut(plain: string, reading: Reading, rules: ReplyRules, model: Model): Classified | undefined {
  const found = STOP_WORDS.exec(plain);
  if (!found || (reading.class !== "opt_out" && reading.confidence >= rules.sureFrom)) return undefined;
  return {
    class: "opt_out",
    confidence: reading.shares.opt_out,
    by: `model:${model.version}`,
    reasons: [`"${found[0]}" may ask to stop; in doubt, nothing is sent`],
  };
}

/** A rule's answer; when the model reads something else, only what the model leaves of its doubt. */
function answer(reply: Reply, plain: string, reading: Reading, rules: ReplyRules): Classified | undefined {
  for (const [name, phrases] of ANSWERS) {
    const match = firstMatch(plain, phrases, rules.languages) ?? firstMatch(bareOf(plain), phrases, rules.languages);
    if (match === undefined) continue;
    const isDoubted = reading.class !== name && reading.confidence >= rules.sureFrom;
    const found = ruled(name, match, isDoubted ? Math.min(SOFT, 1 - reading.confidence) : SOFT);
    const doubt = isDoubted ? [`the model reads ${reading.class}`] : [];
    return withReferral(reply, { ...found, reasons: [...found.reasons, ...doubt] });
  }
  return undefined;
}

function byModel(reply: Reply, reading: Reading, { version }: Model): Classified {
  return withReferral(reply, {
    class: reading.class,
    confidence: reading.confidence,
    by: `model:${version}`,
    reasons: reading.words.map((word) => `"${word}" speaks for ${reading.class}`),
  });
}

function byRule(name: ReplyClass, phrases: Phrases, plain: string, { languages }: ReplyRules): Classified | undefined {
  const match = firstMatch(plain, phrases, languages) ?? firstMatch(bareOf(plain), phrases, languages);
  return match && ruled(name, match, FIRM);
}

function ruled(name: ReplyClass, { language, words }: Match, confidence: number): Classified {
  return { class: name, confidence, by: `rule:${name}.${language}`, reasons: [`"${words}"`] };
}

function withReferral(reply: Reply, classified: Classified): Classified {
  const referral = classified.class === "wrong_person" ? referralOf(reply.text, reply.from) : undefined;
  return referral === undefined ? classified : { ...classified, referral };
}

/** Without the punctuation and the greeting, for rules about a reply as a whole: "Hi Tom, no, thanks!" is "no thanks". */
function bareOf(plain: string): string {
  return plain
    .replace(/^(hi|hello|hey|hallo|bonjour|hola|buongiorno|ciao|hoi)( \p{L}{1,20})?,/u, "")
    .replace(/[.,;:!¡¿()…]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
