import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DEFAULT_LIMITS } from "./hubspot-settings.ts";
import { blockFor, dayAllows, momentsOf, pauseAfterRefusal, pauseBetween, usable } from "./rate-pace.ts";

describe("the pace of calls", () => {
  for (const [share, most] of [
    [0.9, 171],
    [0.5, 95],
    [1, 190],
  ] as const) {
    it(`at a share of ${share} no ten seconds hold more than ${most} of 190 calls`, () => {
      const moments = momentsOf(0, 2_000, pauseBetween("calls", DEFAULT_LIMITS, share));
      for (const [i, moment] of moments.entries()) {
        const inWindow = moments.slice(i).filter((other) => other < moment + 10_000).length;
        assert.ok(inWindow <= most, `${inWindow} calls from ${moment}`);
      }
    });
  }

  it("keeps searches apart from the rest, at most five a second even when one is late", () => {
    assert.equal(pauseBetween("search", DEFAULT_LIMITS, 0.9), 250);
  });

  it("takes moments for all who wait in one go, but never more than half a second ahead", () => {
    assert.deepEqual(
      [1, 3, 500].map((waiting) => blockFor(waiting, 58)),
      [1, 3, 8],
    );
    assert.equal(blockFor(10, 2_000), 1);
  });

  it("throws away a moment that has passed", () => {
    assert.deepEqual(usable([0, 100, 400], 300), [100, 400]);
  });

  it("keeps the last tenth of a day for urgent calls", () => {
    assert.deepEqual(
      [900, 901, 1_000, 1_001].map((used) => [dayAllows(used, 1_000, "bulk"), dayAllows(used, 1_000, "urgent")]),
      [
        [true, true],
        [false, true],
        [false, true],
        [false, false],
      ],
    );
  });

  it("pauses as long as HubSpot asks, else longer with every refusal in a row", () => {
    assert.equal(pauseAfterRefusal(1, 3_000), 3_000);
    assert.deepEqual(
      [1, 2, 3, 9].map((inARow) => pauseAfterRefusal(inARow, undefined)),
      [500, 1_000, 2_000, 10_000],
    );
  });
});
