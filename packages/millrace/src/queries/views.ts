/**
 * The shapes operations answer in, one schema each. `satisfies` holds them to the rows they are made of, and the contract
 * test holds every answer to them. All times are milliseconds since 1970.
 */
import { z } from "zod";
import type { LeadAnalysis } from "../consumers/lead-analysis.ts";
import type { Standing } from "../consumers/rebuild.ts";
import type { MailSwitch } from "../email/policy/mail-switch.ts";
import { REPLY_CLASSES, TAKEN_BACK } from "../events/mission-events.ts";
import type { ServerState } from "../mcp/client/server-state.ts";
import { json } from "../operations/fields.ts";
import type { Erased } from "../privacy/erase-contact.ts";
import { PRIORITIES, TASK_STATES } from "../tasks/task.ts";
import { apiKeyView } from "./api-key-view.ts";
import type { AlertRow } from "./rows/alerts.ts";
import type { ContactRow, ListedContact } from "./rows/contacts.ts";
import type { DeadLetterRow } from "./rows/dead-letters.ts";
import type { DecisionRow } from "./rows/decisions.ts";
import type { EmailRow, EmailSummary } from "./rows/emails.ts";
import type { EventRow } from "./rows/events.ts";
import type { Health } from "./rows/health.ts";
import type { FollowedByMail, InboundMessage, InboundRow } from "./rows/inbound.ts";
import type { ModelSpendRow } from "./rows/model-spend.ts";
import type { Overview } from "./rows/overview.ts";
import type { QueuedTask } from "./rows/people-queue.ts";
import type { ReplyLabel } from "./rows/reply-labels.ts";
import type { RestoreState } from "./rows/restore.ts";
import type { SubscriberRow } from "./rows/subscribers.ts";
import type { TaskRow, Who } from "./rows/tasks.ts";
import type { Why } from "./rows/why.ts";

const at = z.number().describe("Milliseconds since 1970.");
const position = z.number().int().nonnegative();
const uuid = z.guid();

export const eventView = z.object({
  position,
  type: z.string(),
  data: json,
  contact: uuid.nullable(),
  occurredAt: at,
  cause: position.nullable(),
  root: position,
  depth: z.number().int(),
  actor: z.string(),
}) satisfies z.ZodType<EventRow>;

export const modelSpendView = z.object({
  agent: z.string(),
  prompt: z.string(),
  model: z.string(),
  calls: z.number().int(),
  answered: z.number().int(),
  inputTokens: z.number().int(),
  cachedTokens: z.number().int(),
  outputTokens: z.number().int(),
  costUsd: z.number(),
}) satisfies z.ZodType<ModelSpendRow>;

export const mcpServerView = z.object({
  name: z.string(),
  state: z.enum(["up", "down"]),
  error: z.string().nullable(),
  since: z.number().nullable(),
  retryAt: z.number().nullable(),
  changed: z.array(z.string()),
}) satisfies z.ZodType<ServerState>;

export const who = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  company: z.string().nullable(),
  jobtitle: z.string().nullable(),
  score: z.number().nullable(),
}) satisfies z.ZodType<Who>;

export const taskView = z.object({
  id: z.number().int(),
  kind: z.string(),
  contact: uuid.nullable(),
  mergeKey: z.string(),
  state: z.enum(TASK_STATES),
  priority: z.enum(PRIORITIES),
  dueAt: at,
  notBefore: at.nullable(),
  staleAt: at.nullable(),
  payload: json,
  causes: z.array(position),
  root: position,
  depth: z.number().int(),
  requestedBy: z.string(),
  attempt: z.number().int(),
  worker: z.string().nullable(),
  error: z.string().nullable(),
  result: json,
  createdAt: at,
  startedAt: at.nullable(),
  finishedAt: at.nullable(),
  who: who.nullable(),
}) satisfies z.ZodType<TaskRow>;
/** A task with what its kind says. */
export const describedTask = taskView.extend({ about: z.string(), isHuman: z.boolean(), doneBy: z.string() });

