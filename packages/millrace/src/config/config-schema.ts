/**
 * The schema of the whole config: every group from its room, put together. What it says is checked at the start
 * (`checkedConfig`), shown by `millrace config show`, written to docs/settings.md and given as a JSON Schema.
 */
import { z } from "zod";
import { enrichmentSettings } from "../agents/data-enricher/enrichment-settings.ts";
import { draftSettings } from "../agents/draft-writer/draft-settings.ts";
import { replySettings } from "../agents/reply-classifier/reply-settings.ts";
import { alertChannelSettings } from "../alerts/channel.ts";
import type { Consumer } from "../consumers/consumer.ts";
import { subscriberSettings } from "../consumers/webhook-out.ts";
import { hubspotSettings } from "../crm/hubspot/client/hubspot-settings.ts";
import { mailSettings } from "../email/mail-settings.ts";
import type { EventDefinition } from "../events/define-event.ts";
import { packSettings } from "../flows/default-pack.ts";
import { logSettings } from "../logging/logger.ts";
import { mcpSettings } from "../mcp/client/mcp-settings.ts";
import { modelSettings } from "../models/model-settings.ts";
import { monitorSettings } from "../monitor/monitor-settings.ts";
import { retentionSettings } from "../privacy/retention-settings.ts";
import { type CheckOptions, checkedSettings } from "../settings/check.ts";
import { byName, code, databaseAddress, group, listOf, setting, text } from "../settings/setting.ts";
import { businessHoursSettings } from "../tasks/business-hours.ts";
import { taskKindSettings } from "../tasks/catalogue.ts";
import type { TaskHandler } from "../tasks/handler.ts";
import type { Workflow } from "../workflows/workflow.ts";
import type { MillraceConfig } from "./config.ts";
import { engineSettings } from "./engine-settings.ts";
import { gatewaySettings } from "./http-settings.ts";

const workflowValue = code<Workflow>(
  ({ name, version, triggers }) => typeof name === "string" && typeof version === "string" && Array.isArray(triggers),
  "a workflow, made with workflow() of millrace",
  { name: "mine", about: "", source: undefined, triggers: [], version: "1", at: "" },
);

const eventValue = code<EventDefinition>(
  ({ about, schema }) => typeof about === "string" && typeof schema === "object",
  "an event type, made with event() of millrace",
  { about: "A fact.", schema: z.unknown(), isInternal: false },
);

const agentValue = code<TaskHandler>(
  ({ name, kinds, run }) => typeof name === "string" && Array.isArray(kinds) && typeof run === "function",
  "an agent, made with agent() or pureAgent() of millrace",
  { name: "mine", kinds: [], isPure: true, run: () => [] },
);

const consumerValue = code<Consumer>(
  ({ name, take }) => typeof name === "string" && typeof take === "function",
  "a consumer: `{ name, about, take(events, tx) }`",
  { name: "mine", about: "", take: async () => {} },
);

const template = group({
  subject: setting("The subject line, in Liquid.", text({ sample: "Hello {{ contact.firstname }}" })),
  text: setting("The text, in Liquid.", z.string().max(200_000), { sample: "Hello", expected: "a text" }),
});

export const configSchema = group({
  databaseUrl: setting(
    "A PostgreSQL server, 15 or newer. Of several hosts, divided by commas, the one that takes writes is found.",
    databaseAddress().optional(),
    { env: "DATABASE_URL", unset: "the embedded one, in the data folder" },
  ),
  dataFolder: setting(
    "Where the embedded database and the keys live.",
    text({ sample: ".millrace" }).default(".millrace"),
    {
      env: "MILLRACE_DATA",
    },
  ),
  workflows: setting("Workflows of your own, beside the default pack.", listOf(workflowValue).default([])),
  pack: setting(
    "Settings of the default pack, or false to run without it.",
    z.union([z.literal(false), packSettings]).prefault({}),
  ),
  events: setting("Event types of your own.", byName(eventValue).default({})),
  tasks: setting(
    "Task kinds of your own; one named as the mission's replaces it.",
    byName(taskKindSettings).default({}),
  ),
  agents: setting(
    "Agents of your own; one that does a kind takes it over from the built-in one.",
    listOf(agentValue).default([]),
  ),
  templates: setting("E-mail templates by name, in place of the built-in ones.", byName(template).default({})),
  mail: setting("How e-mails leave, and how replies come in.", mailSettings.prefault({})),
  enrichment: setting("What the data enricher asks besides the form.", enrichmentSettings.prefault({})),
  replies: setting("How replies are read.", replySettings.prefault({})),
  models: setting("The language model agents may ask.", modelSettings.optional(), {
    unset: "none: no model is asked, and nothing leaves",
  }),
  mcp: setting("MCP servers whose tools agents may use.", mcpSettings.prefault({})),
  drafts: setting(
    "E-mails of sequences that a model writes: what they may say, and who decides of them.",
    draftSettings.prefault({}),
  ),
  hubspot: setting("The CRM.", z.union([z.literal(false), hubspotSettings]).optional(), {
    unset: "none; `start` then uses the simulator unless this is false",
  }),
  alerts: setting(
    "Outside channels by audience. The console always shows every alert.",
    byName(listOf(alertChannelSettings)).default({}),
  ),
  consumers: setting("Consumers of the log of your own, beside the built-in ones.", listOf(consumerValue).default([])),
  subscribers: setting(
    "Processes outside that get the log by signed webhook, by name.",
    byName(subscriberSettings).default({}),
  ),
  businessHours: setting("When the due times of human tasks run.", businessHoursSettings.prefault({})),
  monitor: setting(
    "What counts as ill, and what is done about it; false: nothing is watched.",
    z.union([z.literal(false), monitorSettings]).prefault({}),
  ),
  retention: setting("How long texts are kept. The log's facts stay.", retentionSettings.prefault({})),
  engine: setting("Leases, retries, batches.", engineSettings.prefault({})),
  gateway: setting("HTTP.", gatewaySettings.prefault({})),
  log: setting("What is written for operators.", logSettings.prefault({})),
});

/** The config with every default in its place. */
export type ConfigInForce = z.output<typeof configSchema>;

/** Names of earlier versions, with those of today. They are refused, so that no value is lost silently. */
export const RENAMED: Readonly<Record<string, string>> = {
  "monitor.fewestRuns": "monitor.minRuns",
  "monitor.longestPause": "monitor.maxPause",
  "pack.forms.mostLinks": "pack.forms.maxLinks",
};

/**
 * @returns the settings in force.
 * @throws MillraceError invalid_config naming every wrong setting by its path.
 */
export function checkedConfig(config: MillraceConfig, options: Omit<CheckOptions, "renamed">): ConfigInForce {
  return checkedSettings(configSchema, config, { ...options, renamed: RENAMED });
}

/** As JSON Schema, draft 2020-12: for editors and other programs. What only code can give is left open. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: "input", unrepresentable: "any" });
}
