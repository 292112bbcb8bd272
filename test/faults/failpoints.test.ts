/**
 * Edges at which a process is ended: what was acknowledged is there when the next one has gone on, and nothing is there twice.
 * A handful of them here; all with `npm run chaos`.
 */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { crossing, FAILPOINTS } from "../../packages/millrace/src/base/failpoint.ts";
import { crossings } from "../chaos/crossings.ts";
import { round } from "../chaos/round.ts";
import { freshDatabase } from "../factories/database.ts";

const SOURCES = join(import.meta.dirname, "..", "..", "packages", "millrace", "src");
const IMPORTANT = [
  "after-door-written",
  "before-cursor-moved",
  "after-claim",
  "before-result-rows",
  "after-smtp-accepted",
];

describe("a failpoint", () => {
  it("of the list stands in the code once, and none stands there that is not in the list", () => {
    const found = globSync("**/*.ts", { cwd: SOURCES })
      .filter((file) => !file.endsWith("failpoint.ts"))
      .flatMap((file) => [...readFileSync(join(SOURCES, file), "utf8").matchAll(/\bfailpoint\("([^"]+)"\)/g)])
      .map(([, name]) => name);
    assert.deepEqual(found.sort(), [...FAILPOINTS].sort());
  });

  it("is crossed by one of the jobs of `npm run chaos`", () => {
    assert.deepEqual(
      crossings.map(({ name }) => name),
      [...FAILPOINTS],
    );
  });

  it("that is not armed does nothing", () => {
    crossing(undefined)("after-claim");
    crossing("")("after-claim");
    crossing("before-claim=throw")("after-claim");
  });

  it("that is armed to throw does so at the passing that was named, and not again", () => {
    const cross = crossing("after-claim=throw:2");
    cross("after-claim");
    assert.throws(() => cross("after-claim"), /Failpoint after-claim/);
    cross("after-claim");
  });

  for (const wrong of ["nowhere=kill", "after-claim", "after-claim=explode", "after-claim=kill:x"]) {
    it(`armed as "${wrong}" keeps the process from starting, with the next step`, () => {
      assert.throws(() => crossing(wrong), /MILLRACE_FAILPOINTS has .* Next: /);
    });
  }
});

describe("an engine that is killed", () => {
  let anchor: Awaited<ReturnType<typeof freshDatabase>>;
  before(async () => {
    anchor = await freshDatabase();
  });
  after(() => anchor.drop());

  for (const one of crossings.filter(({ name }) => IMPORTANT.includes(name))) {
    it(`${one.name.replaceAll("-", " ")} has lost nothing and doubled nothing when the next one is done`, async () => {
      const { crossed, lost, doubled, others } = await round(one, one.at[0]);
      assert.deepEqual({ crossed, lost, doubled, others }, { crossed: true, lost: [], doubled: [], others: [] });
    });
  }
});
