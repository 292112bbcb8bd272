/**
 * The settings of an engine. `millrace.config.ts` exports one of these; the environment overrides a few (see
 * `withEnvironment`). Everything has a default, so an empty config runs.
 */
import type { EnrichmentSettings } from "./agents/data-enricher/enrichment-settings.ts";
import type { ReplyClassifierSettings } from "./agents/reply-classifier/reply-settings.ts";
import type { AlertChannel } from "./alerts/channel.ts";
import type { Clock } from "./clock.ts";
import type { Consumer } from "./consumers/consumer.ts";
import type { WebhookSubscriber } from "./consumers/webhook-out.ts";
import type { HubspotSettings } from "./crm/hubspot/hubspot-settings.ts";
import type { EventDefinitionMap } from "./events/catalogue.ts";
import type { PackSettings } from "./flows/default-pack.ts";
import type { MonitorSettings } from "./monitor/monitor-settings.ts";
import type { MailSettings } from "./outreach/mail-settings.ts";
import type { BusinessHours } from "./tasks/business-hours.ts";
import type { TaskKindMap } from "./tasks/catalogue.ts";
import type { TaskHandler } from "./tasks/handler.ts";
import type { RetryPolicy } from "./tasks/retry.ts";
import type { Workflow } from "./workflows/workflow.ts";

export interface MillraceConfig {
  /** A PostgreSQL server, 15 or newer. Default: the embedded one, in the data folder. Environment: DATABASE_URL. */
  readonly databaseUrl?: string;
  /** Where the embedded database and the keys live. Default ".millrace". Environment: MILLRACE_DATA. */
  readonly dataFolder?: string;
  /** Workflows of your own, beside the default pack. */
  readonly workflows?: readonly Workflow[];
  /** Settings of the default pack, or false to run without it. */
  readonly pack?: PackSettings | false;
  /** Event types of your own. */
  readonly events?: EventDefinitionMap;
  /** Task kinds of your own; one named as the mission's replaces it. */
  readonly tasks?: TaskKindMap;
  /** Agents of your own; one that does a kind takes it over from the built-in one. */
  readonly agents?: readonly TaskHandler[];
  /** E-mail templates by name, in place of the built-in ones. */
  readonly templates?: Readonly<Record<string, { readonly subject: string; readonly text: string }>>;
  /** Sending: `mail.*` below. */
  readonly mail?: MailSettings;
  /** What the data enricher asks besides the form: `enrichment.*` below. */
  readonly enrichment?: EnrichmentSettings;
  /** How replies are read: `replies.*` below. */
  readonly replies?: ReplyClassifierSettings;
  /** The CRM: `hubspot.*` below. Default: none; `start` then uses the simulator unless this is false. */
  readonly hubspot?: HubspotSettings | false;
  /** Outside channels by audience. The console always shows every alert. */
  readonly alerts?: Readonly<Record<string, readonly AlertChannel[]>>;
  /** Consumers of the log of your own, beside the built-in ones. */
  readonly consumers?: readonly Consumer[];
  /** Processes outside that get the log by signed webhook, by name: `{ url, secret, types?, from? }`. */
  readonly subscribers?: Readonly<Record<string, WebhookSubscriber>>;
  /** When the due times of human tasks run. Default: Monday to Friday, 9 to 17, UTC. */
  readonly businessHours?: BusinessHours;
  /** What counts as ill, and what is done about it: `monitor.*` below; false: nobody looks. */
  readonly monitor?: MonitorSettings | false;
  /** Leases, retries, batches: `engine.*` below. */
  readonly engine?: EngineSettings;
  /** HTTP: `gateway.*` below. */
  readonly gateway?: GatewaySettings;
}

