/**
 * The kinds of tasks: what each is for, how urgent, how soon, and who does it.
 * The numbers are those of the mission's table; a workflow or the config may override each of them.
 */
import { type Duration, durationMs } from "../base/clock.ts";
import { didYouMean, MillraceError } from "../base/errors.ts";
import { count, duration, group, listOf, name, oneOf, setting, text } from "../settings/setting.ts";
import { PRIORITIES, type Priority } from "./task.ts";

export interface TaskKindOptions {
  /** What is to be done, in the imperative. A text of 1 to 1,000 characters. */
  readonly about: string;
  /** How urgent it is. One of "URGENT", "HIGH", "MEDIUM", "LOW". */
  readonly priority: Priority;
  /** When it is overdue; of a person's task, in business hours. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. */
  readonly dueIn: Duration;
  /** An agent's name, or "person:ROLE" for a task only a person can finish. A text of 1 to 1,000 characters. */
  readonly doneBy: string;
  /** How long one attempt may run before it is taken away as stuck. A number and a unit, like "90s", "30m", "4h" or "2d", from 1ms, at most 3650d. Default: "30m". */
  readonly timeout?: Duration;
  /** Attempts after the first one. A whole number of attempts from 0 to 100. Default: 3. */
  readonly retries?: number;
  /** The events that doing it states, so that loops are found before they run. A list; each: the name of an event type. Default: none. */
  readonly emits?: readonly string[];
  /** The kinds of tasks that doing it asks for. A list; each: the name of a task kind. Default: none. */
  readonly asks?: readonly string[];
  /** Why a loop of events that leads through it comes to an end by itself; the linter then does not warn of it. A text of 1 to 1,000 characters. Default: none. */
  readonly endsLoop?: string;
}

const DEFAULT_TIMEOUT: Duration = "30m";
const DEFAULT_RETRIES = 3;

export const taskKindSettings = group({
  about: setting("What is to be done, in the imperative.", text({ sample: "Call the contact." })),
  priority: setting("How urgent it is.", oneOf(...PRIORITIES)),
  dueIn: setting("When it is overdue; of a person's task, in business hours.", duration()),
  doneBy: setting(
    'An agent\'s name, or "person:ROLE" for a task only a person can finish.',
    text({ sample: "person:sales" }),
  ),
  timeout: setting(
    "How long one attempt may run before it is taken away as stuck.",
    duration({ min: "1ms" }).default(DEFAULT_TIMEOUT),
  ),
  retries: setting(
    "Attempts after the first one.",
    count({ min: 0, max: 100, unit: "attempts" }).default(DEFAULT_RETRIES),
  ),
  emits: setting(
    "The events that doing it states, so that loops are found before they run.",
    listOf(name("the name of an event type", "form_submitted")).default([]),
  ),
  asks: setting(
    "The kinds of tasks that doing it asks for.",
    listOf(name("the name of a task kind", "send_email")).default([]),
  ),
  endsLoop: setting(
    "Why a loop of events that leads through it comes to an end by itself; the linter then does not warn of it.",
    text({ sample: "It is done once for each contact." }).optional(),
  ),
});

export interface TaskKind {
  readonly kind: string;
  readonly about: string;
  readonly priority: Priority;
  readonly dueInMs: number;
  readonly doneBy: string;
  /** True when only a person can finish it; its due time then respects business hours. */
  readonly isHuman: boolean;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly emits: readonly string[];
  readonly asks: readonly string[];
  readonly endsLoop: string | undefined;
}

export type TaskKindMap = Readonly<Record<string, TaskKindOptions>>;

const ENRICHED = [
  "enrichment_started",
  "page_loaded",
  "content_extracted",
  "search_completed",
  "mcp_tool_called",
  "mcp_tool_failed",
  "model_called",
  "data_compiled",
  "contact_enriched",
  "enrichment_completed",
  "enrichment_failed",
] as const;

