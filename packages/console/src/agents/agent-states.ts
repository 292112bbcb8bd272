/** Every state of an agent: its word and its tone. */
import type { Agent } from "../api/types.ts";
import type { StateWords } from "../words/states.ts";

export const AGENT_STATES: Readonly<Record<Agent["state"], StateWords>> = {
  working: { word: "working", tone: "good" },
  stopped: { word: "stopped", tone: "bad" },
  "being tried": { word: "being tried", tone: "in" },
};
