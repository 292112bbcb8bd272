/**
 * What of a message its sender wrote: without the quoted messages, ours among them, without signature, device lines,
 * banners and legal notices. Our own messages are found by comparison with what was sent, so that neither an unknown quote
 * style nor a language hides them. Pure; every cut is reported with its reason.
 */
import { attributionAt, isDivider, isHeaderBlock, isNotesHeader, shown } from "./quote-marks.ts";

export type CutReason =
  | "quoted"
  | "our own message"
  | "attribution"
  | "headers of a quoted message"
  | "signature"
  | "device line"
  | "notice";

export interface Cut {
  readonly what: CutReason;
  /** How many lines. */
  readonly lines: number;
}

/** A run of lines, kept or cut. */
export interface Piece {
  /** "own": the sender's words. */
  readonly what: CutReason | "own";
  readonly text: string;
}

export interface OwnWords {
  readonly text: string;
  readonly cuts: readonly Cut[];
  /** The message in its order, for the page that shows what was cut; its first 16,000 characters. */
  readonly pieces: readonly Piece[];
  /** A forwarded message stands above anything of their own: what it says is someone else's. */
  readonly isForward: boolean;
}

const MAX_INPUT = 256 * 1024;
const MAX_LINE = 1_000;
/** So many lines are compared with our messages; a longer reply is quoted in the usual ways. */
const MAX_COMPARED = 2_000;
const MAX_SENT = 60_000;

/** @param sent texts of messages that were sent to the contact, the one answered among them. */
export function ownWords(text: string, sent: readonly string[] = []): OwnWords {
  const lines = linesOf(text);
  const marks = marksOf(lines, sentTextOf(sent));
  cutQuotes(lines, marks);
  const isForward = isForwardOnly(lines, marks);
  cutNotices(lines, marks);
  cutSignature(lines, marks);
  const kept = lines.filter((_, i) => marks[i] === undefined);
  return {
    text: kept
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
    cuts: countsOf(marks),
    pieces: piecesOf(lines, marks),
    isForward,
  };
}

type Marks = (CutReason | undefined)[];

function linesOf(text: string): readonly string[] {
  return text
    .slice(0, MAX_INPUT)
    .replace(/\r\n?/g, "\n")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, "")
    .split("\n")
    .map((line) => line.slice(0, MAX_LINE).trimEnd());
}

/** Letters and digits alone, a space between words: what survives another line width, HTML and typographic marks. */
function bare(text: string): string {
  const lower = text.toLowerCase();
  const words = lower.includes("://") ? lower.replace(/https?:\/\/\S+/g, " ") : lower;
  // The class of all alphabetic characters is several times as slow.
  return words.replace(isAscii(words) ? /[^a-z0-9]+/g : /[^\p{L}\p{N}]+/gu, " ").trim();
}

function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text);
}

function sentTextOf(sent: readonly string[]): string {
  return ` ${sent.map(bare).join(" | ").slice(0, MAX_SENT)} `;
}

const SURE_WORDS = 4;
const SURE_LETTERS = 14;

/** Marks the lines that stand in a message of ours as they are; short ones only between such lines. */
function marksOf(lines: readonly string[], sent: string): Marks {
  const marks: Marks = lines.map((line) => (isMarked(line) ? "quoted" : undefined));
  if (sent.trim() === "") return marks;
  const compared = new Compared(lines.slice(0, MAX_COMPARED), sent);
  // Lines quoted with marks are compared only where they are neighbours of others.
  for (let i = 0; i < compared.length; i++)
    if (marks[i] === undefined && compared.isOurs(i)) marks[i] = "our own message";
  // "Hi Ada," and "Sales" above and below what is certainly ours.
  for (let i = 0; i < compared.length; i++) {
    const line = compared.bare(i);
    if (marks[i] !== undefined || line === "" || !sent.includes(` ${line} `)) continue;
    const isAbove = compared.isOursNear(i, -1);
    const isBelow = compared.isOursNear(i, 1);
    const isTail = isAbove && line.split(" ").length <= 3 && !compared.hasOwnBelow(i);
    if ((isAbove && isBelow) || isTail || (isBelow && isBelowAttribution(lines, i))) marks[i] = "our own message";
  }
  return marks;
}

/** Lines beside our messages, each compared when it is first asked of. */
class Compared {
  readonly #lines: readonly string[];
  readonly #sent: string;
  readonly #bares: (string | undefined)[] = [];
  readonly #ours: (boolean | undefined)[] = [];
  #next = 0;

  constructor(lines: readonly string[], sent: string) {
    this.#lines = lines;
    this.#sent = sent;
  }

  get length(): number {
    return this.#lines.length;
  }

  bare(at: number): string {
    this.#bares[at] ??= bare((this.#lines[at] ?? "").replace(/^[\s>|*-]+/, ""));
    return this.#bares[at];
  }

  isOurs(at: number): boolean {
    this.#ours[at] ??= isSure(this.bare(at)) && this.#isSent(this.bare(at));
    return this.#ours[at];
  }

