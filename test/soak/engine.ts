/**
 * An engine with its doors open, in a process that is killed now and then. Says its address on standard output, and every few
 * seconds what it uses, a line of JSON each. Argument: the config as JSON.
 */
import { writeSync } from "node:fs";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { startGateway } from "../../packages/millrace/src/http/server.ts";
import { does } from "../factories/agents.ts";
import type { Usage } from "./samples.ts";

const SAY_EVERY_MS = 5_000;

/** Takes a moment, and goes through the queue. */
const enricher = does(
  "data_enricher",
  "enrich_data",
  async (task) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const values = { domain: { value: `task-${task.id}.example`, confidence: 1, source: "test" } };
    return {
      outcome: "completed",
      events: [{ type: "contact_enriched", data: { quality: 6, values, reasons: [], task: task.id } }],
    };
  },
  { concurrency: 20 },
);

const config = JSON.parse(process.argv[2] ?? "{}");
const engine = await openEngine({ ...config, agents: [enricher] }, { onError: () => {} });
const gateway = await startGateway(engine, { port: 0, formsPerMinute: 0, onError: () => {} });
writeSync(1, `${JSON.stringify({ url: gateway.url })}\n`);
const saying = setInterval(() => {
  const { rss, heapUsed, external } = process.memoryUsage();
  const usage: Usage = { rss, heapUsed, external, handles: process.getActiveResourcesInfo().length };
  writeSync(1, `${JSON.stringify(usage)}\n`);
}, SAY_EVERY_MS);
process.once("SIGTERM", async () => {
  clearInterval(saying);
  await gateway.close();
  await engine.stop();
  process.exit(0);
});
