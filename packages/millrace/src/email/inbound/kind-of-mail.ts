/**
 * What kind of mail a message is: an answer, a program's, a message come back, a complaint, a calendar's answer, a sealed
 * one, or a notice that needs no reading. Pure, by headers and parts; the text is looked at only where no header speaks.
 * Sources: RFC 3464, 3834, 5546, 5965, 8098.
 */
import { isRefusal, readDeliveryStatus, readFeedback, readPlainBounce } from "./bounce.ts";
import type { CalendarAnswer } from "./calendar-part.ts";
import type { ParsedMail } from "./parse-mail.ts";
import type { StatusMeaning } from "./status-codes.ts";

/** What a message without readable words of its own is. */
export type Wordless =
  | CalendarAnswer
  | "encrypted"
  | "signed"
  | "challenge"
  | "reaction"
  | "attachment"
  | "forward"
  | "empty";

export type MailKind =
  | {
      readonly kind: "reply";
      /** A program wrote it. */
      readonly isAutomatic: boolean;
      /** What it is beside its words. */
      readonly what?: Wordless;
      /** Words found outside the text: the comment of a calendar part, a reaction, the words of a refusing filter. */
      readonly words?: string;
      /** The mail program's own button asked to unsubscribe. */
      readonly asksToLeave?: boolean;
    }
  /** A message come back; `isHard`: the address will never work. */
  | { readonly kind: "bounce"; readonly isHard: boolean; readonly meaning: StatusMeaning; readonly reason: string }
  | { readonly kind: "complaint"; readonly reason: string }
  | { readonly kind: "notice"; readonly why: string };

/** Exchange writes from an address of its own, made of the organisation's number, and calls itself "Microsoft Outlook". */
const MAIL_SYSTEM = /^((mailer-daemon|postmaster|mail-daemon|mdaemon)@|microsoftexchange[0-9a-f]{16,}@)/i;
const AUTOMATIC_HEADERS = ["x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply"];

/** @param recipient the address of ours the report is about, where it is known. */
export function kindOfMail(mail: ParsedMail, recipient?: string): MailKind {
  if (mail.report !== undefined) return kindOfReport(mail, recipient);
  if (isOfMailSystem(mail)) {
    const bounce = readPlainBounce(mail);
    if (bounce !== undefined) return asKind(bounce);
    if (mail.answers.length === 0 && hasNullReturnPath(mail)) return { kind: "notice", why: "a mail system's notice" };
  }
  const isAutomatic = claimsAProgram(mail);
  if (mail.calendar !== undefined && mail.calendar.answer !== "other") {
    return { kind: "reply", isAutomatic: false, what: mail.calendar.answer, words: mail.calendar.comment };
  }
  if (mail.sealed !== undefined && mail.text.trim() === "") return { kind: "reply", isAutomatic, what: mail.sealed };
  if (isChallenge(mail)) return { kind: "reply", isAutomatic: true, what: "challenge" };
  const reaction = reactionIn(mail);
  if (reaction !== undefined) return { kind: "reply", isAutomatic: false, what: "reaction", words: reaction };
  return {
    kind: "reply",
    isAutomatic,
    ...(/^\s*true\b/i.test(mail.headers["x-apple-unsubscribe"] ?? "") ? { asksToLeave: true } : {}),
  };
}

function kindOfReport(mail: ParsedMail, recipient: string | undefined): MailKind {
  const { report } = mail;
  if (report === undefined) return { kind: "notice", why: "no report" };
  if (report.type === "feedback-report") {
    const { type, isComplaint } = readFeedback(report);
    return isComplaint
      ? { kind: "complaint", reason: type }
      : { kind: "notice", why: `a feedback report of type ${type}` };
  }
  if (report.type === "delivery-status") return asKind(readDeliveryStatus(report, recipient));
  if (report.type === "disposition-notification" && isRefusal(report)) {
    return { kind: "reply", isAutomatic: true, words: report.text };
  }
  return { kind: "notice", why: `a ${report.type} report` };
}