/** A task of people, as their queue shows it. */
export const queuedTask = describedTask.extend({
  saidYes: z.boolean().describe("The contact said yes and waits."),
  band: z.string().nullable().describe("The contact's score band."),
  snoozedUntil: at.nullable(),
  snoozedBy: z.string().nullable(),
  cursor: z.string().describe("Where the page behind it begins: give it as `after`."),
}) satisfies z.ZodType<QueuedTask>;

export const emailSummary = z.object({
  id: z.number().int(),
  contact: uuid.nullable(),
  task: z.number().int().nullable(),
  createdAt: at,
  sentAt: at.nullable(),
  state: z.enum(["sending", "sent", "suppressed", "unknown"]),
  template: z.string(),
  recipient: z.string(),
  subject: z.string(),
  reason: z.string().nullable(),
}) satisfies z.ZodType<EmailSummary>;
export const emailView = emailSummary.extend({
  root: position.nullable(),
  body: z.string(),
  messageId: z.string().nullable(),
}) satisfies z.ZodType<EmailRow>;

export const mailState = z.object({
  isPaused: z.boolean(),
  reason: z.string().nullable(),
  changedBy: z.string().nullable(),
  changedAt: at.nullable(),
  waiting: z.number().int().describe("E-mails that wait: for the switch, a cap, the time of day, or another attempt."),
}) satisfies z.ZodType<MailSwitch>;

export const restoreState = z.object({
  isHeld: z.boolean(),
  restore: z
    .object({
      id: z.number().int(),
      foundAt: at,
      how: z.enum(["restored", "copied", "went_back", "by_hand"]),
      detail: z.string(),
      newest: z.number().int().describe("The newest position there was when it was found."),
      lastMissing: z.number().int().nullable().describe("The newest position seen before; null: it is not known."),
    })
    .nullable()
    .describe("What was found; null: nothing is held."),
  emails: z.number().int().describe("E-mails asked for before, which may have left meanwhile."),
}) satisfies z.ZodType<RestoreState>;

export const restoreConfirmed = z.object({
  restore: restoreState.shape.restore.unwrap(),
  emails: z.enum(["send", "cancel"]),
  cancelled: z.number().int().describe("E-mails that were cancelled."),
});

export const inboundView = z.object({
  id: z.number().int(),
  messageId: z.string(),
  receivedAt: at,
  from: z.string(),
  subject: z.string(),
  state: z.enum(["taken", "ignored", "unreadable"]),
  why: z.string(),
  contact: uuid.nullable(),
  event: position.nullable(),
}) satisfies z.ZodType<InboundRow>;

export const inboundMessageView = inboundView.extend({
  author: z.string().nullable().describe("Whose words it holds, where a list or a group stands in From."),
  headers: z.string().nullable().describe("As they came, at most 16 kB; null for messages of before they were kept."),
  steps: z.array(z.object({ step: z.string(), found: z.string() })).describe("How it was read, step by step."),
  pieces: z
    .array(z.object({ what: z.string(), text: z.string() }))
    .describe('The text in its order: "own" words, and what was cut, by its reason.'),
  followed: z
    .object({ events: z.array(eventView), tasks: z.array(taskView) })
    .describe("The events of its cascade, oldest first, people's readings among them, and the tasks they asked for."),
}) satisfies z.ZodType<InboundMessage & { readonly followed: FollowedByMail }>;

export const replyLabelView = z.object({
  reply: position.describe("The reply's position."),
  contact: uuid.nullable(),
  text: z.string(),
  subject: z.string(),
  automatic: z.boolean().describe("A program wrote it."),
  class: z.enum(REPLY_CLASSES).describe("What a person read."),
  by: z.string(),
  reason: z.string().nullable(),
  readAt: at,
  was: z.enum(REPLY_CLASSES).nullable().describe("What the agent had read; null: nothing."),
  wasSure: z.boolean().nullable(),
}) satisfies z.ZodType<ReplyLabel>;

export const alertView = z.object({
  id: z.number().int(),
  contact: uuid.nullable(),
  task: z.number().int().nullable(),
  root: position.nullable(),
  createdAt: at,
  seenAt: at.nullable(),
  seenBy: z.string().nullable(),
  resolvedAt: at.nullable().describe("Of an alert about the system: when what it told of was over."),
  audience: z.string(),
  name: z.string(),
  title: z.string(),
  body: z.string(),
}) satisfies z.ZodType<AlertRow>;

