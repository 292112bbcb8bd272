/**
 * The outreach agent: writes the e-mails of the sequences and writes unsent ones anew (flows 1, 2, 5, 7). Pure: it drafts
 * and asks for the sending; whether an e-mail may leave is decided at the gate, at the moment of sending (R6).
 */
import type { Contact } from "../../contacts/contact.ts";
import type { MailPayload } from "../../email/compose/outgoing-email.ts";
import type { Templates, TemplateText } from "../../email/compose/templates.ts";
import { type MailPurpose, mayEmail } from "../../email/policy/mail-gate.ts";
import { defaultSequences, type SequenceName, type Sequences, touchOf } from "../../email/sequences.ts";
import type { Json, NewEvent } from "../../events/event.ts";
import type {
  Cancelled,
  Completed,
  HandlerContext,
  Outcome,
  PureHandler,
  TaskInput,
  TaskRequest,
} from "../../tasks/handler.ts";
import { pureAgent } from "../agent.ts";

export interface OutreachAgentOptions {
  readonly templates: Templates;
  /** Default: `defaultSequences`. */
  readonly sequences?: Sequences;
  /** True: a model writes the e-mails, so writing is a task of its own (draft-writer). Default false. */
  readonly hasWriter?: boolean;
}

/** What an update_outreach task may carry: the draft that is to be written anew. Left out: the contact's unsent one. */
export interface UpdateOutreachPayload {
  readonly draft?: { readonly template: string; readonly onceKey: string; readonly purpose: "outreach" | "nurture" };
}

/** Merge keys of prospecting e-mails begin so: what ends prospecting calls these off and no others. */
export const PROSPECTING_KEYS = "prospecting:";
/** And merge keys of letters that are being written or wait for a person. */
export const DRAFT_KEYS = "draft:";

interface Work {
  readonly task: TaskInput;
  readonly contact: Contact;
  readonly templates: Templates;
  readonly sequences: Sequences;
  readonly hasWriter: boolean;
  readonly now: number;
}

/** One e-mail of a sequence. */
interface Step {
  readonly sequence: SequenceName;
  /** 1 for the first. */
  readonly touch: number;
  readonly template: string;
  readonly purpose: "outreach" | "nurture";
}

/** The agent for `send_outreach`, `continue_sequence`, `update_outreach` and `nurture_sequence`. */
export function outreachAgent(options: OutreachAgentOptions): PureHandler {
  const sequences = options.sequences ?? defaultSequences;
  return pureAgent({
    name: "outreach_agent",
    kinds: ["send_outreach", "continue_sequence", "update_outreach", "nurture_sequence"],
    run: (tasks, context) => tasks.map((task) => work(task, context, { ...options, sequences })),
  });
}

function work(
  task: TaskInput,
  { now }: HandlerContext,
  { templates, sequences, hasWriter = false }: OutreachAgentOptions & { readonly sequences: Sequences },
): Outcome {
  const { contact } = task;
  if (contact === undefined) return failed(`Task ${task.kind} names no contact, so there is nobody to write to.`);
  const begun: Work = { task, contact, templates, sequences, hasWriter, now };
  switch (task.kind) {
    case "update_outreach":
      return updateOutreach(begun);
    case "continue_sequence":
      return continueSequence(begun);
    case "nurture_sequence":
      return sendStep(begun, stepOf(begun, "nurture", 1));
    default:
      return sendStep(begun, stepOf(begun, "outreach", 1));
  }
}

/** The next e-mail of the sequence the contact is in; nothing when the contact has left it meanwhile. */
function continueSequence(begun: Work): Outcome {
  const { sequence, touch } = (begun.task.payload ?? {}) as { readonly sequence?: unknown; readonly touch?: unknown };
  const place = begun.contact.facts.sequence;
  if (place === undefined || place.name !== sequence) return cancelled("The contact has left the sequence.");
  if (place.touch + 1 !== touch) return cancelled(`E-mail ${touch} is not the one after ${place.touch}.`);
  return sendStep(begun, stepOf(begun, place.name, place.touch + 1));
}

function stepOf({ sequences }: Work, sequence: string, touch: number): Step | undefined {
  const found = touchOf(sequences, sequence, touch);
  if (found === undefined) return undefined;
  return { sequence: sequence as SequenceName, touch, template: found.template, purpose: found.purpose };
}

/** Each e-mail of a sequence once per contact, ever (R7). */
function sendStep(begun: Work, step: Step | undefined): Outcome {
  if (step === undefined) return cancelled("The sequence is over.");
  if (!begun.templates.has(step.template)) return failed(begun.templates.unknown(step.template).message);
  const refusal = refusalOf(begun, step.purpose, step.template);
  if (refusal !== undefined) return refusal;
  const { id } = begun.contact;
  const first = step.sequence === "outreach" ? `first_touch:${id}` : `nurture:${id}:1`;
  const onceKey = step.touch === 1 ? first : `${step.sequence}:${id}:${step.touch}`;
  const enrolled: NewEvent = { type: "nurture_enrolled", data: { sequence: step.sequence, task: begun.task.id } };
  const drafted = draft(begun, { ...step, onceKey });
  const isEnrolled = step.sequence === "nurture" && step.touch === 1;
  return isEnrolled ? { ...drafted, events: [enrolled, ...(drafted.events ?? [])] } : drafted;
}

