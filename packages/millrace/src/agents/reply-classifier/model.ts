/**
 * The trained reader: a logistic regression over the features of a reply, made by scripts/train-replies.ts from
 * training/replies.jsonl and checked in as model.json. No model of anyone else is asked, nothing leaves the machine.
 */
import { REPLY_CLASSES, type ReplyClass } from "../../events/mission-events.ts";
import { featuresOf } from "./features.ts";
import stored from "./model.json" with { type: "json" };

/** No word holds it. */
export const BETWEEN_FEATURES = "|";

/** As model.json holds it. */
export interface StoredModel {
  /** Hash of everything below. */
  readonly version: string;
  readonly classes: readonly string[];
  /** Confidence is the softmax of the scores divided by this; fitted on replies the model had not seen. */
  readonly temperature: number;
  /** What one step of a weight is worth. */
  readonly step: number;
  readonly bias: readonly number[];
  /** One after the other, with BETWEEN_FEATURES between them. */
  readonly features: string;
  /** Base64 of signed bytes, feature by feature, one for each class. */
  readonly weights: string;
}

export interface Model {
  readonly version: string;
  read(plain: string): Reading;
}

export interface Reading {
  readonly class: ReplyClass;
  readonly confidence: number;
  /** How many of its words the model has seen before, from 0 to 1. */
  readonly known: number;
  /** Words and pieces of words, each read without the other, speak for the same class. */
  readonly agreed: boolean;
  /** What words alone and pieces of words alone speak for. */
  readonly views: readonly ReplyClass[];
  /** Of every class; they add up to 1. */
  readonly shares: Readonly<Record<ReplyClass, number>>;
  /** The words that spoke most for the class, the strongest first. */
  readonly words: readonly string[];
}

const WORDS_NAMED = 5;

/** Without one known feature there is nothing to read a class from: the biases alone say nothing about a reply. */
const NOTHING: Reading = {
  class: "none",
  confidence: 0,
  known: 0,
  agreed: false,
  views: [],
  shares: Object.fromEntries(REPLY_CLASSES.map((name) => [name, name === "none" ? 1 : 0])) as Record<
    ReplyClass,
    number
  >,
  words: [],
};

/** The checked-in model. */
export const replyModel: Model = modelOf(stored as StoredModel);

/** @internal */
export function modelOf({ version, classes, temperature, step, bias, features: joined, weights }: StoredModel): Model {
  const features = joined.split(BETWEEN_FEATURES);
  const index = new Map(features.map((feature, i) => [feature, i]));
  const bytes = new Int8Array(Buffer.from(weights, "base64"));
  const weightOf = (feature: number, c: number) => (bytes[feature * classes.length + c] ?? 0) * step;
  const bestOf = (view: readonly number[]) => {
    const scores = classes.map((_, c) => view.reduce((sum, feature) => sum + weightOf(feature, c), 0));
    return scores.indexOf(Math.max(...scores));
  };
  return {
    version,
    read(plain) {
      const found = featuresOf(plain);
      const known = found.flatMap((feature) => index.get(feature) ?? []);
      if (known.length === 0) return NOTHING;
      const size = 1 / Math.sqrt(Math.max(known.length, 1));
      const scores = classes.map(
        (_, c) => (bias[c] ?? 0) + size * known.reduce((sum, feature) => sum + weightOf(feature, c), 0),
      );
      const shares = softmax(scores, temperature);
      const best = shares.indexOf(Math.max(...shares));
      const words = known
        .filter((feature) => !/^[~#]/.test(features[feature] ?? ""))
        .sort((a, b) => weightOf(b, best) - weightOf(a, best))
        .slice(0, WORDS_NAMED)
        .filter((feature) => weightOf(feature, best) > 0);
      const views = [isPiece, (name: string) => !isPiece(name)].map((isOfView) =>
        bestOf(known.filter((feature) => isOfView(features[feature] ?? ""))),
      );
      return {
        class: classes[best] as ReplyClass,
        confidence: shares[best] ?? 0,
        known: known.length / found.length,
        agreed: views.every((view) => view === best),
        views: views.map((view) => classes[view] as ReplyClass),
        shares: Object.fromEntries(classes.map((name, c) => [name, shares[c]])) as Record<ReplyClass, number>,
        words: words.map((feature) => (features[feature] ?? "").replace(/^\^ | \$$/, "")),
      };
    },
  };
}

function isPiece(feature: string): boolean {
  return feature.startsWith("~");
}

/** @internal Shares of 1 from scores; a higher temperature is less certain. */
export function softmax(scores: readonly number[], temperature: number): readonly number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - top) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
