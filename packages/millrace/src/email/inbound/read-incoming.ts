/**
 * One reading of a message, in steps: who wrote it, what of it are their own words, what kind of mail it is. Pure; each
 * step leaves its evidence in the result, which is kept with the message and shown. What the words mean is read later, by
 * the reply classifier.
 */
import { type Author, authorOf, type OwnSenders } from "./author.ts";
import { kindOfMail, type MailKind, type Wordless } from "./kind-of-mail.ts";
import { type OwnWords, ownWords } from "./own-words.ts";
import type { ParsedMail } from "./parse-mail.ts";

/** What is known of the conversation before a message is read. */
export interface Conversation {
  /** Texts of messages we sent to the contact, the one answered first. */
  readonly sent: readonly string[];
  /** Their subjects. */
  readonly subjects: readonly string[];
  /** The address the message answered or reported about was sent to. */
  readonly recipient?: string;
}

/** One step of the reading, for people. */
export interface ReadingStep {
  readonly step: "author" | "words" | "kind" | "subject" | "size";
  readonly found: string;
}

export interface MailReading {
  readonly author: Author;
  readonly kind: MailKind;
  readonly words: OwnWords;
  /** What it is when its words alone do not say it. */
  readonly what: Wordless | undefined;
  /** The subject is the sender's own, not one of ours come back. */
  readonly isOwnSubject: boolean;
  readonly steps: readonly ReadingStep[];
}

const NO_CONVERSATION: Conversation = { sent: [], subjects: [] };

/** @returns the same reading for the same message and conversation, whenever it is asked. */
export function readIncoming(
  mail: ParsedMail,
  house: OwnSenders,
  conversation: Conversation = NO_CONVERSATION,
): MailReading {
  const author = authorOf(mail, house);
  const kind = kindOfMail(mail, conversation.recipient);
  const read = ownWords(textOf(mail, kind), conversation.sent);
  const isOwnSubject = isTheirSubject(mail.subject, conversation.subjects);
  const what = whatOf(mail, kind, read);
  return { author, kind, words: read, what, isOwnSubject, steps: stepsOf(author, kind, read, what, isOwnSubject) };
}

/** Words found outside the text go first: a comment beside a declined invitation says more than the program's line. */
function textOf(mail: ParsedMail, kind: MailKind): string {
  if (kind.kind !== "reply") return mail.text;
  if (kind.what === "reaction") return kind.words ?? "";
  if (mail.calendar === undefined || kind.what === undefined) return kind.words ?? mail.text;
  return [kind.words, isProgramsLine(mail.text) ? "" : mail.text].filter(Boolean).join("\n\n");
}

/** "Jane Doe has accepted this invitation." */
function isProgramsLine(text: string): boolean {
  const line = text.trim();
  return (
    line.length < 300 &&
    /\b(accept|declin|tentativ|propos|invit|einladung|zugesagt|abgesagt|acept|rechaz|accett|rifiut|geaccepteerd|afgewezen)/i.test(
      line,
    )
  );
}

function whatOf(mail: ParsedMail, kind: MailKind, { text, isForward }: OwnWords): Wordless | undefined {
  if (kind.kind !== "reply") return undefined;
  if (kind.what !== undefined) return kind.what;
  if (text !== "") return undefined;
  if (isForward) return "forward";
  if (mail.sealed !== undefined) return mail.sealed;
  return mail.attachments > 0 ? "attachment" : "empty";
}

const ANSWERS_SUBJECT =
  /^\s*((re|aw|sv|antw|odp|vs|r|rif|res|fw|fwd|wg|tr|回复|回覆|答复|返信)\s*(\[\d+\])?\s*[:：]\s*)+/iu;

/** @param ours subjects of messages we sent to them. */
function isTheirSubject(subject: string, ours: readonly string[]): boolean {
  const bare = bareSubject(subject);
  if (bare === "") return false;
  if (ours.some((own) => bareSubject(own) === bare)) return false;
  return ours.length > 0 || !ANSWERS_SUBJECT.test(subject);
}

function bareSubject(subject: string): string {
  return subject
    .replace(ANSWERS_SUBJECT, "")
    .replace(/\[external\]/i, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

function stepsOf(
  author: Author,
  kind: MailKind,
  read: OwnWords,
  what: Wordless | undefined,
  isOwnSubject: boolean,
): readonly ReadingStep[] {
  const cuts = read.cuts.map((cut) => `${cut.what}: ${cut.lines} line${cut.lines === 1 ? "" : "s"}`);
  return [
    { step: "author", found: `${author.address ?? "no address"} (${author.evidence}; ${author.side})` },
    { step: "kind", found: kindInWords(kind, what) },
    {
      step: "words",
      found: `${read.text.length} characters of their own${cuts.length === 0 ? "" : `; cut: ${cuts.join(", ")}`}`,
    },
    { step: "subject", found: isOwnSubject ? "their own" : "ours, come back, or none" },
  ];
}

function kindInWords(kind: MailKind, what: Wordless | undefined): string {
  switch (kind.kind) {
    case "bounce":
      return `${kind.isHard ? "a hard bounce" : "a soft bounce"} (${kind.meaning}): ${kind.reason}`;
    case "complaint":
      return `a complaint: ${kind.reason}`;
    case "notice":
      return `a notice: ${kind.why}`;
    case "reply":
      return `${kind.isAutomatic ? "an automatic reply" : "a reply"}${what === undefined ? "" : ` (${what})`}`;
  }
}