function updateOutreach(begun: Work): Outcome {
  const wanted = draftOf(begun.task.payload) ?? draftOf({ draft: begun.contact.facts.draft ?? null });
  const sent = begun.contact.facts.emails ?? {};
  if (wanted === undefined || (sent[wanted.template] ?? 0) > 0) {
    return { outcome: "completed", result: { updated: false, because: "There is no unsent draft." } };
  }
  if (!begun.templates.has(wanted.template)) return failed(begun.templates.unknown(wanted.template).message);
  return (
    refusalOf(begun, wanted.purpose, wanted.template) ?? draft(begun, { ...wanted, ...sequenceStepOf(begun, wanted) })
  );
}

/** Which e-mail of a sequence a draft is, found by its template. */
function sequenceStepOf({ sequences }: Work, { template }: { readonly template: string }): Partial<Step> {
  for (const sequence of ["outreach", "nurture"] as const) {
    const at = sequences[sequence].touches.findIndex((touch) => touch.template === template);
    if (at !== -1) return { sequence, touch: at + 1 };
  }
  return {};
}

/** One letter that is to be written; what a `write_draft` task carries. A type, so that it can go into a task as it is. */
export type Draft = {
  readonly template: string;
  readonly onceKey: string;
  readonly purpose: "outreach" | "nurture";
  readonly sequence?: SequenceName;
  /** 1 for the first. */
  readonly touch?: number;
};

/** Writes the e-mail from what is known now and asks for it to be sent; or for it to be written, where a model does that. */
function draft({ task, contact, templates, hasWriter }: Work, wanted: Draft): Completed {
  const { template, onceKey, purpose, sequence, touch } = wanted;
  const place = sequence === undefined ? {} : { sequence, touch: touch ?? 1 };
  if (hasWriter) {
    const payload = { template, onceKey, purpose, ...place };
    const mergeKey = `${DRAFT_KEYS}${sequence ?? purpose}:${template}`;
    const request: TaskRequest = { kind: "write_draft", mergeKey, ...urgencyOf(purpose), payload };
    return {
      outcome: "completed",
      result: { template, ...place, isWritten: "by a task of its own" },
      tasks: [request],
    };
  }
  const letter = templates.render(template, contact);
  const drafted: NewEvent = {
    type: "outreach_drafted",
    data: { template, subject: letter.subject, task: task.id, onceKey, purpose },
  };
  return {
    outcome: "completed",
    result: { template, subject: letter.subject, ...place },
    events: [drafted],
    tasks: [sendingOf(wanted, letter)],
  };
}

/** The task that sends an e-mail; those of a sequence are one conversation. */
export function sendingOf({ template, onceKey, purpose, sequence, touch }: Draft, letter: TemplateText): TaskRequest {
  const place = sequence === undefined ? {} : { sequence, touch: touch ?? 1, thread: sequence };
  const { subject, text } = letter;
  const payload: Json & MailPayload = { template, onceKey, purpose, subject, text, ...place } as Json & MailPayload;
  return {
    kind: "send_email",
    mergeKey: `${PROSPECTING_KEYS}${sequence ?? purpose}:${template}`,
    ...urgencyOf(purpose),
    payload,
  };
}

function urgencyOf(purpose: Draft["purpose"]): Pick<TaskRequest, "priority"> {
  return purpose === "nurture" ? { priority: "LOW" } : {};
}

function refusalOf({ contact, now }: Work, purpose: MailPurpose, template: string): Cancelled | undefined {
  const reason = refusalFor(contact, { purpose, template }, now);
  return reason === undefined ? undefined : cancelled(reason);
}

/** Why nothing is written: the gate would hold it back anyway, a person is on it, or it was sent before. */
export function refusalFor(
  contact: Contact,
  { purpose, template }: { readonly purpose: MailPurpose; readonly template: string },
  now: number,
): string | undefined {
  const verdict = mayEmail(contact, { purpose }, now);
  if (!verdict.ok) return verdict.reason;
  if (contact.properties.lead_band === "hot") return "The lead is hot: a person calls instead.";
  if (isForPerson(contact, now)) return "The contact has replied: a person answers.";
  if ((contact.facts.emails?.[template] ?? 0) > 0) return "The contact has had this e-mail before.";
  return undefined;
}

/** A reply is a person's to answer, until the time a "not now" named is over or who said no sends a form. */
function isForPerson({ facts }: Contact, now: number): boolean {
  const { engagement, declined, reopenedAt } = facts;
  if (engagement === undefined || engagement.replies === 0) return false;
  const repliedAt = engagement.recent?.findLast((mark) => mark.kind === "reply")?.at ?? engagement.lastAt;
  if (reopenedAt !== undefined && repliedAt <= reopenedAt) return false;
  const isOver = declined !== undefined && declined.until !== null && declined.until <= now;
  return !(isOver && repliedAt <= declined.at);
}

function failed(error: string): Outcome {
  return { outcome: "failed", error, retry: "never" };
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
