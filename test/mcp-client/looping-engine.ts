/**
 * A program that embeds an engine whose enricher has a model and tools. Arguments: the config as JSON, and how many leads send a form.
 * Says "ready" on standard output when their forms are in, and goes on until it is killed.
 */
import { writeSync } from "node:fs";
import { createEngine } from "../../packages/millrace/src/index.ts";

const [, , config = "{}", leads = "0"] = process.argv;
const engine = await createEngine(JSON.parse(config));
for (let i = 0; i < Number(leads); i++) {
  const fields = { email: `ada${i}.lovelace@fjordcloud.com`, firstname: "Ada", lastname: "Lovelace" };
  await engine.append([{ type: "form_submitted", source: "form:demo", id: `${i}`, data: { form: "demo", fields } }]);
}
writeSync(1, "ready\n");
