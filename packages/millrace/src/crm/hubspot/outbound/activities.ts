/**
 * What happened with a contact, shown in HubSpot: sent e-mails as logged e-mails, answers and alerts as notes, an
 * opt-out as the end of every subscription. Read from the log behind the place noted for the contact, so nothing is
 * lost when requests merge; keyed by a unique property, so a repeated write is no second entry. Called by sync.ts.
 */
import { z } from "zod";
import { int8Column, textColumn, uuidColumn } from "../../../db/columns.ts";
import type { Queryable } from "../../../db/database.ts";
import type { Position } from "../../../events/event.ts";
import { noteActivities, noteOptIns } from "../../records.ts";
import type { HubspotFailure } from "../client/answer.ts";
import { type BatchInput, batchFailure, type ItemResult, type Writing, writeBatch } from "../client/batch.ts";
import type { CheckedHubspot } from "../client/hubspot-settings.ts";
import type { ObjectType } from "../client/paths.ts";
import type { SyncedContact } from "./sync-contacts.ts";

/** The unique property by which a logged e-mail or note is found again. */
export const ACTIVITY_KEY = "millrace_key";

interface Activity {
  readonly position: Position;
  readonly contact: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: number;
  readonly body: string | null;
}

const TYPES = [
  "email_sent",
  "positive_response",
  "negative_response",
  "needs_clarification",
  "alert_sent",
  "meeting_booked",
  "purchase_completed",
  "opt_out_lifted",
  "suppression_lifted",
];
/**
 * An alert is one fact: that it was raised, which stands in the log under the channel "console". On how many channels it went
 * out besides is nothing about the contact; nor is what the engine's own keepers hear of failed tasks.
 */
const OF_THE_ENGINE = ["admin", "operations"];
const AT_ONCE = 200;
/** HubSpot takes 65,536 characters of a note. */
const MAX_TEXT_LENGTH = 60_000;

/** @returns why, for each contact of which something could not be shown. */
export async function syncActivities(
  db: Queryable,
  writing: Writing,
  settings: Pick<CheckedHubspot, "logActivities" | "optOutSubscription">,
  synced: readonly SyncedContact[],
): Promise<Map<string, HubspotFailure>> {
  const failures = await syncOptOuts(db, writing, settings.optOutSubscription, synced);
  for (const [contact, failure] of await syncOptIns(db, writing, settings.optOutSubscription, synced)) {
    failures.set(contact, failure);
  }
  if (!settings.logActivities) return failures;
  const idOf = new Map(synced.map(({ state, hubspotId }) => [state.contact.id, hubspotId]));
  const places = new Map(synced.map(({ state }) => [state.contact.id, state.logged]));
  for (;;) {
    const activities = await readActivities(db, places);
    if (activities.length === 0) return failures;
    const emails = activities.filter(({ type }) => type === "email_sent");
    const notes = activities.filter(({ type }) => type !== "email_sent");
    await show(writing, "emails", emails, idOf, failures);
    await show(writing, "notes", notes, idOf, failures);
    // A contact with a failure keeps its place: everything behind it is shown again, and found by its key.
    for (const { contact, position } of activities) {
      if (failures.has(contact)) places.delete(contact);
      else places.set(contact, Math.max(position, places.get(contact) ?? 0));
    }
    const shown = [...places].map(([contact, logged]) => ({ contact, logged, isOut: false }));
    await noteActivities(db, shown);
    if (activities.length < AT_ONCE) return failures;
  }
}

function readActivities(db: Queryable, places: ReadonlyMap<string, Position>): Promise<Activity[]> {
  return db.query<Activity>(
    `select e.position, e.contact, e.type, e.data, e.occurred_at as "occurredAt",
            (select m.body from emails m where e.type = 'email_sent' and m.task = (e.data->>'task')::bigint limit 1) as body
     from unnest($1::uuid[], $2::bigint[]) as place(contact, logged)
     cross join lateral events_of(place.contact) e
     where e.position > place.logged and e.type = any($3::text[])
       and (e.type <> 'alert_sent' or (e.data->>'channel' = 'console' and e.data->>'audience' <> all($4::text[])))
       and (e.type <> 'purchase_completed' or e.data->'product' is not null) order by e.position limit ${AT_ONCE}`,
    [uuidColumn([...places.keys()]), int8Column([...places.values()]), textColumn(TYPES), textColumn(OF_THE_ENGINE)],
    "read_crm_activities",
  );
}

