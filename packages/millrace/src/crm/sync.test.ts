import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { HubspotFailure } from "./hubspot/client/answer.ts";
import type { SyncResult } from "./hubspot/outbound/sync-contacts.ts";
import { outcomeOf } from "./sync.ts";

const DONE: SyncResult = { ok: true, synced: undefined };

function failed(kind: HubspotFailure["kind"], more: Partial<HubspotFailure> = {}): SyncResult {
  return { ok: false, failure: { kind, status: 0, message: "said HubSpot", ...more } };
}

describe("a sync that HubSpot did not take", () => {
  for (const [what, result, expected] of [
    ["because of a limit waits as long as HubSpot asks", failed("limited", { retryAfterMs: 4_000 }), ["wait", 4_000]],
    ["because HubSpot is away waits and uses no attempt", failed("unavailable"), ["wait", 10_000]],
    [
      "because the endpoint rests waits for the end of that",
      failed("open", { retryAfterMs: 30_000 }),
      ["wait", 30_000],
    ],
    [
      "because the token is wrong waits until it is another one",
      failed("unauthorised", { status: 401 }),
      ["wait", 60_000],
    ],
    [
      "because one record of a batch stumbled is tried again",
      failed("unavailable", { status: 207 }),
      ["later", undefined],
    ],
    ["because the value is wrong goes to a person", failed("refused", { status: 400 }), ["never", undefined]],
  ] as const) {
    it(what, () => {
      const outcome = outcomeOf(["a"], new Map([["a", result]]));
      assert.ok(outcome.outcome === "failed");
      assert.deepEqual([outcome.retry, outcome.afterMs], expected);
    });
  }

  it("of many contacts is tried again for those that may still succeed, before the others are given up", () => {
    const results = new Map([
      ["a", DONE],
      ["b", failed("refused")],
      ["c", failed("limited")],
    ]);
    const first = outcomeOf(["a", "b", "c"], results);
    assert.ok(first.outcome === "failed" && first.retry === "wait");
    const last = outcomeOf(["a", "b", "c"], results.set("c", DONE));
    assert.ok(last.outcome === "failed" && last.retry === "never" && /contact b/.test(last.error));
  });
});
