import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ReplyClass } from "../../events/mission-events.ts";
import { type FirstReading, type Opinion, weighOpinion } from "./second-opinion.ts";

const TEXT = "Hm. Perhaps Lena should look at it, she decides on such things. Ünser Büro ist zu.";
const guess = (name: ReplyClass, by = "model:test"): FirstReading => ({ class: name, confidence: 0.4, by });

interface Row {
  readonly so: string;
  readonly first: FirstReading;
  readonly opinion: Opinion;
  readonly text?: string;
  readonly is: readonly [class_: ReplyClass, sure: boolean];
}

const WORDS = ["Lena should look at it"];

const ROWS: readonly Row[] = [
  {
    so: "a class that a person follows up on counts with words of the reply",
    first: guess("none"),
    opinion: { class: "wrong_person", words: WORDS },
    is: ["wrong_person", true],
  },
  {
    so: "words count however they are written",
    first: guess("none"),
    opinion: { class: "question", words: ["unser BURO"] },
    is: ["question", true],
  },
  {
    so: "without words it counts for nothing",
    first: guess("none"),
    opinion: { class: "positive", words: [] },
    is: ["none", false],
  },
  {
    so: "with words that are not in the reply it counts for nothing",
    first: guess("none"),
    opinion: { class: "positive", words: ["yes please", "!"] },
    is: ["none", false],
  },
  {
    so: "a quiet class needs the first guess to agree: alone it is for a person",
    first: guess("positive"),
    opinion: { class: "not_now", words: WORDS },
    is: ["positive", false],
  },
  {
    so: "a quiet class that both read counts",
    first: guess("not_now"),
    opinion: { class: "not_now", words: WORDS },
    is: ["not_now", true],
  },
  ...(["opt_out", "complaint", "bounce", "none"] as const).map((name) => ({
    so: `${name} is never its own to act on, even when the first guess agrees`,
    first: guess(name),
    opinion: { class: name, words: WORDS },
    is: [name, false] as const,
  })),
  {
    so: "words of stopping stay for a person, whatever it reads",
    first: guess("positive", "rule:opt_out.en"),
    opinion: { class: "positive", words: WORDS },
    is: ["positive", false],
  },
  {
    so: "words of stopping that the first reading guessed past stay for a person, too",
    first: guess("question"),
    opinion: { class: "question", words: ["unsubscribe"] },
    text: "Would the unsubscribe thing be part of it",
    is: ["question", false],
  },
  {
    so: "a class that is none counts for nothing",
    first: guess("none"),
    opinion: { class: "delighted" as ReplyClass, words: WORDS },
    is: ["none", false],
  },
  {
    so: "an answer of another shape counts for nothing",
    first: guess("none"),
    opinion: { class: "positive", words: "Lena" as unknown as string[] },
    is: ["none", false],
  },
];

describe("a second opinion", () => {
  for (const { so, first, opinion, text = TEXT, is } of ROWS) {
    it(so, () => {
      const weighed = weighOpinion(text, first, { name: "double", opinion, sureFrom: 0.8 });
      assert.deepEqual([weighed.class, weighed.sure], is);
      assert.match(weighed.reason, /^double /);
      assert.ok(weighed.sure ? weighed.confidence >= 0.8 : weighed.confidence === first.confidence);
    });
  }
});
