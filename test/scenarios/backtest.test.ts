/** Today's workflows on recorded history: what would be decided otherwise is counted with its events, and nothing is written. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { type Backtest, type BacktestRequest, backtest } from "../../packages/millrace/src/decider/backtest.ts";
import { type Condition, type Facts, not } from "../../packages/millrace/src/workflows/condition.ts";
import type { Workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { alert, alt, branch, on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { traceOf } from "../factories/trace.ts";
import { keyFolder } from "../privacy/erasure.fixture.ts";

const agents = [scoresByPoints, findsNothing];
const POINTS = [10, 40, 60, 75, 95];

const pointsOf = ({ after }: Facts) => Number(after?.properties.points ?? 0);
const points: Condition = { name: "points", test: (facts) => pointsOf(facts) >= 50 };
const many: Condition = { name: "many points", test: (facts) => pointsOf(facts) >= 70 };

/** Calls leads with many points. */
function calls(isEnough: Condition, more: readonly ReturnType<typeof task>[] = []): Workflow {
  return workflow("calls", {}, [
    on("form_submitted", alt(branch("call", isEnough, task("manual_review"), ...more), branch("leave", not(isEnough)))),
  ]);
}

async function recorded(own: Workflow, config: MillraceConfig = {}): Promise<TestEngine> {
  const test = await testEngine({ agents, workflows: [own], pack: false, ...config });
  await test.engine.append(POINTS.map((score) => formSubmitted({ email: `p${score}@acme.example`, points: score })));
  await test.engine.idle();
  return test;
}

function tried(test: TestEngine, workflows: readonly Workflow[], request: Partial<BacktestRequest> = {}) {
  return backtest(test.engine.db, {
    workflows,
    maxDepth: 12,
    maxExamples: 3,
    onProgress: () => {},
    ...request,
  });
}

const inShort = ({ workflows }: Backtest) =>
  workflows.map(({ workflow, counts, changes }) => ({
    workflow,
    counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    changes: changes.map(({ change, from, to, count, asksMore, asksLess }) =>
      [change, from, to, count, asksMore.join(), asksLess.join()].map((one) => one ?? "-").join("|"),
    ),
  }));

describe("a backtest", () => {
  it("of the workflows that decided finds no difference", async () => {
    await using test = await recorded(calls(points));
    assert.deepEqual(inShort(await tried(test, [calls(points)])), [
      { workflow: "calls", counts: { same: 5 }, changes: [] },
    ]);
  });

  /** Given five forms decided by "from 50 points"; when today's is another; then this is reported. */
  const CASES: readonly { name: string; today: readonly Workflow[]; expect: ReturnType<typeof inShort> }[] = [
    {
      name: "a condition that became stricter",
      today: [calls(many)],
      expect: [
        {
          workflow: "calls",
          counts: { same: 4, changed: 1 },
          changes: ["changed|call|leave|1||task manual_review"],
        },
      ],
    },
    {
      name: "a step more on the same branch",
      today: [calls(points, [task("handle_inquiry")])],
      expect: [
        {
          workflow: "calls",
          counts: { same: 2, changed: 3 },
          changes: ["changed|call|call|3|task handle_inquiry|"],
        },
      ],
    },
    {
      name: "a workflow that is new, beside one that is gone",
      today: [workflow("welcomes", {}, [on("form_submitted", alert("sales", "a_form"))])],
      expect: [
        {
          workflow: "calls",
          counts: { gone: 5 },
          changes: ["gone|call|-|3||task manual_review", "gone|leave|-|2||"],
        },
        { workflow: "welcomes", counts: { new: 5 }, changes: ["new|-||5|task send_alert|"] },
      ],
    },
    {
      name: "a workflow that throws",
      today: [
        calls({
          name: "broken",
          test(facts) {
            if (pointsOf(facts) === 95) throw new Error("no such field");
            return pointsOf(facts) >= 50;
          },
        }),
      ],
      expect: [{ workflow: "calls", counts: { same: 4, failed: 1 }, changes: ["failed|call|-|1||"] }],
    },
  ];
  for (const { name, today, expect } of CASES) {
    it(`reports ${name}`, async () => {
      await using test = await recorded(calls(points));
      assert.deepEqual(inShort(await tried(test, today)), expect);
    });
  }

  it("writes nothing, and names the first events of each difference", async () => {
    await using test = await recorded(calls(points));
    const before = await traceOf(test.engine);
    const { workflows, events, contacts } = await tried(test, [calls(many)]);
    assert.deepEqual(await traceOf(test.engine), before);
    assert.equal(contacts, 5);
    assert.ok(events >= 5);
    const [example] = workflows[0]?.changes[0]?.examples ?? [];
    const [row] = await test.engine.db.query<{ points: number }>(
      "select (properties->>'points')::int as points from contacts where id = $1",
      [example?.contact],
    );
    assert.equal(row?.points, 60);
    assert.equal(example?.type, "form_submitted");
  });

  it("sees the contact as it was then, not as it is", async () => {
    await using test = await recorded(calls(points));
    await test.engine.append([
      { type: "contact_updated", data: { email: "p10@acme.example", changes: { points: { from: 10, to: 99 } } } },
    ]);
    await test.engine.idle();
    assert.equal(inShort(await tried(test, [calls(points)]))[0]?.changes.length, 0);
  });

  it("may be of one workflow, of one contact, or of what happened since", async () => {
    await using test = await recorded(calls(points));
    const [ada] = await test.engine.db.query<{ id: string }>(
      "select contact as id from contact_identities where value = 'p60@acme.example'",
    );
    assert.deepEqual(inShort(await tried(test, [calls(many)], { contact: ada?.id })), [
      { workflow: "calls", counts: { changed: 1 }, changes: ["changed|call|leave|1||task manual_review"] },
    ]);
    assert.deepEqual(inShort(await tried(test, [calls(many)], { workflow: "others" })), []);
    const later = test.clock.now() + 60_000;
    assert.deepEqual(inShort(await tried(test, [calls(many)], { since: later })), []);
    test.clock.advance(60_000);
    await test.engine.append([formSubmitted({ email: "p65@acme.example", points: 65 })]);
    await test.engine.idle();
    assert.deepEqual(inShort(await tried(test, [calls(many)], { since: later }))[0]?.counts, { changed: 1 });
  });

  it("leaves out people who were erased", async () => {
    await using folder = await keyFolder();
    await using test = await recorded(calls(points), { dataFolder: folder.path });
    await test.engine.actions.eraseContact({ contact: "p60@acme.example" }, { by: "ada" });
    await test.engine.idle();
    assert.deepEqual(inShort(await tried(test, [calls(many)])), [
      { workflow: "calls", counts: { same: 4 }, changes: [] },
    ]);
  });

  it("of the default pack on what it has decided finds no difference", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append(
      POINTS.map((score) => formSubmitted({ email: `p${score}@acme.example`, points: score, message: "Hello" })),
    );
    await test.engine.idle();
    test.clock.advance(4 * 86_400_000);
    await test.engine.idle();
    const { workflows, events } = await tried(test, test.engine.workflows);
    assert.ok(events > 50, `${events}`);
    assert.ok(workflows.length > 5, `${workflows.length}`);
    assert.deepEqual(
      workflows.flatMap(({ workflow, changes }) => changes.map((change) => ({ workflow, ...change }))),
      [],
    );
  });
});
