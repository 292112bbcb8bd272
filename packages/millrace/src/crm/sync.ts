/**
 * The agent of `sync_crm`: brings contacts to the CRM as they are at the moment of work, many in one call. What a task
 * asked for does not matter, only whom it is about, so requests that merged lose nothing. One writer per account at a
 * time. A CRM that asks for patience costs no attempt; a record it will never take goes to a person. Built by engine.ts.
 */

import type { Clock } from "../base/clock.ts";
import { processName } from "../base/process-name.ts";
import type { Database } from "../db/database.ts";
import type { WakeUps } from "../db/wake.ts";
import type { NewEvent } from "../events/event.ts";
import type { Outcome, QueuedHandler, TaskInput } from "../tasks/handler.ts";
import type { AccountCheck } from "./hubspot/client/account.ts";
import type { HubspotFailure } from "./hubspot/client/answer.ts";
import type { HubspotApi } from "./hubspot/client/client.ts";
import type { CheckedHubspot } from "./hubspot/client/hubspot-settings.ts";
import { PropertyListing } from "./hubspot/client/property-listing.ts";
import type { Urgency } from "./hubspot/client/rate-pace.ts";
import { statedOnce } from "./hubspot/client/refused-values.ts";
import { syncActivities } from "./hubspot/outbound/activities.ts";
import { mappingOf } from "./hubspot/outbound/contact-mapping.ts";
import { reportGone } from "./hubspot/outbound/gone-there.ts";
import { type SyncedContact, type SyncResult, syncContacts } from "./hubspot/outbound/sync-contacts.ts";
import { type Lease, WRITER, withLease } from "./lease.ts";
import type { CrmRecord } from "./records.ts";

/** Five calls of a hundred are under way together; one alone could not keep up the pace HubSpot allows. */
const BATCH = 500;
const TIMEOUT_MS = 20_000;
const BUSY_MS = 1_000;
const DEFAULT_WAIT_MS = 10_000;
const UNAUTHORISED_WAIT_MS = 60_000;
const MAX_WAIT_MS = 900_000;

export function crmSync(
  { db, wakeUps, clock }: { readonly db: Database; readonly wakeUps: WakeUps; readonly clock: Clock },
  api: HubspotApi,
  settings: CheckedHubspot,
  checkAccount: AccountCheck,
): QueuedHandler {
  const holder = processName();
  const mapping = mappingOf(settings.properties);
  const listing = new PropertyListing(api, clock);
  return {
    name: "crm_sync",
    kinds: ["sync_crm"],
    isPure: false,
    concurrency: 1,
    batchSize: BATCH,
    async run(tasks, { now, signal }) {
      const contacts = [...new Set(tasks.flatMap(contactsOf))];
      const sync = async (lease: Lease) => {
        const unknown = await checkAccount();
        if (unknown !== undefined) return new Map(contacts.map((id) => [id, postponed(unknown)] as const));
        const writing = { api, lease, urgency: urgencyOf(tasks) };
        const onGone = (records: readonly CrmRecord[]) => reportGone({ db, wakeUps }, records, now);
        const types = await listing.contacts();
        const results = await syncContacts(db, writing, { mapping, types }, contacts, now, onGone);
        if ([...results.values()].some((result) => result.ok && result.synced?.leftOut.length)) listing.forget();
        const synced = [...results.values()].flatMap((result) => (result.ok && result.synced ? [result.synced] : []));
        for (const [contact, failure] of await syncActivities(db, writing, settings, synced)) {
          results.set(contact, { ok: false, failure });
        }
        return results;
      };
      const held = await withLease(db, { name: WRITER, holder, patienceMs: TIMEOUT_MS, signal }, sync);
      if (held === undefined) return tasks.map(() => BUSY);
      const untold = refusalsOf(held.done);
      return tasks.map((task) => stating(outcomeOf(contactsOf(task), held.done), contactsOf(task), untold));
    },
  };
}

const BUSY: Outcome = { outcome: "snoozed", forMs: BUSY_MS, reason: "another process writes to the CRM" };

