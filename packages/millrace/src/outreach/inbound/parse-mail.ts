/**
 * A message as it came, made into the little we look at. Everything in it is a stranger's: sizes and depths are bounded,
 * attachments are not opened, and what cannot be read is an error of this message alone. Called by read-mail.ts.
 */
import { load } from "cheerio";
import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import { parseEmailAddress } from "../../email-address.ts";

export interface ParsedMail {
  /** With its angle brackets; undefined when there is none that could be kept. */
  readonly messageId: string | undefined;
  /** One valid address. */
  readonly from: string | undefined;
  /** What the From line says, for people. */
  readonly fromShown: string;
  readonly subject: string;
  /** Message-IDs it answers, the nearest first. */
  readonly answers: readonly string[];
  /** The first of each header, by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly report: Report | undefined;
}

/** What a mail system says about a letter of ours (RFC 3464, 5965). */
export interface Report {
  /** "delivery-status", "feedback-report", "disposition-notification". */
  readonly type: string;
  /** The fields of its machine-readable part, by name in lower case; of several recipients, the last. */
  readonly fields: Readonly<Record<string, string>>;
  /** Message-IDs found in what it returns of the letter, the letter's own first. */
  readonly about: readonly string[];
}

const LONGEST_TEXT = 256 * 1024;
const LARGEST_REPORT = 64 * 1024;
const LARGEST_HEADERS = 1024 * 1024;
const LONGEST_ID = 400;
const MOST_IDS = 50;
const ID = /<[^<>\s@]{1,200}@[^<>\s@]{1,200}>/g;

/** @throws whatever the parser makes of a message that is none. */
export async function parseMail(raw: Uint8Array): Promise<ParsedMail> {
  const email = await PostalMime.parse(raw, {
    // A forwarded message is not the sender's own words, and 200 of them in each other are not worth unfolding.
    forceRfc822Attachments: true,
    attachmentEncoding: "arraybuffer",
    maxHeadersSize: LARGEST_HEADERS,
  });
  const headers = headersOf(email);
  return {
    messageId: idsIn(email.messageId ?? "")[0],
    from: addressOf(email.from),
    fromShown: clean(headers.from ?? "").slice(0, 320),
    subject: clean(email.subject ?? "").slice(0, 500),
    answers: [...new Set([...idsIn(email.inReplyTo ?? ""), ...idsIn(email.references ?? "").toReversed()])].slice(
      0,
      MOST_IDS,
    ),
    headers,
    text: textOf(email),
    report: reportOf(email, headers),
  };
}

function headersOf({ headers }: Email): Record<string, string> {
  const first = new Map<string, string>();
  for (const { key, value } of headers) if (!first.has(key)) first.set(key, value.slice(0, 20_000));
  return Object.fromEntries(first);
}

function addressOf(from: Address | undefined): string | undefined {
  return from?.address === undefined ? undefined : parseEmailAddress(from.address);
}

function idsIn(text: string): string[] {
  return [...text.slice(0, 20_000).matchAll(ID)].map(([id]) => id).filter((id) => id.length <= LONGEST_ID);
}

function textOf({ text, html }: Email): string {
  if (text !== undefined && text.trim() !== "") return clean(text.slice(0, LONGEST_TEXT));
  return html === undefined ? "" : clean(textOfHtml(html.slice(0, LONGEST_TEXT)));
}

/** The words of a page, a line for each block; what it quotes is left out. */
function textOfHtml(html: string): string {
  try {
    const page = load(html);
    page(
      "style, script, head, title, blockquote, .gmail_quote, #appendonsend ~ *, #divRplyFwdMsg, #divRplyFwdMsg ~ *",
    ).remove();
    page("br").replaceWith("\n");
    page("p, div, tr, li, h1, h2, h3").append("\n");
    return page
      .root()
      .text()
      .replace(/[ \t]+/g, " ")
      .replace(/ ?\n ?/g, "\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim();
  } catch {
    // Nested so deeply that nobody's mail program wrote it.
    return "";
  }
}

/** Fit for a row: no NUL, no half characters. */
function clean(text: string): string {
  return text.replaceAll("\u0000", "").toWellFormed();
}

function reportOf(email: Email, headers: Readonly<Record<string, string>>): Report | undefined {
  const [, type] =
    /^\s*multipart\/report\b.{0,2000}\breport-type\s*=\s*"?([\w-]+)/is.exec(headers["content-type"] ?? "") ?? [];
  const parts = email.attachments.slice(0, 20);
  const status = parts.find(({ mimeType }) =>
    /^message\/(delivery-status|feedback-report|disposition-notification)$/.test(mimeType),
  );
  if (type === undefined && status === undefined) return undefined;
  const returned = parts.find(({ mimeType }) =>
    /^(message\/rfc822|text\/rfc822-headers|message\/global(-headers)?)$/.test(mimeType),
  );
  const original = returned === undefined ? "" : beginningOf(returned);
  const [, own = ""] = /^message-id:\s*(<[^<>\s]+>)/im.exec(original) ?? [];
  return {
    type: (type ?? status?.mimeType.slice("message/".length) ?? "").toLowerCase(),
    fields: status === undefined ? {} : fieldsOf(beginningOf(status)),
    about: [...new Set([...idsIn(own), ...idsIn(original), ...idsIn(email.text ?? "")])].slice(0, MOST_IDS),
  };
}

function beginningOf({ content }: Attachment): string {
  const bytes = typeof content === "string" ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
  return clean(bytes.subarray(0, LARGEST_REPORT).toString("utf8"));
}

function fieldsOf(text: string): Record<string, string> {
  const unfolded = text.replace(/\r?\n[ \t]+/g, " ");
  const fields = [...unfolded.matchAll(/^([A-Za-z][\w-]{0,60}):[ \t]*(.{0,1000})$/gm)];
  return Object.fromEntries(fields.map(([, name = "", value = ""]) => [name.toLowerCase(), value.trim()]));
}
