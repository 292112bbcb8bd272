/**
 * The token an app gets for its id and secret (OAuth, client credentials). It opens the webhooks journal, which the account's
 * own token does not. Asked for when it is needed, kept in memory until shortly before it ends. Used by journal-api.ts.
 * Source: HubSpot's guide to authentication, "client credentials".
 */
import type { Clock } from "../../../base/clock.ts";
import type { HubspotFailure } from "./answer.ts";
import type { HubspotApi } from "./client.ts";
import { type CheckedHubspot, secretsOf } from "./hubspot-settings.ts";

export interface AppToken {
  get(): Promise<{ readonly token: string } | HubspotFailure>;
  /** HubSpot does not take it any more: the next one is asked for. */
  forget(): void;
}

/** A scope the app does not have would spoil the whole token, so no more is asked for than reading contacts needs. */
const SCOPES =
  "developer.webhooks_journal.read developer.webhooks_journal.subscriptions.write crm.objects.contacts.read";
/** HubSpot says how long it lasts; a call under way at the end needs it still. */
const ENDS_EARLY_MS = 60_000;

export function appToken(api: HubspotApi, settings: CheckedHubspot, clock: Clock): AppToken {
  let held: { readonly token: string; readonly until: number } | undefined;
  return {
    async get() {
      if (held !== undefined && clock.now() < held.until) return held;
      let failure: HubspotFailure | undefined;
      // While the secret is being changed, either of the two may be the one that counts.
      for (const client_secret of secretsOf(settings)) {
        const asked = await ask(client_secret);
        if (!("kind" in asked)) {
          held = asked;
          return asked;
        }
        failure = asked;
      }
      return failure ?? { kind: "unauthorised", status: 0, message: "no client secret is set" };
    },
    forget() {
      held = undefined;
    },
  };

  async function ask(client_secret: string): Promise<{ token: string; until: number } | HubspotFailure> {
    const answer = await api.request({
      method: "POST",
      path: api.paths.appToken(),
      form: { grant_type: "client_credentials", client_id: settings.clientId ?? "", client_secret, scope: SCOPES },
      urgency: "normal",
      kind: "other",
      isRepeatable: true,
    });
    if (!answer.ok) return answer.failure;
    const { access_token, expires_in } = (answer.body ?? {}) as { access_token?: unknown; expires_in?: unknown };
    if (typeof access_token !== "string" || typeof expires_in !== "number")
      return { kind: "refused", status: answer.status, message: "HubSpot's answer holds no token" };
    return { token: access_token, until: clock.now() + expires_in * 1_000 - ENDS_EARLY_MS };
  }
}
