/** `millrace hubspot check`: asks HubSpot whether the adapter can work there, and says how to put right what is wrong. Exit 6 when something fails. */
import { systemClock } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import type { Answer } from "../../crm/hubspot/client/answer.ts";
import type { HubspotApi } from "../../crm/hubspot/client/client.ts";
import type { CheckedHubspot } from "../../crm/hubspot/client/hubspot-settings.ts";
import { journalApi } from "../../crm/hubspot/client/journal-api.ts";
import { missingScopes, SCOPES } from "../../crm/hubspot/client/scopes.ts";
import { mappingOf } from "../../crm/hubspot/outbound/contact-mapping.ts";
import { setUpHubspot } from "../../crm/hubspot/outbound/setup.ts";
import type { Call } from "../command.ts";
import { type Diagnosis, fail, pass, warn } from "../doctor/finding.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { type OpenHubspot, withHubspot } from "../hubspot.ts";
import { openProject } from "../project.ts";
import { counted } from "../text.ts";

export async function run(call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const all = await withHubspot(await openProject(call, false), examine);
  const failed = all.filter(({ level }) => level === "fail").length;
  if (terminal.isJson) terminal.document({ isHealthy: failed === 0, checks: all });
  else {
    const colour = { pass: "green", warn: "yellow", fail: "red" } as const;
    for (const { check, level, saw, fix } of all) {
      const line = `${terminal.styled(colour[level], level)}  ${check.padEnd(12)}  ${saw}`;
      terminal.data(fix === "" ? line : `${line}\n      fix: ${fix}`);
    }
    terminal.say(`${counted(all.length, "check")}: ${failed} failed.`);
  }
  return failed > 0 ? EXIT.unhealthy : EXIT.ok;
}

/** Without an account the rest cannot be asked. */
async function examine({ api, settings, isSimulated }: OpenHubspot): Promise<readonly Diagnosis[]> {
  const details = await get(api, api.paths.accountDetails());
  if (!details.ok) {
    const { status, message } = details.failure;
    const fix =
      status === 401
        ? "make a new token in HubSpot and set HUBSPOT_ACCESS_TOKEN."
        : "see whether HubSpot can be reached from here.";
    return [fail("account", `HubSpot says: ${message}`, fix)];
  }
  const account = details.body as { portalId?: number; timeZone?: string };
  return [
    pass("account", `${isSimulated ? "the simulator, " : ""}portal ${account.portalId}, at ${settings.baseUrl}`),
    timeZoneOf(settings, account.timeZone),
    await scopesOf(api, settings),
    await propertiesOf(api, settings),
    await callsLeft(api, settings),
    webhooksOf(settings),
    await journalOf(api, settings),
  ];
}

function get(api: HubspotApi, path: string): Promise<Answer> {
  return api.request({ method: "GET", path, urgency: "normal", kind: "other" });
}

function timeZoneOf({ timeZone }: CheckedHubspot, theirs = "UTC"): Diagnosis {
  if (timeZone === theirs) return pass("day", `begins at midnight of ${theirs}`);
  return warn(
    "day",
    `HubSpot's day of calls begins at midnight of ${theirs}, hubspot.timeZone is ${timeZone}`,
    `set hubspot.timeZone to "${theirs}".`,
  );
}

async function scopesOf(api: HubspotApi, { accessToken }: CheckedHubspot): Promise<Diagnosis> {
  const path = api.paths.tokenInfo();
  const answer = await api.request({
    method: "POST",
    path,
    body: { tokenKey: accessToken },
    urgency: "normal",
    kind: "other",
    isRepeatable: true,
  });
  const scopes = answer.ok ? ((answer.body as { scopes?: string[] }).scopes ?? []) : undefined;
  if (scopes === undefined)
    return warn(
      "scopes",
      "HubSpot does not tell the scopes of this kind of token",
      `see that it has ${SCOPES.map(({ name }) => name).join(", ")}.`,
    );
  const missing = missingScopes(scopes);
  if (missing.length === 0) return pass("scopes", `all ${SCOPES.length} that are used`);
  const saw = `the token lacks ${missing.map(({ name, about }) => `${name} (${about})`).join(", ")}`;
  const say = missing.some(({ isNeeded }) => isNeeded) ? fail : warn;
  return say("scopes", saw, "add them to the key or app in HubSpot.");
}

async function propertiesOf(api: HubspotApi, settings: CheckedHubspot): Promise<Diagnosis> {
  try {
    const steps = await setUpHubspot(api, mappingOf(settings.properties), true);
    const left = steps.filter(({ state }) => state !== "there");
    if (left.length === 0) return pass("properties", `all ${steps.length} are there`);
    return fail(
      "properties",
      left
        .map(({ object, name, state, note }) => `${object}.${name}: ${state === "wrong" ? note : "missing"}`)
        .join("; "),
      "run `millrace hubspot setup`; it says what is left for you.",
    );
  } catch (error) {
    return fail("properties", messageOf(error), "see that the token may read the definitions of properties.");
  }
}

async function callsLeft(api: HubspotApi, { limits }: CheckedHubspot): Promise<Diagnosis> {
  const answer = await get(api, api.paths.usage());
  const usage = answer.ok
    ? (answer.body as { results?: { usageLimit?: number; currentUsage?: number }[] }).results?.[0]
    : undefined;
  if (usage?.usageLimit === undefined)
    return warn("calls", "HubSpot does not tell how many calls are left today", "see its usage page.");
  const { usageLimit, currentUsage = 0 } = usage;
  const saw = `${currentUsage} of ${usageLimit} used today`;
  if (limits.perDay > usageLimit)
    return warn(
      "calls",
      `${saw}, hubspot.limits.perDay is ${limits.perDay}`,
      `set hubspot.limits.perDay to ${usageLimit}.`,
    );
  return currentUsage > usageLimit * 0.9
    ? warn("calls", saw, "only urgent writes leave until the day ends; see what else uses the account.")
    : pass("calls", saw);
}

/** A token cannot ask which webhooks an app has; without its secret none could be believed. */
function webhooksOf({ clientSecret }: CheckedHubspot): Diagnosis {
  return clientSecret === undefined
    ? warn(
        "webhooks",
        "no client secret, so HubSpot's webhooks cannot be checked and are refused",
        "set HUBSPOT_CLIENT_SECRET to that of your app, if it has webhooks.",
      )
    : pass("webhooks", "the secret that signs them is set; which ones an app sends can only be seen in HubSpot");
}

async function journalOf(api: HubspotApi, settings: CheckedHubspot): Promise<Diagnosis> {
  if (settings.journalEveryMs === 0)
    return pass("journal", "not read; hubspot.journalEveryMs is for a machine that HubSpot cannot reach");
  try {
    const newest = await journalApi(api, settings, systemClock).entry("latest");
    const saw = newest === undefined ? "can be read, and holds nothing yet" : "can be read";
    return pass("journal", `${saw}; looked at every ${settings.journalEveryMs / 1_000} s`);
  } catch (error) {
    return fail(
      "journal",
      messageOf(error),
      "see that HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET are those of your app, and that it may use the webhooks journal.",
    );
  }
}
