/** A process that is there to be killed: an engine whose e-mails a model writes. Argument: the config as JSON. */
import { writeSync } from "node:fs";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";

const engine = await openEngine({ ...JSON.parse(process.argv[2] ?? "{}"), agents: [scoresByPoints, findsNothing] });
await engine.append([formSubmitted({ points: 80, company: "Acme Systems" })]);
writeSync(1, "ready\n");
