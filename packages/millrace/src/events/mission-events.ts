/**
 * Every event of the nine flows, each with the schema of its data. Read by catalogue.ts.
 * Internal ones are facts only the engine can know; the public doors refuse them.
 */
import { z } from "zod";
import {
  changes,
  emailAddress,
  event,
  jsonValue,
  properties,
  propertyName,
  propertyValue,
  takeProperties,
  text,
} from "./define-event.ts";
import { quickly } from "./quick-way.ts";

const name = text(200);
const externalIds = z.record(propertyName, text(200));
const score = z.number().min(0).max(100);
const task = z.number().int().positive();
const counted = z.number().int().nonnegative();
const pageUrl = text(2_000);

/** How data that may name its contact names it. */
const whom = { email: emailAddress.optional(), externalIds: externalIds.optional() };
const byWhom = (data: { email?: string; externalIds?: Record<string, string> }) =>
  data.email === undefined && data.externalIds === undefined
    ? undefined
    : { email: data.email, externalIds: data.externalIds };

type Properties = z.output<typeof properties>;

const contactProperties = quickly(
  properties.refine(hasScoreOrNone, { message: "lead_score is not a number from 0 to 100" }),
  takeContactProperties,
);
const formFields = quickly(
  contactProperties.refine((fields) => typeof fields.email === "string", { message: "email is missing" }),
  (value) => {
    const fields = takeContactProperties(value);
    return typeof fields?.email === "string" ? fields : undefined;
  },
);

function takeContactProperties(value: unknown): Properties | undefined {
  const taken = takeProperties(value);
  return taken !== undefined && hasScoreOrNone(taken) ? taken : undefined;
}

function hasScoreOrNone({ lead_score }: Properties): boolean {
  return lead_score === undefined || isScore(lead_score);
}

function isScore(value: unknown): boolean {
  return value === null || (typeof value === "number" && value >= 0 && value <= 100);
}

const taskFact = { task, kind: name, attempt: counted };
const engagement = { ...whom, message: text(500).optional(), machine: z.boolean().optional() };

/** What a person can make of a draft. */
export const DRAFT_VERDICTS = ["approved", "edited", "refused"] as const;
export type DraftVerdict = (typeof DRAFT_VERDICTS)[number];

const letter = z.strictObject({ subject: text(500), text: text(20_000) });
/** A letter of a model with what it rests on. */
const writtenDraft = z.strictObject({
  text: text(20_000),
  sequence: name.optional(),
  touch: counted.optional(),
  parts: z
    .array(
      z.strictObject({
        text: text(5_000),
        facts: z.array(z.strictObject({ id: name, what: name, words: text(1_000) })).max(50),
      }),
    )
    .max(20),
  /** All facts it was given, for who judges it. */
  facts: z.array(z.strictObject({ id: name, what: name, words: text(1_000) })).max(100),
  /** What would be sent without a model. */
  template: letter,
  model: name,
  prompt: name,
  /** SHA-256 of the question. */
  request: name,
});

/** What a person's reading of a reply takes back of an earlier one. */
export const TAKEN_BACK = ["opt_out", "suppression", "refusal", "sequence_end"] as const;

/** How a call of an MCP server's tool ends (mcp/client/failure.ts). */
export const MCP_OUTCOMES = [
  "ok",
  /** The tool itself says that it failed. */
  "tool_error",
  /** The program does not start, or no one listens at the address. */
  "not_started",
  /** It says something, and it is not MCP. */
  "not_mcp",
  /** It ended, or the connection did, in the middle of a call. */
  "died",
  /** No answer in time. */
  "hung",
  /** More than anybody can read. */
  "flooded",
  /** It does not let us in. */
  "unauthorised",
  /** It has failed before, and is left alone until its pause is over. */
  "server_down",
  /** The server has no such tool. */
  "no_such_tool",
  /** The tool is described otherwise than when it was first seen. */
  "tool_changed",
  /** The agent may not use it. */
  "not_allowed",
  /** The task has used up its calls, its time or its characters. */
  "over_budget",
  /** The work is of a replay, and no earlier answer is on record. */
  "not_recorded",
] as const;
export type McpOutcome = (typeof MCP_OUTCOMES)[number];