async function show(
  writing: Writing,
  type: "emails" | "notes",
  activities: readonly Activity[],
  idOf: ReadonlyMap<string, string>,
  failures: Map<string, HubspotFailure>,
): Promise<void> {
  const inputs = activities.map((activity): BatchInput => {
    const key = `${activity.contact}:${activity.position}`;
    const properties = type === "emails" ? emailOf(activity) : noteOf(activity);
    return { key, id: key, idProperty: ACTIVITY_KEY, properties: { [ACTIVITY_KEY]: key, ...properties } };
  });
  if (inputs.length === 0) return;
  const results = await writeBatch(writing, type, "upsert", inputs);
  const pairs: { from: string; to: string; contact: string }[] = [];
  for (const [i, activity] of activities.entries()) {
    const result: ItemResult | undefined = results.get(inputs[i]?.key ?? "");
    const to = idOf.get(activity.contact);
    if (result?.ok && to !== undefined) pairs.push({ from: result.id, to, contact: activity.contact });
    else if (result !== undefined && !result.ok) failures.set(activity.contact, result.failure);
  }
  const failure = await associate(writing, type, "contacts", pairs);
  if (failure !== undefined) for (const { contact } of pairs) failures.set(contact, failure);
}

/** Joins records in pairs; joining twice is joining once. @returns why not, if not. */
export async function associate(
  { api, urgency }: Pick<Writing, "api" | "urgency">,
  from: ObjectType,
  to: ObjectType,
  pairs: readonly { readonly from: string; readonly to: string }[],
): Promise<HubspotFailure | undefined> {
  if (pairs.length === 0) return undefined;
  const answer = await api.request({
    method: "POST",
    path: api.paths.associateDefault(from, to),
    body: { inputs: pairs.map((pair) => ({ from: { id: pair.from }, to: { id: pair.to } })) },
    urgency,
    kind: "other",
    isRepeatable: true,
  });
  return answer.ok ? batchFailure(answer.body, answer.status, pairs.length) : answer.failure;
}

function emailOf({ data, occurredAt, body }: Activity): Record<string, string> {
  return {
    hs_timestamp: new Date(occurredAt).toISOString(),
    hs_email_direction: "EMAIL",
    hs_email_status: "SENT",
    hs_email_subject: String(data.subject ?? ""),
    hs_email_text: (body ?? "").slice(0, MAX_TEXT_LENGTH),
    hs_email_headers: JSON.stringify({ to: [{ email: data.to }], cc: [], bcc: [] }),
  };
}

function noteOf(activity: Activity): Record<string, string> {
  return { hs_timestamp: new Date(activity.occurredAt).toISOString(), hs_note_body: noteText(activity) };
}

/** Only words of ours: what a contact wrote stays in our log, and in HubSpot's own inbox. */
function noteText({ type, data }: Activity): string {
  switch (type) {
    case "positive_response":
      return "Answered: yes.";
    case "negative_response":
      return data.kind === "not_now" ? "Answered: not now." : "Answered: no.";
    case "needs_clarification":
      return "Answered with a question.";
    case "purchase_completed":
      return `Bought: ${escaped(String(data.product))}${priceOf(data)}.`;
    case "opt_out_lifted":
      return `The opt-out was lifted by ${escaped(String(data.by))}: ${escaped(String(data.reason))}`;
    case "suppression_lifted":
      return `The address is written to again, as ${escaped(String(data.by))} says: ${escaped(String(data.reason))}`;
    case "meeting_booked":
      return typeof data.at === "number"
        ? `A meeting is booked for ${new Date(data.at).toISOString()}.`
        : "A meeting is booked.";
    default:
      return `Alert to ${escaped(String(data.audience))}: ${escaped(String(data.name).replaceAll("_", " "))}.`;
  }
}

