/** The settings of the HubSpot adapter: `hubspot.*` in millrace.config.ts. Without them nothing of this room runs. */
import { z } from "zod";
import { MillraceError } from "../../../base/errors.ts";
import { checkedSettings } from "../../../settings/check.ts";
import {
  address,
  byName,
  count,
  flag,
  group,
  listOf,
  milliseconds,
  oneOf,
  secret,
  setting,
  share,
  text,
  timeZone,
} from "../../../settings/setting.ts";

export interface HubspotSettings {
  /** The token of a service key or project app; the environment is the better place for it. A text. Default: the simulator is used. Environment: HUBSPOT_ACCESS_TOKEN. */
  readonly accessToken?: string;
  /** Where HubSpot's API is. An address like https://api.hubapi.com. Default: "https://api.hubapi.com". Environment: HUBSPOT_BASE_URL. */
  readonly baseUrl?: string;
  /** Which family of addresses is called: "numbered" (v3/v4), which HubSpot ends in 2027, or "2026-09". One of "numbered", "2026-09". Default: "numbered". */
  readonly apiFamily?: ApiFamily;
  /** What your HubSpot allows. */
  readonly limits?: Partial<HubspotLimits>;
  /** The share of the limits that is used. A number from 0.001 to 1. Default: 0.9. */
  readonly rateShare?: number;
  /** The account's time zone, in which HubSpot's day of calls begins. A time zone like "Europe/Berlin". Default: "UTC". */
  readonly timeZone?: string;
  /** HubSpot's contact property by ours, beside the built-in ones; null leaves one out. An object, by name. Default: see `hubspot setup --dry-run`. */
  readonly properties?: Readonly<Record<string, string | null>>;
  /** Signs the webhooks HubSpot sends; a list while it is being changed. A text, or a list; each: a text. Default: no webhook of HubSpot is taken. Environment: HUBSPOT_CLIENT_SECRET. */
  readonly clientSecret?: string | readonly string[];
  /** Names your app to HubSpot; needed for the webhooks journal. A text of 1 to 1,000 characters. Default: none. Environment: HUBSPOT_CLIENT_ID. */
  readonly clientId?: string;
  /** How often the webhooks journal is read, for a machine HubSpot cannot reach; 0: never. Needs `clientId` and `clientSecret`. A whole number of milliseconds from 0 to 86,400,000. Default: 0. */
  readonly journalEveryMs?: number;
  /** Whether webhooks with the old signatures (v1, v2), which carry no time, are taken. True or false. Default: false. */
  readonly acceptOldSignatures?: boolean;
  /** How often HubSpot is asked what has changed, while no webhooks come; 0: never. A whole number of milliseconds from 0 to 86,400,000. Default: 60,000. */
  readonly pollEveryMs?: number;
  /** How often HubSpot's forms are asked for submissions, beside those a webhook announces; 0: only those. A whole number of milliseconds from 0 to 86,400,000. Default: 60,000. */
  readonly formsEveryMs?: number;
  /** How often HubSpot is asked for e-mails logged there, answers above all, and for what its own e-mails led to, beside those a webhook announces; 0: never. A whole number of milliseconds from 0 to 86,400,000. Default: 60,000. */
  readonly emailsEveryMs?: number;
  /** HubSpot's ids of lists whose members are listed here, by our name, e.g. `{ partners: "123" }`. An object, by name. Default: none. */
  readonly lists?: Readonly<Record<string, string>>;
  /** How often those lists are read; 0: never. A whole number of milliseconds from 0 to 86,400,000. Default: 300,000. */
  readonly listsEveryMs?: number;
  /** HubSpot's owner ids by the people or roles of human tasks, e.g. `{ sales: "77" }`. An object, by name. Default: tasks have no owner there. */
  readonly owners?: Readonly<Record<string, string>>;
  /** Whether the tasks of people appear as HubSpot tasks. True or false. Default: true. */
  readonly mirrorTasks?: boolean;
  /** Whether sent e-mails, answers and alerts appear on the contact in HubSpot. True or false. Default: true. */
  readonly logActivities?: boolean;
  /** Whether erasing a contact here erases it in HubSpot too, for good; else a person is asked to. True or false. Default: false. */
  readonly eraseThere?: boolean;
  /** The subscription an opt-out ends. A text of 1 to 1,000 characters. Default: all of them. */
  readonly optOutSubscription?: string;
}

