/**
 * From a send_email task to the e-mail that may leave, or to the outcome that says why none does.
 * Both mailers begin with this, so that what one refuses the other refuses too.
 */
import { parseEmailAddress } from "../../base/email-address.ts";
import type { Contact } from "../../contacts/contact.ts";
import type { Json } from "../../events/event.ts";
import type { Cancelled, Completed, EmailRecord, Failed, Snoozed, TaskInput } from "../../tasks/handler.ts";
import type { Hold } from "../../tasks/sending.ts";
import { MAIL_PURPOSES, type MailPolicy, type MailPurpose, mayEmail } from "../policy/mail-gate.ts";
import { type MailLayout, type RenderedMessage, renderMessage } from "./mail-layout.ts";
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
  /** The sequence it is part of, and which of its e-mails it is; 1 for the first. */
  readonly sequence?: string;
  readonly touch?: number;
  /** The conversation it belongs to: later e-mails of one answer the earlier ones, under their subject if they have none. */
  readonly thread?: string;
  /** The Message-IDs of what came in that it answers, oldest first, with their angle brackets. */
  readonly answers?: readonly string[];
}

/** One e-mail to one address, ready to leave. */
export interface OutgoingEmail extends RenderedMessage {
  readonly onceKey: string;
  readonly template: string;
  readonly purpose: MailPurpose;
  readonly sequence: string | undefined;
  readonly touch: number | undefined;
  readonly thread: string | undefined;
  readonly answers: readonly string[] | undefined;
  readonly staleAt: number | undefined;
  /** One valid address, as `parseEmailAddress` gives it. */
  readonly to: string;
  readonly contact: string;
  readonly task: number;
}

export type Prepared = { readonly message: OutgoingEmail } | { readonly outcome: Cancelled | Failed | Snoozed };

/** What a mailer prepares e-mails with. */
export interface ComposeContext {
  readonly templates: Templates;
  readonly layout: MailLayout;
  readonly policy: () => MailPolicy;
}

const MAX_KEY_LENGTH = 500;
const MAX_NAME_LENGTH = 200;

/** @throws MillraceError invalid_config for a sender that cannot be. */
export function prepareEmail(task: TaskInput, { templates, layout, policy }: ComposeContext, now: number): Prepared {
  const { contact, payload } = task;
  if (contact === undefined) return failed(`Task ${task.kind} names no contact, so there is nobody to write to.`);
  if (!isMailPayload(payload)) {
    return failed(
      'A send_email task needs a template, a onceKey, and a purpose ("transactional", "outreach" or "nurture").',
    );
  }
  const content = contentOf(payload, contact, templates);
  if (content === undefined) return failed(templates.unknown(payload.template).message);
  const { onceKey, template, purpose } = payload;
  const staleAt = payload.staleAt ?? undefined;
  const verdict = mayEmail(contact, { purpose, staleAt }, now, policy());
  if (!verdict.ok) {
    return { outcome: held({ ...content, onceKey, template, purpose, to: addressOf(contact) }, verdict, now) };
  }
  const rendered = renderMessage({ ...content, onceKey, purpose, contact: contact.id }, layout);
  const { sequence, touch, thread, answers } = payload;
  const place = {
    sequence: sequence ?? undefined,
    touch: touch ?? undefined,
    thread: thread ?? undefined,
    answers: answers ?? undefined,
  };
  return {
    message: {
      ...rendered,
      ...place,
      onceKey,
      template,
      purpose,
      staleAt,
      to: verdict.to,
      contact: contact.id,
      task: task.id,
    },
  };
}

/** The outcome for an e-mail that has left: its row in the ledger and its event. */
export function sentOutcome(
  message: OutgoingEmail,
  result: { readonly from: string; readonly via: string },
): Completed {
  const { onceKey, template, to, subject, text, task, purpose, messageId, thread, links, sequence, touch } = message;
  const place = { ...(sequence === undefined ? {} : { sequence }), ...(touch === undefined ? {} : { touch }) };
  const tracked = links.length === 0 ? {} : { tracked: true };
  const known = { ...(thread === undefined ? {} : { thread }), ...(links.length === 0 ? {} : { links }) };
  return {
    outcome: "completed",
    result: { to, ...result },
    emails: [{ onceKey, template, to, subject, text, state: "sent", purpose, messageId, ...known }],
    events: [
      {
        type: "email_sent",
        data: { template, to, subject, task, purpose, message: messageId, ...place, ...tracked },
      },
    ],
  };
}

/**
 * The outcome for an e-mail that must not leave: called off, and kept in the ledger with its reason. One that must only
 * not leave now waits, without an attempt used up.
 */
export function held(message: Omit<EmailRecord, "state">, hold: Hold, now: number): Cancelled | Snoozed {
  const { onceKey, template, to, subject, text, purpose } = message;
  const { reason, notBefore } = hold;
  if (notBefore !== undefined) return { outcome: "snoozed", forMs: Math.max(1, notBefore - now), reason };
  return {
    outcome: "cancelled",
    reason,
    emails: [{ onceKey, template, to, subject, text, purpose, state: "suppressed", reason }],
  };
}

function isMailPayload(payload: Json): payload is Json & MailPayload {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return false;
  const { template, onceKey, purpose, subject, text, staleAt, sequence, touch, thread, answers } = payload as Readonly<
    Record<string, Json | undefined>
  >;
  return (
    isShortText(template, MAX_NAME_LENGTH) &&
    isShortText(onceKey, MAX_KEY_LENGTH) &&
    (MAIL_PURPOSES as readonly unknown[]).includes(purpose) &&
    isAbsentOr("string", subject) &&
    isAbsentOr("string", text) &&
    isAbsentOr("number", staleAt) &&
    [sequence, thread].every(
      (name) => isAbsentOr("string", name) && (name ?? "x").toString().length <= MAX_NAME_LENGTH,
    ) &&
    (answers === undefined || answers === null || isListOfIds(answers)) &&
    (touch === undefined || touch === null || (Number.isInteger(touch) && (touch as number) >= 0))
  );
}

/** A header is made of them: nothing that could end it is let through. */
function isListOfIds(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length <= 20 &&
    value.every((id) => typeof id === "string" && /^<[^\s<>]{1,500}>$/.test(id))
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
  if (payload.text && (payload.subject || payload.thread)) {
    return { subject: asSubject(payload.subject ?? ""), text: asText(payload.text) };
  }
  return templates.has(payload.template) ? templates.render(payload.template, contact) : undefined;
}

/** The address a held back e-mail was meant for; empty when there is none that could be written to. */
function addressOf(contact: Contact): string {
  const { email } = contact.properties;
  return (typeof email === "string" ? parseEmailAddress(email) : undefined) ?? "";
}

function failed(error: string): Prepared {
  return { outcome: { outcome: "failed", error, retry: "never" } };
}
