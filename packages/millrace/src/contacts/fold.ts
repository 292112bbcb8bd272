/**
 * What an event makes of a contact. Pure and total: the same events in the same order always give the same contact,
 * whoever asks and whenever. No clock, no settings: everything it needs is in the event.
 */
import type { PropertyValue } from "../events/define-event.ts";
import type { RecordedEvent } from "../events/event.ts";
import { type Contact, type Engagement, type EngagementMark, erasedContact, type ValueSource } from "./contact.ts";
import { isTrapFilled } from "./form-fields.ts";
import { notOwned, OWN_SCORE, replacing, takenBack, withOwnedValues } from "./owned-values.ts";
import { isEmpty, isNothing, type Properties, put, withFacts, withValues } from "./with-values.ts";

// biome-ignore lint/suspicious/noExplicitAny: each entry below knows the data of its own event type, which the catalogue has checked.
type Fold = (contact: Contact, data: any, event: RecordedEvent) => Contact;

/** How many past scores are remembered, for the re-arming of bands (R3). */
const SCORES_KEPT = 20;
/** How many purchases are remembered, for what else a customer may need. */
const PURCHASES_KEPT = 20;
/** How many e-mails are remembered, for the caps per day and week. */
const TOUCHES_KEPT = 20;
/** How many unanswered calls of HubSpot are remembered. */
const CALLS_KEPT = 20;
/** How many marks the decaying engagement score is worked out from. */
const MARKS_KEPT = 50;

const LEAD_STATUS: Readonly<Record<string, string>> = {
  hot: "SALES_READY",
  qualified: "QUALIFIED",
  nurture: "NURTURING",
  low: "UNQUALIFIED",
};

