/**
 * Brings alerts to the channels outside: webhooks, Slack, phones by a service of your own, and e-mail. The alerter (alerter.ts) asks for one
 * deliver_alert task per channel, so a channel that is down is retried alone and never keeps another one waiting.
 *
 * A channel is named by its place in the config, "slack:0", and looked up again at delivery: what an admin has
 * changed meanwhile holds at once. Every message carries an id made of the alert and the channel, by which a
 * receiver knows a repeated delivery.
 */

import { createHash } from "node:crypto";
import type { Transporter } from "nodemailer";
import { Webhook } from "standardwebhooks";
import { parseEmailAddress } from "../base/email-address.ts";
import { MillraceError, messageOf } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import type { MailSettings } from "../email/mail-settings.ts";
import { nodemailer } from "../email/transport/nodemailer.ts";
import type { Failed, Outcome, QueuedHandler, TaskInput } from "../tasks/handler.ts";
import { retryAfterMs } from "../web/retry-after.ts";
import type { DeliveryPayload } from "./alerter.ts";
import type { AlertChannel, PhoneChannel } from "./channel.ts";

type Channels = ReadonlyMap<string, readonly AlertChannel[]>;

export interface AlertDelivery {
  readonly handler: QueuedHandler;
  /** Names of the outside channels of an audience for an alert of this name, e.g. sales → ["slack:0", "email:1"]. */
  channelsOf(audience: string, name: string): readonly string[];
  close(): Promise<void>;
}

/** @returns the reason; undefined: they are not muted. */
export type IsMuted = (audience: string, name: string) => Promise<string | undefined>;

const TIMEOUT_MS = 10_000;
const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_TIMEOUT_MS = 3_600_000;

/**
 * @param config outside channels by audience; an audience without any is told in the console only.
 * @param isMuted says why alerts of this name are to be brought nowhere just now; asked at each delivery.
 * @throws MillraceError invalid_config for an address, URL or secret that cannot work.
 */
export function alertDelivery(
  config: Readonly<Record<string, readonly AlertChannel[]>>,
  mail: MailSettings,
  isMuted: IsMuted = async () => undefined,
): AlertDelivery {
  const channels: Channels = new Map(Object.entries(config));
  for (const [audience, list] of channels) {
    for (const [index, channel] of list.entries()) checkChannel(channel, `alerts.${audience}.${index}`);
  }
  let transport: Transporter | undefined;
  const post = { mail, transport: (smtpUrl: string) => (transport ??= transportTo(smtpUrl)) };
  return {
    handler: {
      name: "alert_courier",
      kinds: ["deliver_alert"],
      isPure: false,
      run: (tasks, { signal }) => Promise.all(tasks.map((task) => bring(task, channels, post, signal, isMuted))),
    },
    channelsOf(audience, name) {
      const list = channels.get(audience) ?? [];
      return namesOf(list).filter((_, i) => wants(list[i], name));
    },
    close: async () => transport?.close(),
  };
}

function wants(channel: AlertChannel | undefined, name: string): boolean {
  return channel?.type !== "phone" || channel.only === undefined || channel.only.includes(name);
}

interface MailContext {
  readonly mail: MailSettings;
  readonly transport: (smtpUrl: string) => Transporter;
}

/** One message on its way to one channel. */
interface Message extends DeliveryPayload {
  readonly id: string;
  readonly contact: string | undefined;
}