  /** What is quoted stands in its order: a line mostly follows the one found before it. */
  #isSent(line: string): boolean {
    const wanted = ` ${line} `;
    const at = this.#sent.startsWith(wanted, this.#next) ? this.#next : this.#sent.indexOf(wanted);
    if (at !== -1) this.#next = at + wanted.length - 1;
    return at !== -1;
  }

  /** One of the next three lines with words. */
  isOursNear(at: number, step: 1 | -1): boolean {
    for (let i = at + step, seen = 0; i >= 0 && i < this.length && seen < 3; i += step) {
      if (this.bare(i) === "") continue;
      if (this.isOurs(i)) return true;
      seen += 1;
    }
    return false;
  }

  hasOwnBelow(at: number): boolean {
    for (let i = at + 1; i < Math.min(this.length, at + 6); i++) {
      if (this.bare(i) !== "" && !this.isOurs(i) && !this.#sent.includes(` ${this.bare(i)} `)) return true;
    }
    return false;
  }
}

function isMarked(line: string): boolean {
  return /^\s{0,3}(>|\|\s|｜|＞)/.test(line);
}

function hasWords(line: string, count: number): boolean {
  let at = -1;
  for (let spaces = 1; spaces < count; spaces++) {
    at = line.indexOf(" ", at + 1);
    if (at === -1) return false;
  }
  return true;
}

function isSure(line: string): boolean {
  return line.length >= SURE_LETTERS && (hasWords(line, SURE_WORDS) || /[\u3040-\u30ff\u4e00-\u9fff]{8}/.test(line));
}

function isBelowAttribution(lines: readonly string[], at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 4); i--) {
    const line = shown(lines[i]);
    if (line === "") continue;
    return /[:：]$/.test(line) || /^[\p{L}\s]{1,25}[:：]\s/u.test(line);
  }
  return false;
}

/** Cuts attributions and the headers above quoted messages; below a divider or headers everything is quoted. */
function cutQuotes(lines: readonly string[], marks: Marks): void {
  const isQuoteBelow = (line: number) => isQuotedBelow(lines, marks, line);
  for (let i = 0; i < lines.length; i++) {
    if (marks[i] !== undefined) continue;
    const line = lines[i]?.trim() ?? "";
    if (line === "") continue;
    if (isDivider(line) || isHeaderBlock(lines, i) || isNotesHeader(lines, i)) {
      const rule = i > 0 && /^[_-]{10,}$/.test(lines[i - 1]?.trim() ?? "") ? i - 1 : i;
      markRest(marks, rule, "headers of a quoted message", lines.length);
      return;
    }
    const length = attributionAt(lines, i, isQuoteBelow);
    if (length === 0) continue;
    for (let j = i; j < i + length; j++) marks[j] = "attribution";
    // Quoted with marks, or found to be ours, the answer may stand below or in between; else all the rest is the quote.
    if (!isQuoteBelow(i + length)) {
      markRest(marks, i + length, "quoted", lines.length);
      return;
    }
    i += length - 1;
  }
}

function isQuotedBelow(lines: readonly string[], marks: Marks, from: number): boolean {
  for (let i = from; i < Math.min(lines.length, from + 6); i++) {
    if ((lines[i]?.trim() ?? "") === "") continue;
    if (marks[i] !== undefined) return true;
    // "Hi Ada," above what is ours.
    if ((lines[i]?.trim().length ?? 0) > 30) return false;
  }
  return false;
}

function markRest(marks: Marks, from: number, what: CutReason, to: number): void {
  for (let i = from; i < to; i++) marks[i] ??= what;
}

function isForwardOnly(lines: readonly string[], marks: Marks): boolean {
  const at = lines.findIndex((line) => line.trim() !== "");
  return at !== -1 && marks[at] === "headers of a quoted message";
}

/** What phones and programs put under every message; by shape for the common makes, in any language for the rest. */
const DEVICE_LINE =
  /^(sent from (my|outlook|mail for|yahoo|proton|samsung|the all-new|gmail|blackberry|huawei|xiaomi|a )|sent via\b|sent with\b|get outlook for|von meinem \S+ gesendet|gesendet (von|mit|über)\b|envoyé (de|depuis|à partir)\b|télécharger outlook|obtenez outlook|enviado desde\b|enviado do(?: meu)?\b|enviado a partir\b|obtener outlook|obter o outlook|inviato da\b|scarica outlook|verzonden vanaf|verzonden met|verstuurd vanaf|outlook voor .{1,30} downloaden|skickat från\b|sendt fra\b|hent outlook|skaffa outlook|wysłane z\b|wysłano z\b|pobierz outlook|lähetetty\b.{0,30}$|odesláno z\b|отправлено (с|из)\b|iPhoneから送信|Yahoo!?メール.{0,20}から送信|.{1,30}から送信$|发自我的|從我的.{1,20}傳送|从我的.{1,20}发送|获取 outlook)/iu;
