/**
 * What was true in between: after an outage HubSpot's webhooks come late and in any order, and a poll brings only the
 * newest value. HubSpot keeps the history of each property; from it the values that were missed are recorded in the order in
 * which they were true, so that a score that went 60, 90, 65 crosses what it crossed. Used by take-deliveries.ts and poll.ts.
 */
import type { Clock } from "../../../base/clock.ts";
import { MillraceError } from "../../../base/errors.ts";
import type { Queryable } from "../../../db/database.ts";
import type { HubspotApi } from "../client/client.ts";
import { READ_PROPERTIES } from "../outbound/contact-mapping.ts";
import { type HubspotChange, propertyChangeOf } from "./change.ts";
import { loadKnown } from "./incoming-rows.ts";
import { type HistoryEntry, readHistory } from "./property-history.ts";
import { isOurs, type KnownContact, type TranslationRules } from "./translate.ts";

/** A webhook that is older than this when it is taken is late: others may have been lost, or are on their way. */
const LATE_MS = 60_000;
/** Our clock and HubSpot's may differ so much. */
const SKEW_MS = 60_000;
/** What we work out ourselves: nothing is missed of it. */
const OUR_OWN = ["lead_band", "lead_status", "millrace_score"];

export interface History {
  /** @returns what was missed beside these, of the contacts that a late one of them is about; [] when HubSpot does not answer. */
  around(changes: readonly HubspotChange[]): Promise<readonly HubspotChange[]>;
}

export function historyOf(
  { db, clock, rules }: { readonly db: Queryable; readonly clock: Clock; readonly rules: TranslationRules },
  api: HubspotApi,
): History {
  const followed = new Set([...Object.keys(rules.ours), ...READ_PROPERTIES]);
  for (const name of OUR_OWN) followed.delete(name);
  return { around };

  async function around(changes: readonly HubspotChange[]): Promise<readonly HubspotChange[]> {
    const late = changes.filter((change) => isLate(change, clock.now(), followed));
    if (late.length === 0) return [];
    const byContact = Map.groupBy(late, ({ objectId }) => objectId);
    const known = await loadKnown(db, [...byContact.keys()]);
    const missed: HubspotChange[] = [];
    const namesOf = (ids: readonly string[]) => [
      ...new Set(ids.flatMap((id) => byContact.get(id) ?? []).map(({ property = "" }) => property)),
    ];
    try {
      for await (const { id, entries } of readHistory(api, [...known.keys()], namesOf)) {
        const contact = known.get(id);
        if (contact === undefined) continue;
        for (const change of byContact.get(id) ?? []) {
          missed.push(...betweenOf(change, entries[change.property ?? ""] ?? [], contact));
        }
      }
    } catch (error) {
      // Better late and out of order than not at all: what came is taken as it is.
      if (!(error instanceof MillraceError && error.code === "hubspot_failed")) throw error;
    }
    return missed;
  }
}

function isLate(change: HubspotChange, now: number, followed: ReadonlySet<string>): boolean {
  const isPolled = change.changeSource === "POLLED";
  // The journal names no source; it brings everything and in order.
  const isWebhook = change.changeSource !== "" && now - change.occurredAt > LATE_MS;
  return (
    change.object === "contact" &&
    change.kind === "propertyChange" &&
    followed.has(change.property ?? "") &&
    (isPolled || isWebhook) &&
    !isOurs(change)
  );
}

/** Of one property: what others set since HubSpot was heard last, as webhooks would have brought it. */
function betweenOf(change: HubspotChange, entries: readonly HistoryEntry[], known: KnownContact): HubspotChange[] {
  const { property = "" } = change;
  const heard = known.heard[property];
  const written = known.written[property];
  const since = heard?.at ?? (written === undefined ? change.occurredAt : written.at - SKEW_MS);
  return entries.flatMap((entry) => {
    const occurredAt = Date.parse(entry.timestamp);
    if (!(occurredAt > since) || occurredAt > change.occurredAt + SKEW_MS) return [];
    const { value, sourceType: changeSource, sourceId } = entry;
    const translated = propertyChangeOf(change, { value, occurredAt, changeSource, sourceId });
    return isOurs(translated) || isOfAProgram(translated, change) ? [] : [translated];
  });
}

/** A poll does not know which app is ours: what any app wrote may be our own, and only the newest value of it is judged. */
function isOfAProgram({ changeSource }: HubspotChange, asked: HubspotChange): boolean {
  return asked.changeSource === "POLLED" && /^(INTEGRATION|API|INTEGRATIONS_PLATFORM)$/i.test(changeSource);
}
