/**
 * The settings of an engine, as `millrace.config.ts` exports them. Everything has a default, so an empty config runs.
 * The types are written here and in the rooms; units, bounds and defaults come from the schema (config-schema.ts), from
 * which `npm run docs` also writes the comments below.
 */
import type { EnrichmentSettings } from "../agents/data-enricher/enrichment-settings.ts";
import type { DraftSettings } from "../agents/draft-writer/draft-settings.ts";
import type { ReplyClassifierSettings } from "../agents/reply-classifier/reply-settings.ts";
import type { AlertChannel } from "../alerts/channel.ts";
import type { Clock } from "../base/clock.ts";
import type { Consumer } from "../consumers/consumer.ts";
import type { WebhookSubscriber } from "../consumers/webhook-out.ts";
import type { HubspotSettings } from "../crm/hubspot/client/hubspot-settings.ts";
import type { MailSettings } from "../email/mail-settings.ts";
import type { EventDefinitionMap } from "../events/catalogue.ts";
import type { PackSettings } from "../flows/default-pack.ts";
import type { Logger, LogSettings } from "../logging/logger.ts";
import type { McpSettings } from "../mcp/client/mcp-settings.ts";
import type { ModelSettings } from "../models/model-settings.ts";
import type { MonitorSettings } from "../monitor/monitor-settings.ts";
import type { RetentionSettings } from "../privacy/retention-settings.ts";
import type { BusinessHours } from "../tasks/business-hours.ts";
import type { TaskKindMap } from "../tasks/catalogue.ts";
import type { TaskHandler } from "../tasks/handler.ts";
import type { Workflow } from "../workflows/workflow.ts";
import type { EngineSettings } from "./engine-settings.ts";
import type { GatewaySettings } from "./http-settings.ts";

export interface MillraceConfig {
  /** A PostgreSQL server, 15 or newer. Of several hosts, divided by commas, the one that takes writes is found. An address like postgres://user:password@host:5432/millrace. Default: the embedded one, in the data folder. Environment: DATABASE_URL. */
  readonly databaseUrl?: string;
  /** Where the embedded database and the keys live. A text of 1 to 1,000 characters. Default: ".millrace". Environment: MILLRACE_DATA. */
  readonly dataFolder?: string;
  /** Workflows of your own, beside the default pack. A list; each: a workflow, made with workflow() of millrace. Default: none. */
  readonly workflows?: readonly Workflow[];
  /** Settings of the default pack, or false to run without it. */
  readonly pack?: PackSettings | false;
  /** Event types of your own. An object, by name. Default: none. */
  readonly events?: EventDefinitionMap;
  /** Task kinds of your own; one named as the mission's replaces it. An object, by name. Default: none. */
  readonly tasks?: TaskKindMap;
  /** Agents of your own; one that does a kind takes it over from the built-in one. A list; each: an agent, made with agent() or pureAgent() of millrace. Default: none. */
  readonly agents?: readonly TaskHandler[];
  /** E-mail templates by name, in place of the built-in ones. An object, by name. Default: none. */
  readonly templates?: Readonly<Record<string, { readonly subject: string; readonly text: string }>>;
  /** How e-mails leave, and how replies come in. */
  readonly mail?: MailSettings;
  /** What the data enricher asks besides the form. */
  readonly enrichment?: EnrichmentSettings;
  /** How replies are read. */
  readonly replies?: ReplyClassifierSettings;
  /** The language model agents may ask. Default: none: no model is asked, and nothing leaves. */
  readonly models?: ModelSettings;
  /** MCP servers whose tools agents may use. */
  readonly mcp?: McpSettings;
  /** E-mails of sequences that a model writes: what they may say, and who decides of them. */
  readonly drafts?: DraftSettings;
  /** The CRM. Default: none; `start` then uses the simulator unless this is false. */
  readonly hubspot?: HubspotSettings | false;
  /** Outside channels by audience. The console always shows every alert. An object, by name. Default: none. */
  readonly alerts?: Readonly<Record<string, readonly AlertChannel[]>>;
  /** Consumers of the log of your own, beside the built-in ones. A list; each: a consumer: `{ name, about, take(events, tx) }`. Default: none. */
  readonly consumers?: readonly Consumer[];
  /** Processes outside that get the log by signed webhook, by name. An object, by name. Default: none. */
  readonly subscribers?: Readonly<Record<string, WebhookSubscriber>>;
  /** When the due times of human tasks run. */
  readonly businessHours?: Partial<BusinessHours>;
  /** What counts as ill, and what is done about it; false: nothing is watched. */
  readonly monitor?: MonitorSettings | false;
  /** How long texts are kept. The log's facts stay. */
  readonly retention?: RetentionSettings;
  /** Leases, retries, batches. */
  readonly engine?: EngineSettings;
  /** HTTP. */
  readonly gateway?: GatewaySettings;
  /** What is written for operators. */
  readonly log?: LogSettings;
}

/** What only code that embeds the engine sets. */
export interface EmbeddingOptions {
  /** Default: the system's clock. Tests pass one they can turn. */
  readonly clock?: Clock;
  /** Where the engine logs. Default: standard error, by `log.*` of the config. */
  readonly logger?: Logger;
  /** Told of every error that was survived, in place of the log. */
  readonly onError?: (error: unknown, where: string) => void;
  /** Which parts run in this process. Default: all. "engine" decides, "worker" does queued tasks. */
  readonly roles?: readonly ("engine" | "worker")[];
}

/** Gives the config its type in `millrace.config.ts`. */
export function defineConfig(config: MillraceConfig): MillraceConfig {
  return config;
}
