/**
 * A process that is there to be killed: an engine with a door for HubSpot's webhooks. Says its address on standard output
 * when it listens. Argument: the config as JSON.
 */
import { writeSync } from "node:fs";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { startGateway } from "../../packages/millrace/src/http/server.ts";

const engine = await openEngine(JSON.parse(process.argv[2] ?? "{}"));
const gateway = await startGateway(engine, { port: 0 });
writeSync(1, `${gateway.url}\n`);
