/** The HubSpot a command works on: the one of the token, or the simulator that runs in this data folder. */
import { systemClock } from "../base/clock.ts";
import { type HubspotApi, hubspotApi } from "../crm/hubspot/client/client.ts";
import { type CheckedHubspot, checkedHubspot } from "../crm/hubspot/client/hubspot-settings.ts";
import type { LoadedConfig } from "../load-config/load-config.ts";
import { CliError } from "./exit-codes.ts";
import { type RunningSimulator, runningSimulator } from "./simulated-hubspot.ts";

export interface OpenHubspot {
  readonly api: HubspotApi;
  readonly settings: CheckedHubspot;
  readonly isSimulated: boolean;
}

/** Does the work with HubSpot at hand, at a pace of its own. @throws CliError not_running when there is neither. */
export async function withHubspot<Result>(
  { config }: LoadedConfig,
  work: (hubspot: OpenHubspot) => Promise<Result>,
): Promise<Result> {
  const own = config.hubspot || {};
  const simulator = own.accessToken === undefined ? runningSimulator(config.dataFolder) : undefined;
  if (own.accessToken === undefined && simulator === undefined) {
    throw new CliError(
      "not_running",
      "There is no HubSpot: no token is set, and no simulator runs in this data folder.",
      "set HUBSPOT_ACCESS_TOKEN, or run `millrace start`, which brings a simulator.",
    );
  }
  const place = simulator === undefined ? {} : placeOf(simulator);
  const settings = checkedHubspot({ ...own, ...place });
  const api = hubspotApi(settings, undefined, systemClock);
  try {
    return await work({ api, settings, isSimulated: simulator !== undefined });
  } finally {
    await api.close();
  }
}

function placeOf({ token, url, clientId, clientSecret }: RunningSimulator) {
  return { accessToken: token, baseUrl: url, clientId, clientSecret };
}
