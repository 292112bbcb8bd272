/** Words that were struck out of the code do not come back: one word for one thing, and the one that readers know. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

const ROOT = join(import.meta.dirname, "..");
const SOURCES = [
  "packages/*/src/**/*.ts",
  "packages/*/test/**/*.ts",
  "test/**/*.ts",
  "bench/**/*.ts",
  "{scripts,tools}/*.ts",
];

/** What is looked for, and what stands in its place. */
const STRUCK_OUT: readonly (readonly [RegExp, string])[] = [
  [/\b(?:MOST|LONGEST|DEEPEST)_[A-Z]\w*/g, "MAX_…"],
  [/\b(?:FEWEST|LEAST|SHORTEST)_[A-Z]\w*/g, "MIN_…"],
  [/\b(?:[A-Z]+_)?PATIENCE_MS\b/g, "…TIMEOUT_MS"],
  [/\b(?!Stop)(?:[A-Z]\w*)?Wish\b/g, "…Request"],
  [/\bLooper\b|\.poke\(/g, "PollLoop, trigger()"],
  [/\b(?:Stationery|PostOffice|Dressed)\b/g, "MailLayout, MailContext, RenderedMessage"],
  [/\bCourier\b/g, "AlertDelivery"],
  [/\b(?:read|move|save|hold)Place\b/g, "…Cursor"],
  [/\btell(?:Of)?[A-Z]\w*/g, "report…, describe…, emit…"],
  [/\b(?:WorkflowsInForce|EngineParts|engineParts)\b/g, "WorkflowRegistry, EngineComponents"],
  [/\b(?:settlePure|settleHits|liftTasks|arrivalOf)\b/g, "applyOutcome, flushHits, agePriorities, incomingEventOf"],
  [/\/(?:gateway|outreach|erasure|retention)\/[\w-]+\.ts\b/g, "http/, email/, privacy/"],
];

for (const [word, instead] of STRUCK_OUT) {
  it(`${instead} is written, never ${word.source}`, () => {
    const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT }));
    assert.ok(files.length > 500, "the sources are looked at");
    const found = files
      .filter((file) => !file.endsWith("words.test.ts"))
      .flatMap((file) => {
        const words = readFileSync(join(ROOT, file), "utf8").match(word) ?? [];
        return [...new Set(words)].map((one) => `${file}: ${one}`);
      });
    assert.deepEqual(found, []);
  });
}

it("comments say no one, someone, anyone and everyone", () => {
  const files = globSync("packages/*/src/**/*.{ts,tsx}", { cwd: ROOT }).filter(
    (file) => !/\.test\.|embedded-postgres/.test(file),
  );
  const found = files.flatMap((file) =>
    readFileSync(join(ROOT, file), "utf8")
      .split("\n")
      .filter((line) => /^\s*(?:\*|\/\/|\/\*)/.test(line) && /\b(?:no|some|any|every)body\b/i.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  assert.deepEqual(found, []);
});
