/**
 * What sales say of a lead in the CRM counts here: a customer there is a customer, a lead set aside there is left in peace.
 * Read from the lifecycle stage and HubSpot's own lead status, by whichever way they came in (flows 1 and 7, R6).
 */
import { type Duration, durationMs } from "../base/clock.ts";
import type { PropertyValue } from "../events/define-event.ts";
import type { EventOf, RecordedEvent } from "../events/event.ts";
import { duration, group, listOf, setting, text } from "../settings/setting.ts";
import { type Facts, when } from "../workflows/condition.ts";
import { alt, branch, emit, opt, otherwise, par, type Step } from "../workflows/workflow.ts";
import { leaveSequences } from "./prospecting.ts";

export interface CrmSaysSettings {
  /** Lifecycle stages of a customer. A list; each: a text of 1 to 1,000 characters. Default: ["customer","evangelist"]. */
  readonly customerStages: readonly string[];
  /** Lead statuses (`hs_lead_status`) that end prospecting, until the status changes or they write. A list; each: a text of 1 to 1,000 characters. Default: ["UNQUALIFIED"]. */
  readonly unqualified: readonly string[];
  /** Lead statuses that stop prospecting for a while. A list; each: a text of 1 to 1,000 characters. Default: ["BAD_TIMING"]. */
  readonly badTiming: readonly string[];
  /** For how long. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "90d". */
  readonly badTimingFor: Duration;
}

const words = (about: string, sample: string, usual: string[]) =>
  setting(about, listOf(text({ sample })).default(usual));

export const crmSaysSettings = group({
  customerStages: words("Lifecycle stages of a customer.", "customer", ["customer", "evangelist"]),
  unqualified: words(
    "Lead statuses (`hs_lead_status`) that end prospecting, until the status changes or they write.",
    "UNQUALIFIED",
    ["UNQUALIFIED"],
  ),
  badTiming: words("Lead statuses that stop prospecting for a while.", "BAD_TIMING", ["BAD_TIMING"]),
  badTimingFor: setting("For how long.", duration().default("90d")),
});

// biome-ignore lint/suspicious/noExplicitAny: the same conditions stand under triggers of three event types.
type Any = any;
type AnyFacts = Facts<RecordedEvent<string, Any>>;

const STAGE = "lifecyclestage";
const STATUS = "hs_lead_status";

/**
 * What follows from it. Stands under `contact_created`, `contact_updated` and `contact_sync_completed` of flow 7, where a
 * decision is made anyway: a workflow of its own would be one more for every form.
 */
export function crmSays(settings: CrmSaysSettings): Step<Any> {
  const isCustomer = isOneOf(settings.customerStages);
  const isUnqualified = isOneOf(settings.unqualified);
  const isBadTiming = isOneOf(settings.badTiming);
  const becameCustomer = when<Any>(`is a customer in the CRM (${settings.customerStages.join(", ")})`, (facts) => {
    return facts.before?.facts.purchasedAt === undefined && isCustomer(said(facts, STAGE));
  });
  const cameAsCustomer = when<Any>("was one before it was known here", cameAsItIs);
  const hasStatus = when<Any>("says a lead status", (facts) => said(facts, STATUS) !== undefined);
  const isSetAside = when<Any>(`is set aside in the CRM (${settings.unqualified.join(", ")})`, (facts) =>
    isUnqualified(said(facts, STATUS)),
  );
  const isPutOff = when<Any>(`has bad timing in the CRM (${settings.badTiming.join(", ")})`, (facts) =>
    isBadTiming(said(facts, STATUS)),
  );
  const isTakenUp = when<Any>("is open again in the CRM", (facts) => {
    const status = said(facts, STATUS);
    if (status === undefined || isUnqualified(status) || isBadTiming(status)) return false;
    const kind = facts.before?.facts.declined?.kind;
    return isUnqualified(kind) || isBadTiming(kind);
  });
  return par<Any>(
    opt(
      "customer",
      becameCustomer,
      alt(
        branch(
          "known as one",
          cameAsCustomer,
          leaveSequences("the contact is a customer in the CRM"),
          emit<"customer_recognised", Any>("customer_recognised", (facts: AnyFacts) => ({
            stage: String(said(facts, STAGE)),
          })),
        ),
        otherwise(emit<"purchase_completed", Any>("purchase_completed", {})),
      ),
    ),
    opt(
      "lead status",
      hasStatus,
      alt(
        branch("unqualified", isSetAside, ...setAside("sales set the lead aside in the CRM")),
        branch(
          "bad timing",
          isPutOff,
          ...setAside("sales found the timing bad in the CRM", durationMs(settings.badTimingFor)),
        ),
        branch(
          "taken up",
          isTakenUp,
          emit<"lead_taken_up", Any>("lead_taken_up", (facts: AnyFacts) => ({
            status: textOf(said(facts, STATUS)),
          })),
        ),
      ),
    ),
  );
}

function setAside(because: string, forMs?: number): Step<Any>[] {
  return [
    leaveSequences(because),
    emit<"lead_set_aside", Any>("lead_set_aside", (facts: AnyFacts) => ({
      status: String(said(facts, STATUS)),
      ...(forMs === undefined ? {} : { until: facts.event.occurredAt + forMs }),
    })),
  ];
}

/** What this very event says of the property; undefined: nothing. */
function said({ event }: AnyFacts, name: string): PropertyValue | undefined {
  if (event.type === "contact_created") return event.data.properties?.[name];
  return event.data.changes?.[name]?.to;
}

/** HubSpot's record was met with the stage already on it: that is no purchase of today. */
function cameAsItIs({ event }: Facts<EventOf<"contact_created"> | EventOf<"contact_updated">>): boolean {
  if (event.type === "contact_created") return true;
  return event.actor === "hubspot" && (event.data.changes[STAGE]?.from ?? null) === null;
}

function isOneOf(values: readonly string[]): (value: PropertyValue | undefined) => boolean {
  const known = new Set(values.map((value) => value.toLowerCase()));
  return (value) => typeof value === "string" && known.has(value.trim().toLowerCase());
}

function textOf(value: PropertyValue | undefined): string | null {
  return value === null || value === undefined || value === "" ? null : String(value);
}
