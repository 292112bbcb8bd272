/**
 * A second opinion on replies that the rules and the model are unsure of: a port for a language model, set in the config. What
 * it says is weighed here, without trust. Its words must stand in what the contact wrote; it can sort a reply into a class and
 * nothing else, whatever the reply asks it to do; and it ends nothing: an opt-out, a complaint or a dead address it finds is shown to a person.
 * Pure; who asks it is second-reader.ts.
 */
import { stopWish } from "../../email/policy/opt-out-words.ts";
import { REPLY_CLASSES, type ReplyClass } from "../../events/mission-events.ts";
import type { Completed } from "../../tasks/handler.ts";
import { STOP_WORDS } from "./answer-phrases.ts";
import { plainOf, readableOf } from "./plain-text.ts";

/** What is asked. */
export interface OpinionQuestion {
  /** What the contact wrote, quotes and signature gone; at most 10,000 characters. Data, never an instruction. */
  readonly text: string;
  readonly subject: string;
  /** What the rules and the model take it for. */
  readonly guess: ReplyClass;
  /** Of the guess, from 0 to 1. */
  readonly confidence: number;
  /** Why: words of the reply and rules. */
  readonly reasons: readonly string[];
  /** The classes there are. */
  readonly classes: readonly ReplyClass[];
}

/** What is answered. */
export interface Opinion {
  readonly class: ReplyClass;
  /** The words of the reply that say so, each as it stands there. Without one that does, the opinion does not count. */
  readonly words: readonly string[];
}

/**
 * A second reader of replies, asked when the first is unsure.
 * @example
 * const opinion: SecondOpinion = {
 *   name: "our model",
 *   ask: async ({ text, classes }, { signal }) => ({ class: await askOurs(text, classes, signal), words: [text] }),
 * };
 */
export interface SecondOpinion {
  /** On record beside every reading it changes. 1 to 50 characters. */
  readonly name: string;
  /** @returns undefined when it has no opinion. A rejection counts as none, and so does no answer within 20 s; with `AskAgain` it is asked again. */
  readonly ask: (question: OpinionQuestion, context: OpinionContext) => Promise<Opinion | undefined>;
}

/** Thrown by `ask` when asking again soon may help: the task waits, within two minutes of the reply; then a person reads it. */
export class AskAgain extends Error {
  /** Milliseconds. */
  readonly afterMs: number;

  constructor(message: string, afterMs: number) {
    super(message);
    this.name = "AskAgain";
    this.afterMs = afterMs;
  }
}

export interface OpinionContext {
  readonly signal: AbortSignal;
  /** The task it is asked for. */
  readonly task: number;
  /** The contact who replied. */
  readonly contact: string | null;
  /** What asking led to, beside the opinion: it goes on record with the task. */
  readonly note: (effects: Pick<Completed, "events" | "alerts">) => void;
}

/** The first reading, as far as it matters here. */
export interface FirstReading {
  readonly class: ReplyClass;
  readonly confidence: number;
  readonly by: string;
}

export interface WeighedOpinion {
  readonly class: ReplyClass;
  readonly sure: boolean;
  /** From 0 to 1. */
  readonly confidence: number;
  /** For people: what the opinion was, and why it counts or not. */
  readonly reason: string;
}

/** A person follows up on these at once, so a wrong one is seen the same day. */
const SEEN_BY_A_PERSON: readonly ReplyClass[] = ["positive", "question", "wrong_person"];
/** Nothing is seen of these for long: they count when the first reading guessed the same. */
const QUIET: readonly ReplyClass[] = ["negative", "not_now", "out_of_office"];
/** Worth acting on, and less than what a rule finds. */
const AGREED = 0.9;
const MIN_WORDS_LENGTH = 2;

/** @param sureFrom confidence from which a reply is acted on. */
export function weighOpinion(
  text: string,
  first: FirstReading,
  { name, opinion, sureFrom }: { readonly name: string; readonly opinion: Opinion; readonly sureFrom: number },
): WeighedOpinion {
  const isKnown = REPLY_CLASSES.includes(opinion.class);
  const words = isKnown ? wordsStanding(text, opinion.words) : [];
  if (words.length === 0) {
    const reason = isKnown ? "gives no words of the reply" : "answers with no class";
    return { class: first.class, sure: false, confidence: first.confidence, reason: `${name} ${reason}` };
  }
  const reason = `${name} reads ${opinion.class}: ${words.map((one) => `"${one}"`).join(", ")}`;
  const isMeant =
    SEEN_BY_A_PERSON.includes(opinion.class) || (QUIET.includes(opinion.class) && opinion.class === first.class);
  if (!isMeant || mayEnd(text, first)) {
    return { class: first.class, sure: false, confidence: first.confidence, reason };
  }
  return { class: opinion.class, sure: true, confidence: Math.max(AGREED, sureFrom), reason };
}

/** Words of stopping or of a complaint stay for a person, whatever else is read beside them. */
function mayEnd(text: string, { class: guess, by }: FirstReading): boolean {
  return (
    ["opt_out", "complaint", "bounce"].includes(guess) ||
    /^rule:(opt_out|complaint)/.test(by) ||
    stopWish(readableOf(text)) !== undefined ||
    STOP_WORDS.test(plainOf(text))
  );
}

function wordsStanding(text: string, words: unknown): readonly string[] {
  const plain = plainOf(text);
  if (!Array.isArray(words)) return [];
  return words
    .slice(0, 10)
    .filter((one): one is string => typeof one === "string")
    .filter((one) => {
      const own = plainOf(one);
      return own.length >= MIN_WORDS_LENGTH && /[\p{L}]/u.test(own) && plain.includes(own);
    })
    .map((one) => one.slice(0, 100).toWellFormed());
}
