/** Today's figures, counts on the arrows of the flows, and a workflow tried on one contact. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { alt, branch, on, opt, otherwise, stop, task, when, workflow } from "../../packages/millrace/src/index.ts";
import { formSubmitted, HOT_FIELDS, testEngine } from "../factories/engine.ts";

const LEAD = {
  email: "ada@bigcorp-systems.com",
  firstname: "Ada",
  ...HOT_FIELDS,
};

it("from form to action is told for the hour and the day, and what was too late says what it waited for", async () => {
  await using tested = await testEngine();
  const { engine, clock } = tested;
  await engine.append([formSubmitted(LEAD, "demo", "one")]);
  await engine.idle();
  const quick = await engine.queries.today({});
  assert.equal(quick.formToAction.hour?.count, 1);
  assert.ok((quick.formToAction.hour?.p95 ?? 9e9) < 300_000);
  assert.deepEqual(quick.formToAction.breaches, []);
  await engine.actions.pauseAgent({ agent: "mailer" }, { by: "ada" });
  await engine.actions.pauseAgent({ agent: "alerter" }, { by: "ada" });
  await engine.append([formSubmitted({ ...LEAD, email: "bob@bigcorp-systems.com", firstname: "Bob" }, "demo", "two")]);
  await engine.idle();
  clock.advance(400_000);
  const waiting = await engine.queries.today({});
  const [breach] = waiting.formToAction.breaches;
  assert.equal(breach?.who?.name, "Bob");
  assert.equal(breach?.isWaiting, true);
  assert.ok(breach?.kind === "send_email" || breach?.kind === "send_alert", `${breach?.kind}`);
  assert.ok((breach?.tookMs ?? 0) >= 400_000);
  assert.ok(waiting.attention.some(({ what }) => what === "late_forms"));
  assert.ok(waiting.attention.some(({ what, words }) => what === "stopped_agent" && words.includes("mailer")));
  await engine.actions.resumeAgent({ agent: "mailer" }, { by: "ada" });
  await engine.actions.resumeAgent({ agent: "alerter" }, { by: "ada" });
  await engine.idle();
  const [late] = (await engine.queries.today({})).formToAction.breaches;
  assert.deepEqual([late?.who?.name, late?.isWaiting], ["Bob", false]);
  clock.advance(86_400_001);
  assert.equal((await engine.queries.today({})).formToAction.day, null);
});

it("a quiet engine needs no attention, and dead letters do", async () => {
  const breaks = when<"form_submitted">("breaks", () => {
    throw new Error("a bug");
  });
  const broken = workflow("broken", {}, [on("form_submitted", opt("always", breaks, task("handle_inquiry")))]);
  await using tested = await testEngine({ pack: false, workflows: [broken], monitor: false });
  const { engine } = tested;
  const words = async () => (await engine.queries.today({})).attention.map(({ what }) => what);
  assert.ok(!(await words()).includes("dead_letters"));
  await engine.append([formSubmitted()]);
  await engine.idle();
  assert.ok((await words()).includes("dead_letters"));
});

const isDemo = when<"form_submitted">("is the demo", ({ event }) => event.data.form === "demo");
const sorts = workflow("sorts", {}, [
  on("form_submitted", alt(branch("demo", isDemo, task("handle_inquiry")), otherwise(stop("another form")))),
]);

it("every decision is counted once, by branch and version, and every event by its type", async () => {
  await using tested = await testEngine({ pack: false, workflows: [sorts] });
  const { engine } = tested;
  const forms = ["demo", "demo", "other"].map((form, n) =>
    formSubmitted({ email: `p${n}@one.example` }, form, `f${n}`),
  );
  await engine.append(forms);
  await engine.append([formSubmitted({ email: "p0@one.example" }, "demo", "again")]);
  await engine.idle();
  for (let i = 0; i < 2; i++) {
    const { workflows, events, behind } = await engine.queries.workflowCounts({ workflow: "sorts" });
    const [counts] = workflows;
    assert.deepEqual([counts?.hour, counts?.day, counts?.all], [4, 4, 4]);
    assert.deepEqual(
      counts?.branches.map(({ branch, all }) => [branch, all]).toSorted(),
      [
        ["demo", 3],
        ["otherwise", 1],
      ].toSorted(),
    );
    assert.equal(counts?.versions.length, 1);
    assert.equal(events.find(({ type }) => type === "form_submitted")?.all, 4);
    assert.equal(behind, 0);
  }
  const [total] = await engine.db.query<{ count: number }>("select count(*)::int as count from events");
  const { events } = await engine.queries.workflowCounts({});
  assert.equal(
    events.reduce((sum, { all }) => sum + all, 0),
    total?.count,
  );
});

it("an event that was set aside is counted in its branch once it is decided, however often it is decided again", async () => {
  let isBroken = true;
  const isGood = when<"form_submitted">("is good", () => {
    if (isBroken) throw new Error("not now");
    return true;
  });
  const fussy = workflow("fussy", {}, [
    on("form_submitted", alt(branch("good", isGood, stop("nothing to do")), otherwise(stop("not good")))),
  ]);
  await using tested = await testEngine({ pack: false, workflows: [fussy] });
  const { engine } = tested;
  await engine.append([formSubmitted({ email: "ada@one.example" }, "demo", "one")]);
  await engine.idle();
  const counted = async () => {
    const [counts] = (await engine.queries.workflowCounts({ workflow: "fussy" })).workflows;
    return counts?.branches.map(({ branch, all }) => [branch, all]);
  };
  const before = await counted();
  const [letter] = await engine.db.query<{ id: number; event: number }>("select id, event from dead_letters");
  isBroken = false;
  await engine.actions.retryDeadLetter({ id: letter?.id ?? 0 }, { by: "ada" });
  await engine.idle();
  const once = await counted();
  assert.equal((once?.length ?? 0) - (before?.length ?? 0), 1);
  assert.deepEqual(
    once?.find(([branch]) => branch === "good"),
    ["good", 1],
  );
  await engine.actions.replayEvent({ position: letter?.event ?? 0, dryRun: false }, { by: "ada" });
  await engine.idle();
  assert.deepEqual(await counted(), once);
});

it("a workflow is tried on one contact, and nothing is written", async () => {
  await using tested = await testEngine({ pack: false, workflows: [sorts] });
  const { engine } = tested;
  await engine.append([formSubmitted({ email: "ada@one.example" }, "demo", "one")]);
  await engine.idle();
  const before = JSON.stringify(await engine.db.query("select position from events order by position"));
  const tried = await engine.queries.tryWorkflow({ name: "sorts", contact: "ada@one.example" });
  assert.equal(tried.decisions[0]?.branch, "demo");
  assert.equal(JSON.stringify(await engine.db.query("select position from events order by position")), before);
  assert.equal((await engine.queries.tasks({ kind: "handle_inquiry" })).tasks.length, 1);
  await assert.rejects(engine.queries.tryWorkflow({ name: "sort", contact: "ada@one.example" }), {
    code: "unknown_workflow",
  });
  await assert.rejects(engine.queries.tryWorkflow({ name: "sorts", contact: "ada@one.example", event: 999 }), {
    code: "not_found",
  });
});
