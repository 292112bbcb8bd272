/**
 * A process that is there to be killed: an engine with a door for HubSpot's webhooks. Says its address on standard output
 * when it listens. Argument: the config as JSON.
 */
import { writeSync } from "node:fs";
import { createEngine } from "../../packages/millrace/src/create-engine.ts";
import { startGateway } from "../../packages/millrace/src/gateway/server.ts";

const engine = await createEngine(JSON.parse(process.argv[2] ?? "{}"));
const gateway = await startGateway(engine, { port: 0 });
writeSync(1, `${gateway.url}\n`);
