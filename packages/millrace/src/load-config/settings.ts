/**
 * Names of settings and variables that nobody reads. The compiler finds those in the config of an editor's user;
 * this finds them for everybody, because Node runs TypeScript without looking at its types.
 */
import type { EnrichmentSettings } from "../agents/data-enricher/enrichment-settings.ts";
import type { ReplyClassifierSettings } from "../agents/reply-classifier/reply-settings.ts";
import type { EngineSettings, GatewaySettings, MillraceConfig } from "../config.ts";
import type { HubspotSettings } from "../crm/hubspot/hubspot-settings.ts";
import { didYouMean, MillraceError } from "../errors.ts";
import type { PackSettings } from "../flows/default-pack.ts";
import type { MonitorSettings } from "../monitor/monitor-settings.ts";
import type {
  InboxOAuth,
  InboxSettings,
  MailCap,
  MailSettings,
  MailTracking,
  MailWindow,
} from "../outreach/mail-settings.ts";

type Known<Settings> = Readonly<Record<keyof Settings, true>>;

const CONFIG: Known<MillraceConfig> = {
  databaseUrl: true,
  dataFolder: true,
  workflows: true,
  pack: true,
  events: true,
  tasks: true,
  agents: true,
  templates: true,
  mail: true,
  enrichment: true,
  replies: true,
  hubspot: true,
  alerts: true,
  businessHours: true,
  consumers: true,
  subscribers: true,
  monitor: true,
  engine: true,
  gateway: true,
};
const ENGINE: Known<EngineSettings> = {
  leaseMs: true,
  agingMs: true,
  retry: true,
  maxDepth: true,
  maxEvents: true,
  batchSize: true,
  bulkBatchSize: true,
  sweepMs: true,
  wakeUps: true,
  maxConnections: true,
  drainMs: true,
};
const GATEWAY: Known<GatewaySettings> = {
  host: true,
  port: true,
  publicUrl: true,
  formsPerMinute: true,
  webhookSecrets: true,
};
const ENRICHMENT: Known<EnrichmentSettings> = {
  websites: true,
  freshFor: true,
  maxPages: true,
  browser: true,
  profiles: true,
  allowedHosts: true,
  concurrency: true,
  chain: true,
};
const REPLIES: Known<ReplyClassifierSettings> = { sureFrom: true, coolOff: true, languages: true };
const MAIL: Known<MailSettings> = {
  from: true,
  smtpUrl: true,
  tracking: true,
  postalAddress: true,
  cap: true,
  window: true,
  never: true,
  consentProperty: true,
  perDomainPerDay: true,
  paused: true,
  inbox: true,
  ownDomains: true,
};
const INBOX: Known<InboxSettings> = { imapUrl: true, folder: true, everyMs: true, markSeen: true, oauth: true };
const OAUTH: Known<InboxOAuth> = {
  tokenUrl: true,
  clientId: true,
  clientSecret: true,
  refreshToken: true,
  scope: true,
};
const TRACKING: Known<MailTracking> = { opens: true, clicks: true };
const CAP: Known<MailCap> = { perDay: true, perWeek: true };
const WINDOW: Known<MailWindow> = { days: true, from: true, to: true, timeZone: true };
const MONITOR: Known<MonitorSettings> = {
  everyMs: true,
  window: true,
  recordAfter: true,
  repeatAfter: true,
  clearShare: true,
  fewestRuns: true,
  latencyP95Ms: true,
  eventLagMs: true,
  errorRate: true,
  agentFailureRate: true,
  agentClearRate: true,
  backlog: true,
  memoryMb: true,
  diskFreeMb: true,
  connectionShare: true,
  heartbeatUrl: true,
  circuitPause: true,
  longestPause: true,
  canaries: true,
  releaseAfter: true,
  concurrencyCeiling: true,
  keepResolved: true,
  bloatRows: true,
};
const HUBSPOT: Known<HubspotSettings> = {
  accessToken: true,
  baseUrl: true,
  apiFamily: true,
  limits: true,
  rateShare: true,
  timeZone: true,
  properties: true,
  clientSecret: true,
  clientId: true,
  journalEveryMs: true,
  acceptOldSignatures: true,
  pollEveryMs: true,
  eraseThere: true,
  owners: true,
  mirrorTasks: true,
  logActivities: true,
  optOutSubscription: true,
};
const PACK: Known<PackSettings> = {
  bands: true,
  rearmAfter: true,
  thankYouStaleAfter: true,
  alertStaleAfter: true,
  enrichmentQuality: true,
  sequences: true,
  engagement: true,
  notEngagedAfter: true,
  hotProspectRearm: true,
  followUpOnYes: true,
  significantProperties: true,
  conversions: true,
  followUps: true,
  forms: true,
  crmBatch: true,
};

