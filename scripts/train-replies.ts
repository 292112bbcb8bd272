/**
 * Trains the model of the reply classifier: training/replies.jsonl -> model.json. `npm run train-replies`; the same
 * data always gives the same bytes, and a test fails when the checked-in model is not what the data gives.
 *
 * Multinomial logistic regression, all replies in every step (Adam), squared weights held small; a feature counts the less the
 * more replies have it, so that "de" and "the" decide nothing. The temperature is
 * fitted on what models say of replies they have not seen (four folds); then one is trained on all of them.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { featuresOf } from "../packages/millrace/src/agents/reply-classifier/features.ts";
import { BETWEEN_FEATURES } from "../packages/millrace/src/agents/reply-classifier/model.ts";
import { plainOf } from "../packages/millrace/src/agents/reply-classifier/plain-text.ts";

const FOLDER = join(import.meta.dirname, "..", "packages", "millrace", "src", "agents", "reply-classifier");
const DATA = join(FOLDER, "training", "replies.jsonl");
const MODEL = join(FOLDER, "model.json");

const STEPS = 60;
const LEARNING_RATE = 0.3;
/** How much a large weight costs: little, so that what few replies have counts as well (decision 100). */
const DECAY = 0.00001;
/** Words seen in one reply alone are learnt by heart, not understood. */
const MIN_REPLIES = 2;
const MIN_REPLIES_OF_A_PIECE = 2;
const MAX_FEATURES = 60_000;
const FOLDS = 4;

export interface LabelledReply {
  readonly class: string;
  readonly language: string;
  readonly text: string;
}

interface Example {
  readonly features: Int32Array;
  readonly class: number;
  /** Read by a model that was trained on the other folds. */
  readonly fold: number;
}

/** What is learnt from, and how much each feature counts. */
interface Lesson {
  readonly examples: readonly Example[];
  readonly rarity: Float64Array;
  readonly classes: number;
}

interface Weights {
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

export function repliesOf(file: string): readonly LabelledReply[] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as LabelledReply);
}

/** @returns the text of model.json. */
export function trainedModel(replies: readonly LabelledReply[] = repliesOf(DATA)): string {
  const classes = [...new Set(replies.map((reply) => reply.class))].sort();
  const features = vocabularyOf(replies);
  const index = new Map(features.map((feature, i) => [feature, i]));
  const exampleOf = (text: string, name: string, fold: number): Example => ({
    features: Int32Array.from(featuresOf(plainOf(text)).flatMap((feature) => index.get(feature) ?? [])),
    class: classes.indexOf(name),
    fold,
  });
  const examples = replies.flatMap(({ text, class: name }, i) => {
    const next = neighbourOf(replies, i);
    const own = exampleOf(text, name, i % FOLDS);
    // People write more than one sentence: two of one meaning make a longer reply of the same meaning.
    return next === undefined ? [own] : [own, exampleOf(`${text} ${next.text}`, name, i % FOLDS)];
  });
  const rarity = rarityOf(replies, features);
  const lesson: Lesson = { examples, rarity, classes: classes.length };
  const temperature = temperatureOf(scoresOfUnseen(lesson), examples);
  return fileOf(foldedIn(train(lesson), lesson), { classes, features, temperature });
}

/** How rare a feature is: the logarithm of one in so many replies, a quarter of it, so that most are near 1. */
function rarityOf(replies: readonly LabelledReply[], features: readonly string[]): Float64Array {
  const counts = countsOf(replies);
  return Float64Array.from(features, (name) => Math.log((replies.length + 1) / ((counts.get(name) ?? 0) + 1)) / 4);
}

/** The reader knows weights alone. */
function foldedIn({ weights, bias }: Weights, { rarity, classes }: Lesson): Weights {
  return { weights: weights.map((weight, i) => weight * (rarity[Math.floor(i / classes)] ?? 1)), bias };
}

/** The next reply of the same meaning and language that is read in the same fold, so that no fold has seen half of another's. */
function neighbourOf(replies: readonly LabelledReply[], at: number): LabelledReply | undefined {
  const own = replies[at];
  for (let i = at + FOLDS; i < replies.length; i += FOLDS) {
    const other = replies[i];
    if (other?.class === own?.class && other?.language === own?.language) return other;
  }
  return undefined;
}

