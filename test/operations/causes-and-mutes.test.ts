/** What went wrong, by its cause, tried again after it was counted; alerts by their name, and those muted for a while. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { on, opt, task, when, workflow } from "../../packages/millrace/src/index.ts";
import { formSubmitted, HOT_FIELDS, testEngine } from "../factories/engine.ts";

const health = { isIll: true };
const breaks = when<"form_submitted">("breaks", ({ event }) => {
  if (health.isIll && event.data.form !== "fine")
    throw new Error(`"${event.data.form}" is no form of ${event.position}`);
  return true;
});
const fragile = workflow("fragile", {}, [on("form_submitted", opt("always", breaks, task("handle_inquiry")))]);

it("dead letters of one cause are one row, whatever names and numbers stand in them, and are counted before they are tried again", async () => {
  health.isIll = true;
  await using tested = await testEngine({ pack: false, workflows: [fragile] });
  const { engine } = tested;
  await engine.append(["a", "b", "c"].map((form) => formSubmitted({ email: `${form}@one.example` }, form, form)));
  await engine.idle();
  const { groups } = await engine.queries.deadLetterGroups({});
  assert.deepEqual(
    groups.map(({ subscription, count }) => [subscription, count]),
    [["workflow:fragile", 3]],
  );
  const cause = groups[0]?.cause ?? "";
  const ask = (input: object) => engine.actions.retryDeadLetters(input, { by: "ada" });
  const counted = await ask({ cause, dryRun: true });
  assert.deepEqual([counted.count, counted.dryRun, counted.retried], [3, true, []]);
  assert.equal((await ask({ cause: "another", dryRun: true })).count, 0);
  assert.equal((await ask({ subscription: "workflow:other" })).count, 0);
  const failed = await ask({ cause });
  assert.ok(failed.retried.every(({ error }) => error !== null) && failed.retried.length === 3);
  health.isIll = false;
  const done = await ask({ cause, subscription: "workflow:fragile" });
  assert.ok(done.retried.every(({ error }) => error === null) && done.retried.length === 3);
  assert.deepEqual((await engine.queries.deadLetterGroups({})).groups, []);
});

it("alerts are grouped by name; muted ones are written and brought nowhere, until the time is over", async () => {
  await using tested = await testEngine({
    alerts: { sales: [{ type: "slack", url: "https://127.0.0.1:1/" }] },
  });
  const { engine, clock } = tested;
  const untilMs = clock.now() + 3_600_000;
  const muted = await engine.actions.muteAlerts(
    { audience: "sales", name: "hot_lead", untilMs, reason: "a fair" },
    { by: "person:ada" },
  );
  assert.deepEqual([muted.until, muted.mutedBy], [untilMs, "ada"]);
  const come = async (n: number) => {
    await engine.append([formSubmitted({ ...HOT_FIELDS, email: `p${n}@bigcorp-systems.com` }, "demo", `p${n}`)]);
    await engine.idle();
  };
  await come(1);
  const { groups, mutes } = await engine.queries.alertGroups({});
  const hot = groups.find(({ name }) => name === "hot_lead");
  assert.deepEqual([hot?.count, hot?.unseen, hot?.isMuted, mutes.length], [1, 1, true, 1]);
  const brought = async () =>
    (await engine.queries.tasks({ state: "finished", kind: "deliver_alert" })).tasks.map(({ state, error }) => [
      state,
      error,
    ]);
  assert.deepEqual(await brought(), [["CANCELLED", "Muted by ada: a fair"]]);
  clock.advance(3_600_001);
  assert.deepEqual((await engine.queries.alertGroups({})).mutes, []);
  await assert.rejects(engine.actions.unmuteAlerts({ audience: "sales", name: "nothing" }, { by: "ada" }), {
    code: "not_found",
  });
});

it("what was held back stands in the outbox with its reason", async () => {
  await using tested = await testEngine();
  const { engine } = tested;
  await engine.append([formSubmitted({ email: "ada@acme.example" })]);
  await engine.append([{ type: "opted_out", data: { email: "ada@acme.example", by: "test" } }]);
  await engine.idle();
  const [sent] = (await engine.queries.outbox({ state: "sent" })).emails;
  assert.equal(sent?.recipient, "ada@acme.example");
  const { counts, mail } = await engine.queries.outbox({});
  assert.equal(counts.sent, 1);
  assert.equal(mail.isPaused, false);
});
