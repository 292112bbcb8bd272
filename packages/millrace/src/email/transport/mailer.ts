/**
 * The mailers, each of which does `send_email`.
 *
 * `localMailer` delivers to the local mailbox: the ledger, where the console shows it. Nothing leaves the machine, so
 * it is pure and runs inside the decision; a first run has this one.
 * `smtpMailer` sends. Each e-mail is written to the ledger as `sending`, and that is committed, before the SMTP
 * dialogue begins; so after a crash at any point it is either certain that nothing left, or a person decides (R7).
 */

import { domainOf } from "../../base/email-address.ts";
import { failpoint } from "../../base/failpoint.ts";
import { isFreeMailDomain } from "../../base/free-mail.ts";
import type { Outcome, PureHandler, QueuedHandler, TaskInput, WorkContext } from "../../tasks/handler.ts";
import type { Begun, Hold, SendingMoment, SendingRecord } from "../../tasks/sending.ts";
import type { MailLayoutOptions } from "../compose/mail-layout.ts";
import { type ComposeContext, held, type OutgoingEmail, prepareEmail, sentOutcome } from "../compose/outgoing-email.ts";
import type { Templates } from "../compose/templates.ts";
import {
  letAnswerPass,
  type MailPolicy,
  mayEmail,
  mayReachDomain,
  NO_POLICY,
  WAS_ERASED,
} from "../policy/mail-gate.ts";
import { parseSender } from "./sender.ts";
import { type Delivery, SmtpDelivery, type SmtpTransport } from "./smtp-delivery.ts";

export interface MailerOptions extends MailLayoutOptions {
  readonly templates: Templates;
  /** The sender, "Acme <hello@acme.com>"; shown with each e-mail. */
  readonly from: string;
  /** What holds just now. Default: no cap, no window, nothing paused. */
  readonly policy?: () => MailPolicy;
}

/** @throws MillraceError invalid_config when `from` is not one mailbox. */
export function localMailer(options: MailerOptions): PureHandler {
  const desk = composeContextOf(options);
  return {
    name: "mailer",
    kinds: ["send_email"],
    isPure: true,
    run: (tasks, { now }) => {
      const delivered: Delivered = new Map();
      return tasks.map((task) => deliver(withTouches(task, delivered), desk, now, delivered));
    },
  };
}

/** The part of the effect ledger the mailer needs; the database implements it (tasks/sending.ts). */
export interface EffectLedger {
  /** Resolves only when the row is committed; `judge` is asked in that transaction. */
  begin(record: SendingRecord, judge: (moment: SendingMoment) => Hold | undefined): Promise<Begun>;
  /** Takes the row back; called only when it is certain that nothing left. */
  abandon(onceKey: string): Promise<void>;
}

export interface SmtpMailerOptions extends MailerOptions {
  readonly transport: SmtpTransport;
  readonly ledger: EffectLedger;
  /** How long each phase of the dialogue may take. Default 20,000. */
  readonly timeoutMs?: number;
}

export type SmtpMailer = QueuedHandler & {
  /** Ends the dialogues under way; their outcomes tell what became of them. */
  close(): Promise<void>;
};

interface SmtpContext {
  readonly desk: ComposeContext;
  readonly ledger: EffectLedger;
  readonly delivery: SmtpDelivery;
}

const TIMEOUT_MS = 20_000;
/** How the ledger says that an address will never work; mail-rates.ts counts by it. */
export const REFUSED_BY_SERVER = "The mail server refused the recipient:";

/** @throws MillraceError invalid_config when `from` is not one mailbox. */
export function smtpMailer(options: SmtpMailerOptions): SmtpMailer {
  const desk = composeContextOf(options);
  const delivery = new SmtpDelivery(options.transport, desk.layout.sender, options.timeoutMs ?? TIMEOUT_MS);
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const post: SmtpContext = { desk, ledger: options.ledger, delivery };
  return {
    name: "mailer",
    kinds: ["send_email"],
    isPure: false,
    run: (tasks, { now, signal }) => {
      const context = { now, signal: AbortSignal.any([signal, closing.signal]) };
      const outcomes = Promise.all(tasks.map((task) => send(task, context, post)));
      const forget = () => underWay.delete(outcomes);
      underWay.add(outcomes);
      outcomes.then(forget, forget);
      return outcomes;
    },
    close: async () => {
      closing.abort();
      await Promise.allSettled(underWay);
      delivery.close();
    },
  };
}

function composeContextOf({ templates, from, policy, ...layout }: MailerOptions): ComposeContext {
  return { templates, layout: { ...layout, sender: parseSender(from) }, policy: policy ?? (() => NO_POLICY) };
}

/** When prospecting e-mails of this very call left, by contact: of several asked for at once, the caps see each. */
type Delivered = Map<string, readonly number[]>;

