/**
 * Each arrow of the mission's nine diagrams (docs/mission/event-flows.md), what carries it out here, and the test that
 * shows it. docs/flows.md is made from this; a test fails when an arrow is missing or a named test does not exist.
 */

export interface Carried {
  /** The arrow as the mission writes it. */
  readonly arrow: string;
  /** What does it: an event, a workflow, an agent, a file. */
  readonly by: string;
  /** "file › words of the test's name" */
  readonly shownBy: string;
}

const FORM = "test/scenarios/form-cascade.test.ts";
const RULES = "test/scenarios/rules.test.ts";
const TASKS = "test/scenarios/tasks.test.ts";
const ENRICHMENT = "test/scenarios/enrichment.test.ts";
const BY_MODEL = "test/mcp-client/enriching.test.ts";
const MCP_FAULTS = "test/mcp-client/faults.test.ts";
const OUTREACH = "test/scenarios/outreach.test.ts";
const REPLIES = "test/scenarios/replies.test.ts";
const ROUND_TRIP = "test/scenarios/mail-round-trip.test.ts";
const INTEGRATIONS = "test/scenarios/integrations.test.ts";
const BATCHING = "test/scenarios/batching.test.ts";
const BUS = "test/scenarios/bus.test.ts";
const HEALTH = "test/scenarios/health.test.ts";
const CRM_SYNC = "test/crm/sync.test.ts";
const DRAFTS = "test/scenarios/drafts.test.ts";
const LIFECYCLE = "test/scenarios/contact-lifecycle.test.ts";

const as = (arrow: string, by: string, file: string, test: string): Carried => ({
  arrow,
  by,
  shownBy: `${file} › ${test}`,
});

