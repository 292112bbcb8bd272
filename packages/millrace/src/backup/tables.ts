/**
 * What a backup holds of each table of the schema. A test compares the list with a real database, so a new table is decided
 * about before it is forgotten.
 */

/** "rows": all of them. "none": what must not come to life again, with the reason beside it. */
export type Kept = "rows" | "none";

export const TABLES: Readonly<Record<string, Kept>> = {
  single_events: "rows",
  settlements: "rows",
  single_decisions: "rows",
  single_finished_tasks: "rows",
  subscriptions: "rows",
  dead_letters: "rows",
  scheduled_events: "rows",
  contacts: "rows",
  contact_identities: "rows",
  contact_aliases: "rows",
  contact_lines: "rows",
  contact_lines_place: "rows",
  people: "rows",
  saved_views: "rows",
  passkeys: "rows",
  flow_counts: "rows",
  flow_counts_place: "rows",
  alert_mutes: "rows",
  tasks: "rows",
  // Who has a task in hand at the moment of the backup has not where it is restored: leases run out there as anywhere.
  task_claims: "rows",
  task_steps: "rows",
  emails: "rows",
  alerts: "rows",
  tracked_links: "rows",
  inbound_mail: "rows",
  inbox_places: "rows",
  switches: "rows",
  monitor_state: "rows",
  health_alerts: "rows",
  component_health: "rows",
  agent_runs: "rows",
  agent_circuits: "rows",
  bulk_events: "rows",
  crm_records: "rows",
  crm_tasks: "rows",
  crm_installation: "rows",
  crm_set_aside: "rows",
  crm_waiting: "rows",
  crm_heard: "rows",
  crm_places: "rows",
  hubspot_deliveries: "rows",
  analytics_leads: "rows",
  webhook_subscribers: "rows",
  erasures: "rows",
  suppressions: "rows",
  erasure_marks: "rows",
  workflow_stops: "rows",
  delivery_tokens: "rows",
  reply_labels: "rows",
  api_keys: "rows",
  model_calls: "rows",
  mcp_servers: "rows",
  draft_labels: "rows",
  replays: "rows",
  database_identity: "rows",
  restores: "rows",
  retention_places: "rows",
  // A session that was ended, or a link that was used, after the backup would be good again.
  sessions: "none",
  passkey_challenges: "none",
  sign_in_links: "none",
  // Both are judged by the clock of the moment.
  rate_budgets: "none",
  crm_leases: "none",
};

/** Kept by the migrations themselves; a backup names those that were applied. */
export const OF_MIGRATIONS: ReadonlySet<string> = new Set(["kysely_migration", "kysely_migration_lock"]);

/** The tables that are the log. */
export const LOG_TABLES = ["single_events", "settlements", "single_decisions", "single_finished_tasks"] as const;
