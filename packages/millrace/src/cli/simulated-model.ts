/**
 * A language model for who has no key: the simulator, on a port of its own in the process of `start`. The engine asks it over HTTP
 * as it asks the real one. The only place that knows both.
 */
import { ASKING_AGENTS, type ModelSettings } from "../models/model-settings.ts";
import { simulatedAnswer } from "./simulated-answers.ts";

export interface SimulatedModel {
  readonly url: string;
  /** The user's own, pointed at the simulator. */
  readonly settings: ModelSettings;
  close(): Promise<void>;
}

const PORT = 4320;

export async function simulateModel(own: ModelSettings = {}): Promise<SimulatedModel> {
  const { startModelSimulator } = await import("@millrace/model-simulator");
  const simulator = await startModelSimulator({ port: PORT, script: simulatedAnswer }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") throw error;
      return startModelSimulator({ script: simulatedAnswer });
    },
  );
  return {
    url: simulator.url,
    settings: {
      agents: ASKING_AGENTS,
      ...own,
      provider: "anthropic",
      baseUrl: `${simulator.url}/v1`,
      apiKey: "simulated",
    },
    close: () => simulator.close(),
  };
}
