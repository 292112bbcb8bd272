/** The engine and its gateway as a process of their own, so that what it needs can be told from what asks it. */
import { createEngine } from "../src/engine.ts";
import { startGateway } from "../src/gateway/server.ts";

const engine = await createEngine({ databaseUrl: process.argv[2] ?? "" });
const gateway = await startGateway(engine, { port: 0, formsPerMinute: 1_000_000 });
process.send?.({ url: gateway.url, apiKey: gateway.apiKey });
process.on("message", async (message) => {
  if (message === "memory") process.send?.({ rss: process.memoryUsage.rss() / 1048576 });
  if (message === "idle") {
    await engine.idle();
    process.send?.("idle");
  }
  if (message !== "stop") return;
  await gateway.close();
  await engine.stop();
  process.exit(0);
});
