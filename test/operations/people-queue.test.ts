/** The queue of people: who said yes first, then what is due, then the score; mine, the team's, what was put off. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { on, opt, task, when, workflow } from "../../packages/millrace/src/index.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";

const named = (form: string) => when<"form_submitted">(`it is ${form}`, ({ event }) => event.data.form === form);
/** Each form asks for one task of people: the kind is its name. */
const asks = workflow("asks", {}, [
  on(
    "form_submitted",
    opt("a meeting", named("schedule_meeting"), task("schedule_meeting")),
    opt("a call", named("hot_lead_review"), task("hot_lead_review", { dueIn: "30m" })),
    opt("data", named("manual_data_review"), task("manual_data_review", { dueIn: "5m" })),
  ),
]);

type Form = readonly [form: string, name: string, score: number];

const FORMS: readonly Form[] = [
  ["hot_lead_review", "cold", 10],
  ["hot_lead_review", "warm", 90],
  ["manual_data_review", "soon", 1],
  ["schedule_meeting", "yes", 5],
];

async function withQueue(forms: readonly Form[] = FORMS) {
  const tested = await testEngine({ pack: false, workflows: [asks] });
  const { engine } = tested;
  for (const [form, name, score] of forms) {
    const lead_band = score > 80 ? "hot" : "low";
    const fields = {
      email: `${name}@acme.example`,
      firstname: name,
      jobtitle: "VP Sales",
      lead_score: score,
      lead_band,
    };
    await engine.append([formSubmitted(fields, form, name)]);
  }
  await engine.idle();
  const queue = (input: object = {}) => engine.queries.queue(input);
  const names = async (input: object = {}) => (await queue(input)).tasks.map(({ who }) => who?.name);
  const idOf = async (name: string) => {
    const found = (await queue({})).tasks.find(({ who }) => who?.name === name);
    return found?.id ?? assert.fail(`nothing waits for ${name}`);
  };
  return { ...tested, queue, names, idOf };
}

it("who said yes comes first, then what is due first, then the higher score", async () => {
  await using tested = await withQueue();
  assert.deepEqual(await tested.names(), ["yes", "soon", "warm", "cold"]);
});

it("pages go on to the end in the same order", async () => {
  const many: Form[] = Array.from({ length: 23 }, (_, n) => [
    n % 5 === 0 ? "schedule_meeting" : "hot_lead_review",
    `n${n}`,
    n % 3,
  ]);
  await using tested = await withQueue(many);
  const whole = await tested.names({ limit: 100 });
  const paged: unknown[] = [];
  let after: string | undefined;
  for (;;) {
    const { tasks } = await tested.queue({ limit: 4, ...(after === undefined ? {} : { after }) });
    paged.push(...tasks.map(({ who }) => who?.name));
    after = tasks.at(-1)?.cursor;
    if (tasks.length < 4) break;
  }
  assert.equal(whole.length, 23);
  assert.deepEqual(paged, whole);
  await assert.rejects(tested.queue({ after: "bm9uc2Vuc2U" }), { code: "invalid_request" });
});

it("mine, the team's, what was put off and what is overdue are told apart and counted", async () => {
  await using tested = await withQueue();
  const { engine, clock } = tested;
  const by = { by: "person:ada" };
  await engine.actions.claimTask({ id: await tested.idOf("yes") }, by);
  await engine.actions.snoozeTask({ id: await tested.idOf("soon"), untilMs: clock.now() + 3_600_000 }, by);
  assert.deepEqual(await tested.names({ view: "mine", person: "ada" }), ["yes"]);
  assert.deepEqual(await tested.names({ view: "mine", person: "grace" }), []);
  assert.deepEqual(await tested.names({ view: "team" }), ["warm", "cold"]);
  assert.deepEqual(await tested.names(), ["yes", "warm", "cold"]);
  const [snoozed] = (await tested.queue({ view: "snoozed" })).tasks;
  assert.deepEqual(
    [snoozed?.who?.name, snoozed?.snoozedBy, snoozed?.snoozedUntil],
    ["soon", "ada", clock.now() + 3_600_000],
  );
  const { counts } = await tested.queue({ person: "ada" });
  assert.deepEqual(counts, { open: 3, mine: 1, team: 2, snoozed: 1, overdue: 0 });
});

it("band, role, kind, words and due time narrow it", async () => {
  await using tested = await withQueue();
  const { tasks } = await tested.queue({});
  const soon = tasks.find(({ who }) => who?.name === "soon");
  for (const [filter, found] of [
    [{ band: "hot" }, ["warm"]],
    [{ role: "analyst" }, ["soon"]],
    [{ kind: "hot_lead_review" }, ["warm", "cold"]],
    [{ q: "vp war" }, ["warm"]],
    [{ dueUntil: (soon?.dueAt ?? 0) + 1 }, ["soon"]],
    [{ contact: "cold@acme.example" }, ["cold"]],
  ] as const)
    assert.deepEqual(await tested.names(filter), found, JSON.stringify(filter));
  await assert.rejects(tested.queue({ kind: "hot_lead_revew" }), { code: "unknown_task_kind" });
});

it("a task is handed over by who holds it, and not by a third person", async () => {
  await using tested = await withQueue();
  const id = await tested.idOf("yes");
  const { actions } = tested.engine;
  await actions.handOverTask({ id, to: "grace" }, { by: "person:ada" });
  assert.deepEqual(await tested.names({ view: "mine", person: "grace" }), ["yes"]);
  await assert.rejects(actions.handOverTask({ id, to: "eve" }, { by: "person:eve" }), { code: "task_held" });
  await assert.rejects(actions.completeTask({ id }, { by: "person:ada" }), { code: "task_held" });
  await actions.handOverTask({ id, to: "ada" }, { by: "person:grace" });
  await actions.completeTask({ id }, { by: "person:ada" });
});

it("what an agent will do is in no queue of people", async () => {
  await using tested = await testEngine();
  await tested.engine.append([formSubmitted({ firstname: "Ada" })]);
  await tested.engine.idle();
  const { tasks } = await tested.engine.queries.queue({});
  assert.ok(tasks.every(({ isHuman }) => isHuman));
});
