/**
 * One SMTP dialogue, and what can be known about it afterwards. The one thing that matters is whether the final dot
 * may have been written: before it nothing can have been delivered, after it without a reply no one can know.
 */

import { Readable } from "node:stream";
import type { Transporter } from "nodemailer";
import type { SMTPTransportOptions } from "nodemailer/lib/smtp-transport";
import { MillraceError, messageOf } from "../../base/errors.ts";
import { failpoint } from "../../base/failpoint.ts";
import { traced } from "../../logging/tracing.ts";
import { readStatus, type StatusMeaning } from "../inbound/status-codes.ts";
import { nodemailer } from "./nodemailer.ts";
import type { Sender } from "./sender.ts";

/** An SMTP URL ("smtp://user:password@host:587") or nodemailer's options. */
export type SmtpTransport = string | SMTPTransportOptions;

export interface SmtpMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same once more, for mail programs that show HTML. */
  readonly html?: string;
  /** With its angle brackets. */
  readonly messageId: string;
  /** The Message-IDs it answers, oldest first. */
  readonly references?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * "sent": the server took it. "refused": the server refused the recipient for good (RCPT), which says something about the
 * address and nothing about us. "not_sent": certainly not delivered; `isPermanent` when it refused this very e-mail for
 * good. "unknown": the connection was lost after the e-mail was handed over and before the server answered.
 */
export type Delivery =
  | { readonly state: "sent" }
  | { readonly state: "refused"; readonly isHard: boolean; readonly meaning: StatusMeaning; readonly error: string }
  | { readonly state: "not_sent"; readonly isPermanent: boolean; readonly error: string }
  | { readonly state: "unknown"; readonly error: string };

/** What nodemailer adds to an error of the dialogue. */
interface SmtpError {
  /** EENVELOPE: refused at MAIL, RCPT or DATA. EMESSAGE: refused after the final dot. */
  readonly code?: string;
  /** True for a 5xx reply. */
  readonly permanent?: boolean;
  /** The command that was refused. */
  readonly command?: string;
  /** The server's own words. */
  readonly response?: string;
}

/** A whole dialogue may take as long as so many of its phases. */
const PHASES = 6;

/** A connection per e-mail to one server; each phase of a dialogue has a time limit, and so has all of it. */
export class SmtpDelivery {
  readonly #transport: Transporter;
  readonly #sender: Sender;
  readonly #limitMs: number;
  /** Message-IDs of the dialogues under way whose final dot may have been written. */
  readonly #handedOver = new Set<string>();

  /** @param timeoutMs how long each phase may take: name lookup, connecting, greeting, any reply. */
  constructor(transport: SmtpTransport, sender: Sender, timeoutMs: number) {
    const options = typeof transport === "string" ? { url: transport } : transport;
    this.#sender = sender;
    // A server that says a line of its reply every few seconds keeps every limit of a phase for ever.
    this.#limitMs = timeoutMs * PHASES;
    this.#transport = nodemailer().createTransport({
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      ...options,
    } as SMTPTransportOptions);
    // A pool sends an e-mail again by itself when a connection breaks; only a person may decide that.
    if (this.#transport.transporter.name !== "SMTP") throw notPlainSmtp(this.#transport.transporter.name);
    this.#transport.use("stream", (mail, done) => {
      this.#watch(mail.message);
      done();
    });
  }

  /** Never rejects: whatever goes wrong is told as a Delivery. */
  async send(message: SmtpMessage, signal: AbortSignal): Promise<Delivery> {
    const limit = AbortSignal.timeout(this.#limitMs);
    try {
      await traced("send mail", { kind: "client" }, () =>
        this.#transport.sendMail({
          from: this.#sender.header,
          to: message.to,
          // Explicit, so that no header can name a recipient: the envelope is the one address and nothing else.
          envelope: { from: this.#sender.address, to: [message.to] },
          subject: message.subject,
          text: message.text,
          html: message.html,
          ...(message.references?.length
            ? { inReplyTo: message.references.at(-1), references: [...message.references] }
            : {}),
          messageId: message.messageId,
          headers: message.headers,
          disableFileAccess: true,
          disableUrlAccess: true,
          signal: AbortSignal.any([signal, limit]),
        }),
      );
      failpoint("after-smtp-accepted");
      return { state: "sent" };
    } catch (error) {
      const reason = limit.aborted ? new Error(`The mail server came to no end in ${this.#limitMs / 1_000} s`) : error;
      return this.#judge(reason as SmtpError, message.messageId);
    } finally {
      this.#handedOver.delete(message.messageId);
    }
  }

  close(): void {
    this.#transport.close();
  }

  #judge(error: SmtpError, messageId: string): Delivery {
    const isReply = (error.code === "EENVELOPE" || error.code === "EMESSAGE") && error.permanent !== undefined;
    if (!isReply && this.#handedOver.has(messageId)) return { state: "unknown", error: messageOf(error) };
    if (isReply && error.permanent === true && error.command === "RCPT TO") return refusedRecipient(error);
    return { state: "not_sent", isPermanent: isReply && error.permanent === true, error: messageOf(error) };
  }

  /**
   * Notes when the whole e-mail has been read for sending. nodemailer reads it only after the server said "go ahead"
   * to DATA, and writes the dot only after the last byte was read; so an e-mail not read to its end cannot have left.
   */
  #watch(message: { createReadStream: () => Readable; messageId: () => string }): void {
    const create = message.createReadStream.bind(message);
    const id = message.messageId();
    message.createReadStream = () => Readable.from(this.#readToEnd(create(), id), { objectMode: false });
  }

  async *#readToEnd(letter: Readable, id: string): AsyncGenerator<Buffer> {
    yield* letter;
    this.#handedOver.add(id);
    failpoint("before-smtp-end");
  }
}

/** "550 5.1.1 No such user" at RCPT suppresses the address at once; "550 5.7.1 Blocked" says nothing about it. */
function refusedRecipient(error: SmtpError): Delivery {
  const said = (error.response ?? messageOf(error)).slice(0, 500);
  const status = readStatus(undefined, said);
  return { state: "refused", isHard: status?.isHard ?? false, meaning: status?.meaning ?? "refused", error: said };
}

function notPlainSmtp(name: string): MillraceError {
  return new MillraceError("invalid_config", {
    saw: `The mail transport is "${name}".`,
    expected: "plain SMTP, without a pool",
    next: "remove `pool` from the SMTP URL or options.",
    field: "mail.smtpUrl",
  });
}