/** The kinds of the nine flows. Source: mission, "Tasks". */
export const missionTaskKinds = {
  enrich_data: {
    about: "Complete what is known of a contact.",
    priority: "LOW",
    dueIn: "5m",
    doneBy: "data_enricher",
    emits: ENRICHED,
    endsLoop: "a contact is not enriched again while what was found is fresh",
  },
  initial_assessment: {
    about: "Give a new contact a first score.",
    priority: "MEDIUM",
    dueIn: "10m",
    doneBy: "lead_qualifier",
    emits: ["contact_scored"],
  },
  qualify_lead: {
    about: "Score a lead.",
    priority: "URGENT",
    dueIn: "1m",
    doneBy: "lead_qualifier",
    emits: ["contact_scored"],
  },
  qualify_lead_high_value: {
    about: "Score a lead with good data.",
    priority: "HIGH",
    dueIn: "5m",
    doneBy: "lead_qualifier",
    emits: ["contact_scored"],
  },
  requalify_lead: {
    about: "Score a lead again after its data changed.",
    priority: "MEDIUM",
    dueIn: "15m",
    doneBy: "lead_qualifier",
    emits: ["contact_scored"],
  },
  send_outreach: {
    about: "Write a qualified lead a first e-mail.",
    priority: "HIGH",
    dueIn: "30m",
    doneBy: "outreach_agent",
    emits: ["outreach_drafted"],
    asks: ["send_email", "write_draft"],
    endsLoop: "a sequence has a last touch",
  },
  update_outreach: {
    about: "Write an unsent e-mail anew after its facts changed.",
    priority: "MEDIUM",
    dueIn: "1h",
    doneBy: "outreach_agent",
    emits: ["outreach_drafted"],
    asks: ["send_email", "write_draft"],
    endsLoop: "only an unsent draft is written anew",
  },
  continue_sequence: {
    about: "Write the next e-mail of a sequence.",
    priority: "MEDIUM",
    dueIn: "1h",
    doneBy: "outreach_agent",
    emits: ["outreach_drafted", "nurture_enrolled"],
    asks: ["send_email", "write_draft"],
    endsLoop: "a sequence has a last touch",
  },
  classify_reply: {
    about: "Read what a contact answered.",
    priority: "URGENT",
    dueIn: "1m",
    doneBy: "reply_classifier",
    emits: ["reply_classified", "positive_response", "negative_response", "needs_clarification"],
    asks: ["second_opinion"],
  },
  nurture_sequence: {
    about: "Begin the nurture sequence.",
    priority: "LOW",
    dueIn: "24h",
    doneBy: "outreach_agent",
    emits: ["outreach_drafted", "nurture_enrolled"],
    asks: ["send_email", "write_draft"],
    endsLoop: "a sequence has a last touch",
  },
  second_opinion: {
    about: "Ask for a second opinion on a reply that could not be read for sure.",
    priority: "URGENT",
    dueIn: "2m",
    doneBy: "second_reader",
    emits: ["model_called", "reply_classified", "positive_response", "negative_response", "needs_clarification"],
  },
  write_draft: {
    about: "Have a model write an e-mail of a sequence, or take its template.",
    priority: "MEDIUM",
    dueIn: "30m",
    doneBy: "draft_writer",
    timeout: "5m",
    emits: ["model_called", "mcp_tool_called", "mcp_tool_failed", "outreach_drafted"],
    asks: ["send_email"],
    endsLoop: "a sequence has a last touch",
  },
  review_draft: {
    about: "Approve, edit or refuse an e-mail that a model wrote.",
    priority: "HIGH",
    dueIn: "4h",
    doneBy: "person:sales",
  },
  explain_score: {
    about: "Have a model say a score in words, beside it.",
    priority: "LOW",
    dueIn: "1h",
    doneBy: "score_explainer",
    timeout: "5m",
    emits: ["model_called", "score_explained"],
  },
  summarise_work: {
    about: "Have a model summarise work that failed, for the person who gets it.",
    priority: "HIGH",
    dueIn: "15m",
    doneBy: "summariser",
    timeout: "5m",
    emits: ["model_called", "summary_written"],
  },
  human_review: {
    about: "Look at a contact whose score became hot.",
    priority: "URGENT",
    dueIn: "1h",
    doneBy: "person:sales",
  },
  hot_lead_review: { about: "Call a hot lead.", priority: "URGENT", dueIn: "15m", doneBy: "person:sales" },
  manual_data_review: { about: "Put right a contact's data.", priority: "LOW", dueIn: "2d", doneBy: "person:analyst" },
  manual_review: {
    about: "Decide what becomes of work the engine gave up on.",
    priority: "HIGH",
    dueIn: "4h",
    doneBy: "person:operations",
  },
  manual_processing: {
    about: "Do by hand what a tool could not.",
    priority: "MEDIUM",
    dueIn: "1d",
    doneBy: "person:operations",
  },
  schedule_meeting: {
    about: "Agree on a meeting with a contact who said yes.",
    priority: "URGENT",
    dueIn: "1h",
    doneBy: "person:sales",
  },
  handle_inquiry: { about: "Answer a contact's question.", priority: "HIGH", dueIn: "4h", doneBy: "person:sales" },
  alternative_channel: {
    about: "Try the phone or LinkedIn, by hand.",
    priority: "MEDIUM",
    dueIn: "2d",
    doneBy: "person:sales",
  },
  customer_onboarding: {
    about: "Welcome a new customer.",
    priority: "HIGH",
    dueIn: "4h",
    doneBy: "person:customer_success",
  },
  upsell_analysis: {
    about: "Look for what else a customer may need.",
    priority: "LOW",
    dueIn: "7d",
    doneBy: "lead_qualifier",
    emits: ["upsell_found"],
  },
  erase_contact: {
    about: "Erase everything known of a contact.",
    priority: "URGENT",
    dueIn: "1m",
    doneBy: "eraser",
    emits: ["contact_erased"],
    asks: ["erase_in_crm", "manual_processing"],
    endsLoop: "a contact is erased once",
  },
  erase_in_crm: {
    about: "Erase a contact in the CRM too, for good.",
    priority: "URGENT",
    dueIn: "15m",
    doneBy: "crm_eraser",
  },
  send_email: {
    about: "Send one e-mail.",
    priority: "HIGH",
    dueIn: "15m",
    doneBy: "mailer",
    emits: ["email_sent", "email_bounced"],
    endsLoop: "each e-mail leaves once",
  },
  send_alert: {
    about: "Alert people, now.",
    priority: "URGENT",
    dueIn: "1m",
    doneBy: "alerter",
    emits: ["alert_sent"],
    asks: ["deliver_alert"],
  },
  deliver_alert: {
    about: "Bring an alert to one channel outside.",
    priority: "URGENT",
    dueIn: "1m",
    doneBy: "alert_courier",
    timeout: "1m",
    emits: ["alert_sent"],
  },
  recover_agent: {
    about: "Stop an agent that fails too often, and try it again with one task.",
    priority: "URGENT",
    dueIn: "1m",
    doneBy: "recovery_agent",
    emits: ["component_health_check"],
  },
  free_resources: {
    about: "Clean up old data nobody misses.",
    priority: "HIGH",
    dueIn: "5m",
    doneBy: "recovery_agent",
  },
  scale_processing: {
    about: "Let agents with a backlog do more at once, or as much as before.",
    priority: "URGENT",
    dueIn: "1m",
    doneBy: "recovery_agent",
  },
  answer_hubspot: {
    about: "Say to a workflow of HubSpot that waits what came of its action.",
    priority: "HIGH",
    dueIn: "5m",
    doneBy: "hubspot_actions",
    retries: 10,
    emits: ["hubspot_action_answered"],
    endsLoop: "a call is answered once",
  },
  sync_crm: {
    about: "Write a contact's changes to the CRM.",
    priority: "MEDIUM",
    dueIn: "5m",
    doneBy: "crm_sync",
    emits: ["crm_value_refused"],
  },
} as const satisfies TaskKindMap;

