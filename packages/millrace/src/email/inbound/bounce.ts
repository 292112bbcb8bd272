/**
 * What a report of a mail system, or its plain words, say about the one address we wrote to. Pure.
 * Sources: RFC 3464 (delivery status), RFC 5965 and 6591 (feedback), RFC 8098 (dispositions); meanings of codes: status-codes.ts.
 */
import type { ParsedMail } from "./parse-mail.ts";
import { addressOf, type Report, type ReportFields } from "./report.ts";
import { readStatus, type StatusMeaning, type StatusReading } from "./status-codes.ts";

/** What became of a message of ours, as a mail system reports it. */
export type BounceReading =
  | { readonly kind: "bounce"; readonly isHard: boolean; readonly meaning: StatusMeaning; readonly reason: string }
  /** Still being tried: no failure yet. */
  | { readonly kind: "delay"; readonly reason: string }
  | { readonly kind: "arrived"; readonly reason: string };

const MAX_REASON = 500;
/** A report of these is a complaint of the contact's; a virus found, "not spam" and the rest say something else. Source: RFC 5965 section 7.3, RFC 6449. */
const COMPLAINTS = new Set(["abuse", "fraud", "opt-out", "opt-out-list"]);

/** @param recipient the address we wrote to, where that is known; of several recipients, the report of this one counts. */
export function readDeliveryStatus(report: Report, recipient?: string): BounceReading {
  const fields = groupOf(report, recipient);
  const action = (fields.action ?? report.fields.action ?? "").toLowerCase();
  const diagnostic = fields["diagnostic-code"] ?? "";
  if (/^(delivered|relayed|expanded)/.test(action)) return { kind: "arrived", reason: `action ${action}` };
  const reason = `${/\d\.\d{1,3}\.\d{1,3}/.exec(fields.status ?? "")?.[0] ?? "no status"} ${diagnostic || action}`
    .trim()
    .slice(0, MAX_REASON);
  if (/^delayed/.test(action)) return { kind: "delay", reason };
  const status = readStatus(
    fields.status,
    diagnostic || linesAbout(report.text, recipient ?? addressOf(fields["final-recipient"])),
  );
  return { kind: "bounce", ...verdictOf(status, fields.status), reason };
}

/** Feedback-Type of a feedback report, and whether it is a complaint. */
export function readFeedback({ fields, recipients }: Report): { readonly type: string; readonly isComplaint: boolean } {
  const named = fields["feedback-type"] ?? recipients[0]?.["feedback-type"];
  const type = (named ?? "abuse").trim().toLowerCase().slice(0, 100);
  return { type, isComplaint: COMPLAINTS.has(type) };
}

/** True when a disposition says that the recipient's own filter threw the message away or refused it, with words beside it. */
export function isRefusal({ fields, recipients, text }: Report): boolean {
  const disposition = (fields.disposition ?? recipients[0]?.disposition ?? "").toLowerCase();
  return /^automatic-action\b.{0,100};\s*(deleted|denied|failed)/.test(disposition) && text.trim() !== "";
}

const BOUNCE_SUBJECT =
  /undeliver|delivery (status|fail|problem)|mail (delivery|system)|returned (mail|to sender)|failure notice|could not (be )?deliver|non ?remis|unzustellbar|nicht zugestellt|mancata consegna|no se (ha )?(pudo|podido) entregar|niet (bezorgd|afgeleverd)/i;
const WARNING =
  /\bwarning (message )?only\b|still being (re)?tried|will (be retried|continue to (try|attempt))|do not need to resend|has not yet been delivered|delivery (is )?delayed|delayed mail|\bdelivery incomplete\b|\bwill (re)?try (again )?(for|to (deliver|send))\b|\bstatus notification \(delay\)/i;

/**
 * Systems that write no report say it in words: "550 5.1.1 User unknown".
 * @returns undefined when the words are no notice of a failed delivery: a person may write from postmaster@ too.
 */
export function readPlainBounce({ text, subject, headers }: ParsedMail): BounceReading | undefined {
  const beginning = text.slice(0, 20_000);
  if (WARNING.test(beginning) || WARNING.test(subject)) return { kind: "delay", reason: subject.slice(0, MAX_REASON) };
  const status = readStatus(undefined, beginning);
  const failed = (headers["x-failed-recipients"] ?? "") !== "";
  const claims =
    failed ||
    BOUNCE_SUBJECT.test(subject) ||
    headers["return-path"]?.trim() === "<>" ||
    /^\s*auto-/i.test(headers["auto-submitted"] ?? "");
  if (status === undefined && !claims) return undefined;
  if (!claims && status?.code === "words") return undefined;
  const reason = `${status?.code ?? "no status"} ${subject}`.slice(0, MAX_REASON);
  return { kind: "bounce", ...verdictOf(status, undefined), reason };
}

function verdictOf(status: StatusReading | undefined, own: string | undefined) {
  // A report without any code that says "failed" proves nothing about the address.
  if (status === undefined)
    return { isHard: false, meaning: own?.trim().startsWith("4") ? ("later" as const) : ("refused" as const) };
  return { isHard: status.isHard, meaning: status.meaning };
}

function groupOf({ recipients }: Report, recipient: string | undefined): ReportFields {
  const isAbout = (fields: ReportFields) =>
    [fields["original-recipient"], fields["final-recipient"]].some((value) => addressOf(value) === recipient);
  return (recipient === undefined ? undefined : recipients.find(isAbout)) ?? recipients[0] ?? {};
}

/** What the text part says about the recipient: its line and the two below, or all of it where no line names them. */
function linesAbout(text: string, recipient: string | undefined): string {
  const lines = text.slice(0, 20_000).split("\n");
  const at = recipient === undefined ? -1 : lines.findIndex((line) => line.toLowerCase().includes(recipient));
  return at === -1 ? text.slice(0, 4_000) : lines.slice(at, at + 4).join("\n");
}
