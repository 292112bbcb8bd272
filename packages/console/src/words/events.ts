/** An event in a few plain words, and its tone. */
import { humanly, isPersons, propertyWords, valueWords } from "./names.ts";
import { replyClassWords } from "./reply-classes.ts";
import { type Tone, taskStateWords } from "./states.ts";
import { taskName } from "./tasks.ts";
import { plural } from "./time.ts";

/** What is needed of an event to say it. */
export interface Sayable {
  readonly type: string;
  readonly data?: unknown;
  readonly actor?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the data of an event is of its type; what is missing reads as nothing.
type Data = any;

const EVENTS: Readonly<Record<string, (data: Data) => string>> = {
  form_submitted: (d) => `Form “${d.form}”`,
  contact_created: () => "New contact",
  contact_updated: (d) =>
    `Changed ${
      Object.keys(d.changes ?? {})
        .map(propertyWords)
        .join(", ") || "something"
    }`,
  contact_updated_external: (d) =>
    `HubSpot changed ${
      Object.keys(d.changes ?? d.properties ?? {})
        .map(propertyWords)
        .join(", ") || "something"
    }`,
  contact_scored: (d) => `Scored ${round(d.score)}, ${d.band}`,
  lead_score_updated: (d) =>
    `Score ${d.from === null || d.from === undefined ? "" : `${round(d.from)} → `}${round(d.to)}`,
  contact_enriched: (d) => `Data quality ${round(d.quality)} of 10`,
  enrichment_started: () => "Looking up more about them",
  enrichment_completed: () => "Looked up",
  email_sent: (d) => `E-mail “${d.subject || humanly(d.template)}”`,
  email_suppressed: (d) => `E-mail “${humanly(d.template)}” held back`,
  email_opened: () => "Opened an e-mail",
  email_clicked: () => "Clicked a link",
  email_replied: () => "Replied",
  email_engagement: (d) => (d.engagement === "replied" ? "Replied" : `E-mail ${humanly(d.engagement)}`),
  email_bounced: () => "E-mail came back",
  alert_sent: (d) => `Alert to ${d.audience}${d.channel === "console" ? "" : ` by ${d.channel}`}`,
  task_completed: (d) => `Done: ${taskName(d.kind)}`,
  task_failed: (d) => `Failed: ${taskName(d.kind)}`,
  task_cancelled: (d) => `Called off: ${taskName(d.kind)}`,
  task_overdue: (d) => `Overdue: ${taskName(d.kind)}`,
  task_timeout: (d) => `Took too long: ${taskName(d.kind)}`,
  task_status_changed: (d) => `${taskName(d.kind)}: ${taskStateWords(d.to)}`,
  outreach_drafted: (d) => (d.review ? "An e-mail waits for approval" : "An e-mail was written"),
  draft_decided: (d) => `Draft ${d.verdict}`,
  score_explained: () => "Score in words",
  summary_written: () => "Failure summarised",
  draft_deadline: () => "No decision on a draft in time",
  nurture_enrolled: (d) => `Nurture sequence${d.sequence === "nurture" ? "" : ` “${humanly(d.sequence)}”`} began`,
  contact_listed: (d) => `On the list ${humanly(d.list)}`,
  contact_unlisted: (d) => `Off the list ${humanly(d.list)}`,
  data_quality_issue: () => "Data cannot be relied on",
  high_value_lead_detected: () => "Looks valuable",
  opted_out: () => "Opted out",
  opt_out_lifted: () => "Opt-out lifted",
  suppression_lifted: () => "Suppression lifted",
  reply_classified: (d) => `Reply ${replyClassWords(d.class)}${d.sure ? "" : " (a guess)"}`,
  positive_response: () => "Said yes",
  negative_response: () => "Said no",
  needs_clarification: () => "Reply needs a person",
  meeting_booked: () => "Meeting booked",
  sequence_step_due: () => "Next e-mail of the sequence is due",
  sequence_ended: () => "Sequence ended",
  sequence_paused: () => "Sequence paused",
  crm_change_noted: (d) => (d.because === "echo" ? "HubSpot repeated what we wrote" : "HubSpot reported a change"),
  reply_written: (d) => `We wrote “${d.subject}”`,
  alerts_muted: (d) => `Alerts muted: ${humanly(d.alert)}`,
  alerts_unmuted: (d) => `Alerts no longer muted: ${humanly(d.alert)}`,
  contact_sync_completed: () => "Written to HubSpot",
  component_health_check: (d) => `${humanly(d.component)} is ${d.ok ? "well" : "not well"}`,
  metrics_calculated: () => "Measured",
  model_called: (d) => `${humanly(d.agent)} asked the model`,
  agent_started: (d) => `${humanly(d.agent)} began ${d.runs ?? 1}`,
  agent_completed: (d) => `${humanly(d.agent)} did ${d.runs ?? 1}`,
  agent_failed: (d) => `${humanly(d.agent)} failed ${d.runs ?? 1} times`,
  agent_paused: (d) => `${humanly(d.agent)} paused`,
  agent_resumed: (d) => `${humanly(d.agent)} resumed`,
  agent_health_critical: (d) => `${humanly(d.agent)} fails too often`,
  mail_paused: () => "All mail paused",
  mail_resumed: () => "Mail leaves again",
  queue_overload: (d) => `${d.ready} tasks wait for agents`,
  dead_letter_alert: (d) => `${plural(Number(d.events), "event")} set aside for ${humanly(d.consumer)}`,
  health_alert_cleared: (d) => `Over: ${humanly(d.alert)}, ${humanly(d.subject)}`,
  customer_purchased: (d) => `Bought ${valueWords(d.product)}`,
  contact_deleted: () => "Deleted in HubSpot",
  contact_restored: () => "Restored in HubSpot",
  contact_merged: () => "Merged with another contact",
  contact_erased: () => "All data erased",
  event_erased: (d) => `Erased (${humanly(d.was)})`,
  spam_noted: () => "Looks like spam",
  cascade_stopped: () => "Stopped: it went round in a circle",
};

const TONES: Readonly<Record<string, Tone>> = {
  form_submitted: "in",
  contact_scored: "score",
  lead_score_updated: "score",
  email_sent: "mail",
  reply_written: "mail",
  email_replied: "in",
  email_engagement: "in",
  reply_classified: "in",
  positive_response: "good",
  meeting_booked: "good",
  customer_purchased: "good",
  alert_sent: "alert",
  task_failed: "bad",
  task_timeout: "bad",
  task_overdue: "warn",
  agent_failed: "bad",
  agent_health_critical: "bad",
  queue_overload: "bad",
  dead_letter_alert: "bad",
  performance_alert: "bad",
  error_rate_alert: "bad",
  resource_alert: "bad",
  cascade_stopped: "bad",
  data_quality_issue: "warn",
  crm_changes_missed: "bad",
  opted_out: "bad",
  system_healthy: "good",
};

export function eventWords({ type, data }: Sayable): string {
  return EVENTS[type]?.(data ?? {}) ?? sentence(humanly(type));
}

const TYPES: Readonly<Record<string, string>> = {
  form_submitted: "Form sent",
  contact_updated: "Contact changed",
  contact_updated_external: "Changed in HubSpot",
  contact_scored: "Scored",
  lead_score_updated: "Score changed",
  contact_enriched: "Data completed",
  email_sent: "E-mail sent",
  email_suppressed: "E-mail held back",
  email_engagement: "Something came back",
  alert_sent: "Alert sent",
  task_completed: "Task done",
  task_failed: "Task failed",
  task_cancelled: "Task called off",
  task_overdue: "Task overdue",
  task_timeout: "Task took too long",
  task_status_changed: "Task moved on",
  outreach_drafted: "E-mail written",
  draft_decided: "Draft decided",
  nurture_enrolled: "Nurture sequence began",
  contact_listed: "Put on a list",
  contact_unlisted: "Taken off a list",
  reply_classified: "Reply read",
  component_health_check: "Part looked at",
  model_called: "Model asked",
  agent_failed: "Agent failed",
  agent_health_critical: "Agent fails too often",
  queue_overload: "Too many tasks wait",
  dead_letter_alert: "Events set aside",
  health_alert_cleared: "Alert is over",
  customer_purchased: "Bought something",
  event_erased: "Erased",
};

/** A type of event without one at hand: "form_submitted" → "Form sent" */
export function typeWords(type: string): string {
  return TYPES[type] ?? eventWords({ type });
}

export function toneOf({ type, data, actor }: Sayable): Tone {
  if (type === "contact_scored" && (data as Data)?.band === "hot") return "hot";
  if (type === "task_completed" && isPersons(actor)) return "good";
  return TONES[type] ?? "dim";
}

/** What repeats or prepares something else, and stands folded behind a count. */
const QUIET = new Set([
  "task_completed",
  "task_status_changed",
  "lead_score_updated",
  "contact_created",
  "enrichment_started",
  "enrichment_completed",
  "contact_sync_completed",
  "crm_change_noted",
  "model_called",
]);

export function isQuiet(event: Sayable): boolean {
  return QUIET.has(event.type) && !isPersons(event.actor);
}

/** What HubSpot says back of what we wrote there. */
export function isEcho({ type, data }: Sayable): boolean {
  return type === "crm_change_noted" && (data as Data)?.because === "echo";
}

/** What the monitor notes while all is well. */
const UPKEEP = new Set(["metrics_calculated", "agent_started", "agent_completed", "queue_depth_changed"]);

export function isUpkeep({ type, data }: Sayable): boolean {
  return UPKEEP.has(type) || (type === "component_health_check" && (data as Data)?.ok === true);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function round(number: unknown): string {
  return typeof number === "number" ? String(Math.round(number)) : "–";
}
