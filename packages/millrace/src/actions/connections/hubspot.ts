/** Is HubSpot there, and does it know the token? Asks whose account it is. */
import type { Clock } from "../../base/clock.ts";
import { hubspotApi } from "../../crm/hubspot/client/client.ts";
import { checkedHubspot, type HubspotSettings } from "../../crm/hubspot/client/hubspot-settings.ts";
import { notWell, type Probe, well } from "./probe.ts";

export function hubspotProbe(settings: HubspotSettings, clock: Clock): Probe {
  return async () => {
    const api = hubspotApi(checkedHubspot(settings), undefined, clock);
    try {
      const answer = await api.request({
        method: "GET",
        path: api.paths.accountDetails(),
        urgency: "normal",
        kind: "other",
      });
      if (answer.ok) return well(`HubSpot answers for portal ${(answer.body as { portalId?: number }).portalId}.`);
      const next =
        answer.failure.status === 401
          ? "make a new token in HubSpot and set HUBSPOT_ACCESS_TOKEN."
          : "see whether HubSpot can be reached from here: `millrace hubspot check`.";
      return notWell(`HubSpot says: ${answer.failure.message}`, next);
    } finally {
      // What still waits is refused.
      void api.close();
    }
  };
}
