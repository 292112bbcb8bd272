/** Flow 5: what people do with our e-mails, and what follows from it. Read by mission-events.ts. */
import { z } from "zod";
import { emailAddress, event, text } from "../define-event.ts";
import { byWhom, counted, name, pageUrl, task, whom } from "./fields.ts";
import { REPLY_CLASSES, WORDLESS_REPLIES } from "./reply-classes.ts";

const engagement = { ...whom, message: text(500).optional(), machine: z.boolean().optional() };

export const replyEvents = {
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
      /** Of a reply: a program wrote it (RFC 3834), no one read ours. */
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
       * Of a reply: why it is taken for the contact's. "thread": it answers an e-mail of ours to them; "address": its From
       * line says so, which anyone can write; "both".
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
} as const;