export type ApiFamily = "numbered" | "2026-09";

/** What HubSpot lets one token (ten seconds) and one account (day, searches) do. Source: hubspot, usage guidelines. */
export interface HubspotLimits {
  /** Calls in ten seconds. A whole number of calls from 1 to 10,000,000. Default: 190. */
  readonly perTenSeconds: number;
  /** Calls in a day. A whole number of calls from 1 to 1,000,000,000. Default: 625,000. */
  readonly perDay: number;
  /** Searches in a second. A whole number of calls from 1 to 1,000,000. Default: 5. */
  readonly searchPerSecond: number;
}

export const DEFAULT_BASE_URL = "https://api.hubapi.com";

const calls = (most: number) => count({ max: most, unit: "calls" });

export const limitSettings = group({
  perTenSeconds: setting("Calls in ten seconds.", calls(10_000_000).default(190)),
  perDay: setting("Calls in a day.", calls(1_000_000_000).default(625_000)),
  searchPerSecond: setting("Searches in a second.", calls(1_000_000).default(5)),
});

export const DEFAULT_LIMITS: HubspotLimits = limitSettings.parse({});

const HOW_OFTEN = { min: 0 } as const;

export const hubspotSettings = group({
  accessToken: setting(
    "The token of a service key or project app; the environment is the better place for it.",
    secret().optional(),
    {
      env: "HUBSPOT_ACCESS_TOKEN",
      unset: "the simulator is used",
    },
  ),
  baseUrl: setting("Where HubSpot's API is.", address(["http", "https"], DEFAULT_BASE_URL).default(DEFAULT_BASE_URL), {
    env: "HUBSPOT_BASE_URL",
  }),
  apiFamily: setting(
    'Which family of addresses is called: "numbered" (v3/v4), which HubSpot ends in 2027, or "2026-09".',
    oneOf("numbered", "2026-09").default("numbered"),
  ),
  limits: setting("What your HubSpot allows.", limitSettings.prefault({})),
  rateShare: setting("The share of the limits that is used.", share({ min: 0.001 }).default(0.9)),
  timeZone: setting("The account's time zone, in which HubSpot's day of calls begins.", timeZone().default("UTC")),
  properties: setting(
    "HubSpot's contact property by ours, beside the built-in ones; null leaves one out.",
    byName(z.union([text({ sample: "jobtitle" }), z.null()])).optional(),
    { unset: "see `hubspot setup --dry-run`" },
  ),
  clientSecret: setting(
    "Signs the webhooks HubSpot sends; a list while it is being changed.",
    z.union([secret(), listOf(secret())]).optional(),
    { env: "HUBSPOT_CLIENT_SECRET", isSecret: true, unset: "no webhook of HubSpot is taken", sample: "a secret" },
  ),
  clientId: setting(
    "Names your app to HubSpot; needed for the webhooks journal.",
    text({ sample: "1234" }).optional(),
    {
      env: "HUBSPOT_CLIENT_ID",
      unset: "none",
    },
  ),
  journalEveryMs: setting(
    "How often the webhooks journal is read, for a machine HubSpot cannot reach; 0: never. Needs `clientId` and `clientSecret`.",
    milliseconds(HOW_OFTEN).default(0),
  ),
  acceptOldSignatures: setting(
    "Whether webhooks with the old signatures (v1, v2), which carry no time, are taken.",
    flag().default(false),
  ),
  pollEveryMs: setting(
    "How often HubSpot is asked what has changed, while no webhooks come; 0: never.",
    milliseconds(HOW_OFTEN).default(60_000),
  ),
  formsEveryMs: setting(
    "How often HubSpot's forms are asked for submissions, beside those a webhook announces; 0: only those.",
    milliseconds(HOW_OFTEN).default(60_000),
  ),
  emailsEveryMs: setting(
    "How often HubSpot is asked for e-mails logged there, answers above all, and for what its own e-mails led to, beside those a webhook announces; 0: never.",
    milliseconds(HOW_OFTEN).default(60_000),
  ),
  lists: setting(
    'HubSpot\'s ids of lists whose members are listed here, by our name, e.g. `{ partners: "123" }`.',
    byName(text({ sample: "123" })).optional(),
    { unset: "none" },
  ),
  listsEveryMs: setting("How often those lists are read; 0: never.", milliseconds(HOW_OFTEN).default(300_000)),
  owners: setting(
    'HubSpot\'s owner ids by the people or roles of human tasks, e.g. `{ sales: "77" }`.',
    byName(text({ sample: "77" })).optional(),
    { unset: "tasks have no owner there" },
  ),
  mirrorTasks: setting("Whether the tasks of people appear as HubSpot tasks.", flag().default(true)),
  logActivities: setting(
    "Whether sent e-mails, answers and alerts appear on the contact in HubSpot.",
    flag().default(true),
  ),
  eraseThere: setting(
    "Whether erasing a contact here erases it in HubSpot too, for good; else a person is asked to.",
    flag().default(false),
  ),
  optOutSubscription: setting("The subscription an opt-out ends.", text({ sample: "1234" }).optional(), {
    unset: "all of them",
  }),
});

