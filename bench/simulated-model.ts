/** A model that finds nothing and takes its time, in a process of its own, so that its work is not in what is measured. Argument: milliseconds an answer takes. */
import { startModelSimulator } from "@millrace/model-simulator";

const simulator = await startModelSimulator({
  script: () => ({ json: { values: [] } }),
  delayMs: Number(process.argv[2]),
});
process.send?.(simulator.url);
process.on("disconnect", () => process.exit());
