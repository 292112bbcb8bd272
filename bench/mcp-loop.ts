/**
 * What a conversation with tools costs with everything on record, beside the same written with the bare SDKs against the same model and
 * the same MCP server; and whether many enrichments at once take what arithmetic says.
 * Run: node bench/mcp-loop.ts [rounds, default 40] [at-once: only the second]
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createAnthropic } from "@ai-sdk/anthropic";
import { type Script, startModelSimulator } from "@millrace/model-simulator";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { generateText, jsonSchema, Output, stepCountIs, tool } from "ai";
import { z } from "zod";
import { agent } from "../packages/millrace/src/agents/agent.ts";
import { mcpTools } from "../packages/millrace/src/agents/mcp-tools.ts";
import { systemClock } from "../packages/millrace/src/base/clock.ts";
import type { MillraceConfig } from "../packages/millrace/src/config/config.ts";
import type { NewEvent } from "../packages/millrace/src/events/event.ts";
import { on, task, workflow } from "../packages/millrace/src/index.ts";
import { mcpServers } from "../packages/millrace/src/mcp/client/mcp-servers.ts";
import { mcpSettings } from "../packages/millrace/src/mcp/client/mcp-settings.ts";
import { modelSettings } from "../packages/millrace/src/models/model-settings.ts";
import { modelsOf } from "../packages/millrace/src/models/models.ts";
import { toolLoop } from "../packages/millrace/src/models/tool-loop.ts";
import { openTestEngine } from "../packages/millrace/src/testing/test-engine.ts";
import { median } from "./measure.ts";

const ROUNDS = Number(process.argv[2] ?? 40);
const WANTED = 1.15;
/** One answer of a model. The quickest ones of today take about as long. */
const ANSWER_MS = 500;
const ENRICHMENTS = 200;
const AT_ONCE = 50;
const EACH_MS = 2_000;
const SERVER = join(import.meta.dirname, "..", "test", "mcp-client", "server-program.ts");

const schema = z.object({ said: z.string() });
const INSTRUCTIONS = "Use the tools, then say what they gave.";
const echo = { type: "object" as const, properties: { text: { type: "string" } }, required: ["text"] };

/** One turn with two calls of tools, and the answer. */
const twoCalls: Script = ({ messages }) =>
  messages.some(({ role }) => role === "assistant")
    ? { json: { said: "done" } }
    : {
        tools: [
          { name: "echo", input: { text: "one" } },
          { name: "echo", input: { text: "two" } },
        ],
      };

/** The same loop as its authors show it: nothing is written down, nothing is capped. */
async function bare(url: string, client: Client): Promise<() => Promise<void>> {
  const model = createAnthropic({ baseURL: `${url}/v1`, apiKey: "some-key" })("claude-sonnet-5-5");
  const tools = {
    echo: tool({
      description: "Answers what it was given.",
      inputSchema: jsonSchema<{ text: string }>(echo),
      execute: async (input) => client.callTool({ name: "echo", arguments: input }),
    }),
  };
  return async () => {
    await generateText({
      model,
      instructions: INSTRUCTIONS,
      prompt: "Begin.",
      tools,
      stopWhen: stepCountIs(5),
      output: Output.object({ schema }),
      maxOutputTokens: 1_000,
    });
  };
}

const rings = workflow("rings", { about: "Rings." }, [on("form_submitted", task("ring" as "qualify_lead"))]);

/** Our loop within a task of an engine: lease, caps, each answer and each result on record, each call in the log. */
async function ours(url: string) {
  const settings = { apiKey: "some-key", baseUrl: `${url}/v1`, maxOutputTokens: 1_000 };
  const models = modelSettings.parse({
    ...settings,
    caps: { perTaskUsd: 1_000, perContactUsd: 10_000, perDayUsd: 100_000 },
  });
  const times: number[] = [];
  const ringer = agent({
    name: "ringer",
    kinds: ["ring"],
    run: async (tasks, { step, signal }) => {
      for (const { id, contact } of tasks) {
        const mcp = mcpTools({ servers, clock: systemClock, agent: "ringer", task: id, signal });
        let fresh: readonly NewEvent[] = [];
        const begun = performance.now();
        const { end } = await toolLoop({
          models: asking,
          work: { agent: "data_enricher", task: id, contact: contact?.id ?? null, signal, step: "loop" },
          doStep: step,
          question: { prompt: "bench@1", instructions: INSTRUCTIONS, data: "Begin.", schema },
          tools: [
            {
              name: "echo",
              description: "Answers what it was given.",
              inputSchema: echo,
              run: async (input) => {
                const given = input as { text: string };
                const result = await mcp.call({ server: "test", tool: "echo" }, given);
                fresh = mcp.takeEvents();
                return { text: result.ok ? result.text : result.error };
              },
              emits: () => fresh,
            },
          ],
        });
        times.push(performance.now() - begun);
        if (end.outcome !== "answered") throw new Error(end.error);
      }
      return tasks.map(() => ({ outcome: "completed" as const }));
    },
  });
  const config: MillraceConfig = {
    pack: false,
    tasks: { ring: { about: "Rings.", priority: "URGENT", dueIn: "5m", doneBy: "ringer" } },
    agents: [ringer],
    workflows: [rings],
  };
  const test = await openTestEngine(config, { clock: systemClock as never });
  const asking = modelsOf({ db: test.engine.db, clock: systemClock, rules: models });
  const servers = mcpServers({
    db: test.engine.db,
    clock: systemClock,
    rules: mcpSettings.parse({
      file: "no.mcp.json",
      servers: { test: { command: process.execPath, args: [SERVER, "good"] } },
      tools: { ringer: ["test/echo"] },
    }),
    version: async () => "0",
    startProxy: () => Promise.reject(new Error("none")),
  });
  let sent = 0;
  return {
    times,
    async round() {
      const fields = { email: `ada${sent++}@acme.example` };
      await test.engine.append([{ type: "form_submitted", source: "form:demo", data: { form: "demo", fields } }]);
      await test.engine.idle();
    },
    async close() {
      await servers.close();
      await test[Symbol.asyncDispose]();
    },
  };
}

