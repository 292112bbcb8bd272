/**
 * The webhooks journal as HubSpot serves it: what an app has subscribed to, in files of an address each, one after the
 * other by offset, three days long. Used by in/journal.ts and `hubspot check`.
 * Source: HubSpot's guides to the webhooks journal, journal entries and subscriptions.
 */
import type { Clock } from "../../../base/clock.ts";
import { MillraceError, messageOf } from "../../../base/errors.ts";
import { type Answer, type HubspotFailure, isNotThere, readText } from "./answer.ts";
import { appToken } from "./app-token.ts";
import type { HubspotApi, HubspotCall } from "./client.ts";
import type { CheckedHubspot } from "./hubspot-settings.ts";

/** HubSpot's words. */
export interface JournalSubscription {
  readonly subscriptionType: "OBJECT" | "GDPR_PRIVACY_DELETION";
  readonly portalId: number;
  readonly objectTypeId: string;
  readonly actions: readonly string[];
  readonly properties?: readonly string[];
}

export interface JournalEntry {
  /** Of its file; good for a few minutes, and a secret. */
  readonly url: string;
  readonly offset: string;
}

export interface JournalApi {
  /** What stands in the journal from now on; saying it twice is saying it once. @returns why it was refused. */
  subscribe(subscription: JournalSubscription): Promise<HubspotFailure | undefined>;
  /**
   * @param place an end of the journal, or the offset of the entry before.
   * @returns undefined when there is none yet; "gone" when nothing follows that offset any more.
   * @throws MillraceError hubspot_failed
   */
  entry(place: "earliest" | "latest" | { readonly after: string }): Promise<JournalEntry | "gone" | undefined>;
  /** What stands in its file, as it came. @throws MillraceError hubspot_failed */
  read(entry: JournalEntry): Promise<string>;
}

const TIMEOUT_MS = 20_000;

export function journalApi(api: HubspotApi, settings: CheckedHubspot, clock: Clock): JournalApi {
  const tokens = appToken(api, settings, clock);

  async function request(call: Pick<HubspotCall, "method" | "path" | "body">): Promise<Answer> {
    for (let isAgain = false; ; isAgain = true) {
      const held = await tokens.get();
      if ("kind" in held) return { ok: false, failure: held };
      const answer = await api.request({
        ...call,
        token: held.token,
        urgency: "normal",
        kind: "other",
        isRepeatable: true,
      });
      if (answer.ok || answer.failure.status !== 401 || isAgain) return answer;
      tokens.forget();
    }
  }

  return {
    async subscribe(body) {
      const answer = await request({ method: "POST", path: api.paths.journalSubscriptions(), body });
      return answer.ok ? undefined : answer.failure;
    },
    async entry(place) {
      const isEnd = typeof place === "string";
      const path = isEnd ? api.paths.journalEnd(place) : api.paths.journalNext(place.after);
      const answer = await request({ method: "GET", path });
      if (!answer.ok && !isEnd && isNotThere(answer.failure)) return "gone";
      if (!answer.ok) throw unread(answer.failure.message, answer.failure.kind);
      if (answer.status === 204) return undefined;
      const { url, currentOffset } = (answer.body ?? {}) as { url?: unknown; currentOffset?: unknown };
      if (typeof url !== "string" || typeof currentOffset !== "string" || !isTrusted(url, settings))
        throw unread("an entry without the address of a file");
      if (!isEnd && currentOffset === place.after) throw unread("the entry that stands before the one asked for");
      return { url, offset: currentOffset };
    },
    async read({ url }) {
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
        if (!response.ok) throw new Error(`status ${response.status}`);
        const text = await readText(response);
        // A page in HTML or a part of a file: what the file tells would be passed over for good.
        if (!isJson(text)) throw new Error("it is not JSON");
        return text;
      } catch (error) {
        throw unread(`its file cannot be read: ${messageOf(error)}`);
      }
    },
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Another service's address, over TLS as HubSpot's own; what is no address of the kind is not called. */
function isTrusted(url: string, { baseUrl }: CheckedHubspot): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, origin } = new URL(url);
  return protocol === "https:" || origin === new URL(baseUrl).origin;
}

/** @param kind of HubSpot's failure, if it was one. */
export function unread(message: string, kind?: HubspotFailure["kind"]): MillraceError {
  const isDenied = kind === "unauthorised" || kind === "refused";
  return new MillraceError("hubspot_failed", {
    saw: `HubSpot was asked for the webhooks journal and answered: ${message}`,
    next: isDenied
      ? "check HUBSPOT_CLIENT_ID, HUBSPOT_CLIENT_SECRET, and that the app may use the journal (`millrace hubspot check`)."
      : "nothing is lost; it is asked again.",
  });
}
