import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Queryable } from "../db/database.ts";
import { EventCatalogue } from "../events/catalogue.ts";
import { TaskCatalogue } from "../tasks/catalogue.ts";
import { alert, on, workflow } from "../workflows/workflow.ts";
import { WorkflowRegistry } from "./workflow-registry.ts";

/** A registry of one workflow, and a database whose answers the test gives in the order it likes. */
function answering() {
  const own = workflow("webinar", {}, [on("form_submitted", alert("sales", "webinar"))]);
  const registry = new WorkflowRegistry(
    { pack: false, workflows: [own] },
    { events: new EventCatalogue(), tasks: new TaskCatalogue() },
  );
  const asked: ((isStopped: boolean) => void)[] = [];
  const row = { workflow: own.name, version: own.version, reason: "It took too long.", stoppedAt: 0 };
  const query = () => new Promise((resolve) => asked.push((isStopped) => resolve(isStopped ? [row] : [])));
  const stopped = () => registry.set.on({ type: "form_submitted", data: {} })[0]?.stopped;
  return { registry, asked, stopped, db: { query } as unknown as Queryable };
}

describe("what a process knows of stopped workflows", () => {
  it("is what was read last, though an earlier answer comes later", async () => {
    const { registry, asked, stopped, db } = answering();
    const before = registry.readStops(db);
    const after = registry.readStops(db);
    asked[1]?.(true);
    await after;
    asked[0]?.(false);
    await before;
    assert.equal(stopped(), "It took too long.");
  });
});