const FOLDS: Readonly<Record<string, Fold>> = {
  contact_created: (contact, data, event) => {
    const known = data.email === undefined ? contact : withValues(contact, { email: data.email });
    return data.properties === undefined ? known : withOwnedValues(known, data.properties, event.actor);
  },
  contact_updated: (contact, data, event) => {
    const changes = Object.entries<{ to: PropertyValue }>(data.changes);
    if (data.takesBack) return takenBack(contact, Object.keys(data.changes));
    const values = Object.fromEntries(changes.map(([name, change]) => [name, change.to]));
    return withOwnedValues(
      event.actor.startsWith("person:") ? replacing(contact, values) : contact,
      values,
      event.actor,
    );
  },
  contact_updated_external: (contact, data, event) => withOwnedValues(contact, data.properties, event.actor),
  form_submitted: (contact, data, event) => {
    // What a script says of someone who is known already is not theirs: it changes nothing, and takes up no lead that said no.
    if (isTrapFilled(data.fields) && !isEmpty(contact.properties)) return contact;
    const known = withValues(contact, notOwned(contact, present(data.fields)));
    const count = (contact.facts.forms?.count ?? 0) + 1;
    // Who said no and writes of their own accord is a lead again; an opt-out stays.
    const again = contact.facts.declined ? { declined: undefined, reopenedAt: event.occurredAt } : {};
    const askedAt = hasWords(data.fields.message) ? event.occurredAt : contact.facts.forms?.askedAt;
    const asked = askedAt === undefined ? {} : { askedAt };
    const proper = contact.facts.spamAt === undefined ? {} : { spamAt: undefined };
    return withFacts(known, {
      ...proper,
      forms: { count, last: data.form, lastAt: event.occurredAt, ...asked },
      ...again,
    });
  },
  contact_scored: (contact, data) => {
    // A score that a person or the CRM set stays; ours stands beside it.
    if (contact.facts.owners?.lead_score !== undefined) return withValues(contact, { [OWN_SCORE]: data.score });
    const { lead_band, lead_status } = bandValues(data.band);
    const scored = withValues(contact, { lead_score: data.score, lead_band, lead_status });
    return contact.properties[OWN_SCORE] === undefined ? scored : withValues(scored, { [OWN_SCORE]: data.score });
  },
  lead_score_updated: (contact, data, event) =>
    withFacts(withBand(contact, data.band), {
      scores: [...(contact.facts.scores ?? []), { at: event.occurredAt, from: data.from, to: data.to }].slice(
        -SCORES_KEPT,
      ),
    }),
  contact_enriched: (contact, data, event) => {
    const values: Record<string, PropertyValue> = {};
    const sources: Record<string, ValueSource> = {};
    for (const [name, found] of Object.entries<{ value: PropertyValue; confidence: number }>(data.values)) {
      // Corrected by a person while the agent was looking.
      if (contact.facts.owners?.[name] !== undefined) continue;
      values[name] = found.value;
      sources[name] = { by: event.actor, confidence: found.confidence };
    }
    const known = withValues(contact, values);
    return withFacts(known, { sources: { ...known.facts.sources, ...sources }, enrichedAt: event.occurredAt });
  },
  spam_noted: (contact, _data, event) => withFacts(contact, { spamAt: event.occurredAt }),
  contact_listed: (contact, data) =>
    withFacts(contact, { lists: [...new Set([...(contact.facts.lists ?? []), data.list])] }),
  contact_unlisted: (contact, data) =>
    withFacts(contact, { lists: (contact.facts.lists ?? []).filter((list) => list !== data.list) }),
  opted_out: (contact, data, event) =>
    contact.facts.optedOut ? contact : withFacts(contact, { optedOut: { at: event.occurredAt, by: data.by } }),
  opt_out_lifted: (contact, _data, event) =>
    contact.facts.optedOut ? withFacts(contact, { optedOut: undefined, optOutLiftedAt: event.occurredAt }) : contact,
  suppression_lifted: (contact) =>
    contact.facts.bounced || contact.facts.givenUp
      ? withFacts(contact, { bounced: undefined, givenUp: undefined })
      : contact,
  // Without a product it was the CRM that said so, by a stage of its own.
  purchase_completed: (contact, data, event) =>
    data.product === undefined
      ? withFacts(contact, { purchasedAt: event.occurredAt })
      : withFacts(withCustomerStage(contact), {
          purchasedAt: event.occurredAt,
          purchases: [...(contact.facts.purchases ?? []), { at: event.occurredAt, ...data }].slice(-PURCHASES_KEPT),
        }),
  customer_recognised: (contact, _data, event) =>
    withFacts(contact, { purchasedAt: contact.facts.purchasedAt ?? event.occurredAt }),
  lead_set_aside: (contact, data, event) =>
    withFacts(contact, { declined: { at: event.occurredAt, until: data.until ?? null, kind: data.status } }),
  lead_taken_up: (contact) => (contact.facts.declined ? withFacts(contact, { declined: undefined }) : contact),
  contact_merged: (contact, data) =>
    data.contact === undefined ? contact : withFacts(contact, { mergedInto: data.contact, sequence: undefined }),
  customer_purchased: (contact, _data, event) => withFacts(contact, { purchasedAt: event.occurredAt }),
  email_sent: (contact, data, event) =>
    withFacts(contact, {
      emails: { ...contact.facts.emails, [data.template]: (contact.facts.emails?.[data.template] ?? 0) + 1 },
      ...(isProspecting(data.purpose)
        ? { touches: [...(contact.facts.touches ?? []), event.occurredAt].slice(-TOUCHES_KEPT) }
        : { answeredAt: event.occurredAt }),
      ...(data.sequence === undefined
        ? {}
        : {
            sequence: {
              name: data.sequence,
              touch: data.touch ?? 1,
              at: event.occurredAt,
              ...(data.tracked ? { isTracked: true } : {}),
            },
          }),
      ...(contact.facts.draft?.template === data.template ? { draft: undefined } : {}),
    }),
  outreach_drafted: (contact, data) =>
    data.onceKey === undefined
      ? contact
      : withFacts(contact, {
          draft: {
            template: data.template,
            onceKey: data.onceKey,
            purpose: data.purpose,
            ...(data.review === true ? { waits: data.task } : {}),
          },
        }),
  draft_decided: (contact, data) => {
    const { draft } = contact.facts;
    if (draft?.waits !== data.draft) return contact;
    const { waits: _, ...decided } = draft ?? {};
    const isSent = data.verdict === "approved" || data.verdict === "edited";
    return withFacts(contact, { draft: isSent ? (decided as typeof draft) : undefined });
  },
  email_suppressed: (contact, data) =>
    contact.facts.draft?.template === data.template ? withFacts(contact, { draft: undefined }) : contact,
  // Mail programs and scanners open and follow links too; what a machine did says nothing about the contact.
  email_opened: (contact, data, event) => (data.machine ? contact : engaged(contact, event, "open")),
  email_clicked: (contact, data, event) => (data.machine ? contact : engaged(contact, event, "click")),
  email_replied: (contact, _data, event) => engaged(contact, event, "reply"),
  email_engagement: (contact, data, event) =>
    data.engagement === "replied" && !data.automatic ? engaged(contact, event, "reply") : contact,
  email_bounced: (contact, data, event) =>
    data.hard
      ? withFacts(contact, { bounced: { at: event.occurredAt, reason: data.reason ?? "no reason given" } })
      : data.meaning === "expired"
        ? withFacts(contact, { givenUp: (contact.facts.givenUp ?? 0) + 1 })
        : contact,
  // A program that announces an absence in a person's words is no one's engagement either.
  reply_classified: (contact, data) => {
    const corrected = withoutMisreading(contact, data);
    return (data.class === "out_of_office" && !data.automatic) || isOfNoConsequence(data)
      ? withoutLastReply(corrected)
      : corrected;
  },
  positive_response: (contact) => (contact.facts.declined ? withFacts(contact, { declined: undefined }) : contact),
  negative_response: (contact, data, event) =>
    withFacts(contact, { declined: { at: event.occurredAt, until: data.until ?? null, kind: data.kind } }),
  sequence_paused: (contact, data) =>
    contact.facts.sequence === undefined
      ? contact
      : withFacts(contact, { sequence: { ...contact.facts.sequence, pausedUntil: data.until } }),
  sequence_ended: (contact) => (contact.facts.sequence ? withFacts(contact, { sequence: undefined }) : contact),
  meeting_booked: (contact, data, event) => withFacts(contact, { meetingAt: data.at ?? event.occurredAt }),
  hot_prospect: (contact, _data, event) => withEngagement(contact, { isCold: undefined, hotAt: event.occurredAt }),
  cold_prospect: (contact) => withEngagement(contact, { isCold: true }),
  hubspot_action_called: (contact, data, event) =>
    withFacts(contact, {
      hubspotCalls: latestCalls({ ...contact.facts.hubspotCalls, [event.position]: data.callbackId }),
    }),
  hubspot_action_answered: (contact, data) => {
    const open = Object.entries(contact.facts.hubspotCalls ?? {}).filter(
      ([, callback]) => callback !== data.callbackId,
    );
    return contact.facts.hubspotCalls === undefined
      ? contact
      : withFacts(contact, { hubspotCalls: open.length === 0 ? undefined : Object.fromEntries(open) });
  },
  crm_value_refused: (contact, data) =>
    withFacts(contact, { refusedByCrm: { ...contact.facts.refusedByCrm, [data.property]: data.mark } }),
  contact_erased: (contact, _data, event) => erasedContact(contact, event.occurredAt),
};