/** What a receiving system writes above a message. */
const BANNER =
  /^\W*(\[?external( e-?mail| sender| message)?\]?\W*$|caution:|warning: (this|external)|(this|the) (e-?mail|message) (originated|came|was sent) from (outside|an external)|you don't often (get|receive) e-?mail from|some people who received this message don't often|achtung: (externe|diese e-?mail)|externe e-?mail|attention ?: .{0,40}(externe|extérieur)|sie erhalten nicht häufig e-?mails von)/iu;
/** Words of legal notices; a line of them has to be long to be one. */
const NOTICE =
  /\b(confidential(ity)?|intended (only )?(for the )?(recipient|addressee|solely)|legally privileged|if you (are not|have received this)|vertrauliche?( und\/oder|r inhalt| informationen)?|irrtümlich|confidentiel(le)?s?|destinataire|confidencial(idad|idade)?|destinatari[oa]|riservat[oaie]|vertrouwelijk|geadresseerde|poufn[ey]|adresat|konfidentiell|fortrolig|mottagare|virus-?free|avast|please consider the environment|think before (you )?print)\b|機密|保密|免责声明|誤って受信/iu;
const MIN_NOTICE = 70;

/** @param line without blanks around it. */
export function isDeviceLine(line: string): boolean {
  return line.length < 120 && DEVICE_LINE.test(line);
}

function cutNotices(lines: readonly string[], marks: Marks): void {
  lines.forEach((line, i) => {
    if (marks[i] !== undefined) return;
    const text = line.trim();
    if (isDeviceLine(text)) marks[i] = "device line";
    else if (BANNER.test(text)) marks[i] = "notice";
    else if (text.length >= MIN_NOTICE && NOTICE.test(text) && !isAnswered(text)) marks[i] = "notice";
  });
  cutNoticeParagraphs(lines, marks);
}

/** "I am interested, is our data confidential?" is no notice. */
function isAnswered(text: string): boolean {
  return /\?|\b(i|we|ich|wir|je|nous|yo|io|noi|ik|wij|eu|nós)\b.{0,40}\b(interested|interesse|interessiert|want|need|möchten|brauchen|voulons|queremos|vogliamo|willen)\b/iu.test(
    text,
  );
}

/** A notice folded over several lines: its paragraph goes with it, when the paragraph is long and begins with such a line. */
function cutNoticeParagraphs(lines: readonly string[], marks: Marks): void {
  for (let i = 0; i < lines.length; i++) {
    if (marks[i] !== "notice" || BANNER.test(lines[i]?.trim() ?? "")) continue;
    for (let j = i + 1; j < lines.length && (lines[j]?.trim() ?? "") !== "" && marks[j] === undefined; j++)
      marks[j] = "notice";
  }
}

/** From "-- " on it is a signature, unless all of what they wrote stands below it. */
function cutSignature(lines: readonly string[], marks: Marks): void {
  const at = lines.findIndex((line, i) => marks[i] === undefined && /^\s*(--|—|––)\s?$/.test(line));
  if (at !== -1) {
    const isEmptyAbove = lines.slice(0, at).every((line, i) => marks[i] !== undefined || line.trim() === "");
    const below = lines.slice(at + 1).filter((line, i) => marks[at + 1 + i] === undefined && line.trim() !== "");
    marks[at] = "signature";
    if (!isEmptyAbove || !below.some(isSentence)) markRest(marks, at, "signature", lines.length);
  }
  for (let i = lines.length - 1; i >= 0; i--) {
    if (marks[i] !== undefined) continue;
    if (!/^[\s_*=-]*$/.test(lines[i] ?? "")) break;
    if ((lines[i] ?? "").trim() !== "") marks[i] = "signature";
  }
}

/** A line that says something: it ends like a sentence, or has four words that are no address, title or number. */
function isSentence(line: string): boolean {
  const text = line.trim();
  if (/@|https?:|www\.|\+?\d[\d\s()/-]{6,}/.test(text)) return false;
  return /[.!?。！？]$/u.test(text) && text.split(/\s+/).length >= 2
    ? true
    : text.split(/\s+/).length >= 5 || /[。！？]/u.test(text);
}

const MAX_SHOWN = 16_000;
const MAX_PIECES = 200;

/** Lines of one mark that follow each other are one piece. */
function piecesOf(lines: readonly string[], marks: Marks): readonly Piece[] {
  const pieces: { what: Piece["what"]; text: string }[] = [];
  let left = MAX_SHOWN;
  for (let i = 0; i < lines.length && left > 0 && pieces.length <= MAX_PIECES; i++) {
    const what = marks[i] ?? "own";
    const line = (lines[i] ?? "").slice(0, left);
    left -= line.length + 1;
    const last = pieces.at(-1);
    if (last !== undefined && (last.what === what || line.trim() === "")) last.text += `\n${line}`;
    else pieces.push({ what, text: line });
  }
  return pieces.map(({ what, text }) => ({ what, text: text.trim() })).filter(({ text }) => text !== "");
}

function countsOf(marks: Marks): readonly Cut[] {
  const counts = new Map<CutReason, number>();
  for (const mark of marks) if (mark !== undefined) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return [...counts].map(([what, lines]) => ({ what, lines }));
}
