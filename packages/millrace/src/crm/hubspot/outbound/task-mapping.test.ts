import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type MirroredTask, shownTask } from "./task-mapping.ts";

const TASK: MirroredTask = {
  id: 7,
  kind: "hot_lead_review",
  contact: null,
  state: "WAITING",
  priority: 0,
  dueAt: Date.parse("2026-03-02T09:15:00Z"),
  payload: { reason: "<b>angry</b> customer" },
  error: null,
  worker: null,
  properties: null,
};

describe("a task as HubSpot shows it", () => {
  it("is HIGH where ours is URGENT, which stands beside it", () => {
    const shown = shownTask(TASK, undefined);
    assert.deepEqual([shown.hs_task_priority, shown.millrace_priority], ["HIGH", "URGENT"]);
    assert.equal(shown.hs_timestamp, "2026-03-02T09:15:00.000Z");
  });

  for (const [state, status] of [
    ["WAITING", "NOT_STARTED"],
    ["IN_PROGRESS", "IN_PROGRESS"],
    ["COMPLETED", "COMPLETED"],
    ["CANCELLED", "COMPLETED"],
    ["FAILED", "WAITING"],
  ] as const) {
    it(`is ${status} when it is ${state}`, () => {
      const shown = shownTask({ ...TASK, state, error: "out of ideas" }, undefined);
      assert.deepEqual([shown.hs_task_status, shown.millrace_status], [status, state]);
      assert.equal(shown.hs_task_body?.includes("out of ideas"), state === "FAILED" || state === "CANCELLED");
    });
  }

  it("takes words of others as words, never as HTML", () => {
    assert.match(shownTask(TASK, undefined).hs_task_body ?? "", /&lt;b&gt;angry/);
  });
});