/** HubSpot forgets a call after a week; one that is never answered must not stay for good. */
function latestCalls(calls: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(calls)
      .toSorted(([a], [b]) => Number(a) - Number(b))
      .slice(-CALLS_KEPT),
  );
}

/** The contact after the event; the very same object when the event says nothing about it. */
export function foldContact(contact: Contact, event: RecordedEvent): Contact {
  if (contact.facts.erasedAt !== undefined) return contact;
  const fold = FOLDS[event.type];
  return fold === undefined ? contact : fold(contact, event.data, event);
}

/** Can an event of this type change what is known of a contact? */
export function isFolded(type: string): boolean {
  return FOLDS[type] !== undefined;
}

/** Values someone gave: a form left empty takes nothing away. */
function present(values: Properties): Properties {
  const given: Record<string, PropertyValue> = {};
  // Nothing enumerable is inherited.
  for (const name in values) {
    const value = values[name];
    if (!isNothing(value)) given[name] = value as PropertyValue;
  }
  return given;
}

/** @param band null: there is no score any more. Undefined in logs of before bands followed the score. */
function withBand(contact: Contact, band: string | null | undefined): Contact {
  if (band === undefined || contact.properties.lead_band === (band ?? undefined)) return contact;
  return withValues(contact, bandValues(band));
}

