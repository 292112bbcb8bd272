/** Which questions an event may have changed the answer of. Pure; live.tsx asks those again. */
import type { Subject } from "./endless.ts";
import type { LoggedEvent } from "./types.ts";

/** The first words of the keys of questions (queries.ts). */
export type Topic =
  | "overview"
  | "contacts"
  | "contact"
  | "tasks"
  | "task"
  | "drafts"
  | "emails"
  | "inbox"
  | "alerts"
  | "dead-letters"
  | "health"
  | "agents"
  | "mail"
  | "spend"
  | "workflow"
  | "events"
  | "why"
  | "keys"
  | "people"
  | "me"
  | "views";

const HEALTH =
  /^(component_health_check|metrics_calculated|performance_alert|error_rate_alert|resource_alert|agent_\w+|queue_\w+|dead_letter_\w+|health_alert_cleared|system_healthy)$/;
const WORK = /^(task_\w+|lead_score_updated|contact_enriched|contact_merged|reply_classified)$/;
/** What the lists of work show of these changes nothing a person looks at: they come by the hundred. */
const MACHINE = /^(metrics_calculated|model_called|agent_started|agent_completed)$/;

export function topicsOf(event: LoggedEvent): Topic[] {
  const { type, data, contact } = event;
  const topics: Topic[] = MACHINE.test(type) ? [] : ["overview", "events"];
  if (contact !== null) topics.push("contacts", "contact", "why");
  if (WORK.test(type)) topics.push("tasks", "task");
  const kind = (data as { kind?: unknown } | null)?.kind;
  if (type === "outreach_drafted" || type === "draft_decided" || kind === "review_draft")
    topics.push("drafts", "tasks");
  if (type.startsWith("email_")) topics.push("emails");
  if (/^(email_\w+|reply_\w+|opt\w+)$/.test(type)) topics.push("inbox");
  // What is planned to leave are tasks.
  if (kind === "send_email" || type === "reply_written") topics.push("emails");
  if (
    type === "alert_sent" ||
    type === "alert_seen" ||
    type === "alerts_muted" ||
    type === "alerts_unmuted" ||
    type === "health_alert_cleared"
  )
    topics.push("alerts");
  if (type.startsWith("dead_letter_")) topics.push("dead-letters");
  if (type === "mail_paused" || type === "mail_resumed") topics.push("mail");
  if (type === "agent_paused" || type === "agent_resumed" || HEALTH.test(type)) topics.push("health", "agents");
  if (type === "model_called") topics.push("spend");
  if (type.startsWith("api_key_")) topics.push("keys");
  if (/^(person_\w+|roles_\w+|sessions_ended|signed_in|password_set|passkey_\w+)$/.test(type)) topics.push("people");
  if (type.startsWith("roles_")) topics.push("me");
  // Of an erased person nothing is left on any screen.
  if (type === "contact_erased") topics.push("tasks", "task", "drafts", "emails", "inbox", "alerts");
  return topics;
}

const CONTACT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whom and what an event concerns: its contact, others it names (of a merge, for one), its task, its alert. */
export function subjectsOf({ contact, data }: Pick<LoggedEvent, "contact" | "data">): Subject[] {
  const said = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>;
  const others = Object.values(said).filter((value) => typeof value === "string" && CONTACT.test(value));
  const numbered = ["task", "alert"].filter((name) => typeof said[name] === "number");
  return [
    ...(contact === null ? [] : [contact]),
    ...(others as string[]),
    ...numbered.map((name) => `${name}:${said[name]}`),
  ];
}
