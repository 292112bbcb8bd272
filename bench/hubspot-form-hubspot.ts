/** A HubSpot that people send forms at and that sends the engine webhooks, in a process of its own. Started by hubspot-form.ts. */
import { startSimulator } from "../packages/hubspot-simulator/src/server.ts";
import { subscriptionOf, USUAL_SUBSCRIPTIONS } from "../packages/hubspot-simulator/src/webhooks/usual.ts";

const clientSecret = process.argv[2];
const simulator = await startSimulator({
  tier: "none",
  clientSecret,
  webhooks: { batchWindowMs: 20, subscriptions: USUAL_SUBSCRIPTIONS.map(subscriptionOf) },
});
process.send?.({ url: simulator.url, token: simulator.token });
process.on("message", async (said: { targetUrl?: string }) => {
  if (said.targetUrl !== undefined) {
    simulator.webhooks.delivery.settings.targetUrl = said.targetUrl;
    return;
  }
  await simulator.close();
  process.exit(0);
});
