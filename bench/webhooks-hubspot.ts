/** The HubSpot the engine writes back to, in a process of its own: its work is not what is measured. Started by webhooks.ts. */
import { startSimulator } from "../packages/hubspot-simulator/src/server.ts";

const simulator = await startSimulator({ tier: "none" });
process.send?.({ url: simulator.url, token: simulator.token });
process.on("message", async () => {
  await simulator.close();
  process.exit(0);
});