async function sideBySide(answerMs: number): Promise<number> {
  const simulator = await startModelSimulator({ script: twoCalls, delayMs: answerMs });
  const client = new Client({ name: "bench", version: "1" });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [SERVER, "good"] }));
  const [one, other] = [await bare(simulator.url, client), await ours(simulator.url)];
  const took: number[] = [];
  for (let round = 0; round < ROUNDS + 3; round++) {
    const begun = performance.now();
    await one();
    took.push(performance.now() - begun);
    await other.round();
  }
  await other.close();
  await client.close();
  await simulator.close();
  const [bareMs, ourMs] = [median(took.slice(3)), median(other.times.slice(3))];
  const ratio = median(other.times.slice(3).map((time, i) => time / (took[i + 3] ?? Number.NaN)));
  console.log(
    `two calls of tools and two turns of a model that answers in ${answerMs} ms: bare ${bareMs.toFixed(1)} ms, with everything on record ${ourMs.toFixed(1)} ms, ${ratio.toFixed(2)} times`,
  );
  return ratio;
}

/** Each conversation is one answer of a model; the arithmetic is turns of 50. */
async function atOnce(): Promise<number> {
  const model = fork(join(import.meta.dirname, "simulated-model.ts"), [`${EACH_MS}`]);
  const [url] = (await once(model, "message")) as [string];
  const people = join(import.meta.dirname, "..", "test", "mcp-client", "people-server.ts");
  const test = await openTestEngine(
    {
      enrichment: { concurrency: AT_ONCE },
      models: {
        apiKey: "some-key",
        baseUrl: `${url}/v1`,
        caps: { perTaskUsd: 1_000, perContactUsd: 10_000, perDayUsd: 100_000 },
      },
      mcp: {
        file: "no.mcp.json",
        servers: { people: { command: process.execPath, args: [people] } },
        tools: { data_enricher: ["people/find_person"] },
      },
    },
    { clock: systemClock as never },
  );
  const lead = (i: number): NewEvent => ({
    type: "form_submitted",
    source: "form:demo",
    id: `${i}`,
    data: { form: "demo", fields: { email: `ada${i}.lovelace@fjordcloud.com` } },
  });
  // The first one starts the server and loads the code.
  await test.engine.append([lead(-1)]);
  await test.engine.idle();
  const by = { by: "cli:bench" };
  // Accepting and scoring the forms is not what is measured: the enrichments wait until all of them are there.
  await test.engine.actions.pauseAgent({ agent: "data_enricher" }, by);
  await test.engine.append(Array.from({ length: ENRICHMENTS }, (_, i) => lead(i)));
  await test.engine.idle();
  const begun = performance.now();
  await test.engine.actions.resumeAgent({ agent: "data_enricher" }, by);
  await test.engine.idle();
  const tookMs = performance.now() - begun;
  const [done] = await test.engine.db.query<{ n: number }>(
    "select count(*)::int as n from events where type = 'contact_enriched'",
  );
  await test[Symbol.asyncDispose]();
  model.disconnect();
  if (done?.n !== ENRICHMENTS + 1) throw new Error(`${done?.n} of ${ENRICHMENTS + 1} enrichments are done`);
  const ratio = tookMs / ((ENRICHMENTS / AT_ONCE) * EACH_MS);
  console.log(
    `${ENRICHMENTS} enrichments of ${EACH_MS / 1_000} s, ${AT_ONCE} at once: ${(tookMs / 1_000).toFixed(1)} s, ${ratio.toFixed(2)} times of what arithmetic says (wanted: at most 1.1)`,
  );
  return ratio;
}

if (process.argv[3] !== "at-once") {
  await sideBySide(0);
  const ratio = await sideBySide(ANSWER_MS);
  console.log(`with a model that takes its time: ${ratio.toFixed(2)} times (wanted: at most ${WANTED})`);
}
await atOnce();
