/** docs/explanation/proof.md leads each invariant and rule to a test: the test is there, and every failpoint has its row. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { FAILPOINTS } from "../packages/millrace/src/base/failpoint.ts";

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