/** How many replies have each feature. */
function countsOf(replies: readonly LabelledReply[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of replies) {
    for (const feature of featuresOf(plainOf(text))) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return counts;
}

function vocabularyOf(replies: readonly LabelledReply[]): readonly string[] {
  return [...countsOf(replies)]
    .filter(([feature, count]) => count >= (feature.startsWith("~") ? MIN_REPLIES_OF_A_PIECE : MIN_REPLIES))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MAX_FEATURES)
    .map(([feature]) => feature)
    .sort();
}

function train(lesson: Lesson): Weights {
  const { examples, rarity, classes } = lesson;
  const size = rarity.length * classes;
  const weights = new Float64Array(size + classes);
  const slope = new Float64Array(weights.length);
  const mean = new Float64Array(weights.length);
  const spread = new Float64Array(weights.length);
  for (let step = 1; step <= STEPS; step++) {
    for (let i = 0; i < size; i++) slope[i] = DECAY * (weights[i] ?? 0);
    slope.fill(0, size);
    for (const example of examples) addSlope(slope, example, weights, lesson, 1 / examples.length);
    for (let i = 0; i < weights.length; i++) {
      const s = slope[i] ?? 0;
      mean[i] = 0.9 * (mean[i] ?? 0) + 0.1 * s;
      spread[i] = 0.999 * (spread[i] ?? 0) + 0.001 * s * s;
      const rate = (LEARNING_RATE * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
      weights[i] = (weights[i] ?? 0) - (rate * (mean[i] ?? 0)) / (Math.sqrt(spread[i] ?? 0) + 1e-8);
    }
  }
  return { weights: weights.subarray(0, size), bias: weights.subarray(size) };
}

function addSlope(
  slope: Float64Array,
  example: Example,
  weights: Float64Array,
  { rarity, classes }: Lesson,
  share: number,
): void {
  const size = rarity.length * classes;
  const value = 1 / Math.sqrt(Math.max(example.features.length, 1));
  const shares = sharesOf(scoresOf(example, { weights, bias: weights.subarray(size) }, rarity, classes), 1);
  for (let c = 0; c < classes; c++) {
    const wrong = share * ((shares[c] ?? 0) - (c === example.class ? 1 : 0));
    slope[size + c] = (slope[size + c] ?? 0) + wrong;
    for (const feature of example.features) {
      const at = feature * classes + c;
      slope[at] = (slope[at] ?? 0) + wrong * value * (rarity[feature] ?? 1);
    }
  }
}

function scoresOf(
  { features }: Example,
  { weights, bias }: Weights,
  rarity: Float64Array,
  classes: number,
): Float64Array {
  const value = 1 / Math.sqrt(Math.max(features.length, 1));
  const scores = Float64Array.from(bias);
  for (const feature of features) {
    for (let c = 0; c < classes; c++) {
      scores[c] = (scores[c] ?? 0) + value * (rarity[feature] ?? 1) * (weights[feature * classes + c] ?? 0);
    }
  }
  return scores;
}

function sharesOf(scores: Float64Array, temperature: number): Float64Array {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - top) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** What a model says of each reply that has not seen it: every fold is read by one trained on the others. */
function scoresOfUnseen(lesson: Lesson): readonly Float64Array[] {
  const { examples, rarity, classes } = lesson;
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    train({ ...lesson, examples: examples.filter((example) => example.fold !== fold) }),
  );
  return examples.map((example) => scoresOf(example, folds[example.fold] as Weights, rarity, classes));
}

/** The temperature under which the classes of unseen replies are least surprising. */
function temperatureOf(scores: readonly Float64Array[], examples: readonly Example[]): number {
  const surprise = (temperature: number) =>
    scores.reduce((sum, own, i) => sum - Math.log(sharesOf(own, temperature)[examples[i]?.class ?? 0] ?? 1), 0);
  const candidates = Array.from({ length: 60 }, (_, i) => (i + 4) / 20);
  return candidates.reduce((best, candidate) => (surprise(candidate) < surprise(best) ? candidate : best));
}

function fileOf(
  { weights, bias }: Weights,
  { classes, features, temperature }: { classes: string[]; features: readonly string[]; temperature: number },
): string {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const step = Number((largest / 127).toPrecision(6));
  const bytes = Buffer.from(
    Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / step)))),
  );
  const content = {
    classes,
    temperature,
    step,
    bias: [...bias].map((value) => Number(value.toFixed(4))),
    features: features.join(BETWEEN_FEATURES),
    weights: bytes.toString("base64"),
  };
  const version = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 12);
  return `${JSON.stringify({ version, ...content }, null, 1)}\n`;
}

if (import.meta.main) writeFileSync(MODEL, trainedModel());
