/** The simulator as a program: `model-simulator --port 4320 --delay 500`. */
import { parseArgs } from "node:util";
import { FAULTS, isFault } from "./faults.ts";
import { startModelSimulator } from "./server.ts";

const USAGE = `The Messages API of a language model on this machine, for trying things out. Listens on 127.0.0.1 only.

  model-simulator [--port 4320] [--delay MILLISECONDS] [--fault NAME]...

  --delay   how long each answer takes
  --fault   what goes wrong next, as often as given: ${FAULTS.join(", ")}

What was asked is at /__simulator/requests; PUT /__simulator/faults takes a list of faults.`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4320" },
    delay: { type: "string", default: "0" },
    fault: { type: "string", multiple: true, default: [] },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const [port, delayMs] = [Number(values.port), Number(values.delay)];
const faults = values.fault.filter(isFault);
if (!Number.isInteger(port) || port < 0 || port > 65_535 || !(delayMs >= 0) || faults.length < values.fault.length) {
  console.error(USAGE);
  process.exit(2);
}

const simulator = await startModelSimulator({ port, delayMs });
for (const fault of faults) simulator.fail(fault);
console.log(`Model simulator at ${simulator.url}
  Messages API   ${simulator.url}/v1/messages
  what was asked ${simulator.url}/__simulator/requests`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)));
}