async function bring(
  task: TaskInput,
  channels: Channels,
  post: MailContext,
  signal: AbortSignal,
  isMuted: IsMuted,
): Promise<Outcome> {
  const payload = deliveryOf(task);
  if (payload === undefined)
    return never("A deliver_alert task needs audience, name, onceKey, title, text and channel.");
  const list = channels.get(payload.audience) ?? [];
  const channel = list[namesOf(list).indexOf(payload.channel)];
  if (channel === undefined) {
    return never(
      `"${payload.audience}" has no channel "${payload.channel}" any more. Next: see \`alerts\` in millrace.config.ts.`,
    );
  }
  const muted = await isMuted(payload.audience, payload.name);
  if (muted !== undefined) return { outcome: "cancelled", reason: muted };
  const message = { ...payload, id: idOf(payload), contact: task.contact?.id };
  failpoint("before-alert-delivered");
  const failure =
    channel.type === "email"
      ? await sendMail(channel.to, message, post)
      : channel.type === "phone"
        ? await callAll(channel, message, signal)
        : await sendHttp(channel, bodyFor(channel, message), message.channel, signal);
  if (failure !== undefined) return failure;
  failpoint("after-alert-delivered");
  const { audience, name } = payload;
  return {
    outcome: "completed",
    result: { channel: payload.channel, messageId: message.id },
    events: [{ type: "alert_sent", data: { audience, name, channel: payload.channel, task: task.id } }],
  };
}

function bodyFor(channel: AlertChannel & { type: "webhook" | "slack" }, message: Message): HttpBody {
  return channel.type === "webhook" ? alertBody(message, channel.secret) : slackBody(message);
}

/** Each number once: a service knows a repeated message by its id, so a number that failed is tried again alone. */
async function callAll(channel: PhoneChannel, message: Message, signal: AbortSignal): Promise<Failed | undefined> {
  const sent = await Promise.all(
    channel.numbers.map((to) =>
      sendHttp(channel, phoneBody(channel, to, message), `${message.channel} (${to})`, signal),
    ),
  );
  return sent.find((failure) => failure?.retry !== "never" && failure !== undefined) ?? sent.find(Boolean);
}

interface HttpBody {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function sendHttp(
  channel: { readonly url: string },
  { body, headers }: HttpBody,
  named: string,
  signal: AbortSignal,
): Promise<Failed | undefined> {
  try {
    const response = await fetch(channel.url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", "user-agent": "Millrace" },
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return failureOf(response, named);
  } catch (error) {
    return later(`${named} could not be reached: ${reasonOf(error)}`);
  }
}

/** Standard Webhooks: the receiver checks `v1,` + base64 of HMAC-SHA256 over id.timestamp.body. */
function signedBody(id: string, type: string, data: object, secret: string): HttpBody {
  const now = new Date();
  const body = JSON.stringify({ type, timestamp: now.toISOString(), data });
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, now, body),
  };
  return { body, headers };
}

function alertBody({ id, audience, name, title, text, contact }: Message, secret: string): HttpBody {
  return signedBody(id, "alert", { audience, name, title, text, contact }, secret);
}

/** Two text messages' worth; what is longer stands in the console. */
const MAX_CALL_LENGTH = 300;

function phoneBody(channel: PhoneChannel, to: string, message: Message): HttpBody {
  const { audience, name, title, text, contact } = message;
  const { mode = "sms", from } = channel;
  const words = `${title}. ${text.replaceAll("\n", ", ")}`;
  const short = words.length > MAX_CALL_LENGTH ? `${words.slice(0, MAX_CALL_LENGTH - 1).toWellFormed()}…` : words;
  const id = `${message.id}_${createHash("sha256").update(to).digest("hex").slice(0, 8)}`;
  return signedBody(id, "alert.phone", { to, from, mode, text: short, audience, name, contact }, channel.secret);
}

/** Slack reads &, < and > as markup: an alert must not be able to call @channel or hide a link. */
function slackBody(message: Message): HttpBody {
  const text = `${message.title}\n${message.text}`
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
  return { body: JSON.stringify({ text }), headers: {} };
}