export const decisionView = z.object({
  event: position,
  workflow: z.string(),
  version: z.string(),
  contact: uuid.nullable(),
  branch: z.string(),
  outcomes: json,
  because: z.string().nullable(),
  decidedAt: at,
}) satisfies z.ZodType<DecisionRow>;

export const contactView = z.object({
  id: uuid,
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  facts: z.looseObject({ createdAt: at }),
  createdAt: at,
  path: z.array(z.object({ position, type: z.string(), at, data: json })),
  openTasks: z.array(
    z.object({ id: z.number().int(), kind: z.string(), state: z.enum(TASK_STATES), worker: z.string().nullable() }),
  ),
}) satisfies z.ZodType<ContactRow>;
export const listedContact = contactView.extend({
  cursor: z.string().describe("Where the page behind it begins: give it as `after`."),
}) satisfies z.ZodType<ListedContact>;
export const contactStory = contactView.extend({
  events: z.array(eventView),
  tasks: z.array(describedTask),
  emails: z.array(emailSummary),
  decisions: z.array(decisionView),
});

export const erasedAnswer = z.object({
  contacts: z.array(uuid).describe("The contact, and those that had become part of it."),
  rows: z.record(z.string(), z.number().int()).describe("How many rows were emptied or deleted, by table."),
  wasErased: z.boolean().describe("It was erased before; what had come in since is gone now too."),
  inHubspot: z
    .array(z.string())
    .describe("HubSpot's records of the person that are still there; a task was made for them."),
}) satisfies z.ZodType<Erased>;

export const deadLetterView = z.object({
  id: z.number().int(),
  subscription: z.string(),
  event: position,
  type: z.string(),
  contact: uuid.nullable(),
  error: z.string(),
  attempts: z.number().int(),
  createdAt: at,
  resolvedAt: at.nullable(),
  resolution: z.string().nullable(),
}) satisfies z.ZodType<DeadLetterRow>;

const whySubject = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("event"), event: eventView }),
  z.object({ kind: z.literal("task"), task: taskView }),
  z.object({ kind: z.literal("email"), email: emailView }),
  z.object({ kind: z.literal("alert"), alert: alertView }),
]);
export const whyView = z.object({
  subject: whySubject,
  chain: z.array(
    z.object({
      event: eventView,
      decisions: z.array(decisionView),
      tasks: z.array(taskView),
      emails: z.array(emailSummary),
      alerts: z.array(alertView),
    }),
  ),
  effects: z.array(eventView),
}) satisfies z.ZodType<Why>;

const count = z.number().int();
export const overviewView = z.object({
  newest: position,
  events: z.object({ perMinute: count, formsPerMinute: count }),
  tasks: z.object({ ready: count, running: count, waiting: count, forPeople: count }),
  oldestReadyMs: z.number(),
  backlog: count,
  deadLetters: count,
  unseenAlerts: count,
  hotLeadsToday: count,
  formToAction: z.object({ p50: z.number(), p95: z.number(), slowest: z.number(), count }).nullable(),
}) satisfies z.ZodType<Overview>;
/** The overview with who asks and what the clock says. */
export const overviewAnswer = overviewView.extend({ person: z.string(), now: at });

export const finding = z.object({
  at: z.string(),
  level: z.enum(["error", "warning"]),
  code: z.string(),
  message: z.string(),
  workflow: z.string(),
});
export const workflowView = z.object({
  name: z.string(),
  about: z.string(),
  source: z.string().optional(),
  version: z.string(),
  at: z.string(),
  triggers: z.array(z.string()).describe("The event types it waits for."),
  findings: z.array(finding),
});
export const workflowStory = workflowView.extend({
  definition: z.array(json).describe("Its triggers and steps; conditions by name."),
  decisions: z.array(decisionView),
});

export const agentView = z.object({
  name: z.string(),
  kinds: z.array(z.object({ kind: z.string(), about: z.string(), priority: z.enum(PRIORITIES), dueInMs: z.number() })),
  isPure: z.boolean(),
  concurrency: z.number().int().optional(),
  state: z.enum(["working", "stopped", "being tried"]),
  reason: z.string().nullable().describe("Why it is stopped."),
  retryAt: at.nullable().describe("When one of its tasks is tried; null while stopped: when a person resumes it."),
  completed: z.number().int().describe("Attempts within the monitor's window."),
  failed: z.number().int(),
});

