/** The settings of the HubSpot adapter: `hubspot.*` in millrace.config.ts. Without them nothing of this room runs. */
import { MillraceError } from "../../errors.ts";

export interface HubspotSettings {
  /** The token of a service key or project app. Environment: HUBSPOT_ACCESS_TOKEN, which is the better place. Never shown. */
  readonly accessToken?: string;
  /** Default "https://api.hubapi.com". Environment: HUBSPOT_BASE_URL. */
  readonly baseUrl?: string;
  /** Which family of addresses is called: "numbered" (v3/v4) or "2026-09". Default "numbered": HubSpot ends it in 2027. */
  readonly apiFamily?: ApiFamily;
  /** What your HubSpot allows: `{ perTenSeconds, perDay, searchPerSecond }`. Default 190, 625,000, 5 (Professional). */
  readonly limits?: Partial<HubspotLimits>;
  /** The share of the limits that is used, 0 to 1. Default 0.9. */
  readonly rateShare?: number;
  /** The account's time zone, in which HubSpot's day of calls begins. Default "UTC". */
  readonly timeZone?: string;
  /** HubSpot's contact property by ours, beside the built-in ones; null leaves one out. Default: see `hubspot setup --dry-run`. */
  readonly properties?: Readonly<Record<string, string | null>>;
  /** Signs the webhooks HubSpot sends; a list while it is being changed. Environment: HUBSPOT_CLIENT_SECRET. Never shown. */
  readonly clientSecret?: string | readonly string[];
  /** Names your app to HubSpot; needed for the webhooks journal. Environment: HUBSPOT_CLIENT_ID. */
  readonly clientId?: string;
  /** How often the webhooks journal is read, for a machine HubSpot cannot reach; 0: never. Needs `clientId` and `clientSecret`. Default 0. */
  readonly journalEveryMs?: number;
  /** Whether webhooks with the old signatures (v1, v2), which carry no time, are taken. Default false. */
  readonly acceptOldSignatures?: boolean;
  /** How often HubSpot is asked what has changed, while no webhooks come; 0: never. Default 60,000. */
  readonly pollEveryMs?: number;
  /** HubSpot's owner ids by the people or roles of human tasks, e.g. `{ sales: "77" }`. Default: tasks have no owner there. */
  readonly owners?: Readonly<Record<string, string>>;
  /** Whether the tasks of people appear as HubSpot tasks. Default true. */
  readonly mirrorTasks?: boolean;
  /** Whether sent e-mails, answers and alerts appear on the contact in HubSpot. Default true. */
  readonly logActivities?: boolean;
  /** Whether erasing a contact here erases it in HubSpot too, for good; else a person is asked to. Default false. */
  readonly eraseThere?: boolean;
  /** The subscription an opt-out ends. Default: all of them. */
  readonly optOutSubscription?: string;
}

export type ApiFamily = "numbered" | "2026-09";

/** What HubSpot lets one token (ten seconds) and one account (day, searches) do. Source: hubspot, usage guidelines. */
export interface HubspotLimits {
  readonly perTenSeconds: number;
  readonly perDay: number;
  readonly searchPerSecond: number;
}

export const DEFAULT_LIMITS: HubspotLimits = { perTenSeconds: 190, perDay: 625_000, searchPerSecond: 5 };
export const DEFAULT_BASE_URL = "https://api.hubapi.com";

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
  readonly journalEveryMs: number;
  readonly eraseThere: boolean;
}

/**
 * The settings with their defaults.
 * @throws MillraceError invalid_config for a missing token, an address that is none, or limits nothing could be done in.
 */
export function checkedHubspot(settings: HubspotSettings): CheckedHubspot {
  const checked = {
    ...settings,
    accessToken: settings.accessToken ?? "",
    baseUrl: (settings.baseUrl ?? DEFAULT_BASE_URL).replace(/\/+$/, ""),
    apiFamily: settings.apiFamily ?? "numbered",
    limits: { ...DEFAULT_LIMITS, ...settings.limits },
    rateShare: settings.rateShare ?? 0.9,
    timeZone: settings.timeZone ?? "UTC",
    mirrorTasks: settings.mirrorTasks ?? true,
    logActivities: settings.logActivities ?? true,
    acceptOldSignatures: settings.acceptOldSignatures ?? false,
    pollEveryMs: settings.pollEveryMs ?? 60_000,
    journalEveryMs: settings.journalEveryMs ?? 0,
    eraseThere: settings.eraseThere ?? false,
  };
  if (checked.accessToken === "")
    throw wrong(
      "accessToken",
      "is missing",
      "a token",
      "set HUBSPOT_ACCESS_TOKEN, or take `hubspot` out of the config",
    );
  if (!URL.canParse(checked.baseUrl) || !/^https?:$/.test(new URL(checked.baseUrl).protocol))
    throw wrong("baseUrl", `is "${checked.baseUrl}"`, "an address like https://api.hubapi.com");
  if (!Object.values(checked.limits).every((limit) => limit >= 1))
    throw wrong("limits", `are ${JSON.stringify(checked.limits)}`, "numbers from 1");
  if (!(checked.rateShare > 0 && checked.rateShare <= 1))
    throw wrong("rateShare", `is ${checked.rateShare}`, "a number above 0, at most 1");
  if (!(checked.pollEveryMs >= 0))
    throw wrong("pollEveryMs", `is ${checked.pollEveryMs}`, "milliseconds, or 0 for never");
  if (!(checked.journalEveryMs >= 0))
    throw wrong("journalEveryMs", `is ${checked.journalEveryMs}`, "milliseconds, or 0 for never");
  if (checked.journalEveryMs > 0 && (!checked.clientId || secretsOf(checked).length === 0))
    throw wrong(
      "journalEveryMs",
      "is set, and the app that would read the journal is not known",
      "the id and secret of your app",
      "set HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET",
    );
  if (!isTimeZone(checked.timeZone)) throw wrong("timeZone", `is "${checked.timeZone}"`, "a name like Europe/Berlin");
  return checked;
}

/** More than one while it is being changed. */
export function secretsOf({ clientSecret = [] }: Pick<HubspotSettings, "clientSecret">): readonly string[] {
  return [clientSecret].flat().filter((secret) => secret !== "");
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function wrong(field: string, saw: string, expected: string, next = "correct it in millrace.config.ts"): MillraceError {
  return new MillraceError("invalid_config", {
    saw: `hubspot.${field} ${saw}.`,
    expected,
    next: `${next}.`,
    field: `hubspot.${field}`,
  });
}
