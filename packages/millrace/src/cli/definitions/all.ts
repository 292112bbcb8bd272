/** Every command, in the order of --help. */
import type { CommandDefinition } from "../command.ts";
import { operationCommands } from "../operation-commands.ts";
import { agentCommands } from "./agents.ts";
import { hubspotCommands } from "./hubspot.ts";
import { readingCommands } from "./reading.ts";
import { runningCommands } from "./running.ts";
import { workflowCommands } from "./workflows.ts";

/** What a group of commands is about, by its name. */
export const groups: Readonly<Record<string, string>> = {
  events: "The log: what happened, and why.",
  tasks: "Work: what waits, who does it, what came of it.",
  workflows: "The rules from events to work.",
  contacts: "What is known of people.",
  emails: "What was sent, and what was held back.",
  drafts: "Letters a model wrote, before they leave.",
  mail: "Whether mail leaves, and what came in.",
  replies: "What was written back, and how it was read.",
  consumers: "Who reads the log beside the workflows.",
  "dead-letters": "Events that were set aside with their errors.",
  agents: "Who does the work, and who is stopped.",
  alerts: "What people were alerted to.",
  webhooks: "What other systems send in words of their own.",
  hubspot: "The CRM: what it needs, and whether it is well.",
  keys: "What programs call with, and what each may do.",
  config: "The settings in force.",
};

export const commands: readonly CommandDefinition[] = [
  ...runningCommands,
  ...readingCommands,
  ...operationCommands.values(),
  ...agentCommands,
  ...workflowCommands,
  ...hubspotCommands,
];