export const missionArrows: Readonly<Record<number, readonly Carried[]>> = {
  1: [
    as(
      "ES->>HS: contact_created",
      "event `contact_created`, at any door or derived from the first event of a contact",
      LIFECYCLE,
      "a new contact is enriched and assessed",
    ),
    as(
      "HS->>WF: Trigger workflow evaluation",
      "the runner reads the log past its place",
      LIFECYCLE,
      "a new contact is enriched and assessed",
    ),
    as(
      "WF->>WF: Check trigger conditions",
      "workflow `contact_lifecycle`: spam and contacts that came by a form take other branches",
      LIFECYCLE,
      "a contact that came by a form is not assessed a second time",
    ),
    as(
      'WF->>Queue: Enqueue "Enrich Data" task',
      "task `enrich_data`, LOW, 5 min",
      LIFECYCLE,
      "a new contact is enriched and assessed",
    ),
    as(
      'WF->>Queue: Enqueue "Initial Assessment" task',
      "task `initial_assessment`, MEDIUM, 10 min",
      LIFECYCLE,
      "a new contact is enriched and assessed",
    ),
    as(
      "ES->>HS: contact_updated",
      "event `contact_updated` {changes}",
      LIFECYCLE,
      "data completed by somebody else asks for a new scoring",
    ),
    as(
      "HS->>WF: Evaluate property changes",
      "workflow `contact_lifecycle`, trigger `contact_updated`",
      LIFECYCLE,
      "one update that carries both a score and data is judged for both",
    ),
    as(
      "WF->>WF: Check score thresholds",
      "derived event `lead_score_updated`, bands tested highest first (R1–R3)",
      LIFECYCLE,
      "takes the branch",
    ),
    as('WF->>Queue: Enqueue "Send Outreach" task', "task `send_outreach`, HIGH, 30 min", LIFECYCLE, "takes the branch"),
    as(
      'WF->>Queue: Enqueue "Human Review" task',
      "task `human_review`, URGENT, 1 h; no automatic outreach",
      LIFECYCLE,
      "takes the branch",
    ),
    as(
      'WF->>Queue: Enqueue "Re-qualify Lead" task',
      "task `requalify_lead`, MEDIUM, 15 min",
      LIFECYCLE,
      "data completed by somebody else asks for a new scoring",
    ),
    as(
      "TM->>Queue: Poll for pending tasks",
      "the dispatcher, woken by the commit; its sweep is the safety net (R9)",
      RULES,
      "with wake-ups switched off everything is still done, by the sweep",
    ),
    as(
      "Queue-->>TM: Return prioritized task list",
      "`claimTasks`: priority, then due, then age (R4)",
      RULES,
      "is priority, then due, then age",
    ),
    as(
      "TM->>Agents: Dispatch tasks to appropriate agents",
      "handlers by kind; an unknown kind goes to a person",
      RULES,
      "is priority, then due, then age",
    ),
    as(
      "Agents->>HS: Process and update CRM",
      "outcomes with events; `crm_sync` brings the values to HubSpot",
      CRM_SYNC,
      "that sends a form stands in HubSpot, scored, with our id",
    ),
    as(
      "Agents->>Queue: Mark tasks completed",
      "event `task_completed`, fenced by the lease's token",
      TASKS,
      "a result that comes late is recorded as discarded and changes nothing",
    ),
    as(
      "Agents->>Queue: Create follow-up tasks (if needed)",
      "`tasks` of an outcome",
      FORM,
      "alerts sales and asks for a call when a technology chief",
    ),
  ],
  2: [
    as(
      "Form->>HS: form_submitted",
      "`POST /forms/:form`, event `form_submitted`",
      "test/http/forms.test.ts",
      "a form sent as JSON is answered with its place in the log, and becomes a lead",
    ),
    as("HS->>WF: Trigger: form_submitted", "workflow `form_cascade`", FORM, "thanks, qualifies and enriches at once"),
    as(
      "WF->>WF: Evaluate form type and content",
      "`form-policies.ts`: spam stops, reading forms wait longer",
      FORM,
      "treats a newsletter form with less urgency than a demo form",
    ),
    as(
      "WF->>Email: Send thank you email",
      "task `send_email`, once per submission (R7)",
      FORM,
      "thanks, qualifies and enriches at once",
    ),
    as(
      "Email->>Form: Deliver confirmation",
      "the SMTP mailer",
      "test/scenarios/mail.test.ts",
      "a form's thank-you reaches the server once",
    ),
    as(
      'WF->>Queue: Create "Qualify Lead" task',
      "task `qualify_lead`, URGENT, 1 min",
      FORM,
      "thanks, qualifies and enriches at once",
    ),
    as(
      'WF->>Queue: Create "Enrich Data" task',
      "task `enrich_data`, HIGH, 5 min",
      FORM,
      "thanks, qualifies and enriches at once",
    ),
    as(
      "TM->>Queue: Immediate poll (next cron cycle)",
      "not the next cycle: at the commit (R9); pure agents in the very same transaction",
      RULES,
      "with wake-ups on nobody waits for the sweep",
    ),
    as(
      "Queue-->>TM: Return urgent tasks",
      "urgent first",
      TASKS,
      "never does two, and the more urgent kind comes first",
    ),
    as(
      "TM->>LQ: Dispatch urgent qualification",
      "agent `lead_qualifier`",
      FORM,
      "alerts sales and asks for a call when a technology chief",
    ),
    as(
      "LQ->>HS: Rapid lead scoring",
      "event `contact_scored` with a reason per feature",
      FORM,
      "alerts sales and asks for a call when a technology chief",
    ),
    as(
      "LQ->>HS: Update lead_score and status",
      "folded into lead_score, lead_band, lead_status, and brought to HubSpot",
      CRM_SYNC,
      "that sends a form stands in HubSpot, scored, with our id",
    ),
    as(
      "HS->>WF: Trigger: lead_score_updated",
      "derived event, once per change (R1)",
      RULES,
      "a scoring is one contact_scored and one lead_score_updated",
    ),
    as(
      "WF->>Sales: Send immediate alert",
      "alert `hot_lead` to every channel of sales",
      FORM,
      "alerts sales and asks for a call when a technology chief",
    ),
    as(
      'WF->>Queue: Create "Hot Lead Review" task',
      "task `hot_lead_review`, URGENT, 15 min",
      FORM,
      "a score above 85 is hot",
    ),
    as('WF->>Queue: Create "Send Outreach" task', "task `send_outreach`", FORM, "85 is still qualified"),
    as(
      "TM->>OA: Dispatch outreach generation",
      "agent `outreach_agent`: event `outreach_drafted`, task `send_email`",
      FORM,
      "85 is still qualified",
    ),
    as('WF->>Queue: Create "Nurture Sequence" task', "task `nurture_sequence`, LOW, 24 h", FORM, "70 is nurture"),
    as(
      "WF->>HS: Add to low-priority list",
      "event `contact_listed`",
      FORM,
      "39.9 is low and goes on the list, with no task",
    ),
  ],
  3: [
    as(
      "Agent->>HS: Update task status to IN_PROGRESS",
      "the claim: lease, fence, attempt + 1",
      TASKS,
      "claim a task, which nobody else can take then",
    ),
    as(
      "HS->>Monitor: Event: task_status_changed",
      "event `task_status_changed`, written with what comes of it (decision 59)",
      TASKS,
      "claim a task, which nobody else can take then",
    ),
    as(
      "Monitor->>Monitor: Start timer for task duration",
      "`timeout_at` of the row, by the database's clock",
      TASKS,
      "runs past its time: the task goes back and admins are told",
    ),
    as(
      "Agent->>HS: Update task status to COMPLETED",
      "the outcome; people's tasks are mirrored in HubSpot",
      "test/crm/task-mirror.test.ts",
      "follows: begun, done",
    ),
    as(
      "HS->>WF: Event: task_completed",
      "event `task_completed`",
      TASKS,
      "claim a task, which nobody else can take then",
    ),
    as(
      "WF->>WF: Evaluate completion triggers",
      "workflow `task_states`, `onCompleted`",
      TASKS,
      "of another kind is no decision at all",
    ),
    as(
      "WF->>Queue: Enqueue next workflow step",
      "`followUps` of the pack, e.g. manual_data_review → requalify_lead",
      TASKS,
      "is followed by the next step",
    ),
    as(
      "Monitor->>Monitor: Log completion metrics",
      "`finished_tasks`, measured by the monitor",
      HEALTH,
      "of 24 attempts, half of them five minutes old",
    ),
    as(
      "Agent->>HS: Update task with error details",
      "event `task_failed` {error, retry}",
      TASKS,
      "is tried again after 30 s, 60 s and 120 s",
    ),
    as("HS->>WF: Event: task_failed", "workflow `task_states`", TASKS, "is tried again after 30 s, 60 s and 120 s"),
    as(
      "WF->>WF: Check retry policy",
      "`retry.ts`: patience uses up no attempt, validation is not retried",
      TASKS,
      "of validation or consent is not tried again",
    ),
    as(
      "WF->>Queue: Re-enqueue with retry count",
      "30 s × 2^n less jitter, at most 15 min",
      TASKS,
      "is tried again after 30 s, 60 s and 120 s",
    ),
    as(
      'WF->>Queue: Create "Manual Review" task',
      "task `manual_review`",
      TASKS,
      "then goes to a person and admins are told",
    ),
    as(
      "WF->>Alert: Send failure notification",
      "alert `task_failed` to admin",
      TASKS,
      "then goes to a person and admins are told",
    ),
    as(
      "Monitor->>HS: Event: task_timeout",
      "event `task_timeout`",
      TASKS,
      "runs past its time: the task goes back and admins are told",
    ),
    as(
      "HS->>WF: Evaluate timeout handling",
      "workflow `task_states`; a timeout counts as an attempt",
      TASKS,
      "a task that always times out ends with a person, not in a loop",
    ),
    as(
      "WF->>Queue: Reset task to NOT_STARTED",
      "`rescueTasks`, with a new fence",
      TASKS,
      "runs past its time: the task goes back and admins are told",
    ),
    as(
      "WF->>Alert: Send timeout alert",
      "alert `task_timeout` to admin",
      TASKS,
      "runs past its time: the task goes back and admins are told",
    ),
  ],
  4: [
    as("Trigger->>DE: Start enrichment process", "task `enrich_data`", ENRICHMENT, "high: pages are read"),
    as(
      "DE->>HS: Event: enrichment_started",
      "event `enrichment_started` {sources}; with a model it stands in the log when it starts",
      BY_MODEL,
      "has told that it began while the model is still being asked",
    ),
    as(
      "DE->>Claude: Request website analysis",
      "a conversation with the model where one is set (`model-analysis.ts`); pages are read without one else",
      BY_MODEL,
      "reads pages, searches, compiles, and tells each step when it happens",
    ),
    as(
      "Claude->>Puppeteer: Navigate to company site",
      "`read_page`: `browser_navigate` of @playwright/mcp, through the filtering proxy",
      BY_MODEL,
      "reads pages, searches, compiles, and tells each step when it happens",
    ),
    as(
      "Puppeteer->>Puppeteer: Event: page_loaded",
      "event `page_loaded`",
      BY_MODEL,
      "reads pages, searches, compiles, and tells each step when it happens",
    ),
    as(
      "Puppeteer->>Puppeteer: Event: content_extracted",
      "event `content_extracted`",
      BY_MODEL,
      "reads pages, searches, compiles, and tells each step when it happens",
    ),
    as(
      "Puppeteer-->>Claude: Return website data",
      "`browser_snapshot`, as data: it can lead the browser nowhere",
      BY_MODEL,
      "goes where the site is and nowhere else",
    ),
    as(
      "Claude->>Puppeteer: Search LinkedIn",
      "a search server of the settings, or a `ProfileProvider`; no site is scraped that forbids it",
      BY_MODEL,
      "reads pages, searches, compiles, and tells each step when it happens",
    ),
    as(
      "Puppeteer->>Puppeteer: Event: search_completed",
      "event `search_completed`",
      BY_MODEL,
      "reads pages, searches, compiles, and tells each step when it happens",
    ),
    as(
      "Puppeteer-->>Claude: Return profile data",
      "checked like a page: data, never instructions",
      BY_MODEL,
      "drops and counts what rests on nothing it was shown",
    ),
    as(
      "Claude->>Claude: Event: data_compiled",
      "event `data_compiled` {fields}",
      BY_MODEL,
      "reads pages, searches, compiles, and tells each step when it happens",
    ),
    as(
      "Claude->>Claude: Calculate enrichment quality score",
      "`quality.ts`: 0 to 10, a reason per feature",
      ENRICHMENT,
      "high: pages are read",
    ),
    as(
      "Claude-->>DE: Return enriched data + quality metrics",
      "`grounding.ts`, then `compile.ts`: each value with the page and the words it rests on",
      BY_MODEL,
      "reads pages, searches, compiles, and tells each step when it happens",
    ),
    as(
      "DE->>HS: Update contact with enriched data",
      "folded with source and confidence; a person's value is kept",
      BY_MODEL,
      "keeps what a person gave",
    ),
    as("HS->>WF: Event: contact_enriched", "event `contact_enriched`", ENRICHMENT, "high: pages are read"),
    as(
      "WF->>WF: Evaluate enrichment quality",
      "workflow `enrichment_chain`: high from 8, medium from 5",
      "test/scenarios/settings.test.ts",
      "quality 6 takes the branch",
    ),
    as(
      'WF->>Queue: Create "Qualify Lead - High Value" task',
      "task `qualify_lead_high_value`, HIGH, 5 min",
      ENRICHMENT,
      "high: pages are read",
    ),
    as(
      "HS->>WF: Event: high_value_lead_detected",
      "event `high_value_lead_detected` {basis: data_quality}; alerts nobody",
      ENRICHMENT,
      "high: pages are read",
    ),
    as(
      'WF->>Queue: Create "Qualify Lead" task',
      "task `qualify_lead`, MEDIUM, 10 min",
      ENRICHMENT,
      "a site that is not there is a partial result",
    ),
    as(
      'WF->>Queue: Create "Manual Data Review" task',
      "task `manual_data_review`, LOW, 2 days",
      ENRICHMENT,
      "a site that is not there is a partial result",
    ),
    as(
      "HS->>WF: Event: data_quality_issue",
      "event `data_quality_issue`",
      ENRICHMENT,
      "a site that is not there is a partial result",
    ),
    as(
      "DE->>HS: Event: enrichment_completed",
      "event `enrichment_completed` {ms}; `enrichment_failed` when nothing came back",
      ENRICHMENT,
      "failed: nothing came back from anywhere",
    ),
    as(
      "HS->>HS: Log enrichment metrics",
      "quality and time stand in the log, with the task's result",
      ENRICHMENT,
      "high: pages are read",
    ),
  ],
  5: [
    as(
      "Email->>HS: Email replied/opened/clicked",
      "IMAP, `POST /mail/inbound`, `/t/o`, `/t/c`, `/u`",
      ROUND_TRIP,
      "an outreach e-mail leaves with its links and a way to leave",
    ),
    as(
      "HS->>WF: Event: email_engagement",
      "event `email_engagement`",
      ROUND_TRIP,
      "an outreach e-mail leaves with its links and a way to leave",
    ),
    as(
      "WF->>AI: Classify engagement type",
      "workflow `outreach_responses`; only replies are read",
      OUTREACH,
      "of a machine weighs nothing",
    ),
    as(
      "AI->>AI: Analyze reply sentiment/intent",
      "agent `reply_classifier`: rules, then a small trained model (docs/reply-classifier.md)",
      REPLIES,
      "that says nothing clear is read by a person",
    ),
    as("AI->>HS: Event: positive_response", "event `positive_response`", REPLIES, "that says yes alerts sales"),
    as(
      "HS->>WF: Trigger immediate follow-up",
      "e-mail `positive_follow_up`",
      OUTREACH,
      "that says yes alerts sales, asks for a meeting and is answered at once",
    ),
    as("WF->>Sales: Send hot lead alert", "alert `positive_reply`", REPLIES, "that says yes alerts sales"),
    as(
      'WF->>Queue: Create "Schedule Meeting" task',
      "task `schedule_meeting`, URGENT, 1 h",
      REPLIES,
      "that says yes alerts sales",
    ),
    as(
      "AI->>HS: Event: negative_response",
      "event `negative_response` {kind}; an opt-out is decided by rule before any model",
      REPLIES,
      "that says no leaves all sequences and stays subscribed",
    ),
    as(
      "HS->>HS: Update contact preferences",
      "folded: declined until, or opted out for good; unsubscribed in HubSpot too",
      CRM_SYNC,
      "that opted out is unsubscribed in HubSpot from everything",
    ),
    as(
      "WF->>Queue: Remove from outreach sequences",
      "`leaveSequences`, event `sequence_ended`",
      OUTREACH,
      "nothing is sent any more",
    ),
    as(
      "AI->>HS: Event: needs_clarification",
      "event `needs_clarification`",
      REPLIES,
      "that asks something goes to a person",
    ),
    as(
      'WF->>Queue: Create "Handle Inquiry" task',
      "task `handle_inquiry`, HIGH, 4 h",
      REPLIES,
      "that asks something goes to a person",
    ),
    as("HS->>WF: Event: email_opened", "event `email_opened`", OUTREACH, "comes sooner after an opening"),
    as(
      "WF->>WF: Update engagement score",
      "`engagement.ts`: marks that halve every 7 days",
      OUTREACH,
      "fades: two clicks two weeks apart are not enough",
    ),
    as(
      "WF->>Queue: Schedule next follow-up",
      "timer `sequence_step_due`, sooner after an opening",
      OUTREACH,
      "comes sooner after an opening",
    ),
    as("HS->>WF: Event: email_not_engaged", "timer `email_not_engaged`, 72 h", OUTREACH, "asks for another channel"),
    as(
      'WF->>Queue: Create "Alternative Channel" task',
      "task `alternative_channel`, MEDIUM, 2 days",
      OUTREACH,
      "asks for another channel",
    ),
    as(
      "WF->>HS: Event: hot_prospect",
      "event `hot_prospect`",
      OUTREACH,
      "by two clicks makes a hot prospect, and sales are told once",
    ),
    as(
      "HS->>Sales: Immediate notification",
      "alert `hot_prospect`",
      OUTREACH,
      "by two clicks makes a hot prospect, and sales are told once",
    ),
    as(
      "WF->>Queue: Continue automated sequence",
      "task `continue_sequence`: days 0, 3, 8, 15",
      OUTREACH,
      "reaches a lead that never answers on days 0, 3, 8 and 15",
    ),
    as("WF->>HS: Event: cold_prospect", "event `cold_prospect`", OUTREACH, "finds a lead cold that never opened"),
    as("HS->>HS: Reduce outreach frequency", "twice the delay between e-mails", OUTREACH, "e-mails come half as often"),
  ],
  6: [
    as(
      "System->>Monitor: Event: component_health_check",
      "event `component_health_check` per part, when it changes and now and then",
      HEALTH,
      "two problems at once are two alerts",
    ),
    as(
      "Monitor->>Metrics: Collect performance data",
      "`packages/millrace/src/monitor/measure.ts`, a few set-based queries",
      HEALTH,
      "adds fewer than 30 events an hour when nothing happens",
    ),
    as(
      "Metrics->>Metrics: Event: metrics_calculated",
      "event `metrics_calculated`, each minute by one process",
      HEALTH,
      "adds fewer than 30 events an hour when nothing happens",
    ),
    as(
      "Metrics->>Alert: Event: performance_alert",
      "event `performance_alert`, told once while it lasts",
      HEALTH,
      "two problems at once are two alerts",
    ),
    as(
      "Alert->>Admin: Send performance warning",
      "workflow `system_health`, alert to admin",
      HEALTH,
      "two problems at once are two alerts",
    ),
    as(
      "Metrics->>Alert: Event: error_rate_alert",
      "event `error_rate_alert` {summary}",
      HEALTH,
      "errors are summed up: the commonest first",
    ),
    as(
      "Alert->>Admin: Send error summary",
      "alert `error_rate_alert`",
      HEALTH,
      "errors are summed up: the commonest first",
    ),
    as(
      "Metrics->>Alert: Event: resource_alert",
      "event `resource_alert`: memory, disk, connections",
      HEALTH,
      "the free_resources task removes what ran out",
    ),
    as(
      "Alert->>Recovery: Trigger cleanup process",
      "task `free_resources`, agent `recovery_agent`",
      HEALTH,
      "the free_resources task removes what ran out",
    ),
    as(
      "System->>Monitor: Event: agent_started",
      "event `agent_started` {runs}, once per agent and period",
      HEALTH,
      "tells runs with their number, once per agent and period",
    ),
    as(
      "System->>Monitor: Event: agent_completed",
      "event `agent_completed` {runs}",
      HEALTH,
      "tells runs with their number, once per agent and period",
    ),
    as(
      "System->>Monitor: Event: agent_failed",
      "event `agent_failed` {runs, error}",
      HEALTH,
      "tells runs with their number, once per agent and period",
    ),
    as(
      "Monitor->>Metrics: Aggregate agent statistics",
      "attempts counted from the log, over 15 minutes",
      HEALTH,
      "of 24 attempts, half of them five minutes old",
    ),
    as(
      "Monitor->>Alert: Event: agent_health_critical",
      "event `agent_health_critical`: above 10 % of at least 20 runs; clears below 5 %",
      HEALTH,
      "is told of once, is stopped, and works again when one task went well",
    ),
    as(
      "Alert->>Admin: Immediate escalation",
      "alert `agent_health_critical`",
      HEALTH,
      "is told of once, is stopped, and works again when one task went well",
    ),
    as(
      "Alert->>Recovery: Initiate recovery procedures",
      "task `recover_agent`: circuit, leases, one canary, then on or a person",
      HEALTH,
      "is tried with exactly one task",
    ),
    as(
      "Monitor->>Metrics: Event: system_healthy",
      "event `system_healthy`, on the change only",
      HEALTH,
      "neither a restart nor another leader repeats or forgets what was told",
    ),
    as(
      "System->>Monitor: Event: queue_depth_changed",
      "event `queue_depth_changed`, when its magnitude changes",
      HEALTH,
      "tasks raises",
    ),
    as(
      "Monitor->>Alert: Event: queue_overload",
      "event `queue_overload`: above 100; exactly 100 is fine",
      HEALTH,
      "tasks raises",
    ),
    as(
      "Alert->>Recovery: Trigger additional processing",
      "task `scale_processing`: more hands, up to a ceiling",
      HEALTH,
      "that is too long gives its agents more hands",
    ),
    as(
      "Monitor->>Metrics: Event: queue_cleared",
      "event `queue_cleared`, when nothing is left",
      HEALTH,
      "that is too long gives its agents more hands",
    ),
  ],
  7: [
    as(
      "External->>API: Webhook: customer_purchased",
      "`POST /webhooks/:source`, signed as Standard Webhooks",
      "test/http/intake.test.ts",
      "a signed webhook is taken once, however often it is delivered",
    ),
    as(
      "API->>HS: Event: purchase_completed",
      "event `purchase_completed`",
      INTEGRATIONS,
      "welcomes the customer, and ends prospecting",
    ),
    as(
      "HS->>WF: Trigger post-purchase workflow",
      "workflow `integrations`",
      INTEGRATIONS,
      "welcomes the customer, and ends prospecting",
    ),
    as(
      'WF->>Queue: Create "Customer Onboarding" task',
      "task `customer_onboarding`, HIGH, 4 h",
      INTEGRATIONS,
      "welcomes the customer, and ends prospecting",
    ),
    as(
      'WF->>Queue: Create "Upsell Analysis" task',
      "task `upsell_analysis`, LOW, 7 days",
      INTEGRATIONS,
      "for what else they need, and sales hear",
    ),
    as(
      "External->>API: Webhook: contact_updated_external",
      "the same door",
      "test/http/intake.test.ts",
      "a signed webhook is taken once, however often it is delivered",
    ),
    as(
      "API->>HS: Sync contact changes",
      "folded into the contact, then to the CRM",
      INTEGRATIONS,
      "that is significant asks for a new scoring",
    ),
    as(
      "HS->>WF: Event: contact_sync_completed",
      "event `contact_sync_completed` {changes}",
      INTEGRATIONS,
      "that is significant asks for a new scoring",
    ),
    as("WF->>WF: Compare data changes", "values compared as people would", INTEGRATIONS, "of case and spaces alone"),
    as(
      'WF->>Queue: Create "Re-qualify Lead" task',
      "task `requalify_lead`",
      INTEGRATIONS,
      "that is significant asks for a new scoring",
    ),
    as(
      'WF->>Queue: Create "Update Outreach" task',
      "the unsent e-mail is called off and written anew",
      INTEGRATIONS,
      "writes the unsent e-mail anew",
    ),
    as("WF->>HS: Log sync event", "the decision: minor", INTEGRATIONS, "is logged and nothing else follows"),
    as(
      "Agents->>API: Event: mcp_tool_called",
      "`packages/millrace/src/agents/mcp-tools.ts`, event `mcp_tool_called`",
      MCP_FAULTS,
      "is called, and the call is told without what was asked",
    ),
    as(
      "API->>API: Log tool usage",
      "the log",
      BY_MODEL,
      "reads pages, searches, compiles, and tells each step when it happens",
    ),
    as(
      "API->>WF: Event: mcp_tool_failed",
      "event `mcp_tool_failed`, after one more try of what reads when the error was transient",
      MCP_FAULTS,
      "that says it failed is a failure of this call alone",
    ),
    as(
      'WF->>Queue: Create "Manual Processing" task',
      "task `manual_processing`, MEDIUM, 1 day",
      BY_MODEL,
      "without its search server does the rest, and one person is asked for all leads",
    ),
    as(
      "API->>Agents: Continue processing",
      "the result is used; the others count",
      BY_MODEL,
      "without its search server does the rest, and one person is asked for all leads",
    ),
  ],
  8: [
    as(
      "Source->>Buffer: Multiple contact_updated events",
      "`batched` in the workflow language; the buffer is a place in the log",
      BATCHING,
      "is flushed when it is full",
    ),
    as("Source->>Buffer: Multiple email_opened events", "the same", BATCHING, "is flushed when it is full"),
    as(
      "Source->>Buffer: Multiple form_submitted events",
      "forms never wait: they are decided at once and hurry what gathered of their contact",
      BATCHING,
      "gives up what gathered of a contact when something urgent of that contact comes",
    ),
    as(
      "Buffer->>Processor: Trigger batch processing",
      "event `events_aggregated` {because: full}, at 100",
      BATCHING,
      "is flushed when it is full",
    ),
    as(
      "Buffer->>Processor: Trigger time-based processing",
      "{because: time}, 5 minutes after the first",
      BATCHING,
      "after its first event: after",
    ),
    as(
      "Processor->>Processor: Deduplicate similar events",
      "`batch-rule.ts`, dedupeBy",
      BATCHING,
      "items of four events of one contact",
    ),
    as("Processor->>Processor: Aggregate metrics", "counts by type", BATCHING, "items of four events of one contact"),
    as(
      "Processor->>Processor: Prioritize urgent events",
      "urgent types never wait; items stand in the order of the types",
      BATCHING,
      "gives up what gathered of a contact when something urgent of that contact comes",
    ),
    as(
      "Processor->>HS: Bulk update contacts",
      "task `sync_crm` for all of the flush: batches of 100, errors of single records apart",
      CRM_SYNC,
      "of a second full batch is brought too while the first batch still waits for HubSpot",
    ),
    as("Processor->>WF: Trigger aggregated workflows", "triggers of `batched`", BATCHING, "is flushed when it is full"),
  ],
  9: [
    as(
      "Producer->>Bus: Publish: contact_scored",
      "event `contact_scored`; the producer knows no consumer",
      BUS,
      "added later sees everything from the beginning",
    ),
    as(
      "Bus->>Consumer1: Notify: Update enrichment priority",
      "consumer `enrichment_priority`",
      BUS,
      "makes the enrichment of a good lead come sooner",
    ),
    as(
      "Consumer1->>Consumer1: Adjust enrichment schedule",
      "the open task's priority",
      BUS,
      "makes the enrichment of a good lead come sooner",
    ),
    as(
      "Bus->>Consumer2: Notify: Score threshold crossed",
      "the runner, whose place is `workflows`: `lead_score_updated` follows from the scoring",
      RULES,
      "a scoring is one contact_scored and one lead_score_updated",
    ),
    as(
      "Consumer2->>Consumer2: Trigger qualification workflow",
      "workflows `form_cascade` and `contact_lifecycle`",
      FORM,
      "85 is still qualified",
    ),
    as("Bus->>Consumer3: Notify: Qualified lead available", "task `send_outreach`", FORM, "85 is still qualified"),
    as(
      "Consumer3->>Consumer3: Generate outreach content",
      "agent `outreach_agent`: from a template, or by a model (`write_draft`), whose e-mail a person approves; sending goes through its gates",
      DRAFTS,
      "waits with what it rests on, and leaves when a person approves it",
    ),
    as(
      "Bus->>Consumer4: Notify: Score data for analytics",
      "consumer `analytics`",
      BUS,
      "tells analytics which leads convert",
    ),
    as(
      "Consumer4->>Consumer4: Update lead scoring models",
      "`lead-analysis.ts` suggests weights with their evidence; it changes no rule",
      "packages/millrace/src/consumers/lead-analysis.test.ts",
      "a feature that tells converted leads from others gets the points",
    ),
  ],
};

