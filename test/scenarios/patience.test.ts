/** Flow 3: who is asked for patience waits and uses up no attempt; what cannot succeed is not tried again. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pauseAgent, resumeAgent } from "../../packages/millrace/src/tasks/circuits.ts";
import type { Outcome } from "../../packages/millrace/src/tasks/handler.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";

const tasks = { ring: { about: "Ring somebody.", priority: "MEDIUM", dueIn: "1h", doneBy: "ringer" } } as const;
const each = workflow("each_form", {}, [on("form_submitted", task("ring" as "qualify_lead"))]);

function ringing(answers: Outcome[]) {
  const attempts: number[] = [];
  const agent = does("ringer", "ring", ({ attempt }) => {
    attempts.push(attempt);
    return answers.shift() ?? { outcome: "completed" };
  });
  return { attempts, config: { tasks, agents: [agent], workflows: [each], pack: false } as const };
}

const open = "select state, attempt from tasks where kind = 'ring'";
const ended = "select state, attempt from finished_tasks where kind = 'ring'";

describe("patience", () => {
  it("a 429 waits as long as it asks for, however often, and uses up no attempt", async () => {
    const busy: Outcome = { outcome: "failed", error: "429", retry: "wait", afterMs: 60_000 };
    const { attempts, config } = ringing(Array(6).fill(busy));
    await using test = await testEngine(config);
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    for (let i = 1; i <= 6; i++) {
      assert.deepEqual(await test.engine.db.query(open), [{ state: "WAITING", attempt: 0 }]);
      test.clock.advance(59_999);
      await test.engine.idle();
      assert.equal(attempts.length, i, "not a moment sooner");
      test.clock.advance(1);
      await test.engine.idle();
    }
    assert.deepEqual(attempts, Array(7).fill(1));
    assert.deepEqual(await test.engine.db.query(ended), [{ state: "COMPLETED", attempt: 1 }]);
  });

  it("tasks of a stopped agent wait where they are, use up no attempt, and go on when it is resumed", async () => {
    const { attempts, config } = ringing([]);
    await using test = await testEngine(config);
    const { db, circuits, wakeUps } = test.engine;
    await db.transaction((tx) => pauseAgent(tx, { agent: "ringer", by: "grace", now: test.clock.now() }));
    circuits.forget();
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    test.clock.advance(24 * 3_600_000);
    await test.engine.idle();
    assert.deepEqual(await db.query(open), [{ state: "NOT_STARTED", attempt: 0 }]);
    await db.transaction((tx) => resumeAgent(tx, { agent: "ringer", by: "grace", now: test.clock.now() }));
    circuits.forget();
    wakeUps.local("tasks");
    await test.engine.idle();
    assert.deepEqual(attempts, [1]);
  });

  it("a validation error is not tried again", async () => {
    const { attempts, config } = ringing([{ outcome: "failed", error: "no telephone number", retry: "never" }]);
    await using test = await testEngine(config);
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    test.clock.advance(24 * 3_600_000);
    await test.engine.idle();
    assert.deepEqual(attempts, [1]);
    assert.deepEqual(await test.engine.db.query(ended), [{ state: "FAILED", attempt: 1 }]);
  });
});