async function sendMail(to: string, message: Message, post: MailContext): Promise<Failed | undefined> {
  const { from = "Millrace <millrace@localhost>", smtpUrl } = post.mail;
  if (smtpUrl === undefined) {
    return never(`Alerts to ${to} cannot leave: no mail server is set. Next: set mail.smtpUrl or MILLRACE_SMTP_URL.`);
  }
  try {
    await post.transport(smtpUrl).sendMail({
      from,
      to: { name: "", address: to },
      subject: message.title.replace(/\p{Cc}+/gu, " "),
      text: message.text,
      messageId: `<${message.id}@millrace>`,
    });
    return undefined;
  } catch (error) {
    const isRefused = ((error as { responseCode?: number }).responseCode ?? 0) >= 500;
    const saw = `${message.channel}: the mail server did not take it: ${reasonOf(error)}`;
    return isRefused ? never(saw) : later(saw);
  }
}

function transportTo(smtpUrl: string): Transporter {
  const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
  return nodemailer().createTransport({ url: smtpUrl, disableFileAccess: true, disableUrlAccess: true, ...timeouts });
}

function failureOf(response: Response, channel: string): Failed | undefined {
  if (response.ok) return undefined;
  const saw = `${channel} answered ${response.status}`;
  if (response.status === 429) {
    return { outcome: "failed", retry: "wait", afterMs: patienceMs(response.headers.get("retry-after")), error: saw };
  }
  if (response.status >= 500) return later(saw);
  const isRedirect = response.status >= 300 && response.status < 400;
  return never(isRedirect ? `${saw}: redirects are not followed. Next: set its final URL under \`alerts\`.` : saw);
}

function patienceMs(retryAfter: string | null): number {
  const asked = retryAfterMs(retryAfter);
  return asked === undefined ? DEFAULT_TIMEOUT_MS : Math.min(Math.max(asked, 1_000), MAX_TIMEOUT_MS);
}

function namesOf(list: readonly AlertChannel[]): readonly string[] {
  return list.map((channel, index) => `${channel.type}:${index}`);
}

function idOf(payload: DeliveryPayload): string {
  return `msg_${createHash("sha256").update(`${payload.onceKey}\n${payload.channel}`).digest("hex").slice(0, 32)}`;
}

function deliveryOf(task: TaskInput): DeliveryPayload | undefined {
  const payload = task.payload as Partial<DeliveryPayload> | null;
  const fields = [payload?.audience, payload?.name, payload?.onceKey, payload?.title, payload?.text, payload?.channel];
  return fields.every((field) => typeof field === "string") ? (payload as DeliveryPayload) : undefined;
}

function checkChannel(channel: AlertChannel, field: string): void {
  if (channel.type === "email") {
    if (parseEmailAddress(channel.to) === undefined) throw invalid(`${field}.to`, "is not one valid e-mail address");
    return;
  }
  if (!/^https?:$/.test(URL.parse(channel.url)?.protocol ?? ""))
    throw invalid(`${field}.url`, "is not an http or https URL");
  if (channel.type === "phone") checkNumbers(channel, field);
  if (channel.type !== "slack" && !isSecret(channel.secret)) {
    throw invalid(`${field}.secret`, 'is not a Standard Webhooks secret ("whsec_" and base64)');
  }
}

function checkNumbers({ numbers }: PhoneChannel, field: string): void {
  const wrong = numbers.findIndex((number) => !/^\+[1-9]\d{6,14}$/.test(number.replace(/[\s()/.-]/g, "")));
  if (numbers.length === 0) throw invalid(`${field}.numbers`, "names no number");
  if (wrong !== -1) throw invalid(`${field}.numbers.${wrong}`, 'is not a number with country code, like "+4930123456"');
}

function isSecret(secret: string): boolean {
  try {
    return new Webhook(secret) !== undefined;
  } catch {
    return false;
  }
}

function invalid(field: string, what: string): MillraceError {
  return new MillraceError("invalid_config", {
    saw: `${field} ${what}.`,
    next: `correct ${field} in millrace.config.ts.`,
    field,
  });
}

/** fetch hides what went wrong one level down. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return messageOf(cause instanceof Error && cause.message !== "" ? cause : error);
}

function later(error: string): Failed {
  return { outcome: "failed", error, retry: "later" };
}

function never(error: string): Failed {
  return { outcome: "failed", error, retry: "never" };
}
