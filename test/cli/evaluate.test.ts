/** `millrace agents evaluate`: people's corrections asked again, of a Messages API on loopback; what got worse is named, and is the exit code. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type MessagesRequest, type ModelSimulator, startModelSimulator } from "@millrace/model-simulator";
import { simulatedAnswer } from "../../packages/millrace/src/cli/simulated-answers.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { millrace, projectFolder, type Ran } from "./cli.ts";

const UNCLEAR = "Hm. Perhaps Lena might look into it some day, as she does.";
const GRACE = { by: "grace" };

/** The model in use reads and writes well; "claude-haiku-5-5" writes a promise to Acme, and reads nothing. */
function answer({ model, ...request }: MessagesRequest) {
  const asked = JSON.stringify(request.messages);
  const isWorse = model === "claude-haiku-5-5";
  if (!asked.includes("<letter>"))
    return { json: { class: isWorse ? "none" : "question", words: ["might look into it"] } };
  if (isWorse && asked.includes("Acme"))
    return {
      json: { subject: "Acme", paragraphs: [{ text: "We guarantee to answer every inbound lead.", facts: ["T1"] }] },
    };
  return simulatedAnswer({ model, ...request });
}

describe("evaluating a model by people's corrections", () => {
  let simulator: ModelSimulator;
  let host: TestEngine;
  let folder: Awaited<ReturnType<typeof projectFolder>>;

  before(async () => {
    simulator = await startModelSimulator({ script: answer });
    host = await testEngine({
      mail: { window: false, cap: false },
      agents: [scoresByPoints, findsNothing],
      models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, agents: ["outreach_agent"] },
    });
    folder = await projectFolder({
      "millrace.config.ts": `import { defineConfig } from "millrace";
export default defineConfig({ models: { apiKey: "some-key", baseUrl: "${simulator.url}/v1", agents: ["outreach_agent"] } });`,
      "short.txt": "Write one paragraph.",
    });
    const { engine } = host;
    const lead = { points: 80, firstname: "Ada" };
    await engine.append([
      formSubmitted({ ...lead, email: "ada@acme.example", company: "Acme" }),
      formSubmitted({ ...lead, email: "bob@globex.example", company: "Globex" }),
      formSubmitted({ ...lead, email: "eve@initech.example", company: "Initech", points: 20 }),
    ]);
    await engine.idle();
    for (const { id, text } of (await engine.queries.drafts()).drafts) {
      if (text.includes("Acme")) await engine.actions.approveDraft({ id }, GRACE);
      else await engine.actions.editDraft({ id, subject: "Globex", text: text.replace("I write", "We write") }, GRACE);
    }
    await engine.idle();
    const [reply] = await engine.append([
      { type: "email_engagement", data: { email: "eve@initech.example", engagement: "replied", text: UNCLEAR } },
    ]);
    await engine.idle();
    await engine.actions.readReplyAgain({ position: reply?.position ?? 0, class: "question" }, GRACE);
    await engine.idle();
    simulator.reset();
  });
  after(async () => {
    await host?.[Symbol.asyncDispose]();
    await folder?.[Symbol.asyncDispose]();
    await simulator?.close();
  });

  const run = (...words: string[]): Promise<Ran> =>
    millrace(["agents", "evaluate", ...words], { cwd: folder.path, env: { DATABASE_URL: host.url } });

  it("of the model in use: all right, with what it cost, and passes", async () => {
    const { code, stdout, stderr } = await run("--json");
    assert.equal(code, 0, stderr);
    const { sides, passes, cases } = JSON.parse(stdout);
    assert.deepEqual([passes, sides.length, sides[0].right, sides[0].asked], [true, 1, 3, 3]);
    assert.ok(sides[0].costUsd > 0 && sides[0].distance > 0 && sides[0].distance < 0.1);
    assert.deepEqual(cases.map(({ agent }: { agent: string }) => agent).toSorted(), [
      "outreach_agent",
      "outreach_agent",
      "reply_classifier",
    ]);
  });

  it("of two side by side: each case that got worse is named with why, and the exit code is 5", async () => {
    const { code, stdout, stderr } = await run("--against", "claude-haiku-5-5");
    assert.equal(code, 5, stderr);
    assert.match(stdout, /claude-sonnet-5-5 +own +3 of 3/);
    assert.match(stdout, /claude-haiku-5-5 +own +1 of 3/);
    assert.match(stdout, /^worse +draft \d+: passes the rules.* → .*a promise/m);
    assert.match(stdout, /^worse +reply \d+: question → none, a person reads question/m);
    assert.doesNotMatch(stdout, /^better/m);
    assert.match(stderr, /3 cases asked\.[\s\S]*2 cases worse, 0 better\. It does not pass/);
  });

  it("of two prompts of one agent: the instructions of the file are asked with", async () => {
    simulator.reset();
    const { code, stdout, stderr } = await run("outreach_agent", "--against-prompt", "short.txt", "--json");
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      JSON.parse(stdout).sides.map(({ prompt }: { prompt: string }) => prompt),
      ["own", "short.txt"],
    );
    const systems = simulator.requests.map(({ body }) => JSON.stringify(body.system));
    assert.equal(systems.filter((system) => system.includes("Write one paragraph.")).length, 2);
    assert.equal(systems.length, 4);
  });

  it("with cases kept in a file, without who it was; a share that is too low does not pass", async () => {
    const saved = await run("--save", "cases.jsonl");
    assert.equal(saved.code, 0, saved.stderr);
    const kept = await readFile(join(folder.path, "cases.jsonl"), "utf8");
    assert.equal(kept.trim().split("\n").length, 3);
    assert.doesNotMatch(kept, /"contact"/);
    const wrong = kept.replace('"class":"question"', '"class":"positive"');
    await writeFile(join(folder.path, "wrong.jsonl"), wrong);
    assert.equal((await run("--cases", "cases.jsonl", "--min", "1")).code, 0);
    const { code, stderr } = await run("--cases", "wrong.jsonl", "--min", "1");
    assert.equal(code, 5);
    assert.match(stderr, /does not pass/);
    assert.equal((await run("--cases", "wrong.jsonl", "--min", "0.6")).code, 0);
  });

  it("costs no more than the run may, and the rest says so", async () => {
    simulator.reset();
    const { code, stdout } = await run("--max-usd", "0.000001", "--min", "0.5", "--json");
    assert.equal(code, 5);
    assert.equal(simulator.requests.length, 0);
    assert.match(JSON.parse(stdout).cases[0].judgements[0].said, /over_cap/);
  });

  it("is refused with a next step: an agent without cases, a file that is none, instructions for two agents", async () => {
    const cases: readonly (readonly [words: string[], error: RegExp])[] = [
      [["outreach"], /No cases are kept of "outreach"; did you mean "outreach_agent"|outreach_agent/],
      [["--cases", "short.txt"], /short\.txt:1 is no case/],
      [["--prompt", "short.txt"], /Instructions are an agent's own/],
      [["--min", "2"], /no share from 0 to 1/],
      [["--max-usd", "x"], /no amount of US dollars/],
    ];
    for (const [words, error] of cases) {
      const { code, stderr } = await run(...words);
      assert.equal(code, 2, stderr);
      assert.match(stderr, error);
    }
  });

  it("changes nothing: no task, no event, no e-mail", async () => {
    const counts = () =>
      host.engine.db.query(
        "select (select count(*) from events) as events, (select count(*) from tasks) as tasks, (select count(*) from emails) as emails",
      );
    const earlier = await counts();
    await run();
    assert.deepEqual(await counts(), earlier);
  });
});