/** What a reply can say. */
/** How a question asked of a language model ends (models/model-port.ts). */
export const MODEL_OUTCOMES = [
  "answered",
  /** The model, or its provider's filter, says no. */
  "refused",
  /** The answer was longer than `models.maxOutputTokens`, or the model meant to go on. */
  "truncated",
  /** No JSON, or of another shape. */
  "malformed",
  "rate_limited",
  "overloaded",
  "unreachable",
  "timed_out",
  /** The provider does not take the question: key, name of the model, budget of the account. */
  "rejected",
  /** Nothing was asked: a cap of `models.caps`. */
  "over_cap",
  /** Nothing was asked: the work is of a replay, and there is no answer on record to this question. */
  "not_recorded",
] as const;
export type ModelOutcome = (typeof MODEL_OUTCOMES)[number];

export const REPLY_CLASSES = [
  "positive",
  "negative",
  "not_now",
  "question",
  "out_of_office",
  "wrong_person",
  "bounce",
  "complaint",
  "opt_out",
  /** Nothing that could be read: a person does. */
  "none",
] as const;
export type ReplyClass = (typeof REPLY_CLASSES)[number];

/** What came instead of words: a calendar's answer, a closed envelope, a reaction, a check of the sender, a file, nothing. */
export const WORDLESS_REPLIES = [
  "accepted",
  "declined",
  "tentative",
  "counter",
  "request",
  "cancel",
  "other",
  "encrypted",
  "signed",
  "challenge",
  "reaction",
  "attachment",
  "forward",
  "empty",
  "unreadable",
] as const;
export type WordlessReply = (typeof WORDLESS_REPLIES)[number];

/** Somebody asked for it here; the CRM erased the contact for privacy; a list of erasures made after a backup was applied. */
export const ERASURE_REASONS = ["asked", "crm", "list"] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

