/**
 * The console of any checkout, with its engine in a process of its own: leads came in by forms, and hot ones wait for a person.
 * Started by console-against.ts: node bench/console-of.ts FOLDER DATABASE_URL LEADS. Says where it can be seen; ends with its parent.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [checkout = ".", databaseUrl = "", leads = "200"] = process.argv.slice(2);
const folder = resolve(checkout);
/** Checkouts from before the packages have their engine in src, and a console that is not built. */
const isOld = !existsSync(join(folder, "packages"));

const COLD = { firstname: "Bob", company: "Small", jobtitle: "Analyst", message: "Only looking." };
const HOT = {
  ...{ firstname: "Ada", company: "Bigcorp", jobtitle: "CTO", numberofemployees: 2_500, industry: "Software" },
  ...{ phone: "+15551234567", message: "We want to buy." },
};

/** By path, since which code is measured is the question. The types are ours; the other side may be older. */
function ofCheckout<Module>(file: string, old: string): Promise<Module> {
  return import(pathToFileURL(join(folder, isOld ? old : file)).href);
}

const engines = await ofCheckout<
  Record<string, typeof import("../packages/millrace/src/engine/open-engine.ts").openEngine>
>("packages/millrace/src/engine/open-engine.ts", "src/create-engine.ts");
const open = engines.openEngine ?? engines.createEngine;
if (open === undefined) throw new Error(`${folder} has no engine where it is expected.`);
const { startGateway } = await ofCheckout<typeof import("../packages/millrace/src/http/server.ts")>(
  "packages/millrace/src/http/server.ts",
  join("src", "gateway", "server.ts"),
);
if (!isOld) {
  const { buildConsole, isConsoleBuilt } = await import(pathToFileURL(join(folder, "packages/console/build.mjs")).href);
  if (!isConsoleBuilt()) await buildConsole();
}

const engine = await open({ databaseUrl });
const gateway = await startGateway(engine, { port: 0 });
/** One of eight is hot. */
const forms = Array.from({ length: Number(leads) }, (_, n) => ({
  type: "form_submitted" as const,
  data: {
    form: "demo",
    fields: { email: `lead${n}@company${n}-systems.com`, ...(n % 8 === 0 ? HOT : COLD), lastname: `Nr ${n}` },
  },
}));
await engine.append(forms);
await engine.idle();
process.on("disconnect", () => void gateway.close().then(() => engine.stop()));
process.send?.({ link: await gateway.signInLink("ada"), home: isOld ? "/" : "/console", isOld });
