/** Users' own agents and the tools of MCP servers: within their list, each call on record, once. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { agent } from "../../packages/millrace/src/agents/agent.ts";
import { on, task, workflow } from "../../packages/millrace/src/index.ts";
import type { CalledTool, Outcome, WorkContext } from "../../packages/millrace/src/tasks/handler.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

const SERVER = join(import.meta.dirname, "server-program.ts");
const rings = workflow("rings", { about: "Rings." }, [on("form_submitted", task("ring" as "qualify_lead"))]);

let folder: string;
let notes: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-own-agent-"));
  notes = join(folder, "notes");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Ring = (context: WorkContext, attempt: number) => Promise<Outcome>;

interface Options {
  readonly tools?: readonly string[];
  /** How the server behaves. */
  readonly mode?: string;
}

function engine(ring: Ring, { tools = ["test/echo", "test/note"], mode = "good" }: Options = {}): Promise<TestEngine> {
  const ringer = agent({
    name: "ringer",
    kinds: ["ring"],
    run: async (tasks, context) => Promise.all(tasks.map(({ attempt }) => ring(context, attempt))),
  });
  return testEngine({
    pack: false,
    tasks: { ring: { about: "Rings.", priority: "URGENT", dueIn: "5m", doneBy: "ringer", retries: 3 } },
    agents: [ringer],
    workflows: [rings],
    mcp: {
      file: join(folder, "no.mcp.json"),
      servers: { test: { command: process.execPath, args: [SERVER, mode, notes] } },
      tools: { ringer: [...tools] },
    },
  });
}

async function ringOnce(test: TestEngine): Promise<void> {
  await test.engine.append([formSubmitted()]);
  await test.engine.idle();
}

const done = (result: object): Outcome => ({ outcome: "completed", result: result as never });

interface ToolEvent {
  readonly agent: string;
  readonly tool: string;
  readonly server: string;
  readonly ok: boolean;
}

async function toolEvents(test: TestEngine, type: string): Promise<ToolEvent[]> {
  const rows = await test.engine.db.query<{ data: ToolEvent }>(
    "select data from events where type = $1 order by position",
    [type],
  );
  return rows.map(({ data }) => data);
}

/** The calls as the server had them. */
async function noted(): Promise<string[]> {
  const text = await readFile(notes, "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("started"));
}

describe("a tool in the hands of a user's own agent", () => {
  it("gives its text, and the call stands in the log with the agent's name", async () => {
    const given: CalledTool[] = [];
    await using test = await engine(async ({ callTool }) => {
      given.push(await callTool("test/echo", { text: "one" }), await callTool("test/echo", { text: "one" }));
      return done({});
    });
    await ringOnce(test);
    assert.deepEqual(given, [
      { ok: true, text: "You said: one" },
      { ok: true, text: "You said: one" },
    ]);
    const calls = await toolEvents(test, "mcp_tool_called");
    assert.deepEqual(
      calls.map(({ agent: by, server, tool, ok }) => [by, server, tool, ok]),
      [
        ["ringer", "test", "echo", true],
        ["ringer", "test", "echo", true],
      ],
    );
  });

  it("is not used again by the attempt behind one that failed", async () => {
    const texts: string[] = [];
    await using test = await engine(async ({ callTool }, attempt) => {
      const noteIt = await callTool("test/note", { text: "rang" });
      texts.push(noteIt.ok ? "noted" : noteIt.error);
      return attempt === 1 ? { outcome: "failed", error: "later", retry: "later" } : done({});
    });
    await ringOnce(test);
    test.clock.advance(600_000);
    await test.engine.idle();
    assert.deepEqual(texts, ["noted", "noted"]);
    assert.deepEqual(await noted(), ["note rang"]);
    assert.equal((await toolEvents(test, "mcp_tool_called")).length, 1);
  });

  it("is not used where the settings do not allow it, and the agent is told so", async () => {
    const given: CalledTool[] = [];
    await using test = await engine(
      async ({ callTool }) => {
        given.push(await callTool("test/note", { text: "rang" }));
        return done({});
      },
      { tools: ["test/echo"] },
    );
    await ringOnce(test);
    assert.equal(given[0]?.ok === false && given[0].outcome, "not_allowed");
    assert.deepEqual(await noted(), []);
  });

  for (const [what, tool, asked] of [
    ["that reads and failed is asked anew by the next attempt", "echo", 2],
    ["that acts and failed is not: whether it was done is not known", "note", 1],
  ] as const) {
    it(what, async () => {
      const given: CalledTool[] = [];
      await using test = await engine(
        async ({ callTool }, attempt) => {
          given.push(await callTool(`test/${tool}`, { text: "rang" }));
          return attempt === 1 ? { outcome: "failed", error: "later", retry: "later" } : done({});
        },
        { mode: "fails" },
      );
      await ringOnce(test);
      test.clock.advance(600_000);
      await test.engine.idle();
      const failure = { ok: false, outcome: "tool_error", error: "The index is broken." };
      assert.deepEqual(given, [failure, failure]);
      assert.equal((await noted()).length, asked);
      assert.equal((await toolEvents(test, "mcp_tool_called")).length, asked);
      assert.equal((await toolEvents(test, "mcp_tool_failed")).length, asked);
    });
  }

  it("is called by no replay: what it gave before is given again", async () => {
    const given: CalledTool[] = [];
    await using test = await engine(async ({ callTool }) => {
      given.push(await callTool("test/note", { text: "rang" }));
      return done({});
    });
    await ringOnce(test);
    const [event] = (await test.engine.queries.events({ type: "form_submitted" })).events;
    await test.engine.actions.replayEvent({ position: event?.position ?? 0, dryRun: false }, { by: "grace" });
    await test.engine.idle();
    assert.equal(given.length, 2);
    assert.deepEqual(given[1], given[0]);
    assert.deepEqual(await noted(), ["note rang"]);
  });

  it("of which nothing is on record is not called by a replay either", async () => {
    const given: CalledTool[] = [];
    await using test = await engine(async ({ callTool }) => {
      given.push(await callTool("test/note", { text: `ring ${given.length + 1}` }));
      return done({});
    });
    await ringOnce(test);
    const [event] = (await test.engine.queries.events({ type: "form_submitted" })).events;
    await test.engine.actions.replayEvent({ position: event?.position ?? 0, dryRun: false }, { by: "grace" });
    await test.engine.idle();
    assert.equal(given[1]?.ok === false && given[1].outcome, "not_recorded");
    assert.deepEqual(await noted(), ["note ring 1"]);
  });
});
