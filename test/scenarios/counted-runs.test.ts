/** The monitor counts what agents did without unfolding the log; it has to come to what the log tells. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { pureAgent } from "../../packages/millrace/src/agents/agent.ts";
import { RUNNER_SUBSCRIPTION } from "../../packages/millrace/src/decider/cursor.ts";
import type { EngineHandle } from "../../packages/millrace/src/engine/engine-handle.ts";
import { measure, type Tally } from "../../packages/millrace/src/monitor/measure.ts";
import type { Outcome } from "../../packages/millrace/src/tasks/handler.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";

const asking = workflow("asking", {}, [
  on("form_submitted", task("enrich_data")),
  on("form_submitted", task("qualify_lead")),
  on("form_submitted", task("classify_reply")),
]);

/** Fails at every third task. */
const flaky = () => {
  let calls = 0;
  return (): Outcome =>
    ++calls % 3 === 0 ? { outcome: "failed", error: `no. ${calls}`, retry: "later" } : { outcome: "completed" };
};

function tallyUpTo(engine: EngineHandle, place: number): Promise<{ tally: readonly Tally[]; place: number }> {
  const agents = engine.handlers.flatMap(({ name, kinds, isPure }) =>
    kinds.map((kind) => ({ kind, agent: name, isPure: isPure === true })),
  );
  const scope = { now: engine.clock.now(), windowMs: 300_000, agents, runner: RUNNER_SUBSCRIPTION, errorRate: 1 };
  return measure(engine.db, { ...scope, place, dataFolder: undefined });
}

/** As each event tells by itself. */
async function toldByTheLog(engine: EngineHandle): Promise<Record<string, { completed: number; failed: number }>> {
  const rows = await engine.db.query<{ kind: string; completed: number; failed: number }>(
    `select data->>'kind' as kind, (count(*) filter (where type = 'task_completed'))::int as completed,
            (count(*) filter (where type = 'task_failed'))::int as failed
     from events where type in ('task_completed', 'task_failed') group by 1`,
  );
  return Object.fromEntries(rows.map(({ kind, ...counts }) => [kind, counts]));
}

it("the runs that are counted are those the log tells, of agents that work at once and of those that work in the queue", async () => {
  const sure = pureAgent({
    name: "sure",
    kinds: ["enrich_data"],
    run: (tasks) => tasks.map(() => ({ outcome: "completed" })),
  });
  const fails = flaky();
  const unsure = pureAgent({ name: "unsure", kinds: ["qualify_lead"], run: (tasks) => tasks.map(fails) });
  const queued = does("queued", "classify_reply", flaky());
  await using test = await testEngine({
    workflows: [asking],
    pack: false,
    monitor: false,
    agents: [sure, unsure, queued],
  });
  const { engine } = test;
  let place = 0;
  const counted = new Map<string, { started: number; completed: number; failed: number }>();
  for (let round = 0; round < 4; round++) {
    await engine.append(
      Array.from({ length: 10 + round }, (_, i) => formSubmitted({ email: `p${round}.${i}@acme.example` })),
    );
    await engine.idle();
    const look = await tallyUpTo(engine, place);
    for (const { agent, started, completed, failed } of look.tally) {
      const before = counted.get(agent) ?? { started: 0, completed: 0, failed: 0 };
      counted.set(agent, {
        started: before.started + started,
        completed: before.completed + completed,
        failed: before.failed + failed,
      });
    }
    place = look.place;
    test.clock.advance(31_000);
  }
  const told = await toldByTheLog(engine);
  for (const [agent, kind] of [
    ["sure", "enrich_data"],
    ["unsure", "qualify_lead"],
    ["queued", "classify_reply"],
  ] as const) {
    const { started, ...ended } = counted.get(agent) ?? assert.fail(`${agent} was not counted`);
    assert.deepEqual(ended, told[kind], agent);
    assert.equal(started, ended.completed + ended.failed, agent);
  }
  assert.ok((counted.get("unsure")?.failed ?? 0) > 0 && (counted.get("queued")?.failed ?? 0) > 0);
});