export interface EngineSettings {
  /** Silence after which a worker's task goes to another. Default 60,000. */
  readonly leaseMs?: number;
  /** Waiting lifts a task one level each time this much has passed. Default 3,600,000. */
  readonly agingMs?: number;
  /** First delay 30 s, doubling, cap 15 min, a fifth of it random: `{ firstDelayMs, maxDelayMs, jitter }`. */
  readonly retry?: Partial<RetryPolicy>;
  /** Depth at which a chain of events is stopped. Default 12. */
  readonly maxDepth?: number;
  /** Events one outside event may lead to in one go before its chain is stopped. Default 300. */
  readonly maxEvents?: number;
  /** Events decided in one transaction at most. Default 500. */
  readonly batchSize?: number;
  /** Events of imports that enter the log at once, when no live event waits. Default 100. */
  readonly bulkBatchSize?: number;
  /** How often everything that waits looks again on its own. Default 2,000. */
  readonly sweepMs?: number;
  /** False switches wake-ups off and leaves the sweep alone (to test the safety net). Default true. */
  readonly wakeUps?: boolean;
  /** How long `stop()` waits for tasks under way before it aborts them. Default 10,000. */
  readonly drainMs?: number;
  /** Connections to the database. Default 10. */
  readonly maxConnections?: number;
}

export interface GatewaySettings {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 4300; the next free one when it is taken. Environment: PORT. */
  readonly port?: number;
  /** The address people and mails use. Default: http://host:port. */
  readonly publicUrl?: string;
  /** Requests a minute from one address at the doors for strangers; 0: no limit. Default 600. */
  readonly formsPerMinute?: number;
  /** Shared secrets of webhook sources by name (whsec_…), checked as Standard Webhooks. */
  readonly webhookSecrets?: Readonly<Record<string, string>>;
}

/** What only code that embeds the engine sets. */
export interface EmbeddingOptions {
  /** Default: the system's clock. Tests pass one they can turn. */
  readonly clock?: Clock;
  /** Told of every error that was survived. Default: written to standard error. */
  readonly onError?: (error: unknown, where: string) => void;
  /** Which parts run in this process. Default: all. "engine" decides, "worker" does queued tasks. */
  readonly roles?: readonly ("engine" | "worker")[];
}

/** Gives the config its type in `millrace.config.ts`. */
export function defineConfig(config: MillraceConfig): MillraceConfig {
  return config;
}

/** The config with what the environment says on top. Empty variables count as unset. */
export function withEnvironment(config: MillraceConfig, env: NodeJS.ProcessEnv): MillraceConfig {
  const smtpUrl = env.MILLRACE_SMTP_URL || config.mail?.smtpUrl;
  const imapUrl = env.MILLRACE_IMAP_URL || config.mail?.inbox?.imapUrl;
  const mail = {
    ...config.mail,
    ...(smtpUrl === undefined ? {} : { smtpUrl }),
    ...(imapUrl === undefined ? {} : { inbox: { ...config.mail?.inbox, imapUrl } }),
  };
  return {
    ...config,
    hubspot: hubspotWithEnvironment(config.hubspot, env),
    databaseUrl: env.DATABASE_URL || config.databaseUrl,
    dataFolder: env.MILLRACE_DATA || config.dataFolder,
    mail: Object.keys(mail).length === 0 ? config.mail : mail,
    gateway: env.PORT ? { ...config.gateway, port: Number(env.PORT) } : config.gateway,
  };
}

/** A token alone is enough to name the real HubSpot; `hubspot: false` in the config wins. */
function hubspotWithEnvironment(hubspot: MillraceConfig["hubspot"], env: NodeJS.ProcessEnv): MillraceConfig["hubspot"] {
  const accessToken = env.HUBSPOT_ACCESS_TOKEN || (hubspot ? hubspot.accessToken : undefined);
  if (hubspot === false || (hubspot === undefined && accessToken === undefined)) return hubspot;
  const baseUrl = env.HUBSPOT_BASE_URL || hubspot?.baseUrl;
  const clientSecret = env.HUBSPOT_CLIENT_SECRET || hubspot?.clientSecret;
  const clientId = env.HUBSPOT_CLIENT_ID || hubspot?.clientId;
  return {
    ...hubspot,
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(clientId === undefined ? {} : { clientId }),
  };
}
