/** The engine and its gateway as a process of their own: HubSpot's work must not stand in its way. Started by webhooks.ts. */
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { startGateway } from "../packages/millrace/src/http/server.ts";

const engine = await openEngine(JSON.parse(process.argv[2] ?? "{}"));
const gateway = await startGateway(engine, { port: 0 });
process.send?.({ url: gateway.url, apiKey: gateway.apiKey, databaseUrl: engine.db.url });
process.on("message", async () => {
  await gateway.close();
  await engine.stop();
  process.exit(0);
});
