/** What was settled for one contact at once is kept in one row and told event by event, to everybody alike. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { EVENT_COLUMNS, newestPosition, readEvents } from "../../packages/millrace/src/events/log.ts";
import { pureAgent } from "../../packages/millrace/src/index.ts";
import type { TaskKindName } from "../../packages/millrace/src/workflows/workflow.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

interface Told {
  readonly position: number;
  readonly type: string;
  readonly contact: string | null;
}

/** Forms of several people, some of whom come back, in a few batches: settlements with single events between them. */
async function busyLog(test: TestEngine): Promise<Told[]> {
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 4; i++) {
      await test.engine.append([
        formSubmitted({ email: `p${i}@acme.example`, jobtitle: i === 1 ? "CTO" : "" }, "demo"),
      ]);
    }
    await test.engine.idle();
  }
  return test.engine.db.query<Told>(`select ${EVENT_COLUMNS} from events order by position`);
}

async function rows(test: TestEngine): Promise<{ settlements: number; single: number }> {
  const [found] = await test.engine.db.query<{ settlements: number; single: number }>(
    "select (select count(*) from settlements) as settlements, (select count(*) from single_events) as single",
  );
  return found ?? { settlements: 0, single: 0 };
}

/** Two workflows without the default pack, whose pure agent answers what it is told to. */
function answering(result: unknown, tasks = 1): MillraceConfig {
  const asks = Array.from({ length: tasks }, (_, i) =>
    task("score_twice" as TaskKindName, { mergeKey: `score_twice:${i}` }),
  );
  const agent = pureAgent({
    name: "scorer",
    kinds: ["score_twice"],
    run: (given) => given.map(() => ({ outcome: "completed", result: result as never })),
  });
  return {
    pack: false,
    tasks: { score_twice: { about: "Score once more.", priority: "LOW", dueIn: "1h", doneBy: "scorer" } },
    agents: [agent],
    workflows: [workflow("asks", {}, [on("form_submitted", ...asks)])],
  };
}

describe("the log with settlements", () => {
  it("is read in order from every place and in every portion, nothing left out and nothing twice", async () => {
    await using test = await testEngine();
    const all = await busyLog(test);
    const { settlements, single } = await rows(test);
    assert.ok(settlements >= 4 && single >= 12, `${settlements} settlements, ${single} single events`);
    assert.ok(all.length > single + settlements, "settlements hold several events each");
    for (const after of [0, ...all.map((event) => event.position)]) {
      const rest = all.filter((event) => event.position > after);
      for (const limit of [1, 2, 3, 7, 1_000]) {
        assert.deepEqual(
          await readEvents(test.engine.db, after, limit),
          rest.slice(0, limit),
          `${limit} after ${after}`,
        );
      }
    }
  });

  it("is read by type in order from every place and in every portion", async () => {
    await using test = await testEngine();
    const all = await busyLog(test);
    const types = ["form_submitted", "task_completed", "lead_score_updated"];
    const wanted = all.filter((event) => types.includes(event.type));
    assert.ok(new Set(wanted.map((event) => event.type)).size === 3);
    for (const after of [0, ...all.map((event) => event.position)]) {
      const rest = wanted.filter((event) => event.position > after);
      for (const limit of [1, 2, 5, 1_000]) {
        const read = await readEvents(test.engine.db, after, limit, types);
        assert.deepEqual(read, rest.slice(0, limit), `${limit} after ${after}`);
      }
    }
  });

  it("is told by contact and by stretch like by the whole", async () => {
    await using test = await testEngine();
    const { db } = test.engine;
    const all = await busyLog(test);
    const [contact] = all.flatMap((event) => event.contact ?? []);
    const mine = await db.query(`select ${EVENT_COLUMNS} from events_of($1) order by position`, [contact]);
    assert.deepEqual(
      mine,
      all.filter((event) => event.contact === contact),
    );
    const places = all.map((event) => event.position);
    for (const after of places.filter((_, i) => i % 5 === 0)) {
      for (const upTo of [after, after + 1, after + 4, after + 30]) {
        const read = await db.query(`select ${EVENT_COLUMNS} from events_between($1, $2) order by position`, [
          after,
          upTo,
        ]);
        const expected = all.filter((event) => event.position > after && event.position <= upTo);
        assert.deepEqual(read, expected, `after ${after} up to ${upTo}`);
      }
    }
    assert.equal(await newestPosition(db), places.at(-1));
  });

  it("tells the decision of an event that was decided once more, not the first one", async () => {
    await using test = await testEngine();
    const [form] = await test.engine.append([formSubmitted({ jobtitle: "CTO" })]);
    await test.engine.idle();
    const decisions = () =>
      test.engine.db.query<{ workflow: string; at: number }>(
        "select workflow, decided_at as at from decisions where event = $1 order by workflow",
        [form?.position],
      );
    const before = await decisions();
    assert.ok(before.length > 0);
    test.clock.advance(60_000);
    await test.engine.actions.replayEvent({ position: form?.position ?? 0, dryRun: false }, { by: "ada" });
    const after = await decisions();
    assert.deepEqual(
      after.map(({ workflow }) => workflow),
      before.map(({ workflow }) => workflow),
    );
    assert.ok(after.every(({ at }, i) => at > (before[i]?.at ?? 0)));
  });

  it("keeps a task's result that SQL cannot read, in rows of their own", async () => {
    await using test = await testEngine(answering({ said: "half a pair: \ud800" }));
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    assert.deepEqual((await rows(test)).settlements, 0);
    const [finished] = await test.engine.db.query("select state, kind from finished_tasks");
    assert.deepEqual(finished, { state: "COMPLETED", kind: "score_twice" });
    const types = await test.engine.db.query<{ type: string }>("select type from events order by position");
    assert.deepEqual(
      types.map(({ type }) => type),
      ["form_submitted", "contact_created", "task_completed"],
    );
    assert.deepEqual(test.errors, []);
  });

  it("finds each task that was done at once by its id, also when there were more than fit together", async () => {
    await using test = await testEngine(answering({ points: 3 }, 40));
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    const tasks = await test.engine.db.query<{ id: number }>("select id from finished_tasks order by id");
    assert.equal(new Set(tasks.map(({ id }) => id)).size, 40);
    for (const { id } of tasks) {
      const found = await test.engine.db.query("select id, kind, result from finished_task($1)", [id]);
      assert.deepEqual(found, [{ id, kind: "score_twice", result: { points: 3 } }]);
    }
  });
});
