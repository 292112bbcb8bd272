/** Plain wishes to be left alone are heard however they are put; sentences of the same words that wish something else are not. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { asksToStop } from "../../packages/millrace/src/email/policy/opt-out-words.ts";

interface Sentence {
  readonly language: string;
  readonly stop: boolean;
  readonly text: string;
}

const sentences = readFileSync(join(import.meta.dirname, "stop-wishes.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line): Sentence => JSON.parse(line));
const languages = [...new Set(sentences.map(({ language }) => language))];

for (const language of languages) {
  const own = sentences.filter((sentence) => sentence.language === language);
  test(`${own.filter(({ stop }) => stop).length} wishes to stop in ${language} are heard as such`, () => {
    assert.deepEqual(
      own.filter(({ stop, text }) => stop && asksToStop(text) === false).map(({ text }) => text),
      [],
    );
  });

  test(`${own.filter(({ stop }) => !stop).length} sentences in ${language} that wish something else end nothing`, () => {
    assert.deepEqual(
      own.filter(({ stop, text }) => !stop && asksToStop(text) !== false).map(({ text }) => text),
      [],
    );
  });
}
