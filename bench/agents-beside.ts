/**
 * What models and MCP servers cost who does not use them at the moment: the memory of an engine that has them and does nothing, and
 * what a form waits for while 50 conversations of two seconds are under way. Each beside an engine without them, in turns.
 * Run: node bench/agents-beside.ts [rounds, default 3]
 */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Script, startModelSimulator } from "@millrace/model-simulator";
import { EngineProcess } from "./engine-process.ts";
import { median, quantile } from "./measure.ts";
import { startBenchServer } from "./server.ts";

const ROUNDS = Number(process.argv[2] ?? 3);
const ANSWER_MS = 2_000;
const SETTLE_MS = 15_000;
/** Below what either engine can take. */
const FORMS_A_SECOND = 10;
const FORMS = 200;
const WARM_FORMS = 40;
const MAX_MEMORY_MB = 30;
const SLOWER = 1.1;

/** Asks the search once, then answers with nothing: each enrichment is two turns and a tool. */
const script: Script = ({ messages, tools }) =>
  tools?.some(({ name }) => name === "people_find_person") === true &&
  !messages.some(({ role }) => role === "assistant")
    ? { tools: [{ name: "people_find_person", input: { name: "Ada Lovelace" } }] }
    : { json: { values: [], text: "", subject: "", findings: [], unseen: [], class: "other", words: [] } };

function rssMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kb) / 1_024;
}

let sent = 0;

/** @returns milliseconds until its 202. */
async function form({ url, apiKey }: EngineProcess): Promise<number> {
  const begun = performance.now();
  const response = await fetch(`${url}/forms/demo`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ email: `ada${sent++}@fjordcloud.com`, firstname: "Ada", lastname: "Lovelace" }),
  });
  await response.arrayBuffer();
  if (response.status !== 202) throw new Error(`a form was answered ${response.status}`);
  return performance.now() - begun;
}

/** At an even pace, whatever the answers take. */
async function forms(engine: EngineProcess, count: number): Promise<number[]> {
  const under: Promise<number>[] = [];
  const begun = performance.now();
  for (let i = 0; i < count; i++) {
    await sleep(Math.max(0, begun + (i * 1_000) / FORMS_A_SECOND - performance.now()));
    under.push(form(engine));
  }
  return Promise.all(under);
}

const server = await startBenchServer();
const simulator = await startModelSimulator({ script, delayMs: ANSWER_MS });
const start = async (config: "default pack" | "agents") =>
  EngineProcess.start({
    databaseUrl: await server.freshDatabase(config.replace(" ", "_")),
    config,
    modelUrl: simulator.url,
  });
let isWrong = false;
try {
  const [without, with_] = [await start("default pack"), await start("agents")];
  await sleep(SETTLE_MS);
  const fresh = rssMb(with_.pid) - rssMb(without.pid);
  console.log(
    `memory of an engine that does nothing, MB: without ${rssMb(without.pid).toFixed(0)}, with all agents' models and an MCP server ${rssMb(with_.pid).toFixed(0)} (${fresh.toFixed(0)} more; wanted: at most ${MAX_MEMORY_MB})`,
  );
  for (const engine of [without, with_]) await forms(engine, WARM_FORMS);
  for (const engine of [without, with_]) await engine.idle();
  const ratios: { p50: number; p95: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = simulator.requests.length;
    const [plain, beside] = [await forms(without, FORMS), await forms(with_, FORMS)];
    const asked = simulator.requests.length - before;
    if (asked < FORMS / 2) throw new Error(`only ${asked} questions were asked of the model meanwhile`);
    const [a, b] = [plain, beside].map((times) => [quantile(times, 0.5), quantile(times, 0.95)] as const);
    console.log(
      `a form's 202 at ${FORMS_A_SECOND}/s, ms p50 and p95: without ${a?.map((ms) => ms.toFixed(1)).join(" ")}, beside 50 conversations ${b?.map((ms) => ms.toFixed(1)).join(" ")} (${asked} questions)`,
    );
    ratios.push({ p50: (b?.[0] ?? 0) / (a?.[0] ?? 1), p95: (b?.[1] ?? 0) / (a?.[1] ?? 1) });
    for (const engine of [without, with_]) await engine.idle();
  }
  const [p50, p95] = [median(ratios.map((ratio) => ratio.p50)), median(ratios.map((ratio) => ratio.p95))];
  console.log(`ratios: p50 ${p50.toFixed(2)}, p95 ${p95.toFixed(2)} (wanted: at most ${SLOWER} at p50)`);
  await sleep(SETTLE_MS);
  console.log(
    `memory afterwards, MB: without ${rssMb(without.pid).toFixed(0)}, with ${rssMb(with_.pid).toFixed(0)} (both have taken ${sent / 2} forms)`,
  );
  isWrong = fresh > MAX_MEMORY_MB || p50 > SLOWER;
  await Promise.all([without.stop(), with_.stop()]);
} finally {
  await simulator.close();
  await server.stop();
}
process.exit(isWrong ? 1 : 0);
