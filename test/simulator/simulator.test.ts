/**
 * Random histories of a few contacts, decided without a database in several batchings: what has to hold does. A few seeds
 * here; thousands with `npm run simulate -- --seeds 5000`.
 */
import assert from "node:assert/strict";
import { it } from "node:test";
import { historyOf } from "./history.ts";
import { simulatedRules } from "./rules.ts";
import { simulate } from "./simulate.ts";

const SEEDS = 40;

it(`${SEEDS} histories come out the same however their events are batched, whole, and nothing is done twice`, () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { failure } = simulate(seed);
    assert.equal(failure, undefined, `${failure?.way}: ${failure?.what} (npm run simulate -- --seed ${seed})`);
  }
});

it("a seed is one history, whoever asks and how often", () => {
  for (const seed of [1, 77, 4_242]) assert.deepEqual(historyOf(seed), historyOf(seed));
  assert.notDeepEqual(historyOf(1), historyOf(2));
});

it("what histories hold is what the catalogue takes", () => {
  const { catalogue } = simulatedRules(true);
  for (let seed = 1; seed <= 200; seed++) {
    for (const { outside } of historyOf(seed).rounds) {
      for (const { type, data } of outside)
        assert.equal(catalogue.get(type).schema.safeParse(data).success, true, type);
    }
  }
});
