/** What of HubSpot's is to stand in the journal: what the webhooks tell of too. Said once by whoever begins to read. Used by incoming.ts. */
import { accountIn } from "../client/account.ts";
import { bodyOf, type HubspotFailure } from "../client/answer.ts";
import type { HubspotApi } from "../client/client.ts";
import type { CheckedHubspot } from "../client/hubspot-settings.ts";
import { type JournalApi, type JournalSubscription, unread } from "../client/journal-api.ts";
import { mappingOf, READ_PROPERTIES } from "../outbound/contact-mapping.ts";
import type { TranslationRules } from "./translate.ts";

const CONTACT = "0-1";
const TASK = "0-27";

/**
 * Contacts are what the journal is read for; an account whose app may not hear of tasks or erasures is read all the same.
 * @param onRefused is called with those, once.
 * @returns HubSpot's id of the account.
 * @throws MillraceError hubspot_failed
 */
export async function subscribeToJournal(
  { api, journal }: { readonly api: HubspotApi; readonly journal: JournalApi },
  settings: CheckedHubspot,
  rules: TranslationRules,
  onRefused: (error: unknown) => void,
): Promise<string> {
  const details = await api.request({
    method: "GET",
    path: api.paths.accountDetails(),
    urgency: "normal",
    kind: "other",
  });
  const account = accountIn(bodyOf(details));
  if (account === undefined) throw unread("which account it is, HubSpot did not say");
  const portalId = Number(account);
  const contacts = await journal.subscribe(contactsOf(portalId, settings, rules));
  if (contacts !== undefined) throw unread(contacts.message, contacts.kind);
  for (const subscription of others(portalId, settings)) {
    const failure = await journal.subscribe(subscription);
    if (failure !== undefined && !isRefusal(failure)) throw unread(failure.message, failure.kind);
    if (failure !== undefined) onRefused(unread(`${subscription.subscriptionType}: ${failure.message}`, failure.kind));
  }
  return account;
}

function contactsOf(portalId: number, settings: CheckedHubspot, rules: TranslationRules): JournalSubscription {
  const names = ["email", ...READ_PROPERTIES, ...Object.values(mappingOf(settings.properties)), ...rules.optOuts];
  return {
    subscriptionType: "OBJECT",
    portalId,
    objectTypeId: CONTACT,
    actions: ["CREATE", "UPDATE", "DELETE", "MERGE", "RESTORE"],
    properties: [...new Set(names)],
  };
}

function others(portalId: number, { mirrorTasks }: CheckedHubspot): JournalSubscription[] {
  const task = { subscriptionType: "OBJECT", portalId, objectTypeId: TASK, actions: ["UPDATE"] } as const;
  return [
    { subscriptionType: "GDPR_PRIVACY_DELETION", portalId, objectTypeId: CONTACT, actions: ["GDPR_DELETE"] },
    ...(mirrorTasks ? [{ ...task, properties: ["hs_task_status"] }] : []),
  ];
}

function isRefusal({ kind }: HubspotFailure): boolean {
  return kind === "refused" || kind === "unauthorised";
}