function asKind(reading: ReturnType<typeof readDeliveryStatus>): MailKind {
  if (reading.kind === "delay") return { kind: "notice", why: `still being tried: ${reading.reason}`.slice(0, 500) };
  if (reading.kind === "arrived") return { kind: "notice", why: "a message arrived" };
  return reading;
}

function isOfMailSystem({ from, fromShown }: ParsedMail): boolean {
  return MAIL_SYSTEM.test(from ?? "") || /mailer-daemon|mail delivery (system|subsystem)/i.test(fromShown);
}

function hasNullReturnPath({ headers }: ParsedMail): boolean {
  return headers["return-path"]?.trim() === "<>";
}

/**
 * Only what a program says of itself counts. `Precedence: list` or `bulk` is what every list puts on a person's mail, and
 * `auto-generated` what Exchange puts on mail forwarded by a rule; neither makes a person's answer a program's.
 */
function claimsAProgram(mail: ParsedMail): boolean {
  const { headers } = mail;
  if (hasNullReturnPath(mail)) return true;
  if (/^\s*auto-(replied|notified)/i.test(headers["auto-submitted"] ?? "")) return true;
  if (/^\s*auto[_-]reply\b/i.test(headers.precedence ?? "")) return true;
  if (AUTOMATIC_HEADERS.some((name) => headers[name] !== undefined && !/^\s*no\b/i.test(headers[name] ?? "")))
    return true;
  const isBulk =
    /^\s*(bulk|junk)\b/i.test(headers.precedence ?? "") || /^\s*auto-generated/i.test(headers["auto-submitted"] ?? "");
  return isBulk && mail.answers.length === 0;
}

const CHALLENGE_HEADERS = ["x-boxbe-challenge", "x-spamarrest-noauth", "x-tmda-confirm", "x-challenge"];
const CHALLENGE =
  /\b(confirm|verify|authenticate|prove)\b.{0,80}\b(you are (a )?(human|real|person)|not a (robot|spammer)|your (e-?mail|message) (is|will|can)|delivery of your (message|e-?mail))|(message|e-?mail|mail) (is|has been|was) (held|waiting|quarantined)\b.{0,120}\b(confirm|verify|click|approve|authenticate)|spam ?arrest|boxbe|mailblocks|challenge[- ]response|add you(rself)? to (my|the) (guest|allowed|approved|safe) (list|senders)|protect\w* (myself|my (inbox|mailbox)) from (receiving )?(junk|spam)|mail ?in ?black|message est (en attente|retenu|bloqu)\w*.{0,160}(cliqu|authentifi|confirm)|nachricht (wird|wurde|ist) (zuruckgehalten|zurückgehalten|angehalten|in quarant).{0,160}(bestatig|bestätig|klick)|(mensaje|mensagem|messaggio) (esta|está|è|e) (retenid|retid|trattenut|en espera|in attesa|em espera)\w*.{0,160}(confirm|clic)/i;

function isChallenge({ headers, text, subject }: ParsedMail): boolean {
  if (CHALLENGE_HEADERS.some((name) => headers[name] !== undefined)) return true;
  const beginning = `${subject}\n${text.slice(0, 2_000)}`.replace(/\s+/g, " ");
  return /https?:\/\//i.test(beginning) && CHALLENGE.test(beginning);
}

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\u20e3|\s){1,40}$/u;
/** "👍⏎⏎Ada Byron reacted via Gmail", "Ada Byron hat über Gmail reagiert", "Ada reacted to your message: 👍" */
const REACTED =
  /\b(reacted (via|to)|liked your message|loved your message|hat (über|via) .{1,20} reagiert|a réagi (via|à)|ha reaccionado|ha reagito|heeft gereageerd via|reagiu)\b/iu;

function reactionIn({ reaction, text }: ParsedMail): string | undefined {
  if (reaction !== undefined) return reaction;
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith(">"));
  const first = lines[0] ?? "";
  if (!lines.slice(0, 3).some((line) => REACTED.test(line)) || lines.length > 6) return undefined;
  const shown =
    lines.slice(0, 3).find((line) => EMOJI_ONLY.test(line)) ??
    /\p{Extended_Pictographic}/u.exec(lines.slice(0, 3).join(" "))?.[0];
  return (shown ?? first).slice(0, 40);
}