function withTouches(task: TaskInput, delivered: Delivered): TaskInput {
  const { contact } = task;
  const latest = delivered.get(contact?.id ?? "");
  if (contact === undefined || latest === undefined) return task;
  const touches = [...(contact.facts.touches ?? []), ...latest];
  return { ...task, contact: { ...contact, facts: { ...contact.facts, touches } } };
}

function deliver(task: TaskInput, desk: ComposeContext, now: number, delivered: Delivered): Outcome {
  const prepared = prepareEmail(task, desk, now);
  if (!("message" in prepared)) return prepared.outcome;
  const { contact, purpose } = prepared.message;
  if (purpose !== "transactional") delivered.set(contact, [...(delivered.get(contact) ?? []), now]);
  return sentOutcome(prepared.message, { from: desk.layout.sender.header, via: "local mailbox" });
}

async function send(
  task: TaskInput,
  { now, signal }: Pick<WorkContext, "now" | "signal">,
  post: SmtpContext,
): Promise<Outcome> {
  const prepared = prepareEmail(task, post.desk, now);
  if (!("message" in prepared)) return prepared.outcome;
  if (signal.aborted) return { outcome: "failed", error: "Stopped before it began.", retry: "later" };
  const { message } = prepared;
  const { to } = message;
  const judge = (moment: SendingMoment) => judged(message, moment, post.desk.policy(), now);
  const begun = await post.ledger.begin({ ...message, root: task.root }, judge);
  switch (begun.state) {
    case "already_sent":
      return {
        outcome: "completed",
        result: { to, alreadySent: true, because: "An e-mail with this key has left before." },
      };
    case "held":
      return held(message, begun, now);
    case "unknown":
      return unknown(message, "an earlier attempt was cut off");
    case "begun": {
      failpoint("after-email-sending");
      const leaving = { ...message, subject: begun.subject };
      return settle(await post.delivery.send({ ...leaving, references: begun.references }, signal), leaving, post);
    }
  }
}

/** The gate once more, with what is known in the transaction that writes the row. */
function judged(message: OutgoingEmail, moment: SendingMoment, policy: MailPolicy, now: number): Hold | undefined {
  if (moment.contact === undefined) return { reason: "The contact is gone." };
  if (moment.wasErased) return { reason: WAS_ERASED };
  const paused = moment.switchedOff ?? policy.paused;
  const verdict = mayEmail(moment.contact, message, now, paused === undefined ? policy : { ...policy, paused });
  if (!verdict.ok) return verdict;
  if (message.purpose !== "transactional" && moment.isAnswering) return letAnswerPass(now);
  const isCounted = message.purpose !== "transactional" && !isFreeMailDomain(domainOf(message.to));
  const crowded = isCounted ? mayReachDomain(moment.sentToDomain, policy, now) : undefined;
  if (crowded !== undefined) return crowded;
  return verdict.to === message.to
    ? undefined
    : { reason: "The contact's address changed a moment ago.", notBefore: now };
}

async function settle(delivery: Delivery, message: OutgoingEmail, { desk, ledger }: SmtpContext): Promise<Outcome> {
  switch (delivery.state) {
    case "sent":
      return sentOutcome(message, { from: desk.layout.sender.header, via: "SMTP" });
    case "unknown":
      return unknown(message, delivery.error);
    case "refused":
      await ledger.abandon(message.onceKey);
      return refusedOutcome(message, delivery);
    case "not_sent":
      await ledger.abandon(message.onceKey);
      return { outcome: "failed", error: delivery.error, retry: delivery.isPermanent ? "never" : "later" };
  }
}

/** The work is done, and its outcome is a bounce: the mailer is well, the address is not. */
function refusedOutcome(
  message: OutgoingEmail,
  { isHard, meaning, error }: Extract<Delivery, { state: "refused" }>,
): Outcome {
  const { onceKey, template, to, subject, text, purpose } = message;
  const reason = `${isHard ? REFUSED_BY_SERVER : "The mail server did not take it:"} ${error}`.slice(0, 500);
  return {
    outcome: "completed",
    result: { to, refused: true, hard: isHard, meaning, said: error },
    emails: [{ onceKey, template, to, subject, text, purpose, state: "suppressed", reason }],
    events: [{ type: "email_bounced", data: { hard: isHard, meaning, reason: error } }],
  };
}

/** We do not send again what may have arrived: a person decides. */
/** The ledger says so as soon as the task waits: a person finds it, and decides. */
function unknown({ onceKey, template, to, subject, text, purpose }: OutgoingEmail, because: string): Outcome {
  return {
    outcome: "waiting",
    reason: `Nobody can tell whether the e-mail to ${to} left (${because}). Look in the mail server's log, then send it again or close the task.`,
    emails: [{ onceKey, template, to, subject, text, purpose, state: "unknown" }],
  };
}