/** Nothing was said about the contact itself, so nothing is given up. */
function postponed({ message, retryAfterMs }: HubspotFailure): SyncResult {
  const patience = retryAfterMs === undefined ? {} : { retryAfterMs };
  return { ok: false, failure: { kind: "unavailable", status: 0, message, ...patience } };
}

/** What HubSpot did not take of each contact and was not stated before. */
function refusalsOf(results: ReadonlyMap<string, SyncResult>): Map<string, readonly NewEvent[]> {
  return new Map(
    [...results].flatMap(([contact, result]) => {
      const { state, refused = [] } = (result.ok ? result.synced : undefined) ?? {};
      const events = state === undefined ? [] : statedOnce(state.contact, refused);
      return events.length === 0 ? [] : [[contact, events] as const];
    }),
  );
}

/** The first task that is done states it; two tasks may be about one contact. */
function stating(outcome: Outcome, contacts: readonly string[], untold: Map<string, readonly NewEvent[]>): Outcome {
  if (outcome.outcome !== "completed") return outcome;
  const events = contacts.flatMap((contact) => untold.get(contact) ?? []);
  for (const contact of contacts) untold.delete(contact);
  return events.length === 0 ? outcome : { ...outcome, events };
}

/** A task is about its contact, or about those of a flow-8 batch. */
function contactsOf({ contact, payload }: TaskInput): string[] {
  const listed = (payload as { contacts?: unknown } | null)?.contacts;
  const batch = Array.isArray(listed) ? listed.filter((id): id is string => typeof id === "string") : [];
  return contact === undefined ? batch : [contact.id, ...batch];
}

function urgencyOf(tasks: readonly TaskInput[]): Urgency {
  const payloads = tasks.map(({ payload }) => payload as { contacts?: unknown; isUrgent?: unknown } | null);
  if (payloads.some((payload) => payload?.isUrgent === true)) return "urgent";
  return payloads.every((payload) => Array.isArray(payload?.contacts)) ? "bulk" : "normal";
}

/** Exported for its test. */
export function outcomeOf(contacts: readonly string[], results: ReadonlyMap<string, SyncResult>): Outcome {
  const failures = contacts.flatMap((contact) => {
    const result = results.get(contact);
    return result === undefined || result.ok ? [] : [{ contact, failure: result.failure }];
  });
  const patient = failures.find(({ failure }) => !isFinal(failure));
  // Those that may still succeed come first: the ones given up are told when nothing else is left to do.
  if (patient !== undefined) return waitingFor(patient.failure);
  const [first] = failures;
  if (first !== undefined) {
    const more = failures.length > 1 ? ` (and ${failures.length - 1} more contacts)` : "";
    const error = `HubSpot will not take contact ${first.contact}: ${first.failure.message}${more}`;
    return { outcome: "failed", error, retry: "never" };
  }
  const [synced] = contacts.flatMap((contact) => {
    const result = results.get(contact);
    return result?.ok && result.synced ? [result.synced] : [];
  });
  if (contacts.length > 1) return { outcome: "completed", result: { contacts: contacts.length } };
  if (synced === undefined) return { outcome: "completed", result: { contacts: 0 } };
  return {
    outcome: "completed",
    result: { hubspot: synced.hubspotId, wrote: [...synced.wrote], ...leftOutOf(synced) },
  };
}

function leftOutOf({ leftOut }: SyncedContact): { leftOut?: string[] } {
  return leftOut.length === 0 ? {} : { leftOut: [...leftOut] };
}

function isFinal({ kind }: HubspotFailure): boolean {
  return kind === "refused";
}

/** One record of a batch that stumbled has used an attempt; a whole HubSpot that is away has not. */
function waitingFor({ kind, status, message, retryAfterMs }: HubspotFailure): Outcome {
  if (kind === "unavailable" && status === 207) return { outcome: "failed", error: message, retry: "later" };
  const usual = kind === "unauthorised" ? UNAUTHORISED_WAIT_MS : DEFAULT_WAIT_MS;
  const afterMs = Math.min(Math.max(retryAfterMs ?? usual, BUSY_MS), MAX_WAIT_MS);
  return { outcome: "failed", error: message, retry: "wait", afterMs };
}
