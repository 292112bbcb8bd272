/** The words for what is outside, and for what a test of it said. */
import type { StateWords } from "../words/states.ts";

const NAMES: Readonly<Record<string, string>> = { hubspot: "HubSpot", mail: "Mail server", model: "Language model" };

/** What it means that it is not set, and where it is. */
export const UNSET: Readonly<Record<string, string>> = {
  hubspot: "nothing is written to a CRM (HUBSPOT_ACCESS_TOKEN)",
  mail: "every e-mail stays in the local mailbox (mail.smtpUrl)",
  model: "agents work by rules (models)",
};

/** "hubspot" → "HubSpot"; "mcp:people" → "Tools of people" */
export function connectionName(name: string): string {
  return NAMES[name] ?? `Tools of ${name.replace(/^mcp:/, "")}`;
}

export type TestState = "unset" | "untested" | "asking" | "well" | "slow" | "failed";

export const TEST_STATES: Readonly<Record<TestState, StateWords>> = {
  unset: { word: "not set", tone: "dim" },
  untested: { word: "not tested", tone: "dim" },
  asking: { word: "asking…", tone: "in" },
  well: { word: "answers", tone: "good" },
  slow: { word: "answers slowly", tone: "warn" },
  failed: { word: "fails", tone: "bad" },
};

/** An answer that takes longer than this holds up each task that needs it. */
const SLOW_MS = 1_500;

/** @param tested undefined: it was not tested since the screen was opened. */
export function testState(tested: { readonly isWell: boolean; readonly ms: number } | undefined): TestState {
  if (tested === undefined) return "untested";
  if (!tested.isWell) return "failed";
  return tested.ms > SLOW_MS ? "slow" : "well";
}