interface BandValues extends Properties {
  readonly lead_band: string | null;
  readonly lead_status: string | null;
}

function bandValues(band: string | null): BandValues {
  if (band === null) return { lead_band: null, lead_status: null };
  return { lead_band: band, lead_status: LEAD_STATUS[band] ?? band.toUpperCase() };
}

const NO_ENGAGEMENT: Engagement = { opens: 0, clicks: 0, replies: 0, lastAt: 0 };

function engaged(contact: Contact, event: RecordedEvent, kind: EngagementMark["kind"]): Contact {
  const so = contact.facts.engagement ?? NO_ENGAGEMENT;
  return withEngagement(contact, {
    opens: so.opens + (kind === "open" ? 1 : 0),
    clicks: so.clicks + (kind === "click" ? 1 : 0),
    replies: so.replies + (kind === "reply" ? 1 : 0),
    lastAt: event.occurredAt,
    recent: [...(so.recent ?? []), { at: event.occurredAt, kind }].slice(-MARKS_KEPT),
    isCold: undefined,
  });
}

function withoutLastReply(contact: Contact): Contact {
  const so = contact.facts.engagement;
  if (so === undefined || so.recent?.at(-1)?.kind !== "reply") return contact;
  return withEngagement(contact, { replies: so.replies - 1, recent: so.recent.slice(0, -1) });
}

function withEngagement(contact: Contact, engagement: Partial<Engagement>): Contact {
  return withFacts(contact, {
    engagement: put(contact.facts.engagement ?? NO_ENGAGEMENT, engagement),
  });
}

/** The stages of HubSpot's own that a purchase leads to; one beyond it stays. */
const CUSTOMER_STAGES: ReadonlySet<PropertyValue | undefined> = new Set(["customer", "evangelist"]);

function withCustomerStage(contact: Contact): Contact {
  return CUSTOMER_STAGES.has(contact.properties.lifecyclestage)
    ? contact
    : withValues(contact, { lifecyclestage: "customer" });
}

function hasWords(message: unknown): boolean {
  return typeof message === "string" && /\p{L}/u.test(message);
}

/** What an earlier reading of the reply had made of the contact, when a person corrects it. */
function withoutMisreading(
  contact: Contact,
  {
    withdrawsRefusal,
    resumes,
  }: { withdrawsRefusal?: boolean; resumes?: { sequence: string; touch: number; at: number } },
): Contact {
  const freed = withdrawsRefusal && contact.facts.declined ? withFacts(contact, { declined: undefined }) : contact;
  if (resumes === undefined || freed.facts.sequence !== undefined) return freed;
  return withFacts(freed, { sequence: { name: resumes.sequence, touch: resumes.touch, at: resumes.at } });
}

/** A person read the reply and found that nothing follows from it: it stands in the way of nothing. */
function isOfNoConsequence(data: { readonly class: string; readonly sure: boolean }): boolean {
  return data.class === "none" && data.sure;
}

function isProspecting(purpose: unknown): boolean {
  return purpose === "outreach" || purpose === "nurture";
}
