/** What a task has asked a model is paid for once, capped before it is asked, and refused at the start where it cannot work. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type ModelSimulator, startModelSimulator } from "@millrace/model-simulator";
import { z } from "zod";
import { type ModelSettings, modelSettings } from "../../packages/millrace/src/models/model-settings.ts";
import { type Models, modelsOf } from "../../packages/millrace/src/models/models.ts";
import { costOf, priceOf } from "../../packages/millrace/src/models/prices.ts";
import { type TestEngine, testEngine } from "../factories/engine.ts";

let simulator: ModelSimulator;
let test: TestEngine;
before(async () => {
  simulator = await startModelSimulator();
  test = await testEngine({ pack: false });
});
after(async () => {
  await test[Symbol.asyncDispose]();
  await simulator.close();
});
beforeEach(async () => {
  simulator.reset();
  await test.engine.db.query("delete from model_calls");
});

function models(settings: ModelSettings = {}): Models {
  const rules = modelSettings.parse({ apiKey: "some-key", baseUrl: `${simulator.url}/v1`, ...settings });
  return modelsOf({ db: test.engine.db, clock: test.clock, rules });
}

const schema = z.object({ said: z.string() });
const question = (data: string) => ({ prompt: "echo@1", instructions: "Say it again.", data, schema });
const signal = new AbortController().signal;
const work = (task: number, contact: string | null = null) => ({
  agent: "reply_classifier" as const,
  task,
  contact,
  signal,
});

describe("a question of a task", () => {
  it("that was answered is answered again from the record, by another process too", async () => {
    const first = await models().ask(question("Good morning."), work(1));
    const second = await models().ask(question("Good morning."), work(1));
    assert.deepEqual(first.answer.outcome === "answered" && first.answer.value, { said: "Good morning." });
    assert.deepEqual(second.answer.outcome === "answered" && second.answer.value, { said: "Good morning." });
    assert.deepEqual(
      [first.call?.recorded, second.call?.recorded, first.call?.costUsd],
      [false, true, second.call?.costUsd],
    );
    assert.equal(simulator.requests.length, 1);
  });

  it("in other words, or of another task, is another question", async () => {
    const asking = models();
    await asking.ask(question("Good morning."), { ...work(1), step: "first" });
    await asking.ask(question("Good evening."), { ...work(1), step: "second" });
    await asking.ask(question("Good morning."), { ...work(2), step: "first" });
    assert.equal(simulator.requests.length, 3);
  });

  it("in other words under the same name is asked, recorded beside the first, and each is found again", async () => {
    const asking = models();
    const said: unknown[] = [];
    for (const words of ["Good morning.", "Good evening.", "Good morning.", "Good evening."]) {
      const { answer, call } = await asking.ask(question(words), { ...work(1), step: "greet" });
      said.push([answer.outcome === "answered" && answer.value.said, call?.recorded]);
    }
    assert.deepEqual(said, [
      ["Good morning.", false],
      ["Good evening.", false],
      ["Good morning.", true],
      ["Good evening.", true],
    ]);
  });

  it("of two processes that both hold the task for a moment is paid for twice and given to both", async () => {
    const delayed = Promise.withResolvers<void>();
    const slow = modelsOf({
      db: test.engine.db,
      clock: test.clock,
      rules: modelSettings.parse({ apiKey: "some-key", baseUrl: `${simulator.url}/v1` }),
      ask: async ({ schema: shape }) => {
        await delayed.promise;
        return {
          outcome: "answered",
          value: shape.parse({ said: "late" }),
          tokens: { input: 1, cached: 0, output: 1 },
        };
      },
    });
    const first = slow.ask(question("Good morning."), work(1));
    const second = await models().ask(question("Good morning."), work(1));
    delayed.resolve();
    const { answer } = await first;
    assert.deepEqual([answer.outcome, second.answer.outcome], ["answered", "answered"]);
    const rows = await test.engine.db.query("select 1 from model_calls where state = 'answered'");
    assert.equal(rows.length, 2);
  });

  it("whose process was killed counts with what was reserved, and is asked again", async () => {
    simulator.fail("hang");
    const killed = new AbortController();
    const asked = models().ask(question("Good morning."), { ...work(1), signal: killed.signal });
    while (simulator.requests.length === 0) await new Promise(setImmediate);
    killed.abort(new Error("killed"));
    await assert.rejects(asked, /killed/);
    const [left] = await test.engine.db.query<{ state: string; reserved: number }>(
      "select state, reserved_usd as reserved from model_calls",
    );
    assert.equal(left?.state, "asking");
    assert.ok((left?.reserved ?? 0) > 0);
    const again = await models().ask(question("Good morning."), work(1));
    assert.equal(again.answer.outcome, "answered");
    assert.equal(simulator.requests.length, 2);
  });
});

describe("caps", () => {
  it("hold for questions asked at the same moment by several processes", async () => {
    const [one] = [await models().ask(question("Good morning."), work(1))];
    const [kept] = await test.engine.db.query<{ reserved: number }>("select reserved_usd as reserved from model_calls");
    await test.engine.db.query("delete from model_calls");
    simulator.reset();
    const reserved = kept?.reserved ?? 0;
    assert.ok(reserved > (one.call?.costUsd ?? 1));
    // Room for five reservations and no more: each is given back only when its answer is there.
    const perDayUsd = reserved * 5.5;
    const [a, b] = [models({ caps: { perDayUsd } }), models({ caps: { perDayUsd } })];
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? a : b).ask(question("Good morning."), work(100 + i))),
    );
    const [row] = await test.engine.db.query<{ most: number }>(
      "select sum(coalesce(cost_usd, reserved_usd)) as most from model_calls",
    );
    assert.ok((row?.most ?? 9) <= perDayUsd, `${row?.most} of ${perDayUsd}`);
    const refused = asked.filter(({ answer }) => answer.outcome === "over_cap");
    assert.equal(simulator.requests.length, 20 - refused.length);
    assert.ok(simulator.requests.length >= 5);
  });

  const SOME_CONTACT = "00000000-0000-4000-8000-000000000002";
  for (const [cap, settings, works] of [
    ["day", "perDayUsd", (i: number) => work(300 + i)],
    ["contact", "perContactUsd", (i: number) => work(300 + i, SOME_CONTACT)],
    ["task", "perTaskUsd", () => work(300)],
  ] as const) {
    it(`per ${cap} hold for questions that are reserved together`, async () => {
      await models().ask(question("Good morning."), work(1));
      const [kept] = await test.engine.db.query<{ usd: number }>("select reserved_usd as usd from model_calls");
      await test.engine.db.query("delete from model_calls");
      simulator.fail("hang");
      const asking = models({ caps: { [settings]: (kept?.usd ?? 0) * 2.5 } });
      const stopped = new AbortController();
      const all = Array.from({ length: 6 }, (_, i) =>
        // Each in words of its own, as long as the others': none is another one's answer.
        asking.ask(question(`Good morning ${i}`), { ...works(i), step: `s${i}`, signal: stopped.signal }),
      );
      const ended = await Promise.all(all.slice(2));
      assert.deepEqual(new Set(ended.map(({ reached }) => reached?.cap)), new Set([cap]));
      stopped.abort(new Error("stopped"));
      await Promise.allSettled(all);
      assert.equal((await test.engine.db.query("select 1 from model_calls")).length, 2);
    });
  }

  it("of the day end at midnight UTC, of a contact after 30 days", async () => {
    const contact = "00000000-0000-4000-8000-000000000001";
    const asking = () => models({ caps: { perDayUsd: 0.05, perContactUsd: 0.08 } });
    const outcomes: string[] = [];
    const ask = async (task: number) => {
      const { answer, reached } = await asking().ask(question("Good morning."), work(task, contact));
      outcomes.push(reached?.cap ?? answer.outcome);
    };
    await ask(1);
    await test.engine.db.query("update model_calls set cost_usd = 0.03");
    await ask(2);
    test.clock.advance(86_400_000);
    await ask(3);
    test.clock.advance(86_400_000);
    await test.engine.db.query("update model_calls set cost_usd = 0.03");
    await ask(4);
    test.clock.advance(30 * 86_400_000);
    await ask(5);
    assert.deepEqual(outcomes, ["answered", "day", "answered", "contact", "answered"]);
  });
});

describe("prices", () => {
  const table: readonly (readonly [string, number | undefined])[] = [
    ["claude-sonnet-5-5", 2],
    ["claude-sonnet-4-5-20250929", 3],
    ["claude-opus-4-1-20250805", 15],
    ["claude-opus-4-8", 5],
    ["claude-haiku-5-5", 0.1],
    ["claude-haiku", undefined],
    ["llama-4", undefined],
  ];
  for (const [model, input] of table) {
    it(`of ${model}: ${input ?? "not known"}`, () => assert.equal(priceOf(model)?.input, input));
  }

  it("of the settings win, and of cached input count by themselves", () => {
    const own = { "claude-sonnet-5-5": { input: 1, output: 4, cached: 0.5 } };
    const price = priceOf("claude-sonnet-5-5", own);
    assert.ok(price !== undefined);
    assert.equal(costOf({ input: 1_000_000, cached: 400_000, output: 500_000 }, price), 0.6 + 0.2 + 2);
  });
});

describe("settings that cannot work end the start", () => {
  const wrong: readonly (readonly [string, ModelSettings, string, RegExp])[] = [
    ["no key", { apiKey: undefined } as unknown as ModelSettings, "models.apiKey", /set ANTHROPIC_API_KEY/],
    [
      "a server of one's own without its address",
      { provider: "openai-compatible", baseUrl: undefined } as unknown as ModelSettings,
      "models.baseUrl",
      /set models\.baseUrl/,
    ],
    ["a model whose price is not known", { model: "llama-4" }, "models.prices", /set models\.prices/],
  ];
  for (const [name, settings, field, next] of wrong) {
    it(name, () => {
      assert.throws(
        () => models(settings),
        (error: { code?: string; parts?: { field?: string }; message: string }) =>
          error.code === "invalid_config" && error.parts?.field === field && next.test(error.message),
      );
    });
  }
});
