/** Flow 7: purchases, changes made in other systems, tools that fail. */
import { PROSPECTING_KEYS } from "../agents/outreach-agent/outreach-agent.ts";
import type { Duration } from "../base/clock.ts";
import type { PropertyValue } from "../events/define-event.ts";
import type { EventOf } from "../events/event.ts";
import { type Facts, when } from "../workflows/condition.ts";
import { alert, alt, branch, cancel, emit, on, opt, otherwise, stop, task, workflow } from "../workflows/workflow.ts";
import { type CrmSaysSettings, crmSays } from "./crm-says.ts";
import { leaveSequences } from "./prospecting.ts";

export interface IntegrationSettings {
  /** Properties a change of which asks for a new scoring and new drafts. */
  readonly significantProperties: readonly string[];
  readonly crmSays: CrmSaysSettings;
  /** So long after a purchase it is looked at what else the customer may need. */
  readonly upsellAfter: Duration;
}

export const SIGNIFICANT_PROPERTIES: readonly string[] = [
  "email",
  "company",
  "jobtitle",
  "lifecyclestage",
  "country",
  "consent",
];

type Updated = Facts<EventOf<"contact_updated_external">>;

const isNew = when<"contact_updated_external">("nobody knew the contact", ({ before }) => before === undefined);
const cameFromOutside = when<"contact_created">(
  "came from another system",
  ({ event }) => event.data.origin === "contact_updated_external",
);
const hasDraft = when<"contact_sync_completed">(
  "an e-mail is written and unsent",
  ({ after }) => after?.facts.draft !== undefined,
);

export function integrations(settings: IntegrationSettings) {
  const isSignificant = when<"contact_sync_completed">(
    `${settings.significantProperties.join(", ")} changed`,
    ({ event }) => Object.keys(event.data.changes).some((name) => settings.significantProperties.includes(name)),
  );
  return workflow(
    "integrations",
    { source: "flow 7", about: "Purchases end prospecting; what other systems change is compared and acted on." },
    [
      on(
        "customer_purchased",
        emit<"purchase_completed", EventOf<"customer_purchased">>("purchase_completed", ({ event }) => {
          const { product, amount, currency } = event.data;
          return {
            product,
            ...(amount === undefined ? {} : { amount }),
            ...(currency === undefined ? {} : { currency }),
          };
        }),
      ),
      on(
        "purchase_completed",
        task("customer_onboarding"),
        task("upsell_analysis", { after: settings.upsellAfter }),
        leaveSequences("the contact became a customer"),
      ),
      on(
        "upsell_found",
        alert<EventOf<"upsell_found">>("sales", "upsell_found", {
          values: ({ event: { data } }) => ({
            opportunity: data.opportunity,
            reasons: data.reasons,
            bought: data.bought,
          }),
        }),
      ),
      on(
        "contact_created",
        crmSays(settings.crmSays),
        opt(
          "unknown contact",
          cameFromOutside,
          emit("data_quality_issue", { issue: "another system changed a contact nobody here knew" }),
        ),
      ),
      on(
        "contact_updated_external",
        alt(
          branch("new", isNew, stop("the workflow contact_lifecycle assesses a new contact")),
          otherwise(
            emit<"contact_sync_completed", EventOf<"contact_updated_external">>("contact_sync_completed", (facts) => ({
              system: facts.event.data.system,
              changes: changesOf(facts),
            })),
          ),
        ),
      ),
      on("contact_updated", crmSays(settings.crmSays)),
      on(
        "contact_sync_completed",
        crmSays(settings.crmSays),
        alt(
          branch(
            "significant",
            isSignificant,
            task("requalify_lead"),
            opt(
              "unsent draft",
              hasDraft,
              cancel("send_email", "written anew: another system changed the contact", { keyPrefix: PROSPECTING_KEYS }),
              task("update_outreach"),
            ),
          ),
          otherwise(stop("minor: it is in the log and nothing else follows")),
        ),
      ),
      on("contact_deleted", leaveSequences("the contact was deleted in the CRM")),
      on(
        "privacy_deletion_requested",
        leaveSequences("the contact asked to be forgotten"),
        task("erase_contact", { payload: () => ({ because: "crm" }) }),
      ),
      on(
        "crm_changes_missed",
        alert("admin", "crm_changes_missed", { values: ({ event: { data } }) => ({ ...data }) }),
      ),
      on(
        "mcp_tool_failed",
        task("manual_processing", {
          payload: ({ event }) => ({
            reason: `${event.data.tool} of ${event.data.agent} failed: ${event.data.error}`,
            task: event.data.task ?? null,
          }),
        }),
      ),
    ],
  );
}

/** What really changed, values compared as people would: case, spaces and empty ones do not count. */
export function changesOf({ event, before, after }: Updated) {
  const changes: Record<string, { from: PropertyValue; to: PropertyValue }> = {};
  for (const name of Object.keys(event.data.properties)) {
    const from = before?.properties[name] ?? null;
    const to = after?.properties[name] ?? null;
    if (normalised(from) !== normalised(to)) changes[name] = { from, to };
  }
  return changes;
}

function normalised(value: PropertyValue): string {
  return value === null ? "" : String(value).trim().replace(/\s+/g, " ").toLowerCase();
}