function priceOf({ amount, currency }: Activity["data"]): string {
  return typeof amount === "number" ? ` (${amount}${typeof currency === "string" ? ` ${escaped(currency)}` : ""})` : "";
}

/** Notes and task bodies are HTML. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** HubSpot must know before its own users write; the address is all it needs. */
async function syncOptOuts(
  db: Queryable,
  { api }: Writing,
  subscription: string | undefined,
  synced: readonly SyncedContact[],
): Promise<Map<string, HubspotFailure>> {
  const failures = new Map<string, HubspotFailure>();
  const out = synced.filter(
    ({ state }) => state.contact.facts.optedOut !== undefined && !state.isOut && state.email !== null,
  );
  for (const { state } of out) {
    const email = state.email ?? "";
    const answer = await api.request({
      method: "POST",
      path: subscription === undefined ? api.paths.unsubscribeAll(email) : api.paths.preferences(email),
      query: { channel: "EMAIL" },
      ...(subscription === undefined
        ? {}
        : { body: { subscriptionId: subscription, statusState: "UNSUBSCRIBED", channel: "EMAIL" } }),
      urgency: "urgent",
      kind: "other",
      isRepeatable: true,
    });
    if (answer.ok) await noteActivities(db, [{ contact: state.contact.id, logged: 0, isOut: true }]);
    else failures.set(state.contact.id, answer.failure);
  }
  return failures;
}

const UNREADABLE: HubspotFailure = {
  kind: "unavailable",
  status: 200,
  message: "HubSpot's answer does not list the subscriptions.",
};

const STATUSES = z.object({
  results: z.array(z.object({ subscriptionId: z.union([z.string(), z.number()]) })).max(1_000),
});

/**
 * An opt-out that a person lifted here ends there too: the subscription it ended, or every one where it ended all. "No e-mail at
 * all" itself cannot be taken back by HubSpot's API; a person is asked to (flow 7).
 */
async function syncOptIns(
  db: Queryable,
  { api }: Writing,
  subscription: string | undefined,
  synced: readonly SyncedContact[],
): Promise<Map<string, HubspotFailure>> {
  const failures = new Map<string, HubspotFailure>();
  const lifted = synced.filter(
    ({ state }) => state.contact.facts.optedOut === undefined && state.isOut && state.email !== null,
  );
  for (const { state } of lifted) {
    const path = api.paths.preferences(state.email ?? "");
    const known = { query: { channel: "EMAIL" }, urgency: "urgent", kind: "other", isRepeatable: true } as const;
    const ended = subscription === undefined ? await api.request({ method: "GET", path, ...known }) : undefined;
    if (ended !== undefined && !ended.ok) {
      failures.set(state.contact.id, ended.failure);
      continue;
    }
    const listed = STATUSES.safeParse(ended?.body);
    // Not knowing what is ended is not the same as nothing being ended.
    if (ended !== undefined && !listed.success) {
      failures.set(state.contact.id, UNREADABLE);
      continue;
    }
    const ids =
      subscription === undefined
        ? (listed.data?.results ?? []).map((one) => String(one.subscriptionId))
        : [subscription];
    for (const subscriptionId of ids) {
      const body = { subscriptionId, statusState: "SUBSCRIBED", channel: "EMAIL", ...LIFTED_BASIS };
      const answer = await api.request({ method: "POST", path, body, ...known });
      if (!answer.ok) failures.set(state.contact.id, answer.failure);
    }
    if (!failures.has(state.contact.id)) await noteOptIns(db, [state.contact.id]);
  }
  return failures;
}

const LIFTED_BASIS = {
  legalBasis: "LEGITIMATE_INTEREST_OTHER",
  legalBasisExplanation: "A person found that the contact had not opted out, and put that on record.",
};
