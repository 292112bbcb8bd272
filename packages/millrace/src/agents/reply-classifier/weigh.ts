/**
 * Weighs what was found in a reply: one meaning that stands alone is acted on, meanings that speak against each other are
 * for a person, with the likelier one as the guess. Pure.
 */
import type { ReplyClass } from "../../events/mission-events.ts";
import type { Cue } from "./cues.ts";
import type { Reading } from "./model.ts";
import type { CueClass } from "./rule.ts";

/** What a phrase is worth that the model reads the same way. */
const AGREED = 0.95;
/** What a phrase is worth alone. */
const ALONE = 0.86;
/** Not acted on: a person reads it. */
const DOUBTFUL = 0.5;
/** From here on the model's contrary reading makes a phrase doubtful. */
const CONTRARY_FROM = 0.75;
/** From here on the model's agreement settles a phrase that has another beside it. */
const SETTLES_FROM = 0.7;

const CERTAIN_FROM = 0.9;
/** A yes beside one of these may be a "not now". */
const LATER =
  /\b(after (the )?(summer|holidays?|easter|christmas|new year|quarter|year|break|vacation)|next (year|quarter|spring|summer|autumn|fall|winter)|nach (dem|den|der) (sommer|ferien|urlaub|jahreswechsel)|nachstes jahr|apres (l'ete|la (rentree|toussaint|moisson|saison)|les (vacances|vendanges|fetes|moissons|travaux)|noel|paques|le (bilan|demenagement|carnaval))|l'an(nee)? prochain\w*|despues del? (verano|vacaciones)|el ano que viene|dopo (l'estate|le (ferie|vacanze))|l'anno prossimo|na (de|het) (zomer|vakantie)|volgend jaar|depois d[aeo]s? (verao|ferias)|proximo ano|po (wakacjach|urlopie|swietach)|w przyszlym roku|efter (sommaren|semestern|sommeren|sommerferien|ferien)|nasta ar|naeste ar)\b|以降|来年|来期|明年|过后|之后再|(出了|过了|過了|等过)(正月|年|十五|节|節|春节|中秋|国庆|农忙|旺季)|忙完(了)?(这|這)|落ち着いたら|明けに/;

/** That what was done is forbidden. */
const ILLEGAL =
  /\b(illegal|unlawful|against the law|verboten|rechtswidrig|strafbar|illegale?|est un delit|illicite|ilegal|illecit[oa]|un reato|wettelijk verboten|gewoon verboden|is verboden|strafbaar|e crime|ilegal|nielegaln\w+|przestepstwo|olagligt|brottsligt|ulovligt|strafbart)\b|違法|犯法|违法/;

export interface Weighed {
  readonly class: ReplyClass;
  readonly confidence: number;
  readonly reasons: readonly string[];
}

export interface Weighing {
  readonly cues: ReadonlyMap<CueClass, Cue>;
  readonly sentences: readonly string[];
  readonly reading: Reading;
  /** The last sentence that asks for something to go on; undefined when none does. */
  readonly wants: number | undefined;
}

/** Meanings that may stand beside each other, the one that counts first. */
const TOGETHER: readonly (readonly [CueClass, readonly CueClass[]])[] = [
  ["wrong_person", ["negative"]],
  ["wrong_person", ["question"]],
  ["not_now", ["negative"]],
  ["not_now", ["question"]],
  ["not_now", ["positive"]],
  ["out_of_office", ["wrong_person"]],
  ["out_of_office", ["not_now"]],
  ["positive", ["question"]],
  ["negative", ["question"]],
];

/** @returns undefined when no phrase was found. */
export function weigh({ cues, sentences, reading, wants }: Weighing): Weighed | undefined {
  const classes = [...cues.keys()].filter((name) => name !== "complaint" && name !== "bounce");
  const [first, ...others] = orderedOf(classes);
  const cue = first === undefined ? undefined : cues.get(first);
  if (first === undefined || cue === undefined) return undefined;
  const reasons = [...cues.values()]
    .filter((found) => PRECEDENCE.includes(found.class))
    .map(({ words }) => `"${words}"`);
  if (first === "question" && sentences.some((sentence) => ILLEGAL.test(sentence))) {
    // "Where did you get my address? That is against the law."
    return { class: "complaint", confidence: DOUBTFUL, reasons: [...reasons, "beside an accusation"] };
  }
  const agrees = reading.class === first;
  const settles = agrees && reading.confidence >= SETTLES_FROM;
  if (wants !== undefined && !["positive", "question"].includes(first) && !isPutOff(first, cue, wants)) {
    // "We are happy with our vendor, but the contract ends: can we see a demo?"
    return { class: likelier(first, reading), confidence: DOUBTFUL, reasons: [...reasons, "beside a yes"] };
  }
  if (others.length > 0 && !mayStandTogether(first, others)) {
    return {
      class: likelier(first, reading),
      confidence: DOUBTFUL,
      reasons: [...reasons, "which say different things"],
    };
  }
  if (!agrees && reading.confidence >= CONTRARY_FROM) {
    return {
      class: likelier(first, reading),
      confidence: DOUBTFUL,
      reasons: [...reasons, `the model reads ${reading.class}`],
    };
  }
  if (turnsAround(sentences, cue) && !settles) {
    return { class: first, confidence: DOUBTFUL, reasons: [...reasons, "and then turns around"] };
  }
  if (
    first === "positive" &&
    LATER.test(sentences[cue.sentence] ?? "") &&
    !(agrees && reading.confidence >= CERTAIN_FROM)
  ) {
    return { class: likelier(first, reading), confidence: DOUBTFUL, reasons: [...reasons, "for later, perhaps"] };
  }
  if (others.length > 0 && !settles) {
    const isPlain =
      agrees || PLAIN_BESIDE.some(([name, beside]) => name === first && others.every((other) => other === beside));
    return { class: first, confidence: isPlain ? ALONE : DOUBTFUL, reasons };
  }
  return { class: first, confidence: agrees ? AGREED : ALONE, reasons };
}

/** Pairs that people write together and mean one thing by. */
const PLAIN_BESIDE: readonly (readonly [CueClass, CueClass])[] = [
  ["positive", "question"],
  ["out_of_office", "wrong_person"],
  ["wrong_person", "negative"],
  ["not_now", "positive"],
];

/** "Sounds great, but get back to me in October": what is wanted is put off in the same breath or later. */
function isPutOff(first: CueClass, cue: Cue, wants: number): boolean {
  return first === "not_now" && wants <= cue.sentence;
}

const PRECEDENCE: readonly CueClass[] = [
  "out_of_office",
  "wrong_person",
  "not_now",
  "negative",
  "positive",
  "question",
];

function orderedOf(classes: readonly CueClass[]): readonly CueClass[] {
  return PRECEDENCE.filter((name) => classes.includes(name));
}

function mayStandTogether(first: CueClass, others: readonly CueClass[]): boolean {
  return TOGETHER.some(([name, beside]) => name === first && others.every((other) => beside.includes(other)));
}

function likelier(first: CueClass, reading: Reading): ReplyClass {
  return reading.confidence >= DOUBTFUL && reading.class !== "none" ? reading.class : first;
}

const TURN =
  /\b(but|however|although|except|though|yet|aber|jedoch|allerdings|sondern|mais|cependant|toutefois|pero|sin embargo|aunque|ma|pero|tuttavia|maar|echter|mas|porem|contudo|ale|jednak|men|dock|dog)\b|ですが|ますが|けれど|ただし|しかし|但是|不过|不過|可是/;

/** "Not interested in the basic plan, but …": something follows that the phrase does not cover. */
function turnsAround(sentences: readonly string[], { words, sentence }: Cue): boolean {
  const rest = sentences.slice(sentence).join(" ");
  const after = rest.slice(Math.max(0, rest.indexOf(words.slice(0, 20))) + words.length);
  const turn = TURN.exec(after);
  return (
    turn !== null &&
    after.slice(turn.index).split(/\s+/).length + (/[\u3040-\u30ff\u4e00-\u9fff]/.test(after) ? 4 : 0) >= 5
  );
}
