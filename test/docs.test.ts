import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { classifierPage } from "../scripts/evaluate.ts";
import { settingsPage } from "../scripts/settings-doc.ts";
import { trainedModel } from "../scripts/train-replies.ts";

it("docs/settings.md says what src/config.ts says (else: npm run docs)", () => {
  assert.equal(readFileSync(join(import.meta.dirname, "..", "docs", "settings.md"), "utf8"), settingsPage());
});

it("docs/reply-classifier.md says how well the checked-in classifier reads (else: npm run evaluate)", () => {
  assert.equal(readFileSync(join(import.meta.dirname, "..", "docs", "reply-classifier.md"), "utf8"), classifierPage());
});

it("the checked-in model is what its data gives, byte for byte (else: npm run train-replies)", () => {
  const model = join(import.meta.dirname, "..", "src", "agents", "reply-classifier", "model.json");
  assert.ok(readFileSync(model, "utf8") === trainedModel(), "model.json is not what training/replies.jsonl gives");
});