export interface Promised {
  readonly what: string;
  readonly shownBy: string;
}

const is = (what: string, file: string, test: string): Promised => ({ what, shownBy: `${file} › ${test}` });
const CHARACTERISTICS = "test/scenarios/characteristics.test.ts";

/** The eight characteristics of the mission, and the tests that show them. */
export const characteristics: readonly Promised[] = [
  is("1 asynchronous: what comes in is taken with every agent stalled", CHARACTERISTICS, "1 asynchronous"),
  is("2 event sourcing: every outcome has a root", CHARACTERISTICS, "2 event sourcing"),
  is(
    "2 event sourcing: contacts thrown away are the same again",
    RULES,
    "contacts thrown away and folded again from the log are the same",
  ),
  is("3 reactive: each branch above has its scenario", FORM, "a score above 85 is hot"),
  is("4 scalable: a worker more, and nothing else changes", CHARACTERISTICS, "4 scalable"),
  is("4 scalable: a consumer more, and no producer knows", BUS, "added later sees everything from the beginning"),
  is(
    "5 fault tolerance: kill -9 anywhere, nothing lost, nothing doubled",
    "test/faults/kill.test.ts",
    "nothing lost, nothing doubled",
  ),
  is("5 fault tolerance: failed events are decided again", BUS, "is decided again when the workflow is mended"),
  is(
    "6 real time: forms pass an import",
    "test/scenarios/bulk-lane.test.ts",
    "lets a form pass that comes while thousands of imported contacts wait",
  ),
  is(
    "7 consistency: the CRM has everything in the end, through refusals and cut lines",
    "test/crm/faults.test.ts",
    "changes of",
  ),
  is("8 observability: told once at the numbers above, and cleared", HEALTH, "tasks raises"),
];