/** Settings the room can rely on: every default in its place. */
export interface CheckedHubspot extends HubspotSettings {
  readonly accessToken: string;
  readonly baseUrl: string;
  readonly apiFamily: ApiFamily;
  readonly limits: HubspotLimits;
  readonly rateShare: number;
  readonly timeZone: string;
  readonly mirrorTasks: boolean;
  readonly logActivities: boolean;
  readonly acceptOldSignatures: boolean;
  readonly pollEveryMs: number;
  readonly formsEveryMs: number;
  readonly emailsEveryMs: number;
  readonly listsEveryMs: number;
  readonly journalEveryMs: number;
  readonly eraseThere: boolean;
}

/**
 * The settings with their defaults.
 * @throws MillraceError invalid_config for a missing token, an address that is none, or limits nothing could be done in.
 */
export function checkedHubspot(settings: HubspotSettings): CheckedHubspot {
  const checked = checkedSettings(hubspotSettings, settings, { source: "Settings of HubSpot", prefix: "hubspot" });
  const { accessToken = "", journalEveryMs, clientId } = checked;
  if (accessToken === "")
    throw wrong(
      "accessToken",
      "is missing",
      "a token",
      "set HUBSPOT_ACCESS_TOKEN, or take `hubspot` out of the config",
    );
  if (journalEveryMs > 0 && (!clientId || secretsOf(checked).length === 0))
    throw wrong(
      "journalEveryMs",
      "is set, and the app that would read the journal is not known",
      "the id and secret of your app",
      "set HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET",
    );
  return { ...checked, accessToken, baseUrl: checked.baseUrl.replace(/\/+$/, "") };
}

/** More than one while it is being changed. */
export function secretsOf({ clientSecret = [] }: Pick<HubspotSettings, "clientSecret">): readonly string[] {
  return [clientSecret].flat().filter((secret) => secret !== "");
}

function wrong(field: string, saw: string, expected: string, next: string): MillraceError {
  return new MillraceError("invalid_config", {
    saw: `hubspot.${field} ${saw}.`,
    expected,
    next: `${next}.`,
    field: `hubspot.${field}`,
  });
}
