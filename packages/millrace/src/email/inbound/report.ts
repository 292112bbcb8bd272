/**
 * The machine-readable part of a report about a message of ours: a delivery status (RFC 3464, 6533), a feedback report
 * (RFC 5965) or a disposition notification (RFC 8098). Pure; everything in it is text from outside and bounded.
 */
import { parseEmailAddress } from "../../base/email-address.ts";
import { clean, idsIn, MAX_IDS } from "./mail-text.ts";

/** As the parser gives a part; its own types would come along to everyone who imports ours. */
interface Part {
  readonly mimeType: string;
  readonly content: ArrayBuffer | Uint8Array | string;
}

export type ReportFields = Readonly<Record<string, string>>;

export interface Report {
  /** "delivery-status", "feedback-report", "disposition-notification". */
  readonly type: string;
  /** Fields of the report as a whole, by name in lower case. */
  readonly fields: ReportFields;
  /** Of a delivery status: the fields of each recipient. */
  readonly recipients: readonly ReportFields[];
  /** Message-IDs found in what it returns of the message, the message's own first. */
  readonly about: readonly string[];
  /** What it says for people. */
  readonly text: string;
}

const MAX_REPORT = 64 * 1024;
const MAX_PARTS = 20;
const MAX_RECIPIENTS = 50;
const STATUS_PART = /^message\/(?:global-)?(delivery-status|feedback-report|disposition-notification)$/;
const RETURNED_PART = /^(message\/rfc822|text\/rfc822-headers|message\/global(-headers)?)$/;

/** @param text of the message's first part. @returns undefined for a message that is no report. */
export function reportOf(
  email: { readonly attachments: readonly Part[] },
  contentType: string,
  text: string,
): Report | undefined {
  const [, named] = /^\s*multipart\/report\b.{0,2000}\breport-type\s*=\s*"?([\w-]+)/is.exec(contentType) ?? [];
  const parts = email.attachments.slice(0, MAX_PARTS);
  const status = parts.find(({ mimeType }) => STATUS_PART.test(mimeType));
  if (named === undefined && status === undefined) return undefined;
  const returned = parts.find(({ mimeType }) => RETURNED_PART.test(mimeType));
  const original = returned === undefined ? "" : beginningOf(returned);
  const own = /^message-id:\s*(<[^<>\s]+>)/im.exec(original)?.[1] ?? "";
  const groups = status === undefined ? [] : groupsOf(beginningOf(status));
  const recipients = groups.filter((fields) => addressIn(fields) !== undefined).slice(0, MAX_RECIPIENTS);
  const fields = Object.assign({}, ...groups.filter((group) => !recipients.includes(group))) as ReportFields;
  return {
    type: (named ?? STATUS_PART.exec(status?.mimeType ?? "")?.[1] ?? "").toLowerCase().replace(/^global-/, ""),
    fields,
    recipients: recipients.length > 0 ? recipients : [Object.assign({}, ...groups) as ReportFields],
    about: [
      ...new Set([...idsIn(own), ...idsIn(fields["original-message-id"] ?? ""), ...idsIn(original), ...idsIn(text)]),
    ].slice(0, MAX_IDS),
    text,
  };
}

/** Every address a report says it is about, the one we wrote to first where it is named. */
export function addressesOf(report: Report): readonly string[] {
  const named = [...report.recipients, report.fields].flatMap((fields) => [
    fields["original-recipient"],
    fields["original-rcpt-to"],
    fields["final-recipient"],
    fields["x-actual-recipient"],
  ]);
  return [...new Set(named.flatMap((value) => addressOf(value) ?? []))];
}

/** "rfc822; ada@acme.example" or "<ada@acme.example>". */
export function addressOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bare = value.replace(/^[\w-]{1,40}\s*;\s*/, "").replace(/^<|>$/g, "");
  return parseEmailAddress(bare.trim());
}

function addressIn(fields: ReportFields): string | undefined {
  return fields["final-recipient"] ?? fields["original-recipient"];
}

function beginningOf({ content }: Part): string {
  const bytes = typeof content === "string" ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
  return clean(bytes.subarray(0, MAX_REPORT).toString("utf8"));
}

/** Groups of fields, an empty line between them. */
function groupsOf(text: string): ReportFields[] {
  const unfolded = text.replace(/\r\n/g, "\n").replace(/\n[ \t]+/g, " ");
  return unfolded
    .split(/\n{2,}/)
    .map(fieldsOf)
    .filter((fields) => Object.keys(fields).length > 0);
}

function fieldsOf(text: string): ReportFields {
  const fields = [...text.matchAll(/^([A-Za-z][\w-]{0,60}):[ \t]*(.{0,1000})/gm)];
  return Object.fromEntries(fields.map(([, name = "", value = ""]) => [name.toLowerCase(), value.trim()]));
}
