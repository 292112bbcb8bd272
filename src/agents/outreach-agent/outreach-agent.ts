/**
 * The outreach agent: writes first e-mails to leads and begins the nurture sequence (flows 1, 2, 7). Pure: it drafts
 * and asks for the sending; whether an e-mail may leave is decided at the gate, at the moment of sending (R6).
 */
import type { Contact } from "../../contacts/contact.ts";
import type { Json, NewEvent } from "../../events/event.ts";
import type { MailPayload } from "../../outreach/letter.ts";
import { type MailPurpose, mayEmail } from "../../outreach/mail-gate.ts";
import type { Templates } from "../../outreach/templates.ts";
import type { Cancelled, HandlerContext, Outcome, PureHandler, TaskInput, TaskRequest } from "../../tasks/handler.ts";
import { pureAgent } from "../agent.ts";

export interface OutreachAgentOptions {
  readonly templates: Templates;
}

/** What an update_outreach task may carry: the draft that is to be written anew. */
export interface UpdateOutreachPayload {
  readonly draft?: { readonly template: string; readonly onceKey: string; readonly purpose: "outreach" | "nurture" };
}

interface Work {
  readonly task: TaskInput;
  readonly contact: Contact;
  readonly templates: Templates;
  readonly now: number;
}

const FIRST_TOUCH = "outreach";
const FIRST_NURTURE = "nurture_1";

/** The agent for `send_outreach`, `update_outreach` and `nurture_sequence`. */
export function outreachAgent(options: OutreachAgentOptions): PureHandler {
  return pureAgent({
    name: "outreach_agent",
    kinds: ["send_outreach", "update_outreach", "nurture_sequence"],
    run: (tasks, context) => tasks.map((task) => work(task, context, options.templates)),
  });
}

function work(task: TaskInput, { now }: HandlerContext, templates: Templates): Outcome {
  const { contact } = task;
  if (contact === undefined) {
    return {
      outcome: "failed",
      error: `Task ${task.kind} names no contact, so there is nobody to write to.`,
      retry: "never",
    };
  }
  const begun: Work = { task, contact, templates, now };
  if (task.kind === "update_outreach") return updateOutreach(begun);
  return task.kind === "nurture_sequence" ? enrol(begun) : sendOutreach(begun);
}

/** One first touch per contact, ever (R7). */
function sendOutreach(begun: Work): Outcome {
  const refusal = refusalOf(begun, "outreach", FIRST_TOUCH);
  if (refusal !== undefined) return refusal;
  return draft(begun, { template: FIRST_TOUCH, onceKey: `first_touch:${begun.contact.id}`, purpose: "outreach" });
}

/** The e-mail itself is rendered when it is sent, from what is known then. */
function enrol(begun: Work): Outcome {
  const refusal = refusalOf(begun, "nurture", FIRST_NURTURE);
  if (refusal !== undefined) return refusal;
  const { task, contact } = begun;
  const enrolled: NewEvent = { type: "nurture_enrolled", data: { sequence: "default", task: task.id } };
  const payload = { template: FIRST_NURTURE, onceKey: `nurture:${contact.id}:1`, purpose: "nurture" } as const;
  return {
    outcome: "completed",
    result: { sequence: "default", step: 1 },
    events: [enrolled],
    tasks: [{ kind: "send_email", priority: "LOW", mergeKey: `send_email:${FIRST_NURTURE}`, payload }],
  };
}

/** @NOTE a request that meets an open send_email of the same key merges into it, and the open one's text stays. */
function updateOutreach(begun: Work): Outcome {
  const wanted = draftOf(begun.task.payload);
  const sent = begun.contact.facts.emails ?? {};
  if (wanted === undefined || (sent[wanted.template] ?? 0) > 0) {
    return { outcome: "completed", result: { updated: false, because: "There is no unsent draft." } };
  }
  if (!begun.templates.has(wanted.template)) {
    return { outcome: "failed", error: begun.templates.unknown(wanted.template).message, retry: "never" };
  }
  return refusalOf(begun, wanted.purpose, wanted.template) ?? draft(begun, wanted);
}

/** Writes the e-mail from what is known now and asks for it to be sent. */
function draft({ task, contact, templates }: Work, wanted: Required<UpdateOutreachPayload>["draft"]): Outcome {
  const { subject, text } = templates.render(wanted.template, contact);
  const payload: MailPayload & { readonly [key: string]: Json } = { ...wanted, subject, text };
  const mergeKey = wanted.template === FIRST_TOUCH ? "send_email:first_touch" : `send_email:${wanted.template}`;
  const request: TaskRequest = { kind: "send_email", mergeKey, payload };
  return {
    outcome: "completed",
    result: { template: wanted.template, subject },
    events: [{ type: "outreach_drafted", data: { template: wanted.template, subject, task: task.id } }],
    tasks: [request],
  };
}

/** Why nothing is written: the gate would hold it back anyway, a person is on it, or it was sent before. */
function refusalOf({ contact, now }: Work, purpose: MailPurpose, template: string): Cancelled | undefined {
  const verdict = mayEmail(contact, { purpose }, now);
  if (!verdict.ok) return cancelled(verdict.reason);
  if (contact.properties.lead_band === "hot") return cancelled("The lead is hot: a person calls instead.");
  if ((contact.facts.engagement?.replies ?? 0) > 0) return cancelled("The contact has replied: a person answers.");
  if ((contact.facts.emails?.[template] ?? 0) > 0) return cancelled("The contact has had this e-mail before.");
  return undefined;
}

function cancelled(reason: string): Cancelled {
  return { outcome: "cancelled", reason };
}

function draftOf(payload: Json): UpdateOutreachPayload["draft"] {
  const { draft: wanted } = (payload ?? {}) as { readonly draft?: Partial<Required<UpdateOutreachPayload>["draft"]> };
  if (typeof wanted?.template !== "string" || typeof wanted.onceKey !== "string") return undefined;
  if (wanted.purpose !== "outreach" && wanted.purpose !== "nurture") return undefined;
  return { template: wanted.template, onceKey: wanted.onceKey, purpose: wanted.purpose };
}
