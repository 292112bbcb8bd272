/** The simulator as a program: `hubspot-simulator --port 4310 --data FOLDER --seed`. */
import { parseArgs } from "node:util";
import { LIMITS_BY_TIER, type Tier } from "./options.ts";
import { startSimulator } from "./server.ts";
import { subscriptionOf, USUAL_SUBSCRIPTIONS } from "./webhooks/usual.ts";

const USAGE = `A HubSpot that runs on this machine, for trying things out. Listens on 127.0.0.1 only.

  hubspot-simulator [--port 4310] [--data FOLDER] [--seed] [--tier ${Object.keys(LIMITS_BY_TIER).join("|")}]
                    [--webhook URL] [--subscribe WHAT] [--retry-scale N] [--token TOKEN] [--client-secret SECRET]

  --data         keeps everything in a file of this folder; without it all is forgotten at the end
  --seed         begins with a few contacts, companies and tasks, when there is nothing yet
  --tier         the limits of which kind of account; none switches them off (default professional)
  --webhook      where events are sent
  --subscribe    what is sent, as often as wanted: contact.creation, contact.propertyChange:lead_score,
                 object.propertyChange:hs_task_status@task (default: contacts and their usual properties, tasks, e-mails)
  --retry-scale  divides the pauses between webhook retries, 60 makes a minute a second`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4310" },
    data: { type: "string" },
    seed: { type: "boolean", default: false },
    tier: { type: "string", default: "professional" },
    webhook: { type: "string" },
    subscribe: { type: "string", multiple: true },
    "retry-scale": { type: "string", default: "1" },
    token: { type: "string" },
    "client-secret": { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const port = Number(values.port);
const retryScale = Number(values["retry-scale"]);
if (!Number.isInteger(port) || port < 0 || port > 65_535 || !(values.tier in LIMITS_BY_TIER) || !(retryScale > 0)) {
  console.error(USAGE);
  process.exit(2);
}

const simulator = await startSimulator({
  port,
  seed: values.seed,
  tier: values.tier as Tier,
  ...(values.data === undefined ? {} : { dataFolder: values.data }),
  ...(values.token === undefined ? {} : { token: values.token }),
  ...(values["client-secret"] === undefined ? {} : { clientSecret: values["client-secret"] }),
  webhooks: {
    retryScale,
    subscriptions: (values.subscribe ?? USUAL_SUBSCRIPTIONS).map(subscriptionOf),
    ...(values.webhook === undefined ? {} : { targetUrl: values.webhook }),
  },
});
console.log(`HubSpot simulator at ${simulator.url}
  access token   ${simulator.token}
  client secret  ${simulator.clientSecret}
  developer key  ${simulator.developerApiKey}
  data           ${values.data ?? "in memory only"}`);

let isEnding = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (isEnding) process.exit(1);
    isEnding = true;
    simulator.close().then(
      () => process.exit(0),
      (error: Error) => {
        console.error(error.message);
        process.exit(1);
      },
    );
  });
}
