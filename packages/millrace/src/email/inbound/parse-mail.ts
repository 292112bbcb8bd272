/**
 * A message as it came, made into the little we look at. Everything in it is a stranger's: sizes and depths are bounded,
 * attachments are not opened, and what cannot be read is an error of this message alone. Called by read-mail.ts.
 */
import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import { parseEmailAddress } from "../../base/email-address.ts";
import { type CalendarPart, calendarPartOf } from "./calendar-part.ts";
import { asFixed, unflowed } from "./flowed-text.ts";
import { textOfHtml } from "./html-text.ts";
import { clean, idsIn, MAX_IDS } from "./mail-text.ts";
import { type Report, reportOf } from "./report.ts";
import { singlePart } from "./single-part.ts";

export type { Report } from "./report.ts";

export interface ParsedMail {
  /** With its angle brackets; undefined when there is none that could be kept. */
  readonly messageId: string | undefined;
  /** One valid address. */
  readonly from: string | undefined;
  /** What the From line says, for people. */
  readonly fromShown: string;
  /** The first address of Reply-To, where there is one. */
  readonly replyTo: string | undefined;
  readonly subject: string;
  /** Message-IDs it answers, the nearest first. */
  readonly answers: readonly string[];
  /** The first of each header, by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Quoted lines begin with ">"; at most 256 KB. */
  readonly text: string;
  readonly report: Report | undefined;
  readonly calendar: CalendarPart | undefined;
  /** Closed to us: the words are inside an encrypted or an opaquely signed part. */
  readonly sealed: "encrypted" | "signed" | undefined;
  /** A reaction a mail program sent as a part of its own: "👍". */
  readonly reaction: string | undefined;
  /** Parts beside the text: pictures, documents, sound. */
  readonly attachments: number;
}

const MAX_TEXT = 256 * 1024;
const MAX_HEADERS = 1024 * 1024;

/** @throws whatever the parser makes of a message that is none. */
export async function parseMail(raw: Uint8Array): Promise<ParsedMail> {
  const { email, isFlowed } = await parsed(raw);
  const headers = headersOf(email);
  const text = textOf(email, isFlowed);
  const calendar = email.attachments.find(({ mimeType }) => /^(text\/calendar|application\/ics)$/.test(mimeType));
  return {
    messageId: idsIn(email.messageId ?? "")[0],
    from: addressOf(email.from),
    fromShown: clean(headers.from ?? "").slice(0, 320),
    replyTo: addressOf(email.replyTo?.[0]),
    subject: clean(email.subject ?? "").slice(0, 500),
    answers: [...new Set([...idsIn(email.inReplyTo ?? ""), ...idsIn(email.references ?? "").toReversed()])].slice(
      0,
      MAX_IDS,
    ),
    headers,
    text,
    report: reportOf(email, headers["content-type"] ?? "", text),
    calendar: calendar && calendarPartOf(wordsOf(calendar), calendar.method),
    sealed: sealedBy(email),
    reaction: reactionOf(email),
    attachments: email.attachments.filter(({ mimeType }) => !/^(text\/calendar|message\/)/.test(mimeType)).length,
  };
}

async function parsed(raw: Uint8Array): Promise<{ readonly email: Email; readonly isFlowed: boolean }> {
  const single = singlePart(raw);
  const { raw: given, isFlowed } =
    single === undefined ? asFixed(raw) : { raw: single.head, isFlowed: single.isFlowed };
  const email = await PostalMime.parse(given, {
    // A forwarded message is not the sender's own words, and 200 of them in each other are not worth unfolding.
    forceRfc822Attachments: true,
    attachmentEncoding: "arraybuffer",
    maxHeadersSize: MAX_HEADERS,
  });
  if (single !== undefined) email[single.kind === "html" ? "html" : "text"] = single.text;
  return { email, isFlowed };
}

function headersOf({ headers }: Email): Record<string, string> {
  const first = new Map<string, string>();
  for (const { key, value } of headers) if (!first.has(key)) first.set(key, value.slice(0, 20_000));
  return Object.fromEntries(first);
}

function addressOf(from: Address | undefined): string | undefined {
  return from?.address === undefined ? undefined : parseEmailAddress(from.address);
}

/** Shorter than this, a text part beside an HTML part may be no more than "open this in a browser". */
const SHORT_TEXT = 400;
const PLACEHOLDER =
  /\bhtml\b|browser|\b(view|read|display|see) (this|the|your) (e-?mail|message|mail)|e-?mail client|mail-?programm|anzeigen|navigateur|navegador/i;

function textOf({ text, html }: Email, isFlowed: boolean): string {
  const plain = text === undefined ? "" : clean(isFlowed ? unflowed(text.slice(0, MAX_TEXT)) : text.slice(0, MAX_TEXT));
  if (html === undefined || plain.length >= SHORT_TEXT) return plain;
  const shown = clean(textOfHtml(html.slice(0, MAX_TEXT)));
  if (shown === "") return plain;
  return PLACEHOLDER.test(plain) || !standsIn(plain, shown) ? shown : plain;
}

/** Both parts say the same, unless the short one is a program's line about the other, in whatever language. */
function standsIn(plain: string, shown: string): boolean {
  const words =
    plain.toLowerCase().match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{2}|[\p{L}\p{N}]+/gu) ?? [];
  const all = shown.toLowerCase();
  return words.length > 0 && words.filter((word) => all.includes(word)).length * 2 >= words.length;
}

function sealedBy({ attachments, headers }: Email): ParsedMail["sealed"] {
  const type = headers.find(({ key }) => key === "content-type")?.value.toLowerCase() ?? "";
  const parts = [type, ...attachments.slice(0, 20).map(({ mimeType }) => mimeType)];
  if (/multipart\/encrypted|smime-type\s*=\s*"?(enveloped|authenveloped)/.test(type)) return "encrypted";
  if (parts.some((part) => /application\/pgp-encrypted/.test(part))) return "encrypted";
  if (!parts.some((part) => /application\/(x-)?pkcs7-mime/.test(part))) return undefined;
  return /smime-type\s*=\s*"?signed/.test(type) ? "signed" : "encrypted";
}

const MAX_REACTION = 4_096;

/** Gmail sends a reaction as JSON beside a text that says who reacted. */
function reactionOf({ attachments, headers }: Email): string | undefined {
  const part = attachments.find(({ mimeType }) => mimeType === "text/vnd.google.email-reaction+json");
  const said = part === undefined ? undefined : /"emoji"\s*:\s*"([^"]{1,40})"/.exec(wordsOf(part))?.[1];
  if (said !== undefined) return clean(said);
  const header = headers.find(({ key }) => key === "x-ms-reactions" || key === "x-reaction")?.value;
  return header === undefined ? undefined : clean(header).slice(0, 40);
}

function wordsOf({ content }: Attachment): string {
  const bytes = typeof content === "string" ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
  return clean(bytes.subarray(0, MAX_REACTION * 16).toString("utf8"));
}
