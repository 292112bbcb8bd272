/**
 * What a message is: a person's reply, a program's, a letter come back, a complaint, or a notice nobody need hear of.
 * Pure, by what the headers and reports say; the text is looked at only where a mail system writes no report.
 * Source: RFC 3464, 3834, 5965.
 */
import type { ParsedMail, Report } from "./parse-mail.ts";

export type MailKind =
  | { readonly kind: "reply"; readonly isAutomatic: boolean }
  /** A bounce; `isHard`: the address will never work. */
  | { readonly kind: "bounce"; readonly isHard: boolean; readonly reason: string }
  | { readonly kind: "complaint"; readonly reason: string }
  | { readonly kind: "notice"; readonly why: string };

const MAIL_SYSTEM = /^(mailer-daemon|postmaster|mail-daemon|mdaemon)@/i;
const AUTOMATIC_PRECEDENCE = /^\s*(bulk|junk|auto[_-]reply|list)\b/i;
const AUTOMATIC_HEADERS = ["x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply"];

export function kindOfMail(mail: ParsedMail): MailKind {
  if (mail.report !== undefined) return kindOfReport(mail.report);
  const { headers } = mail;
  const isOfMailSystem = MAIL_SYSTEM.test(mail.from ?? "") || /mailer-daemon/i.test(mail.fromShown);
  const hasNoReturnPath = headers["return-path"]?.trim() === "<>";
  if (isOfMailSystem) return kindOfPlainBounce(mail);
  const isAutomatic =
    hasNoReturnPath ||
    /^\s*auto-/i.test(headers["auto-submitted"] ?? "") ||
    AUTOMATIC_PRECEDENCE.test(headers.precedence ?? "") ||
    AUTOMATIC_HEADERS.some((name) => headers[name] !== undefined && !/^\s*no\b/i.test(headers[name] ?? ""));
  return { kind: "reply", isAutomatic };
}

function kindOfReport({ type, fields }: Report): MailKind {
  if (type === "feedback-report") {
    return { kind: "complaint", reason: (fields["feedback-type"] ?? "abuse").slice(0, 200) };
  }
  if (type !== "delivery-status") return { kind: "notice", why: `a ${type} report` };
  const action = (fields.action ?? "").toLowerCase();
  if (/^(delivered|relayed|expanded)/.test(action)) return { kind: "notice", why: "a letter arrived" };
  const status = /\b([245])\.\d{1,3}\.\d{1,3}\b/.exec(fields.status ?? "")?.[0];
  const said = fields["diagnostic-code"] ?? action;
  const isHard = status?.startsWith("5.") === true && action !== "delayed" && !isPassing(status);
  return { kind: "bounce", isHard, reason: `${status ?? "no status"} ${said}`.trim().slice(0, 500) };
}

/** Systems that write no report say it in words: "550 5.1.1 User unknown". */
function kindOfPlainBounce({ text, subject }: ParsedMail): MailKind {
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(text.slice(0, 20_000))?.[0];
  const reply = /\b[45]\d\d\b(?=[ -])/.exec(text.slice(0, 20_000))?.[0];
  const said = status ?? reply;
  if (said === undefined) return { kind: "notice", why: "a mail system's notice" };
  return {
    kind: "bounce",
    isHard: said.startsWith("5") && !isPassing(said),
    reason: `${said} ${subject}`.slice(0, 500),
  };
}

/** "Mailbox full" (5.2.2), policy and reputation (5.7.x) say nothing final about the address. */
function isPassing(status: string): boolean {
  return status === "5.2.2" || status.startsWith("5.7.") || status === "552";
}