/** The variables under our prefix that somebody reads (`withEnvironment`, the command line), and those the tests set. */
const VARIABLES = ["MILLRACE_DATA", "MILLRACE_SMTP_URL", "MILLRACE_IMAP_URL", "MILLRACE_DEBUG"];
const TEST_VARIABLE = /^MILLRACE_TEST_/;

/** @throws MillraceError invalid_config for a setting that does not exist, with the nearest name. */
export function checkSettings(config: MillraceConfig, file: string): MillraceConfig {
  checkNames(config, CONFIG, "", file);
  checkNames(config.engine, ENGINE, "engine.", file);
  checkNames(config.gateway, GATEWAY, "gateway.", file);
  checkNames(config.mail, MAIL, "mail.", file);
  checkNames(config.enrichment, ENRICHMENT, "enrichment.", file);
  checkNames(config.replies, REPLIES, "replies.", file);
  checkNames(config.mail?.inbox, INBOX, "mail.inbox.", file);
  checkNames(config.mail?.inbox?.oauth, OAUTH, "mail.inbox.oauth.", file);
  checkNames(config.mail?.tracking, TRACKING, "mail.tracking.", file);
  checkNames(config.mail?.cap || undefined, CAP, "mail.cap.", file);
  checkNames(config.mail?.window || undefined, WINDOW, "mail.window.", file);
  checkNames(config.monitor || undefined, MONITOR, "monitor.", file);
  if (config.hubspot !== false) checkNames(config.hubspot, HUBSPOT, "hubspot.", file);
  if (config.pack !== false) checkNames(config.pack, PACK, "pack.", file);
  return config;
}

function checkNames(
  settings: object | undefined,
  known: Readonly<Record<string, true>>,
  path: string,
  file: string,
): void {
  const wrong = Object.keys(settings ?? {}).find((name) => !Object.hasOwn(known, name));
  if (wrong === undefined) return;
  throw new MillraceError("invalid_config", {
    saw: `${file}: there is no setting "${path}${wrong}".${didYouMean(wrong, Object.keys(known))}`,
    next: "correct the name, or take it out; `millrace config show` and docs/settings.md describe every setting.",
    field: `${path}${wrong}`,
  });
}

/**
 * @returns a sentence for each variable that looks like ours and is read by nobody.
 * @throws MillraceError invalid_config when PORT is no port.
 */
export function checkVariables(env: NodeJS.ProcessEnv): readonly string[] {
  const port = env.PORT;
  if (port && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    throw new MillraceError("invalid_config", {
      saw: `The environment variable PORT is "${port}".`,
      expected: "a number from 0 to 65535",
      next: "correct PORT, or unset it.",
      field: "PORT",
    });
  }
  return Object.keys(env)
    .filter((name) => name.startsWith("MILLRACE_") && !VARIABLES.includes(name) && !TEST_VARIABLE.test(name))
    .map((name) => `The environment variable ${name} is read by nobody.${didYouMean(name, VARIABLES)}`);
}
