import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { classifierPage } from "../scripts/evaluate.ts";
import { fieldPromises, hubspotArrows } from "../scripts/field-promises.ts";
import { flowsPage, missionFlows } from "../scripts/flows-doc.ts";
import { characteristics, missionArrows, rules } from "../scripts/mission-arrows.ts";
import { referencePages } from "../scripts/reference-doc.ts";
import { documentedFiles, settingsPage, settingsSchema } from "../scripts/settings-doc.ts";
import { trainedModel } from "../scripts/train-replies.ts";
import { views } from "../scripts/views.ts";
import { testEngine } from "./factories/engine.ts";

const root = join(import.meta.dirname, "..");

it("docs/settings.md and its JSON Schema say what the schema of the settings says (else: npm run docs)", () => {
  assert.equal(readFileSync(join(root, "docs", "settings.md"), "utf8"), settingsPage());
  assert.equal(readFileSync(join(root, "docs", "settings.schema.json"), "utf8"), settingsSchema());
});

for (const [file, text] of documentedFiles()) {
  it(`${file} describes its settings as their schema does (else: npm run docs)`, () => {
    assert.equal(readFileSync(join(root, file), "utf8"), text);
  });
}

describe("the reference says what the code says (else: npm run docs)", async () => {
  for (const [path, text] of Object.entries(await referencePages()))
    it(path, () => assert.equal(readFileSync(join(root, "docs", path), "utf8"), text));

  it("the views have these columns in a real database, and no other", async () => {
    await using test = await testEngine();
    for (const { name, columns } of views) {
      const real = await test.engine.db.query<{ name: string; type: string }>(
        `select attname as name, replace(format_type(atttypid, atttypmod), 'timestamp with time zone', 'timestamptz') as type
         from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attname`,
        [name],
      );
      const told = columns.map(([column, type]) => ({ name: column, type })).sort((a, b) => (a.name < b.name ? -1 : 1));
      assert.deepEqual(real, told, name);
    }
  });
});

it("docs/reply-classifier.md says how well the checked-in classifier reads (else: npm run evaluate)", () => {
  assert.equal(readFileSync(join(import.meta.dirname, "..", "docs", "reply-classifier.md"), "utf8"), classifierPage());
});

it("the checked-in model is what its data gives, byte for byte (else: npm run train-replies)", () => {
  const model = join(
    import.meta.dirname,
    "..",
    "packages",
    "millrace",
    "src",
    "agents",
    "reply-classifier",
    "model.json",
  );
  assert.ok(readFileSync(model, "utf8") === trainedModel(), "model.json is not what training/replies.jsonl gives");
});

describe("docs/flows.md", () => {
  it("is made from what runs (else: npm run docs)", () => {
    assert.equal(readFileSync(join(root, "docs", "flows.md"), "utf8"), flowsPage());
  });

  it("names a test for each characteristic and each rule", () => {
    const fromHubspot = Object.values(hubspotArrows).flat();
    for (const { what, shownBy } of [...characteristics, ...rules, ...fieldPromises, ...fromHubspot]) {
      const [file = "", words = ""] = shownBy.split(" › ");
      assert.ok(readFileSync(join(root, file), "utf8").includes(words), `${what}: ${file} has no test "${words}"`);
    }
  });

  for (const flow of missionFlows()) {
    it(`flow ${flow.number}: every arrow the mission drew, in its order, is carried out by something and shown by a test`, () => {
      const carried = missionArrows[flow.number] ?? [];
      assert.deepEqual(
        carried.map((one) => one.arrow),
        flow.arrows,
      );
      for (const { arrow, by, shownBy } of carried) {
        const [file = "", words = ""] = shownBy.split(" › ");
        assert.ok(by !== "" && words.length > 5, `${arrow}: nothing carries it`);
        assert.ok(readFileSync(join(root, file), "utf8").includes(words), `${file} has no test "${words}"`);
      }
    });
  }
});