export const missionEvents = {
  // 1 Contact lifecycle
  contact_created: event({
    flow: 1,
    about: "A contact is known for the first time.",
    data: z.strictObject({ ...whom, properties: contactProperties.optional(), origin: name.optional() }),
    contact: byWhom,
    example: { email: "ada@example.com", properties: { firstname: "Ada" }, origin: "import" },
  }),
  contact_updated: event({
    flow: 1,
    about: "Properties of a contact changed, other than by a form, a scoring or an enrichment of ours.",
    data: z.strictObject({
      ...whom,
      changes,
      /** A person's correction is taken back: the values are again what they were, and whose they were. */
      takesBack: z.literal(true).optional(),
    }),
    contact: byWhom,
    example: { email: "ada@example.com", changes: { jobtitle: { from: null, to: "CTO" } } },
  }),
  contact_scored: event({
    flow: 9,
    internal: true,
    about: "A scoring took place.",
    data: z.strictObject({
      score,
      band: name,
      rubric: name,
      reasons: z.array(z.strictObject({ feature: name, points: z.number(), because: text(500) })).max(50),
      task: task.optional(),
    }),
  }),
  lead_score_updated: event({
    flow: 2,
    internal: true,
    about: "A contact's score changed, whoever changed it.",
    data: z.strictObject({
      from: z.number().nullable(),
      to: z.number().nullable(),
      /** The band of the new score by the settings in force; null without a score. Missing in older logs. */
      band: name.nullable().optional(),
      cause: name,
    }),
  }),
  // 2 Form submission
  form_submitted: event({
    flow: 2,
    about: "A person sent a web form.",
    data: z.strictObject({
      form: name,
      fields: formFields,
      context: z.record(propertyName, text(2_000)).optional(),
      /** What was sent beside it and changes no contact: not understood, too long, or not for a form to say. */
      extra: z.record(text(200), jsonValue).optional(),
    }),
    contact: (data) => ({ email: String(data.fields.email) }),
    example: {
      form: "demo",
      fields: { email: "ada@example.com", firstname: "Ada", company: "Acme" },
      context: { page: "/demo" },
    },
  }),
  spam_noted: event({
    flow: 2,
    internal: true,
    about: "A form looked like spam: nothing is sent, no one is asked, and the CRM does not get the contact.",
    data: z.strictObject({ form: name }),
  }),
  contact_listed: event({
    flow: 2,
    internal: true,
    about: "A contact was put on a list.",
    data: z.strictObject({ list: name }),
  }),
  contact_unlisted: event({
    flow: 2,
    internal: true,
    about: "A contact was taken off a list.",
    data: z.strictObject({ list: name }),
  }),
  email_sent: event({
    flow: 2,
    internal: true,
    about: "An e-mail left.",
    data: z.strictObject({
      template: name,
      to: emailAddress,
      subject: text(500),
      task: task.optional(),
      purpose: name.optional(),
      /** The Message-ID it left with. */
      message: text(500).optional(),
      sequence: name.optional(),
      /** 1 for the first e-mail of a sequence. */
      touch: counted.optional(),
      /** True when opens and clicks would be seen; without it, silence says nothing about the contact. */
      tracked: z.boolean().optional(),
    }),
  }),
  email_suppressed: event({
    flow: 2,
    internal: true,
    about: "An e-mail was held back, and why.",
    data: z.strictObject({ template: name, reason: text(500), task: task.optional() }),
  }),
  alert_sent: event({
    flow: 2,
    internal: true,
    about: "People were told.",
    data: z.strictObject({ audience: name, name, channel: name, task: task.optional() }),
  }),
  outreach_drafted: event({
    flow: 9,
    internal: true,
    about: "The outreach agent wrote a draft.",
    data: z.strictObject({
      template: name,
      subject: text(500),
      task: task.optional(),
      onceKey: text(500).optional(),
      purpose: name.optional(),
      /** Who wrote it. Missing: the template. */
      by: z.enum(["model", "template"]).optional(),
      /** Why a model was asked and the template used: each reason against what it wrote, or how the question ended. */
      because: z.array(text(500)).max(20).optional(),
      /** It waits for a person. */
      review: z.boolean().optional(),
      draft: writtenDraft.optional(),
    }),
  }),
  draft_decided: event({
    flow: 5,
    internal: true,
    about: "A person decided of an e-mail that a model wrote.",
    data: z.strictObject({
      /** The review, and the task that wrote the draft. */
      review: task,
      draft: task,
      template: name,
      onceKey: text(500),
      verdict: z.enum(DRAFT_VERDICTS),
      by: name,
      reason: text(500).optional(),
      model: name,
      prompt: name,
      /** What the model wrote, and what was sent in its place. */
      wrote: letter,
      sent: letter.optional(),
      /** The share of its words that were changed, from 0 to 1. */
      changed: z.number().min(0).max(1).optional(),
    }),
  }),
  draft_deadline: event({
    flow: 5,
    internal: true,
    about: "The time for deciding of a draft is over.",
    data: z.strictObject({
      draft: task,
      template: name,
      onceKey: text(500),
      purpose: name,
      sequence: name.optional(),
      touch: counted.optional(),
    }),
  }),
  score_explained: event({
    flow: 9,
    internal: true,
    about: "A model said a score in words, and what the rubric cannot see. It changes no score.",
    data: z.strictObject({
      score,
      words: text(2_000),
      /** Suggestions, each with the words of the lead it rests on. */
      beyond: z.array(z.strictObject({ what: text(500), words: text(500) })).max(10),
      model: name,
      prompt: name,
      task,
    }),
  }),
  summary_written: event({
    flow: 3,
    internal: true,
    about: "A model summarised work that failed, for the person who gets it.",
    data: z.strictObject({
      /** The task that failed; missing: a tool failed outside of one. */
      of: task.optional(),
      /** Each with the positions of the events it rests on. */
      sentences: z
        .array(z.strictObject({ text: text(500), events: z.array(z.number().int().nonnegative()).max(50) }))
        .max(10),
      model: name,
      prompt: name,
      task,
    }),
  }),
  nurture_enrolled: event({
    flow: 2,
    internal: true,
    about: "A contact entered the nurture sequence.",
    data: z.strictObject({ sequence: name, task: task.optional() }),
  }),
  // 3 Task state changes
  task_status_changed: event({
    flow: 3,
    internal: true,
    about: "Work on a task began, paused or was given back.",
    data: z.strictObject({ ...taskFact, from: name, to: name, by: name.optional(), reason: text(2_048).optional() }),
  }),
  task_completed: event({
    flow: 3,
    internal: true,
    about: "A task was done.",
    data: z.strictObject({ ...taskFact, by: name, result: jsonValue.optional() }),
  }),
  task_failed: event({
    flow: 3,
    internal: true,
    about: "An attempt at a task failed.",
    data: z.strictObject({
      ...taskFact,
      error: text(2_048),
      retry: z.enum(["scheduled", "waiting", "spent", "never"]),
      retryAt: z.number().optional(),
    }),
  }),
  task_timeout: event({
    flow: 3,
    internal: true,
    about: "An attempt ran past its time and was taken away.",
    data: z.strictObject({ ...taskFact, ranMs: counted }),
  }),
  task_overdue: event({
    flow: 3,
    internal: true,
    about: "A person's task is not done, and its due time is over.",
    data: z.strictObject({
      ...taskFact,
      /** Who is to do it: the role of the kind. */
      role: name,
      /** Milliseconds. */
      dueAt: z.number(),
      /** 1 when it became overdue, 2 when it was escalated. */
      level: counted,
    }),
  }),
  task_cancelled: event({
    flow: 3,
    internal: true,
    about: "A task was called off.",
    data: z.strictObject({ ...taskFact, reason: text(2_048) }),
  }),
  task_result_discarded: event({
    flow: 3,
    internal: true,
    about: "A worker finished a task it no longer held; its result changed nothing.",
    data: z.strictObject({ ...taskFact, by: name }),
  }),
  cascade_stopped: event({
    flow: 3,
    internal: true,
    about: "A chain of events grew too deep and was stopped.",
    data: z.strictObject({ depth: counted, path: z.array(name) }),
  }),
  // 4 Enrichment
  enrichment_started: event({
    flow: 4,
    internal: true,
    about: "An enrichment began.",
    data: z.strictObject({ task: task.optional(), sources: z.array(name) }),
  }),
  page_loaded: event({
    flow: 4,
    internal: true,
    about: "A page of a company's website was loaded.",
    data: z.strictObject({ url: pageUrl, status: counted, bytes: counted }),
  }),
  content_extracted: event({
    flow: 4,
    internal: true,
    about: "Facts were read from a page.",
    data: z.strictObject({ url: pageUrl, fields: z.array(name) }),
  }),
  search_completed: event({
    flow: 4,
    internal: true,
    about: "A profile search ended.",
    data: z.strictObject({ provider: name, found: counted }),
  }),
  data_compiled: event({
    flow: 4,
    internal: true,
    about: "What the sources gave was put together.",
    data: z.strictObject({ fields: z.array(name) }),
  }),
  contact_enriched: event({
    flow: 4,
    internal: true,
    about: "A contact's data was completed by the enricher.",
    data: z.strictObject({
      quality: z.number().min(0).max(10),
      values: z.record(
        propertyName,
        z.strictObject({
          value: propertyValue,
          confidence: z.number().min(0).max(1),
          source: name,
          /** Of a value a model found: the page, and the words it rests on. */
          url: pageUrl.optional(),
          words: text(500).optional(),
        }),
      ),
      /** Values a model gave that rest on nothing it was shown; dropped. */
      ungrounded: counted.optional(),
      reasons: z.array(text(500)).max(50),
      task: task.optional(),
    }),
  }),
  high_value_lead_detected: event({
    flow: 4,
    internal: true,
    about: "A lead has very good data.",
    data: z.strictObject({ basis: z.literal("data_quality"), quality: z.number() }),
  }),
  data_quality_issue: event({
    flow: 4,
    internal: true,
    about: "A contact's data cannot be relied on.",
    data: z.strictObject({ issue: text(500), quality: z.number().optional() }),
  }),
  enrichment_completed: event({
    flow: 4,
    internal: true,
    about: "An enrichment ended.",
    data: z.strictObject({ task: task.optional(), ms: counted }),
  }),
  enrichment_failed: event({
    flow: 4,
    internal: true,
    about: "An enrichment found nothing.",
    data: z.strictObject({ task: task.optional(), error: text(2_048) }),
  }),
  // 5 Outreach responses
  email_engagement: event({
    flow: 5,
    about: "Something came back for an e-mail: the raw fact, before anybody judges it.",
    data: z.strictObject({
      ...engagement,
      engagement: z.enum(["replied", "opened", "clicked", "bounced", "complained"]),
      /** Of a click. */
      url: pageUrl.optional(),
      /** Of a reply. */
      subject: text(500).optional(),
      /** Of a reply: what the contact wrote, without what it quotes. */
      text: text(65_536).optional(),
      /** Of a reply: a program wrote it (RFC 3834), nobody read ours. */
      automatic: z.boolean().optional(),
      /** Of a reply: the subject is the sender's own, not one of ours come back. */
      ownSubject: z.boolean().optional(),
      /** Of a reply: their mail program's own button asked to unsubscribe. */
      asksToLeave: z.boolean().optional(),
      /** Of a reply without words that could be read: what came instead. */
      what: z.enum(WORDLESS_REPLIES).optional(),
      /** Of a reply that came by another system's log: its own Message-ID. */
      mailId: text(500).optional(),
      /** Of a reply in a contact's conversation by another address: that address. */
      from: emailAddress.optional(),
      /**
       * Of a reply: why it is taken for the contact's. "thread": it answers a letter of ours to them; "address": its From
       * line says so, which anybody can write; "both".
       */
      knownBy: z.enum(["thread", "address", "both"]).optional(),
      /** Of a bounce: the address will never work. */
      hard: z.boolean().optional(),
      /** Of a bounce: what the code means: "gone", "full", "refused", "later", "expired", "route". */
      meaning: name.optional(),
      /** Of a bounce or complaint: what the other side said. */
      reason: text(500).optional(),
    }),
    contact: byWhom,
    example: { email: "ada@example.com", engagement: "replied", text: "Yes, Tuesday suits me." },
  }),
  email_opened: event({
    flow: 5,
    about: "An e-mail was opened.",
    data: z.strictObject(engagement),
    contact: byWhom,
    example: { email: "ada@example.com" },
  }),
  email_clicked: event({
    flow: 5,
    about: "A link in an e-mail was followed.",
    data: z.strictObject({ ...engagement, url: pageUrl.optional() }),
    contact: byWhom,
  }),
  email_replied: event({
    flow: 5,
    about: "A contact answered an e-mail.",
    data: z.strictObject({ ...engagement, subject: text(500).optional(), text: text(65_536) }),
    contact: byWhom,
    example: { email: "ada@example.com", text: "Yes, Tuesday suits me." },
  }),
  email_bounced: event({
    flow: 5,
    internal: true,
    about: "An e-mail came back undelivered.",
    data: z.strictObject({
      hard: z.boolean(),
      /** What the code means: "gone", "full", "refused", "later", "expired", "route". */
      meaning: name.optional(),
      reason: text(500).optional(),
      message: text(500).optional(),
    }),
  }),
  reply_classified: event({
    flow: 5,
    internal: true,
    about: "A reply was read, and this is what it seems to say.",
    data: z.strictObject({
      class: z.enum(REPLY_CLASSES),
      confidence: z.number().min(0).max(1),
      /** False: too unsure to act on, a person reads it. */
      sure: z.boolean(),
      /** What decided: "rule:…", "model:…", "opinion:…" or "person:…". */
      by: name,
      /** Of a reply a person has to read, or one that ended a lead: its beginning. */
      excerpt: text(2_000).optional(),
      reasons: z.array(text(500)).max(20).optional(),
      /** A program wrote the reply; it never counted as the contact's. */
      automatic: z.boolean().optional(),
      /** Of an absence: when they are back; milliseconds. */
      returnAt: z.number().optional(),
      /** Of a wrong person: whom to ask instead. */
      referral: text(500).optional(),
      task: task.optional(),
      /** Of a person's reading: the reply's position. */
      reply: z.number().int().positive().optional(),
      /** Of a person's reading: an earlier one had taken it for a refusal, which is taken back. */
      withdrawsRefusal: z.boolean().optional(),
      /** Of a person's reading: an earlier one had ended this sequence, which goes on after this e-mail of it. */
      resumes: z.strictObject({ sequence: name, touch: counted, at: z.number() }).optional(),
    }),
  }),
  positive_response: event({
    flow: 5,
    internal: true,
    about: "A reply says yes.",
    data: z.strictObject({ confidence: z.number().min(0).max(1) }),
  }),
  negative_response: event({
    flow: 5,
    internal: true,
    about: "A reply says no.",
    data: z.strictObject({
      confidence: z.number().min(0).max(1),
      /** "no", or "not_now": asked again after the cool-off. */
      kind: name,
      /** Until when nothing is sent; milliseconds. Left out: until they write again. */
      until: z.number().optional(),
    }),
  }),
  needs_clarification: event({
    flow: 5,
    internal: true,
    about: "A reply asks something.",
    data: z.strictObject({ confidence: z.number().min(0).max(1) }),
  }),
  opted_out: event({
    flow: 5,
    about: "A contact asked to be left alone; final, for every channel.",
    data: z.strictObject({ ...whom, by: name }),
    contact: byWhom,
    example: { email: "ada@example.com", by: "unsubscribe_link" },
  }),
  opt_out_lifted: event({
    flow: 5,
    internal: true,
    about: "A person lifted an opt-out that was wrong, and why.",
    data: z.strictObject({ by: name, reason: text(500) }),
  }),
  suppression_lifted: event({
    flow: 5,
    internal: true,
    about: "A person lifted the suppression of an address that works after all, and why.",
    data: z.strictObject({ by: name, reason: text(500) }),
  }),
  sequence_step_due: event({
    flow: 5,
    internal: true,
    about: "The next e-mail of a sequence is due.",
    data: z.strictObject({ sequence: name, touch: counted }),
  }),
  sequence_paused: event({
    flow: 5,
    internal: true,
    about: "A sequence waits.",
    data: z.strictObject({ sequence: name, until: z.number(), because: text(500) }),
  }),
  sequence_ended: event({
    flow: 5,
    internal: true,
    about: "A contact left a sequence.",
    data: z.strictObject({ sequence: name, because: text(500) }),
  }),
  meeting_booked: event({
    flow: 5,
    about: "A contact booked a meeting.",
    data: z.strictObject({ ...whom, at: z.number().optional() }),
    contact: byWhom,
    example: { email: "ada@example.com" },
  }),
  email_not_engaged: event({
    flow: 5,
    internal: true,
    about: "Nothing came back for an e-mail in 72 hours.",
    data: z.strictObject({ template: name }),
  }),
  hot_prospect: event({
    flow: 5,
    internal: true,
    about: "A contact's engagement became high.",
    data: z.strictObject({ engagement: z.number() }),
  }),
  cold_prospect: event({
    flow: 5,
    internal: true,
    about: "A contact's engagement became low.",
    data: z.strictObject({ engagement: z.number() }),
  }),
  // 6 System health
  component_health_check: event({
    flow: 6,
    internal: true,
    about: "A part of the engine reported its health.",
    data: z.strictObject({ component: name, ok: z.boolean(), detail: text(500).optional() }),
  }),
  metrics_calculated: event({
    flow: 6,
    internal: true,
    about: "Measurements of a period were put together.",
    data: z.strictObject({ metrics: z.record(z.string(), z.number()) }),
  }),
  performance_alert: event({
    flow: 6,
    internal: true,
    about: "The engine became slow.",
    data: z.strictObject({ metric: name, value: z.number(), threshold: z.number() }),
  }),
  error_rate_alert: event({
    flow: 6,
    internal: true,
    about: "Errors became frequent.",
    data: z.strictObject({ rate: z.number(), threshold: z.number(), summary: text(2_048) }),
  }),
  resource_alert: event({
    flow: 6,
    internal: true,
    about: "Memory, disk or connections run short.",
    data: z.strictObject({ resource: name, value: z.number(), threshold: z.number() }),
  }),
  dead_letter_alert: event({
    flow: 6,
    internal: true,
    about: "Events could not be taken by a workflow or another consumer, and wait for a person.",
    data: z.strictObject({ consumer: text(200), events: counted, error: text(2_048) }),
  }),
  agent_started: event({
    flow: 6,
    internal: true,
    about: "An agent began to work.",
    data: z.strictObject({ agent: name, runs: counted.optional() }),
  }),
  agent_completed: event({
    flow: 6,
    internal: true,
    about: "An agent finished work.",
    data: z.strictObject({ agent: name, runs: counted.optional() }),
  }),
  agent_failed: event({
    flow: 6,
    internal: true,
    about: "An agent failed at work.",
    data: z.strictObject({ agent: name, error: text(2_048), runs: counted.optional() }),
  }),
  agent_health_critical: event({
    flow: 6,
    internal: true,
    about: "An agent fails too often.",
    data: z.strictObject({ agent: name, failureRate: z.number(), runs: counted }),
  }),
  health_alert_cleared: event({
    flow: 6,
    internal: true,
    about: "What an alert about the system told of is over.",
    data: z.strictObject({ alert: name, subject: name }),
  }),
  system_healthy: event({ flow: 6, internal: true, about: "Everything works again.", data: z.strictObject({}) }),
  queue_depth_changed: event({
    flow: 6,
    internal: true,
    about: "The backlog changed.",
    data: z.strictObject({
      ready: counted,
      /** Tasks of stopped agents, beside those. */
      held: counted.optional(),
    }),
  }),
  queue_overload: event({
    flow: 6,
    internal: true,
    about: "The backlog grew over its limit.",
    data: z.strictObject({ ready: counted, threshold: counted }),
  }),
  queue_cleared: event({ flow: 6, internal: true, about: "The backlog is gone.", data: z.strictObject({}) }),
  // 7 Integrations
  customer_purchased: event({
    flow: 7,
    about: "A shop tells of a purchase.",
    data: z.strictObject({
      ...whom,
      product: name,
      amount: z.number().nonnegative().optional(),
      currency: text(3).optional(),
    }),
    contact: byWhom,
    example: { email: "ada@example.com", product: "Team plan", amount: 490, currency: "EUR" },
  }),
  purchase_completed: event({
    flow: 7,
    internal: true,
    about: "A contact became a customer.",
    data: z.strictObject({
      /** Left out when the CRM only says that the contact is a customer now. */
      product: name.optional(),
      amount: z.number().nonnegative().optional(),
      currency: text(3).optional(),
    }),
  }),
  upsell_found: event({
    flow: 7,
    internal: true,
    about: "Something speaks for selling a customer more.",
    data: z.strictObject({
      opportunity: z.enum(["strong", "some"]),
      /** The weightiest first. */
      reasons: z.array(text(500)).max(20),
      /** What they bought, newest first. */
      bought: z.array(text(500)).max(20),
      task: z.number(),
    }),
  }),
  external_event: event({
    flow: 7,
    internal: true,
    about:
      "Another system's webhook that no one translates, as it came: for workflows, and to see what could be translated.",
    data: z.strictObject({
      /** The name of the sender in the config. */
      source: name,
      /** The sender's word for it. */
      type: name,
      payload: jsonValue,
      /** Why the translation there is did not work. */
      problem: text(500).optional(),
    }),
  }),
  contact_updated_external: event({
    flow: 7,
    about: "Another system changed a contact.",
    data: z.strictObject({ ...whom, system: name, properties: contactProperties }),
    contact: byWhom,
    example: { email: "ada@example.com", system: "billing", properties: { company: "Acme Ltd" } },
  }),
  contact_sync_completed: event({
    flow: 7,
    internal: true,
    about: "Changes of another system are in.",
    data: z.strictObject({ system: name, changes }),
  }),
  contact_deleted: event({
    flow: 7,
    internal: true,
    about: "Somebody deleted the contact in another system; what is known of it stays here.",
    data: z.strictObject({ ...whom, system: name }),
    contact: byWhom,
  }),
  contact_restored: event({
    flow: 7,
    internal: true,
    about: "A contact that was deleted in another system is there again.",
    data: z.strictObject({ ...whom, system: name }),
    contact: byWhom,
  }),
  privacy_deletion_requested: event({
    flow: 7,
    internal: true,
    about: "Another system erased the contact because a law gives it that right.",
    data: z.strictObject({ ...whom, system: name }),
    contact: byWhom,
  }),
  contact_erased: event({
    flow: 7,
    internal: true,
    about: "Everything known of a contact was erased; subscribers that keep something of it must do the same.",
    data: z.strictObject({ because: z.enum(ERASURE_REASONS) }),
  }),
  event_erased: event({
    flow: 7,
    internal: true,
    about: "Here stood an event of a contact whose data was erased; only its type, place and times are left.",
    data: z.strictObject({ was: name }),
  }),
  contact_merged: event({
    flow: 7,
    internal: true,
    about: "Contacts turned out to be one; the one this is about stays, or has become part of `into`.",
    data: z.strictObject({ system: name, from: z.array(name).max(101), into: name, contact: z.uuid().optional() }),
  }),
  crm_change_noted: event({
    flow: 7,
    internal: true,
    about: "The CRM told of something that changes nothing here: our own write, what came too late, what was known.",
    data: z.strictObject({
      system: name,
      change: name,
      object: name,
      property: propertyName.optional(),
      value: text(10_000).optional(),
      /** In place of the two: several properties of one record that changed together. */
      properties: z.record(propertyName, text(10_000)).optional(),
      because: z.enum(["echo", "stale", "known", "not ours", "erased"]),
    }),
  }),
  crm_changes_missed: event({
    flow: 7,
    internal: true,
    about:
      "The CRM's journal did not reach back to where it was read last: what changed is asked for, but who was deleted or merged meanwhile was not heard.",
    data: z.strictObject({ system: name, since: z.iso.datetime() }),
  }),
  crm_task_changed: event({
    flow: 7,
    internal: true,
    about: "Somebody worked on a task of ours in the CRM.",
    data: z.strictObject({
      system: name,
      task,
      object: name,
      change: name,
      property: propertyName.optional(),
      value: text(10_000).optional(),
      by: name,
    }),
  }),
  hubspot_action_called: event({
    flow: 7,
    internal: true,
    about: "A workflow or an agent of HubSpot used an action of ours, and waits for its end.",
    data: z.strictObject({
      action: z.enum(["ask_for_task", "qualify_now", "enrol_in_sequence"]),
      callbackId: name,
      input: z.record(propertyName, text(2_000)),
      workflowId: name.optional(),
    }),
  }),
  hubspot_action_answered: event({
    flow: 7,
    internal: true,
    about: "HubSpot was answered what came of an action it asked for.",
    data: z.strictObject({
      callbackId: name,
      state: z.enum(["SUCCESS", "FAIL_CONTINUE"]),
      isTooLate: z.boolean().optional(),
    }),
  }),
  mcp_tool_called: event({
    flow: 7,
    internal: true,
    about: "An agent used a tool.",
    data: z.strictObject({
      agent: name,
      tool: name,
      ms: counted,
      /** The following of a tool of an MCP server. */
      task: task.optional(),
      server: name.optional(),
      /** SHA-256 of what it was asked. */
      arguments: name.optional(),
      /** Characters of the answer. */
      size: counted.optional(),
      ok: z.boolean().optional(),
      outcome: z.enum(MCP_OUTCOMES).optional(),
    }),
  }),
  model_called: event({
    flow: 7,
    internal: true,
    about: "An agent asked a language model, and what that cost.",
    data: z.strictObject({
      agent: name,
      task: z.number().int().positive(),
      prompt: name,
      model: name,
      outcome: z.enum(MODEL_OUTCOMES),
      inputTokens: counted,
      outputTokens: counted,
      costUsd: z.number().nonnegative(),
      ms: counted,
      /** The answer was on record from an attempt before. */
      recorded: z.boolean(),
      /** SHA-256 of the question. */
      request: name,
    }),
  }),
  events_aggregated: event({
    flow: 8,
    internal: true,
    about: "A buffer of events was flushed: what gathered, deduplicated and counted.",
    data: z.strictObject({
      batch: name,
      because: z.enum(["full", "time", "urgent"]),
      counts: z.record(name, counted),
      contacts: z.array(z.uuid()),
      /** One entry per contact and type (or as the buffer deduplicates), urgent types first. */
      items: z.array(
        z.strictObject({ type: name, contact: z.uuid().nullable(), count: counted, last: z.number().int() }),
      ),
      /** The events that gathered, by position. */
      positions: z.array(z.number().int()),
    }),
  }),
  mcp_tool_failed: event({
    flow: 7,
    internal: true,
    about: "A tool of an agent failed.",
    data: z.strictObject({ agent: name, tool: name, error: text(2_048), task: task.optional() }),
  }),
} as const;
