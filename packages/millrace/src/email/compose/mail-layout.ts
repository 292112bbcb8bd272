/**
 * What an e-mail gets on its way out: its Message-ID, the foot, the HTML part with the links that report a click, and
 * the headers. Pure, so that the local mailbox holds the very e-mail a server would have been given.
 */
import { createHash } from "node:crypto";
import { MillraceError } from "../../base/errors.ts";
import type { TrackedLink } from "../../tasks/handler.ts";
import type { MailTracking } from "../mail-settings.ts";
import type { MailPurpose } from "../policy/mail-gate.ts";
import type { LinkTokens } from "../tracking/link-tokens.ts";
import type { Sender } from "../transport/sender.ts";
import { htmlOf, webLinksOf } from "./html-part.ts";
import type { TemplateText } from "./templates.ts";

export interface MailLayoutOptions {
  /** Where the contact can leave with one click (RFC 8058). Left out: no List-Unsubscribe header. */
  readonly unsubscribeUrl?: (contactId: string) => string;
  /** For the foot of letters that are not answers. */
  readonly postalAddress?: string;
  /** Left out: nothing is tracked. */
  readonly tracking?: MailTracking & { readonly publicUrl: string; readonly tokens: LinkTokens };
}

export interface MailLayout extends MailLayoutOptions {
  readonly sender: Sender;
}

export interface DraftMessage extends TemplateText {
  readonly onceKey: string;
  readonly purpose: MailPurpose;
  readonly contact: string;
}

/** An e-mail as it leaves. */
export interface RenderedMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly links: readonly TrackedLink[];
}

/** @throws MillraceError invalid_config when `unsubscribeUrl` gives none. */
export function renderMessage(message: DraftMessage, layout: MailLayout): RenderedMessage {
  const isAnswer = message.purpose === "transactional";
  const leave = isAnswer ? undefined : layout.unsubscribeUrl?.(message.contact);
  const unsubscribeUrl = leave === undefined ? undefined : checkedUrl(leave);
  const foot = isAnswer ? [] : footOf(unsubscribeUrl, layout.postalAddress);
  const text = foot.length === 0 ? message.text : `${message.text}\n\n-- \n${foot.join("\n")}`;
  const id = letterIdOf(message.onceKey);
  const { tracking } = layout;
  const messageId = messageIdOf(message.onceKey, layout.sender.domain);
  const tracked = tracking === undefined || isAnswer ? NOTHING : track(id, message.text, tracking);
  return {
    subject: message.subject,
    text,
    html: htmlOf(text, { rewrite: (url) => tracked.addresses.get(url) ?? url, pixelUrl: tracked.pixelUrl }),
    messageId,
    headers: headersOf(isAnswer, unsubscribeUrl),
    links: tracked.links,
  };
}

/** What an e-mail is called in Message-IDs and tokens: 32 hexadecimal digits, the same for the same key. */
export function letterIdOf(onceKey: string): string {
  return createHash("sha256").update(onceKey).digest("hex").slice(0, 32);
}

/** The same once key always gives the same Message-ID, so that even a copy can be told as one. */
export function messageIdOf(onceKey: string, domain: string): string {
  return `<${letterIdOf(onceKey)}@${domain}>`;
}

interface Tracked {
  /** Our address for each web address of the text. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly pixelUrl: string | undefined;
  readonly links: readonly TrackedLink[];
}

const NOTHING: Tracked = { addresses: new Map(), pixelUrl: undefined, links: [] };
const MAX_LINKS = 100;
const MAX_TARGET_LENGTH = 2_000;

function track(id: string, text: string, options: NonNullable<MailLayoutOptions["tracking"]>): Tracked {
  const { publicUrl, tokens, opens, clicks } = options;
  const targets = clicks ? webLinksOf(text).filter((url) => url.length <= MAX_TARGET_LENGTH) : [];
  const numbered = targets.slice(0, MAX_LINKS).map((target, i) => ({ target, link: i + 1 }));
  const clickUrl = (link: number) => `${publicUrl}/t/c/${tokens.sign("click", { id, link })}`;
  return {
    addresses: new Map(numbered.map(({ target, link }) => [target, clickUrl(link)])),
    pixelUrl: opens ? `${publicUrl}/t/o/${tokens.sign("open", { id, link: 0 })}` : undefined,
    links: [
      ...(opens ? [{ letter: id, link: 0 }] : []),
      ...numbered.map(({ target, link }) => ({ letter: id, link, target })),
    ],
  };
}

function footOf(unsubscribeUrl: string | undefined, postalAddress: string | undefined): readonly string[] {
  const leave = unsubscribeUrl === undefined ? [] : [`No more e-mails from us: ${unsubscribeUrl}`];
  return postalAddress === undefined ? leave : [postalAddress.trim(), ...leave];
}

function headersOf(isAnswer: boolean, unsubscribeUrl: string | undefined): Record<string, string> {
  if (isAnswer) return { "Auto-Submitted": "auto-generated" };
  if (unsubscribeUrl === undefined) return {};
  return {
    "List-Unsubscribe": `<${unsubscribeUrl}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
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
