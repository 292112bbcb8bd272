import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Compared, findingOf } from "./lineage.ts";

const here = { systemIdentifier: "7001", databaseOid: 5, timeline: 1, clusterFile: "10:20" };
const known = { ...here, lineage: "a" };
const seen = { systemIdentifier: "7001", databaseOid: 5, lineage: "a", newest: 40 };
const same: Compared = { here, known, seen, newest: 40, ended: [] };

const cases: readonly [string, Partial<Compared>, { how: string; lastMissing: number | null } | undefined][] = [
  ["that is what it was", {}, undefined],
  ["that has grown", { newest: 90 }, undefined],
  ["no engine has opened before", { known: undefined }, undefined],
  ["of which nothing was seen here", { seen: undefined }, undefined],
  ["failed over without a loss", { here: { ...here, timeline: 2 } }, undefined],
  ["that ends before what was seen", { newest: 30 }, { how: "went_back", lastMissing: 40 }],
  ["that ends before what was seen in a lineage that had ended", { newest: 30, ended: ["a"] }, undefined],
  ["from before a restore that was seen", { seen: { ...seen, lineage: "b" } }, { how: "went_back", lastMissing: null }],
  ["behind another cluster", { here: { ...here, systemIdentifier: "7002" } }, { how: "copied", lastMissing: null }],
  ["copied within its cluster", { here: { ...here, databaseOid: 6 }, newest: 30 }, { how: "copied", lastMissing: 40 }],
  ["whose files are others", { here: { ...here, clusterFile: "11:21" } }, { how: "copied", lastMissing: null }],
  ["whose files cannot be seen from here", { here: { ...here, clusterFile: null } }, undefined],
  ["beside another one of which was seen more", { seen: { ...seen, databaseOid: 9, newest: 99 } }, undefined],
];

describe("a database", () => {
  for (const [what, change, expected] of cases) {
    it(`${what}: ${expected === undefined ? "all goes on" : expected.how}`, () => {
      const found = findingOf({ ...same, ...change });
      assert.deepEqual(found && { how: found.how, lastMissing: found.lastMissing }, expected);
    });
  }
});
