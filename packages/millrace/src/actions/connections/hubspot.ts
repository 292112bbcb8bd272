/** Is HubSpot there, and does it know the token? Asks whose account it is. */
import type { Clock } from "../../base/clock.ts";
import { accountIn } from "../../crm/hubspot/client/account.ts";
import type { HubspotFailure } from "../../crm/hubspot/client/answer.ts";
import { hubspotApi } from "../../crm/hubspot/client/client.ts";
import { checkedHubspot, type HubspotSettings } from "../../crm/hubspot/client/hubspot-settings.ts";
import { notWell, type Probe, type ProbeResult, well } from "./probe.ts";
import { type Asked, unreachable } from "./unreachable.ts";

export function hubspotProbe(settings: HubspotSettings, clock: Clock): Probe {
  const checked = checkedHubspot(settings);
  const asked = { name: "HubSpot", host: new URL(checked.baseUrl).host, setting: "hubspot.baseUrl" };
  return {
    asked,
    ask: async () => {
      const api = hubspotApi(checked, undefined, clock);
      try {
        const answer = await api.request({
          method: "GET",
          path: api.paths.accountDetails(),
          urgency: "normal",
          kind: "other",
        });
        if (!answer.ok) return judged(answer.failure, asked);
        const account = accountIn(answer.body);
        return account === undefined
          ? notWell(
              "HubSpot's answer does not say which account it is.",
              `see that ${asked.host} is HubSpot's address.`,
            )
          : well(`HubSpot answers for portal ${account}.`);
      } finally {
        // What still waits is refused.
        void api.close();
      }
    },
  };
}

function judged(failure: HubspotFailure, asked: Asked): ProbeResult {
  const { status, message } = failure;
  if (status === 401)
    return notWell("HubSpot refuses our token (401).", "make a new token in HubSpot and set HUBSPOT_ACCESS_TOKEN.");
  if (status === 403)
    return notWell(
      "HubSpot knows our token, and does not let it in (403).",
      "give the private app the scopes that `millrace hubspot check` names.",
    );
  if (status === 0)
    return unreachable({ message }, asked) ?? notWell(message, "see whether HubSpot can be reached from here.");
  return notWell(`HubSpot answers ${status}: ${message}`, "try again later, and see `millrace hubspot check`.");
}
