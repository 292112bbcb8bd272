/** An event decided once more asks no model: what it leads to takes the answers on record, and without one goes on as if there were no model. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type ModelSimulator, startModelSimulator } from "@millrace/model-simulator";
import { simulatedAnswer } from "../../packages/millrace/src/cli/simulated-answers.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

const EMAIL = "ada@acme-systems.example";
const UNCLEAR = "Hm. Perhaps Lena might look into it some day, as she does.";
const GRACE = { by: "grace" };
const LEAD = { email: EMAIL, points: 80, firstname: "Ada", company: "Acme Systems" };

let simulator: ModelSimulator;
/** From then on, every question is one too many. */
let mayAsk = true;
before(async () => {
  simulator = await startModelSimulator({
    script: (request) => {
      assert.ok(mayAsk, "a replay asked the model");
      return simulatedAnswer(request) ?? { json: { class: "question", words: ["might look into it"] } };
    },
  });
});
after(() => simulator.close());
beforeEach(() => {
  simulator.reset();
  mayAsk = true;
});

function engineWithModel(): Promise<TestEngine> {
  return testEngine({
    mail: { window: false, cap: false },
    agents: [scoresByPoints, findsNothing],
    models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, agents: ["reply_classifier", "outreach_agent"] },
  });
}

async function positionOf(test: TestEngine, type: string): Promise<number> {
  const [event] = (await test.engine.queries.events({ type })).events;
  return event?.position ?? 0;
}

async function replay(test: TestEngine, position: number): Promise<void> {
  mayAsk = false;
  await test.engine.actions.replayEvent({ position, dryRun: false }, GRACE);
  await test.engine.idle();
}

async function dataOf<Data>(test: TestEngine, type: string): Promise<Data[]> {
  const rows = await test.engine.db.query<{ data: Data }>("select data from events where type = $1 order by position", [
    type,
  ]);
  return rows.map(({ data }) => data);
}

describe("an event decided once more", () => {
  it("takes the model's answer on record: the same reading, and no call", async () => {
    await using test = await engineWithModel();
    await test.engine.append([formSubmitted({ ...LEAD, points: 20 })]);
    await test.engine.append([
      { type: "email_engagement", data: { email: EMAIL, engagement: "replied", text: UNCLEAR } },
    ]);
    await test.engine.idle();
    const asked = simulator.requests.length;
    assert.ok(asked > 0);
    await replay(test, await positionOf(test, "email_engagement"));
    assert.equal(simulator.requests.length, asked);
    const calls = await dataOf<{ recorded: boolean }>(test, "model_called");
    assert.deepEqual(
      calls.map(({ recorded }) => recorded),
      [false, true],
    );
    const readings = await dataOf<{ class: string; by: string }>(test, "reply_classified");
    assert.equal(readings.length, 2);
    assert.deepEqual({ ...readings[1], task: 0 }, { ...readings[0], task: 0 });
  });

  it("without an answer on record asks nobody either: a person reads the reply", async () => {
    await using test = await engineWithModel();
    await test.engine.append([formSubmitted({ ...LEAD, points: 20 })]);
    simulator.fail("refusal");
    await test.engine.append([
      { type: "email_engagement", data: { email: EMAIL, engagement: "replied", text: UNCLEAR } },
    ]);
    await test.engine.idle();
    const asked = simulator.requests.length;
    await replay(test, await positionOf(test, "email_engagement"));
    assert.equal(simulator.requests.length, asked);
    const readings = await dataOf<{ sure: boolean; reasons: string[] }>(test, "reply_classified");
    assert.equal(readings.at(-1)?.sure, false);
    assert.match(readings.at(-1)?.reasons.at(-1) ?? "", /not_recorded/);
  });

  it("writes the same e-mail again from the record, which waits like the first and leaves once", async () => {
    await using test = await engineWithModel();
    await test.engine.append([formSubmitted(LEAD)]);
    await test.engine.idle();
    const [first] = (await test.engine.queries.drafts()).drafts;
    await test.engine.actions.refuseDraft({ id: first?.id ?? 0, reason: "by mistake" }, GRACE);
    await test.engine.idle();
    const asked = simulator.requests.length;
    await replay(test, await positionOf(test, "lead_score_updated"));
    const [again] = (await test.engine.queries.drafts()).drafts;
    assert.deepEqual([again?.text, simulator.requests.length], [first?.text, asked]);
    await test.engine.actions.approveDraft({ id: again?.id ?? 0 }, GRACE);
    await test.engine.idle();
    const left = await test.engine.db.query("select body from emails where state = 'sent' and purpose = 'outreach'");
    assert.deepEqual(left, [{ body: first?.text }]);
  });

  it("and what comes of the same event later by itself asks as ever", async () => {
    await using test = await engineWithModel();
    await test.engine.append([formSubmitted(LEAD)]);
    await test.engine.idle();
    const [first] = (await test.engine.queries.drafts()).drafts;
    await test.engine.actions.approveDraft({ id: first?.id ?? 0 }, GRACE);
    await test.engine.idle();
    await replay(test, await positionOf(test, "form_submitted"));
    mayAsk = true;
    const asked = simulator.requests.length;
    test.clock.advance(3 * 86_400_000);
    await test.engine.idle();
    const drafts = (await test.engine.queries.drafts()).drafts;
    assert.deepEqual(
      drafts.map(({ template }) => template),
      ["outreach_2"],
    );
    assert.equal(simulator.requests.length, asked + 1);
  });

  it("as a dry run does nothing at all", async () => {
    await using test = await engineWithModel();
    await test.engine.append([formSubmitted(LEAD)]);
    await test.engine.idle();
    mayAsk = false;
    await test.engine.actions.replayEvent({ position: await positionOf(test, "lead_score_updated") }, GRACE);
    await test.engine.idle();
    assert.equal((await test.engine.queries.drafts()).drafts.length, 1);
  });
});
