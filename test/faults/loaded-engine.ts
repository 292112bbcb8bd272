/**
 * A process that is there to be killed: an engine under load. Says on standard output what has been acknowledged,
 * one id a line, and only after it was. Arguments: the config as JSON, and the number of the first submission.
 */
import { writeSync } from "node:fs";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";

const [config = "{}", from = "0"] = process.argv.slice(2);
let next = Number(from);

/** Takes a moment and goes through the queue, so that kills meet tasks in every state. */
const enricher = does(
  "data_enricher",
  "enrich_data",
  async (task) => {
    await new Promise((resolve) => setTimeout(resolve, 5 + (task.id % 40)));
    const values = { domain: { value: `task-${task.id}.example`, confidence: 1, source: "test" } };
    return {
      outcome: "completed",
      events: [{ type: "contact_enriched", data: { quality: 6, values, reasons: [], task: task.id } }],
    };
  },
  { concurrency: 20 },
);

const engine = await openEngine({ ...JSON.parse(config), agents: [enricher] });
writeSync(1, "ready\n");

async function offer(): Promise<void> {
  for (;;) {
    const id = `s${next++}`;
    await engine.append([formSubmitted({ email: `${id}@load.example`, firstname: "Ada" }, "demo", id)]);
    writeSync(1, `${id}\n`);
  }
}
await Promise.all(Array.from({ length: 10 }, offer));
