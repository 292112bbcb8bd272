/** Plain words for what the engine calls by its own names, and how times and spans are written. */

const EVENTS = {
  form_submitted: (d) => `Form “${d.form}”`,
  contact_created: () => "New contact",
  contact_updated: (d) => `Changed ${Object.keys(d.changes ?? {}).join(", ")}`,
  contact_scored: (d) => `Scored ${round(d.score)} ${d.band}`,
  lead_score_updated: (d) => `Score ${d.from === null ? "" : `${round(d.from)} → `}${round(d.to)}`,
  contact_enriched: (d) => `Data quality ${round(d.quality)}/10`,
  email_sent: (d) => `E-mail “${humanly(d.template)}”`,
  email_suppressed: (d) => `E-mail “${humanly(d.template)}” held back`,
  alert_sent: (d) => `Alert to ${d.audience}${d.channel === "console" ? "" : ` by ${d.channel}`}`,
  task_completed: (d) => `Done: ${humanly(d.kind)}`,
  task_failed: (d) => `Failed: ${humanly(d.kind)}`,
  task_cancelled: (d) => `Called off: ${humanly(d.kind)}`,
  task_status_changed: (d) => `${humanly(d.kind)}: ${STATES[d.to]?.word ?? d.to}`,
  outreach_drafted: () => "Outreach drafted",
  nurture_enrolled: (d) => `Nurture “${humanly(d.sequence)}”`,
  contact_listed: (d) => `On list ${humanly(d.list)}`,
  data_quality_issue: () => "Data cannot be relied on",
  opted_out: () => "Opted out",
  opt_out_lifted: () => "Opt-out lifted",
  suppression_lifted: () => "Suppression lifted",
  reply_classified: (d) => `Reply read as ${humanly(d.class)}${d.sure ? "" : " (a guess)"}`,
  component_health_check: (d) => `${humanly(d.component)} is ${d.ok ? "well" : "ill"}`,
  metrics_calculated: () => "Measured",
  agent_started: (d) => `${humanly(d.agent)} began ${d.runs ?? 1}`,
  agent_completed: (d) => `${humanly(d.agent)} did ${d.runs ?? 1}`,
  agent_failed: (d) => `${humanly(d.agent)} failed ${d.runs ?? 1} times`,
  agent_health_critical: (d) => `${humanly(d.agent)} fails too often`,
  queue_overload: (d) => `${d.ready} tasks wait for agents`,
  dead_letter_alert: (d) => `${d.events} events set aside for ${d.consumer}`,
  health_alert_cleared: (d) => `Over: ${humanly(d.alert)}, ${humanly(d.subject)}`,
  customer_purchased: (d) => `Bought ${d.product}`,
  contact_deleted: () => "Deleted in the CRM",
  contact_restored: () => "Restored in the CRM",
  contact_erased: () => "All data erased",
  event_erased: (d) => `Erased (${humanly(d.was)})`,
};

const TONES = {
  form_submitted: "in",
  contact_scored: "score",
  lead_score_updated: "score",
  email_sent: "mail",
  reply_classified: "in",
  alert_sent: "alert",
  task_failed: "bad",
  agent_failed: "bad",
  agent_health_critical: "bad",
  queue_overload: "bad",
  dead_letter_alert: "bad",
  performance_alert: "bad",
  error_rate_alert: "bad",
  resource_alert: "bad",
  system_healthy: "good",
  task_timeout: "bad",
  cascade_stopped: "bad",
  email_suppressed: "dim",
  data_quality_issue: "bad",
  crm_changes_missed: "bad",
  opted_out: "bad",
};

/** Every state of a task: its word, its tone. */
export const STATES = {
  NOT_STARTED: { word: "ready", tone: "dim" },
  IN_PROGRESS: { word: "under way", tone: "in" },
  WAITING: { word: "waiting", tone: "dim" },
  COMPLETED: { word: "done", tone: "good" },
  FAILED: { word: "failed", tone: "bad" },
  CANCELLED: { word: "called off", tone: "dim" },
};

export const MAIL_STATES = {
  sent: { word: "sent", tone: "good" },
  sending: { word: "leaving", tone: "in" },
  suppressed: { word: "held back", tone: "dim" },
  unknown: { word: "unknown, please check", tone: "bad" },
};

export const INBOUND_STATES = {
  taken: { word: "read", tone: "good" },
  ignored: { word: "left out", tone: "dim" },
  unreadable: { word: "unreadable", tone: "bad" },
};

/** An event in a few words. */
export function eventWords({ type, data }) {
  return EVENTS[type]?.(data ?? {}) ?? humanly(type);
}

export function toneOf({ type, data, actor }) {
  if (type === "contact_scored" && data?.band === "hot") return "hot";
  if (type === "task_completed" && isPersons(actor)) return "good";
  return TONES[type] ?? "dim";
}

/** What a decision asked for, in words. */
export function outcomeWords(outcome) {
  const [[verb, what] = []] = Object.entries(outcome ?? {});
  const said = typeof what === "string" ? humanly(what) : JSON.stringify(what);
  if (verb === "cancel") return `call off ${said}`;
  if (verb === "emit") return `state ${said}`;
  return `${verb ?? "?"} ${said ?? ""}`;
}

/** "hot_lead_review" → "hot lead review" */
export function humanly(name) {
  return String(name ?? "").replaceAll("_", " ");
}

/** Whether a person did it: in the console, by a program with the key, or on the command line. */
export function isPersons(actor) {
  return /^(person|key|cli):/.test(actor ?? "");
}

/** "workflow:form_cascade" → "workflow form cascade"; "person:ada" → "ada" */
export function actorWords(actor) {
  const [kind, name] = String(actor).split(/:(.*)/s);
  if (name === undefined) return humanly(kind);
  return kind === "person" ? name : `${kind} ${humanly(name)}`;
}

export function personWords(who, fallback = "Somebody without a name") {
  return who?.name ?? who?.email ?? fallback;
}

/** The name in a contact's properties. */
export function contactName({ properties, facts }) {
  const name = [properties.firstname, properties.lastname].filter(Boolean).join(" ");
  return name || properties.email || (facts?.erasedAt ? "Somebody whose data was erased" : "Somebody without a name");
}

/** The subject of an e-mail; an erased one has none. */
export function mailSubject({ subject }) {
  return subject || "To somebody whose data was erased";
}

/** 45 → "45 ms", 3200 → "3.2 s", 400000 → "6 min 40 s" */
export function spanWords(ms) {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  if (ms < 172_800_000) return `${Math.floor(ms / 3_600_000)} h`;
  return `${Math.floor(ms / 86_400_000)} d`;
}

/** Counts stop at 10,001. */
export function countWords(count) {
  return count > 10_000 ? "10,000+" : count.toLocaleString("en");
}

export function agoWords(at, now) {
  const ms = now - at;
  if (ms < 5_000) return "now";
  return ms < 60_000 ? `${Math.floor(ms / 1_000)} s ago` : `${spanWords(ms)} ago`;
}

export function dueWords(at, now) {
  return at >= now ? `due in ${spanWords(at - now)}` : `overdue by ${spanWords(now - at)}`;
}

export function clockWords(at) {
  return new Date(at).toLocaleTimeString("en-GB");
}

function round(number) {
  return typeof number === "number" ? Math.round(number) : (number ?? "–");
}
