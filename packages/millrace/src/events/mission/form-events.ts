/** Flow 2: a form, and what is written, drafted and announced because of it. Read by mission-events.ts. */
import { z } from "zod";
import { emailAddress, event, jsonValue, propertyName, text } from "../define-event.ts";
import { counted, formFields, name, score, task } from "./fields.ts";

/** What a person can make of a draft. */
export const DRAFT_VERDICTS = ["approved", "edited", "refused"] as const;
export type DraftVerdict = (typeof DRAFT_VERDICTS)[number];

const writtenText = z.strictObject({ subject: text(500), text: text(20_000) });
/** An e-mail of a model with what it rests on. */
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
  template: writtenText,
  model: name,
  prompt: name,
  /** SHA-256 of the question. */
  request: name,
});

export const formEvents = {
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
    about: "An alert went out to people.",
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
      wrote: writtenText,
      sent: writtenText.optional(),
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
} as const;
