/** What was recorded and decided stays: the database itself refuses to change or remove it, who asks. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";

const TABLES = ["single_events", "settlements", "single_decisions", "single_finished_tasks"];
const WAYS: readonly (readonly [name: string, statement: (table: string) => string])[] = [
  ["delete", (table) => `delete from ${table}`],
  ["truncate", (table) => `truncate ${table}`],
  [
    "update",
    (table) =>
      `update ${table} set ${table === "settlements" ? "types = types" : table === "single_decisions" ? "because = because" : table === "single_events" ? "actor = actor" : "error = error"}`,
  ],
];

describe("the history", () => {
  for (const [way, statement] of WAYS) {
    it(`is not there to ${way}`, async () => {
      await using test = await testEngine({ agents: [scoresByPoints, findsNothing] });
      await test.engine.append([formSubmitted({ points: 50 })]);
      await test.engine.idle();
      for (const table of TABLES)
        await assert.rejects(test.engine.db.query(statement(table)), { code: "23001" }, `${way} ${table}`);
    });
  }

  it("is decided once more by a replay, which leaves one decision", async () => {
    await using test = await testEngine({ agents: [scoresByPoints, findsNothing] });
    const [form] = await test.engine.append([formSubmitted({ points: 50 })]);
    await test.engine.idle();
    const position = form?.position ?? 0;
    const decisions = () =>
      test.engine.db.query("select 1 from decisions where event = $1 and workflow = 'form_cascade'", [position]);
    assert.equal((await decisions()).length, 1);
    await test.engine.actions.replayEvent({ position, dryRun: false }, { by: "ada" });
    assert.equal((await decisions()).length, 1);
  });
});
