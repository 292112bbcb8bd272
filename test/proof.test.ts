/** docs/explanation/proof.md leads each invariant and rule to a test: the test is there, and every failpoint has its row. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { FAILPOINTS } from "../packages/millrace/src/base/failpoint.ts";
import { MUTATIONS } from "../scripts/mutation-list.ts";

const ROOT = join(import.meta.dirname, "..");
const PAGE = readFileSync(join(ROOT, "docs", "explanation", "proof.md"), "utf8");
const ROW = /^\| ([IR]\d+) \| (.+) \| `(.+)` \| (.+) \|$/gm;

const rows = [...PAGE.matchAll(ROW)].map(([, id = "", sentence = "", file = "", name = ""]) => ({
  id,
  sentence,
  file,
  name,
}));
const numbers = (letter: string, last: number) => Array.from({ length: last }, (_, i) => `${letter}${i + 1}`);

it("each of I1 to I33 and R1 to R20 has a row, once", () => {
  assert.deepEqual(
    rows.map(({ id }) => id),
    [...numbers("I", 33), ...numbers("R", 20)],
  );
});

for (const { id, sentence, file, name } of rows) {
  it(`${id}, ${sentence.toLowerCase()}: its test is there`, () => {
    assert.ok(readFileSync(join(ROOT, file), "utf8").includes(name), `${file} has no test "${name}"`);
  });
}

it("each failpoint has a row in the table of what was killed", () => {
  for (const name of FAILPOINTS) assert.match(PAGE, new RegExp(`^\\| ${name} \\| .*\\|$`, "m"));
});

// One that has moved is no proof any more, and a run of all of them takes half an hour.
for (const { guard, file, line, noticedBy } of MUTATIONS) {
  it(`the guard that \`npm run mutations\` takes out is where it was: ${guard}`, () => {
    const text = readFileSync(join(ROOT, "packages", "millrace", "src", file), "utf8");
    assert.equal(text.split(line).length, 2, `${file} does not have this once: ${line}`);
    assert.ok(existsSync(join(ROOT, noticedBy)), `${noticedBy} is not there`);
  });
}
