/**
 * A model that says scores and failures in words, against a Messages API on loopback: beside the score and never in it, for the person who
 * gets the task and never in place of it; only what rests on what it was given.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type MessagesRequest, type ModelSimulator, startModelSimulator } from "@millrace/model-simulator";
import type { AskingAgent } from "../../packages/millrace/src/models/model-settings.ts";
import { does, findsNothing } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

const LEAD = {
  email: "ada@acme-systems.example",
  firstname: "Ada",
  company: "Acme Systems",
  jobtitle: "CTO",
  numberofemployees: 900,
  industry: "Software",
  message: "We have to decide before the audit in May.",
};

let simulator: ModelSimulator;
let says: (request: MessagesRequest) => unknown;
before(async () => {
  simulator = await startModelSimulator({ script: (request) => ({ json: says(request) }) });
});
after(() => simulator.close());
beforeEach(() => simulator.reset());

function engineWith(agents: readonly AskingAgent[], failing = false): Promise<TestEngine> {
  const broken = does("data_enricher", "enrich_data", () => ({
    outcome: "failed",
    error: "The directory answered 503.",
    retry: "never",
  }));
  return testEngine({
    mail: { window: false },
    agents: [failing ? broken : findsNothing],
    models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, agents },
  });
}

async function dataOf<Data>(test: TestEngine, type: string): Promise<Data[]> {
  const rows = await test.engine.db.query<{ data: Data }>("select data from events where type = $1 order by position", [
    type,
  ]);
  return rows.map(({ data }) => data);
}

describe("a score in words", () => {
  it("stands beside the score with what the rubric cannot see, and changes nothing", async () => {
    says = () => ({
      sentences: ["The title CTO is of level chief.", "It should be 3 points."],
      beyond: [{ what: "They decide before May.", words: "decide before the audit in May" }],
    });
    await using plain = await engineWith([]);
    await using test = await engineWith(["lead_qualifier"]);
    for (const { engine } of [plain, test]) {
      await engine.append([formSubmitted(LEAD)]);
      await engine.idle();
    }
    const told = await test.engine.queries.explainContact({ contact: LEAD.email });
    const without = await plain.engine.queries.explainContact({ contact: LEAD.email });
    assert.deepEqual([told.score, told.band, told.sentences], [without.score, without.band, without.sentences]);
    assert.equal(without.words, null);
    assert.equal(told.words?.words, "The title CTO is of level chief.");
    assert.deepEqual(told.words?.beyond, [
      { what: "They decide before May.", words: "decide before the audit in May" },
    ]);
    const emails = (engine: TestEngine) =>
      engine.engine.db.query("select template, state from emails order by template");
    assert.deepEqual(await emails(test), await emails(plain));
  });

  it("is not asked for where no one is set for it, nor of a score nobody acts on", async () => {
    says = () => ({ sentences: [], beyond: [] });
    await using without = await engineWith(["summariser"]);
    await without.engine.append([formSubmitted(LEAD)]);
    await without.engine.idle();
    await using low = await engineWith(["lead_qualifier"]);
    await low.engine.append([formSubmitted({ email: "bob@gmail.com" })]);
    await low.engine.idle();
    assert.equal(simulator.requests.length, 0);
  });

  it("of which nothing holds is not stated", async () => {
    says = () => ({
      sentences: ["Globex gives it 100 points."],
      beyond: [{ what: "They are rich.", words: "very rich" }],
    });
    await using test = await engineWith(["lead_qualifier"]);
    await test.engine.append([formSubmitted(LEAD)]);
    await test.engine.idle();
    assert.ok(simulator.requests.length > 0);
    assert.deepEqual(await dataOf(test, "score_explained"), []);
  });
});

describe("work that was given up", () => {
  it("is summarised for the person who gets it, with the events it rests on", async () => {
    says = (request) => {
      const failed = /(\d+) \S+ task_failed/.exec(JSON.stringify(request.messages))?.[1];
      return {
        sentences: [
          { text: "The directory answered 503.", events: [Number(failed)] },
          { text: "Call Globex at once.", events: [Number(failed)] },
        ],
      };
    };
    await using test = await engineWith(["summariser"], true);
    await test.engine.append([formSubmitted(LEAD)]);
    await test.engine.idle();
    const [review] = (await test.engine.queries.tasks({ kind: "manual_review" })).tasks;
    const { summary } = await test.engine.queries.task({ id: review?.id ?? 0 });
    assert.deepEqual(
      summary?.sentences.map(({ text }) => text),
      ["The directory answered 503."],
    );
    const position = summary?.sentences[0]?.events[0] ?? 0;
    assert.equal((await test.engine.queries.event({ position })).type, "task_failed");
    const asked = JSON.stringify(simulator.requests.map(({ body }) => body.messages));
    assert.doesNotMatch(asked, /ada@|audit/);
  });

  it("of a model that fails too goes to the person as it is, and is not summarised in turn", async () => {
    says = () => ({ sentences: [] });
    await using test = await engineWith(["summariser"], true);
    simulator.fail("server_error", 20);
    await test.engine.append([formSubmitted(LEAD)]);
    await test.engine.idle();
    assert.equal(simulator.requests.length, 1);
    const [review] = (await test.engine.queries.tasks({ kind: "manual_review" })).tasks;
    assert.equal((await test.engine.queries.task({ id: review?.id ?? 0 })).summary, null);
  });
});
