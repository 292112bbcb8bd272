/** Of an erased person nothing is left in what a model was asked, answered, wrote or explained of them, nor in what people made of it. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { startModelSimulator } from "@millrace/model-simulator";
import { simulatedAnswer } from "../../packages/millrace/src/cli/simulated-answers.ts";
import { scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { ADDRESS, CANARY, FIELDS, keyFolder, whereIs } from "./erasure.fixture.ts";

it("questions, answers, e-mails that left or wait, and the labels of people hold nothing of an erased person", async () => {
  const simulator = await startModelSimulator({ script: simulatedAnswer });
  await using _ = { [Symbol.asyncDispose]: () => simulator.close() };
  await using folder = await keyFolder();
  await using test = await testEngine({
    dataFolder: folder.path,
    mail: { window: false, cap: false },
    agents: [scoresByPoints],
    models: {
      apiKey: "some-key",
      baseUrl: `${simulator.url}/v1`,
      agents: ["outreach_agent", "lead_qualifier", "summariser", "reply_classifier"],
      keepRequests: true,
    },
  });
  const { engine, clock } = test;
  const { db } = engine;
  await engine.append([formSubmitted({ ...FIELDS, points: 80 })]);
  await engine.idle();
  const [first] = (await engine.queries.drafts()).drafts;
  assert.match(first?.text ?? "", new RegExp(CANARY));
  const edited = { id: first?.id ?? 0, subject: `About ${CANARY}`, text: `Dear ${CANARY}, hello.`, reason: CANARY };
  await engine.actions.editDraft(edited, { by: "grace" });
  await engine.idle();
  clock.advance(3 * 86_400_000);
  await engine.idle();
  const [second] = (await engine.queries.drafts()).drafts;
  assert.equal(second?.template, "outreach_2");
  const before = await whereIs(db, CANARY);
  for (const place of [
    "model_calls.request",
    "model_calls.answer",
    "tasks.payload",
    "single_events.data",
    "emails.body",
  ])
    assert.ok(before.includes(place), `${place} is not among ${before.join(", ")}`);
  assert.equal((await engine.queries.draftLabels({})).labels.length, 1);

  await engine.actions.eraseContact({ contact: ADDRESS }, { by: "grace" });
  await engine.idle();

  assert.deepEqual(await whereIs(db, CANARY), []);
  assert.deepEqual((await engine.queries.draftLabels({})).labels, []);
  assert.deepEqual((await engine.queries.drafts()).drafts, []);
  await assert.rejects(engine.actions.approveDraft({ id: second?.id ?? 0 }, { by: "grace" }));
  const spent = await db.query<{ cost: number }>("select cost_usd as cost from model_calls");
  assert.ok(spent.length > 0 && spent.every(({ cost }) => cost > 0), "what was spent stays");
});
