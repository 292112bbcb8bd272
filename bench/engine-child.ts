/**
 * The engine and its gateway as a process of their own, so that what it needs can be told from what asks it.
 * Started by engine-process.ts: node bench/engine-child.ts EngineRequest-as-JSON.
 */
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { startGateway } from "../packages/millrace/src/http/server.ts";
import { agentsConfig } from "./agents-config.ts";
import { offerAll } from "./drain.ts";
import type { EngineRequest, Request } from "./engine-process.ts";
import { workloadConfig } from "./form-cascade.ts";
import { queueWorkConfig } from "./queue-work.ts";
import { submissions } from "./workload/gen.mjs";

const wish = JSON.parse(process.argv[2] ?? "") as EngineRequest;
const configs = {
  workload: workloadConfig,
  "default pack": (config: object) => config,
  "queue work": queueWorkConfig,
  agents: (config: object) => agentsConfig(config, wish.modelUrl ?? ""),
};
const engine = await openEngine(configs[wish.config]({ databaseUrl: wish.databaseUrl }));
const gateway = await startGateway(engine, { port: 0, formsPerMinute: 1_000_000 });

process.on("message", async (request: Request) => {
  if (request.do === "idle") await engine.idle();
  if (request.do === "offer") await offerAll(engine, submissions(request.seed, request.from, request.count));
  if (request.do === "stop") {
    await gateway.close();
    await engine.stop();
    process.disconnect?.();
    return;
  }
  process.send?.("done");
});
// Nobody is left who could ask for anything.
process.on("disconnect", () => process.exit());
process.send?.({ url: gateway.url, apiKey: gateway.apiKey });