export const healthView = z.object({
  status: z.enum(["well", "ill", "unknown"]),
  reasons: z.array(z.string()),
  measuredAt: at.nullable(),
  isSilent: z.boolean(),
  components: z.array(z.object({ component: z.string(), ok: z.boolean(), detail: z.string().nullable(), since: at })),
  alerts: z.array(
    z.object({
      alert: z.string(),
      subject: z.string(),
      since: at,
      data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  ),
  agents: z.array(
    z.object({
      agent: z.string(),
      state: z.enum(["working", "stopped", "being tried"]),
      reason: z.string().nullable(),
      since: at.nullable(),
      retryAt: at.nullable(),
      completed: z.number().int(),
      failed: z.number().int(),
      concurrency: z.number().int().nullable(),
    }),
  ),
  metrics: z.record(z.string(), z.number()),
}) satisfies z.ZodType<Health>;

export const consumerView = z.object({
  name: z.string(),
  about: z.string(),
  position: z.number(),
  behind: z.number(),
  deadLetters: z.number(),
  movedAt: z.number(),
  mayRebuild: z.boolean(),
}) satisfies z.ZodType<Standing & { mayRebuild: boolean; about: string }>;
export const subscriberView = z.object({
  name: z.string(),
  delivered: z.number(),
  attempts: z.number(),
  nextAt: z.number().nullable(),
  lastAt: z.number().nullable(),
  lastStatus: z.number().nullable(),
  lastError: z.string().nullable(),
  disabledAt: z.number().nullable(),
}) satisfies z.ZodType<SubscriberRow>;

export const replayed = z.object({
  event: z.number(),
  type: z.string(),
  decisions: z.array(
    z.object({
      workflow: z.string(),
      version: z.string(),
      branch: z.string(),
      outcomes: json,
      because: z.string().optional(),
    }),
  ),
  errors: z.array(z.string()),
});

const rate = z.object({ leads: z.number(), converted: z.number(), rate: z.number() });
export const analysis = z.object({
  all: rate,
  bands: z.record(z.string(), rate),
  features: z.array(
    z.object({
      feature: z.string(),
      meanPoints: z.number(),
      maxPoints: z.number(),
      above: rate,
      below: rate,
      lift: z.number().optional(),
      suggestedMaxPoints: z.number().optional(),
    }),
  ),
  because: z.string().optional(),
}) satisfies z.ZodType<LeadAnalysis>;

/** Names of shapes that answers share, for documents and the clients that are made from them. */
export const namedViews = {
  Event: eventView,
  Contact: contactView,
  ListedContact: listedContact,
  ContactStory: contactStory,
  Task: describedTask,
  TaskRow: taskView,
  QueuedTask: queuedTask,
  Email: emailView,
  EmailSummary: emailSummary,
  Alert: alertView,
  Decision: decisionView,
  DeadLetter: deadLetterView,
  InboundMail: inboundView,
  InboundMessage: inboundMessageView,
  ReplyLabel: replyLabelView,
  MailSwitch: mailState,
  RestoreState: restoreState,
  Why: whyView,
  Overview: overviewAnswer,
  Workflow: workflowView,
  WorkflowStory: workflowStory,
  Agent: agentView,
  ApiKey: apiKeyView,
  Health: healthView,
  Consumer: consumerView,
  Subscriber: subscriberView,
  Replayed: replayed,
  Erased: erasedAnswer,
  LeadAnalysis: analysis,
} as const;

export const liftedView = z.object({
  contact: uuid,
  event: position.nullable().describe("The fact on record."),
});

export const readAgainView = z.object({
  contact: uuid,
  class: z.enum(REPLY_CLASSES),
  events: z
    .array(position)
    .describe("The facts on record: what was lifted, the reading, and the mission's event of it."),
  tookBack: z
    .array(z.enum(TAKEN_BACK))
    .describe("What had followed from an earlier reading and does not hold any more."),
  cancelled: z.array(z.number().int()).describe("Open tasks of the earlier reading, called off."),
});
