/** Each agent's spend has every one of the last days, those without a call too, the dearest agent first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { allOf, spendByAgent } from "./spend-days.ts";

const NOW = Date.parse("2026-03-03T12:00:00Z");

test("a day without a call is a day of nothing, and what is older is left out", () => {
  const agents = spendByAgent(
    [
      { day: "2026-02-01", agent: "outreach_agent", calls: 9, costUsd: 9 },
      { day: "2026-03-01", agent: "summariser", calls: 1, costUsd: 0.25 },
      { day: "2026-03-03", agent: "summariser", calls: 2, costUsd: 0.5 },
      { day: "2026-03-03", agent: "reply_classifier", calls: 3, costUsd: 1 },
    ],
    3,
    NOW,
  );
  assert.deepEqual(
    agents.map(({ agent, totalUsd, calls, days }) => [agent, totalUsd, calls, days.map(({ costUsd }) => costUsd)]),
    [
      ["reply_classifier", 1, 3, [0, 0, 1]],
      ["summariser", 0.75, 3, [0.25, 0, 0.5]],
    ],
  );
  assert.deepEqual(
    allOf(agents).days.map(({ costUsd }) => costUsd),
    [0.25, 0, 1.5],
  );
});
