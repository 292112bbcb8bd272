/** The package's door: a HubSpot for tests and demos, started in the process that needs it. */
export { LIMITS_BY_TIER, type Limits, type SimulatorOptions, type Tier } from "./options.ts";
export { type Simulator, startSimulator } from "./server.ts";
export { subscriptionOf, USUAL_SUBSCRIPTIONS } from "./webhooks/usual.ts";
