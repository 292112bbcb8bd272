/**
 * What is brought to the CRM, and how soon. Facts someone waits for go at once; what happens often gathers first
 * (flow 8). What the CRM itself told us is not told back. Part of the pack when a CRM is configured.
 */
import type { Duration } from "../base/clock.ts";
import { DEFAULT_BATCH_MAX, DEFAULT_BATCH_WITHIN } from "../events/batch-rule.ts";
import type { EventOf, RecordedEvent } from "../events/event.ts";
import { count, duration, group, setting } from "../settings/setting.ts";
import type { ScoreRange } from "../workflows/condition.ts";
import { type Condition, entered, when } from "../workflows/condition.ts";
import { alert, alt, batched, branch, on, opt, otherwise, stop, task, workflow } from "../workflows/workflow.ts";
import { type FormSettings, looksLikeSpam } from "./form-policies.ts";

/** How much gathers before it is brought to the CRM. */
export interface CrmBatch {
  /** Brought when so many facts are there. A whole number of events from 1 to 1,000. Default: 100. */
  readonly max: number;
  /** Brought when the first one has waited so long. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "5m". */
  readonly within: Duration;
}

export const crmBatchSettings = group({
  max: setting(
    "Brought when so many facts are there.",
    count({ max: 1_000, unit: "events" }).default(DEFAULT_BATCH_MAX),
  ),
  within: setting("Brought when the first one has waited so long.", duration().default(DEFAULT_BATCH_WITHIN)),
});

export interface CrmSyncSettings extends Partial<CrmBatch> {
  readonly hot: ScoreRange;
  readonly forms: FormSettings;
}

/** Facts a person looking at the CRM waits for. */
const URGENT = ["opted_out", "purchase_completed", "meeting_booked", "positive_response", "negative_response"] as const;

/** Facts that come in numbers. */
const FREQUENT = [
  "contact_created",
  "contact_updated",
  "contact_enriched",
  "contact_scored",
  "email_sent",
  "email_opened",
  "email_clicked",
];

/** A write that failed is alerted of: were that brought to the CRM, it would fail again, and be alerted of again. */
const isAboutLead = when<"alert_sent">(
  "is about the lead, not about work that failed",
  ({ event }) => !["task_failed", "task_timeout", "crm_value_refused"].includes(event.data.name),
  { endsLoop: "what failed is not brought to the CRM" },
);

const saidByCrm: Condition<RecordedEvent> = {
  name: "the CRM said it",
  test: ({ event }) =>
    event.actor.startsWith("hubspot") ||
    (event.data as { cause?: unknown } | null)?.cause === "contact_updated_external",
};

/** A score it said may put the contact into another band, which it has to be told. */
const saidByCrmInFull = when<"lead_score_updated">(
  "the CRM said it, and the band is the same",
  (facts) => saidByCrm.test(facts) && facts.before?.properties.lead_band === facts.after?.properties.lead_band,
);

const soon = { priority: "HIGH", dueIn: "1m", payload: { isUrgent: true } } as const;

export function crmSyncFlow({ hot, forms, max, within }: CrmSyncSettings) {
  return workflow("crm_sync", { source: "flow 7", about: "The CRM shows what the log knows." }, [
    on(
      "form_submitted",
      alt(
        branch("theirs", saidByCrm, stop("the CRM said it")),
        branch("spam", looksLikeSpam(forms), stop("spam: the CRM does not get the contact")),
        otherwise(task("sync_crm", soon)),
      ),
    ),
    ...URGENT.map((type) =>
      on(type, alt(branch("theirs", saidByCrm, stop("the CRM said it")), otherwise(task("sync_crm", soon)))),
    ),
    on(
      "lead_score_updated",
      alt(
        branch("theirs", saidByCrmInFull, stop("the CRM said it")),
        branch("hot", entered(hot), task("sync_crm", soon)),
        otherwise(task("sync_crm")),
      ),
    ),
    // HubSpot's API cannot take back "no e-mail at all"; only its own page of the contact can.
    on(
      "opt_out_lifted",
      task("sync_crm", soon),
      task("manual_processing", {
        mergeKey: "lift_opt_out_in_hubspot",
        payload: {
          reason:
            "An opt-out was lifted here. If HubSpot still shows the contact as opted out of all e-mail, lift it there by hand.",
        },
      }),
    ),
    on("suppression_lifted", task("sync_crm", soon)),
    // An alert goes out by several channels within a moment.
    on(
      "alert_sent",
      opt(
        "about the lead",
        isAboutLead,
        task("sync_crm", { after: "1m", mergeKey: "sync_crm:alerts", priority: "LOW" }),
      ),
    ),
    // Many contacts may have such a value: once a day for each property. Each contact's own page has the fact.
    on(
      "crm_value_refused",
      alert<EventOf<"crm_value_refused">>("admin", "crm_value_refused", {
        once: ({ event, now }) => `${event.data.property}:${new Date(now).toISOString().slice(0, 10)}`,
        values: ({ event: { data } }) => ({ ...data }),
      }),
    ),
    // What changed here while it was gone.
    on("contact_restored", task("sync_crm")),
    batched(
      "crm_bulk",
      { types: FREQUENT, max, within, dedupeBy: "contact" },
      task("sync_crm", {
        // A key of its own for each flush: a request that merged would lose its contacts.
        mergeKey: ({ event }) => `sync_crm:${event.data.positions[0] ?? 0}`,
        priority: "LOW",
        payload: ({ event }) => ({ contacts: event.data.contacts }),
      }),
    ),
  ]);
}
