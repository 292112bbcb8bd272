/**
 * The mailers, each of which does `send_email`.
 *
 * `localMailer` delivers to the local mailbox: the ledger, where the console shows it. Nothing leaves the machine, so
 * it is pure and runs inside the decision; a first run has this one.
 * `smtpMailer` sends. Each e-mail is written to the ledger as `sending`, and that is committed, before the SMTP
 * dialogue begins; so after a crash at any point it is either certain that nothing left, or a person decides (R7).
 */
import { createHash } from "node:crypto";
import { MillraceError } from "../errors.ts";
import type { Outcome, PureHandler, QueuedHandler, TaskInput, WorkContext } from "../tasks/handler.ts";
import type { SendingRecord } from "../tasks/ledger.ts";
import { heldBack, type Letter, prepareLetter, sentOutcome } from "./letter.ts";
import { parseSender, type Sender } from "./sender.ts";
import { type Delivery, SmtpDelivery, type SmtpTransport } from "./smtp-delivery.ts";
import type { Templates } from "./templates.ts";

export interface LocalMailerOptions {
  readonly templates: Templates;
  /** The sender, "Acme <hello@acme.com>"; shown with each e-mail. */
  readonly from: string;
}

/** @throws MillraceError invalid_config when `from` is not one mailbox. */
export function localMailer(options: LocalMailerOptions): PureHandler {
  const sender = parseSender(options.from);
  return {
    name: "mailer",
    kinds: ["send_email"],
    isPure: true,
    run: (tasks, { now }) => tasks.map((task) => deliver(task, options.templates, sender, now)),
  };
}

/** The part of the effect ledger the mailer needs; the database implements it (tasks/ledger.ts). */
export interface EffectLedger {
  /**
   * Resolves only when the row is committed.
   * @returns "begun": send it now. "already_sent": it has left before. "unknown": an earlier attempt was cut off.
   *   "opted_out": the contact asked to be left alone in the meantime; nothing was written.
   */
  begin(record: SendingRecord): Promise<"begun" | "already_sent" | "unknown" | "opted_out">;
  /** Takes the row back; called only when it is certain that nothing left. */
  abandon(onceKey: string): Promise<void>;
}

export interface SmtpMailerOptions {
  readonly templates: Templates;
  /** The sender, "Acme <hello@acme.com>". */
  readonly from: string;
  readonly transport: SmtpTransport;
  readonly ledger: EffectLedger;
  /** How long each phase of the dialogue may take. Default 20,000. */
  readonly timeoutMs?: number;
  /** Where the contact can leave with one click (RFC 8058). Left out: no List-Unsubscribe header. */
  readonly unsubscribeUrl?: (contactId: string) => string;
}

export type SmtpMailer = QueuedHandler & {
  /** Ends the dialogues under way; their outcomes tell what became of them. */
  close(): Promise<void>;
};

interface Post {
  readonly options: SmtpMailerOptions;
  readonly sender: Sender;
  readonly delivery: SmtpDelivery;
}

const TIMEOUT_MS = 20_000;

/** @throws MillraceError invalid_config when `from` is not one mailbox. */
export function smtpMailer(options: SmtpMailerOptions): SmtpMailer {
  const sender = parseSender(options.from);
  const delivery = new SmtpDelivery(options.transport, sender, options.timeoutMs ?? TIMEOUT_MS);
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const post: Post = { options, sender, delivery };
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

function deliver(task: TaskInput, templates: Templates, sender: Sender, now: number): Outcome {
  const prepared = prepareLetter(task, templates, now);
  return "letter" in prepared
    ? sentOutcome(prepared.letter, { from: sender.header, via: "local mailbox" })
    : prepared.outcome;
}

/** The same once key always gives the same Message-ID, so that even a copy can be told as one. */
export function messageIdOf(onceKey: string, domain: string): string {
  return `<${createHash("sha256").update(onceKey).digest("hex").slice(0, 32)}@${domain}>`;
}

async function send(task: TaskInput, { now, signal }: WorkContext, post: Post): Promise<Outcome> {
  const prepared = prepareLetter(task, post.options.templates, now);
  if (!("letter" in prepared)) return prepared.outcome;
  if (signal.aborted) return { outcome: "failed", error: "Stopped before it began.", retry: "later" };
  const { letter } = prepared;
  const messageId = messageIdOf(letter.onceKey, post.sender.domain);
  const { onceKey, template, to, subject, text, contact } = letter;
  // Before the row: an option that throws must not leave a letter behind that seems to be on its way.
  const headers = headersOf(letter, post.options);
  const begun = await post.options.ledger.begin({
    onceKey,
    template,
    to,
    subject,
    text,
    task: task.id,
    root: task.root,
    contact,
    messageId,
  });
  switch (begun) {
    case "already_sent":
      return {
        outcome: "completed",
        result: { to, alreadySent: true, because: "An e-mail with this key has left before." },
      };
    case "opted_out":
      return heldBack(letter, "The contact opted out a moment ago.").outcome;
    case "unknown":
      return unknown(to, "an earlier attempt was cut off");
    case "begun":
      return settle(await post.delivery.send({ to, subject, text, messageId, headers }, signal), letter, post);
  }
}

async function settle(delivery: Delivery, letter: Letter, { options, sender }: Post): Promise<Outcome> {
  switch (delivery.state) {
    case "sent":
      return sentOutcome(letter, { from: sender.header, via: "SMTP" });
    case "unknown":
      return unknown(letter.to, delivery.error);
    case "not_sent":
      await options.ledger.abandon(letter.onceKey);
      return { outcome: "failed", error: delivery.error, retry: delivery.isPermanent ? "never" : "later" };
  }
}

/** We do not send again what may have arrived: a person decides. */
function unknown(to: string, because: string): Outcome {
  return {
    outcome: "waiting",
    reason: `Nobody can tell whether the e-mail to ${to} left (${because}). Look in the mail server's log, then send it again or close the task.`,
  };
}

function headersOf(letter: Letter, options: SmtpMailerOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  if (letter.purpose === "transactional") headers["Auto-Submitted"] = "auto-generated";
  if (options.unsubscribeUrl !== undefined) {
    headers["List-Unsubscribe"] = `<${checkedUrl(options.unsubscribeUrl(letter.contact))}>`;
    headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
  }
  return headers;
}

/** The URL in ASCII, without anything a header could break on. */
function checkedUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === "https:" || url?.protocol === "http:") return url.href;
  throw new MillraceError("invalid_config", {
    saw: `unsubscribeUrl gave "${text.slice(0, 100)}".`,
    expected: "an http or https URL",
    next: "correct the option; nothing was sent.",
    field: "unsubscribeUrl",
  });
}
