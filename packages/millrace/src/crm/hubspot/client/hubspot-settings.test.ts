import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MillraceError } from "../../../base/errors.ts";
import { checkedHubspot } from "./hubspot-settings.ts";

describe("settings of hubspot", () => {
  for (const [field, settings] of [
    ["accessToken", {}],
    ["baseUrl", { accessToken: "pat", baseUrl: "hubspot" }],
    ["limits.perDay", { accessToken: "pat", limits: { perDay: 0 } }],
    ["rateShare", { accessToken: "pat", rateShare: 1.2 }],
    ["timeZone", { accessToken: "pat", timeZone: "Berlin" }],
    ["journalEveryMs", { accessToken: "pat", journalEveryMs: 5_000, clientId: "an app" }],
  ] as const) {
    it(`that cannot work are refused: ${field}`, () => {
      assert.throws(
        () => checkedHubspot(settings),
        (error) =>
          error instanceof MillraceError && error.parts.field === `hubspot.${field}` && !/pat\b/.test(error.message),
      );
    });
  }

  it("have the limits of a Professional account, of which nine tenths are used", () => {
    const { limits, rateShare, baseUrl } = checkedHubspot({ accessToken: "pat" });
    assert.deepEqual(
      [limits.perTenSeconds, limits.perDay, rateShare, baseUrl],
      [190, 625_000, 0.9, "https://api.hubapi.com"],
    );
  });
});
