/**
 * From a send_email task to the letter that may leave, or to the outcome that says why none does.
 * Both mailers begin with this, so that what one refuses the other refuses too.
 */
import type { Contact } from "../contacts/contact.ts";
import { parseEmailAddress } from "../email-address.ts";
import type { Json } from "../events/event.ts";
import type { Cancelled, Completed, EmailRecord, Failed, TaskInput } from "../tasks/handler.ts";
import { MAIL_PURPOSES, type MailPurpose, mayEmail } from "./mail-gate.ts";
import { asSubject, asText, type Templates, type TemplateText } from "./templates.ts";

/** What a send_email task carries. Without subject and text the template is rendered at the moment of sending. */
export interface MailPayload {
  readonly template: string;
  /** Never two e-mails with one key (R7). */
  readonly onceKey: string;
  readonly purpose: MailPurpose;
  readonly subject?: string;
  readonly text?: string;
  /** Milliseconds; after this it is no longer worth sending (R10). */
  readonly staleAt?: number;
  /** The sequence it belongs to, and which e-mail of it this is. */
  readonly sequence?: string;
  readonly touch?: number;
}

/** One e-mail to one address, ready to leave. */
export interface Letter extends TemplateText {
  readonly onceKey: string;
  readonly template: string;
  readonly purpose: MailPurpose;
  /** One valid address, as `parseEmailAddress` gives it. */
  readonly to: string;
  readonly contact: string;
  readonly task: number;
  readonly sequence: string | undefined;
  readonly touch: number | undefined;
}

export type Prepared = { readonly letter: Letter } | { readonly outcome: Cancelled | Failed };

const LONGEST_KEY = 500;
const LONGEST_NAME = 200;

export function prepareLetter(task: TaskInput, templates: Templates, now: number): Prepared {
  const { contact, payload } = task;
  if (contact === undefined) return failed(`Task ${task.kind} names no contact, so there is nobody to write to.`);
  if (!isMailPayload(payload)) {
    return failed(
      'A send_email task needs a template, a onceKey, and a purpose ("transactional", "outreach" or "nurture").',
    );
  }
  const content = contentOf(payload, contact, templates);
  if (content === undefined) return failed(templates.unknown(payload.template).message);
  const verdict = mayEmail(contact, payload, now);
  const { onceKey, template, purpose } = payload;
  const place = { sequence: payload.sequence ?? undefined, touch: payload.touch ?? undefined };
  if (!verdict.ok) return heldBack({ ...content, onceKey, template, to: addressOf(contact) }, verdict.reason);
  return {
    letter: { ...content, onceKey, template, purpose, ...place, to: verdict.to, contact: contact.id, task: task.id },
  };
}

/** The outcome for a letter that has left: its row in the ledger and its event. */
export function sentOutcome(letter: Letter, result: { readonly from: string; readonly via: string }): Completed {
  const { onceKey, template, to, subject, text, task, purpose, sequence, touch } = letter;
  const place = sequence === undefined ? {} : { sequence, ...(touch === undefined ? {} : { touch }) };
  return {
    outcome: "completed",
    result: { to, ...result },
    emails: [{ onceKey, template, to, subject, text, state: "sent" }],
    events: [{ type: "email_sent", data: { template, to, subject, task, purpose, ...place } }],
  };
}

/** The outcome for a letter that must not leave: called off, and kept in the ledger with its reason. */
export function heldBack(letter: Omit<EmailRecord, "state">, reason: string): { readonly outcome: Cancelled } {
  const { onceKey, template, to, subject, text } = letter;
  return {
    outcome: {
      outcome: "cancelled",
      reason,
      emails: [{ onceKey, template, to, subject, text, state: "suppressed", reason }],
    },
  };
}

function isMailPayload(payload: Json): payload is Json & MailPayload {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return false;
  const { template, onceKey, purpose, subject, text, staleAt } = payload as Readonly<Record<string, Json | undefined>>;
  return (
    isShortText(template, LONGEST_NAME) &&
    isShortText(onceKey, LONGEST_KEY) &&
    (MAIL_PURPOSES as readonly unknown[]).includes(purpose) &&
    isAbsentOr("string", subject) &&
    isAbsentOr("string", text) &&
    isAbsentOr("number", staleAt)
  );
}

function isShortText(value: unknown, most: number): boolean {
  return typeof value === "string" && value !== "" && value.length <= most;
}

/** A task's payload comes back from a row, where absent may have become null. */
function isAbsentOr(type: "string" | "number", value: unknown): boolean {
  return value === undefined || value === null || typeof value === type;
}

function contentOf(payload: MailPayload, contact: Contact, templates: Templates): TemplateText | undefined {
  if (payload.subject && payload.text) return { subject: asSubject(payload.subject), text: asText(payload.text) };
  return templates.has(payload.template) ? templates.render(payload.template, contact) : undefined;
}

/** The address a held back letter was meant for; empty when there is none that could be written to. */
function addressOf(contact: Contact): string {
  const { email } = contact.properties;
  return (typeof email === "string" ? parseEmailAddress(email) : undefined) ?? "";
}

function failed(error: string): Prepared {
  return { outcome: { outcome: "failed", error, retry: "never" } };
}