/** The rules that hold everywhere (R1 to R12), and the tests that show them. */
export const rules: readonly Promised[] = [
  is("R1 one fact, one event", RULES, "a scoring is one contact_scored and one lead_score_updated"),
  is("R2 bands meet without gap or overlap", FORM, "85 is still qualified"),
  is("R3 crossing is an edge", RULES, "a band fires again 30 days after it has been left"),
  is("R3 hot means a person: what is written and unsent is called off", LIFECYCLE, "the outreach is called off"),
  is("R4 priority, then due, then age; waiting lifts", RULES, "is priority, then due, then age"),
  is(
    "R5 at most one open task per contact and kind",
    RULES,
    "a form of a new contact qualifies once and enriches once",
  ),
  is("R6 opt-out beats everything", RULES, "an opted-out contact receives nothing, even from a task already queued"),
  is("R7 never twice", RULES, "one submission delivered five times is one event and one thank-you"),
  is(
    "R7 when nobody can know, a person decides",
    "test/scenarios/mail.test.ts",
    "when nobody can know whether a mail left",
  ),
  is("R8 cascades end: deep ones", RULES, "two workflows that answer each other stop at depth"),
  is("R8 cascades end: wide ones", RULES, "a workflow that answers one event with two of the same kind is stopped"),
  is(
    "R9 reaction is immediate, the sweep is the safety net",
    RULES,
    "with wake-ups switched off everything is still done, by the sweep",
  ),
  is("R10 reactions know their age", RULES, "a thank-you older than 60 minutes is not sent any more"),
  is("R11 imports do not delay people", "test/scenarios/bulk-lane.test.ts", "lets a form pass"),
  is("R12 everything is explainable", "test/cli/reading.test.ts", "why"),
];