/** All kinds the engine knows, the mission's and the user's own. */
export class TaskCatalogue {
  readonly #kinds: ReadonlyMap<string, TaskKind>;

  constructor(kinds: TaskKindMap = missionTaskKinds) {
    this.#kinds = new Map(Object.entries(kinds).map(([kind, options]) => [kind, taskKind(kind, options)]));
  }

  /** @throws MillraceError unknown_task_kind, with the nearest name. */
  get(kind: string): TaskKind {
    const found = this.#kinds.get(kind);
    if (found) return found;
    throw new MillraceError("unknown_task_kind", {
      saw: `Unknown task kind "${kind}".${didYouMean(kind, this.#kinds.keys())}`,
      next: "use a kind of the catalogue, or add yours under `tasks` in millrace.config.ts.",
      field: "kind",
    });
  }

  find(kind: string): TaskKind | undefined {
    return this.#kinds.get(kind);
  }

  all(): readonly TaskKind[] {
    return [...this.#kinds.values()];
  }
}

function taskKind(kind: string, options: TaskKindOptions): TaskKind {
  return {
    kind,
    about: options.about,
    priority: options.priority,
    dueInMs: durationMs(options.dueIn),
    doneBy: options.doneBy,
    isHuman: options.doneBy.startsWith("person:"),
    timeoutMs: durationMs(options.timeout ?? DEFAULT_TIMEOUT),
    retries: options.retries ?? DEFAULT_RETRIES,
    emits: options.emits ?? [],
    asks: options.asks ?? [],
    endsLoop: options.endsLoop,
  };
}
