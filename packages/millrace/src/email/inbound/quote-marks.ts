/**
 * How mail programs announce what they quote: attributions, header blocks and dividers, by their shape rather than by the
 * words of one language. Pure, by lines. Called by own-words.ts.
 */

/** An attribution is broken over at most this many lines. */
const ATTRIBUTION_LINES = 4;
const MAX_ATTRIBUTION = 500;

/** Words for "wrote" at the end of an attribution, in the languages mail programs are sold in. */
const WROTE =
  "wrote|writes|schrieb|a écrit|escribió|escribio|ha scritto|schreef|geschreven|escreveu|skrev|napisał(?:a|\\(a\\))?|napsal(?:a|\\(a\\))?|kirjoitti|írta|a scris|yazdı|schreven|пише|писал(?:а|\\(а\\))?|написал(?:а)?|έγραψε|写道|寫道|のメール|さんは書きました|wrote the following";
const ADDRESS = "[^<>\\s@]{1,64}@[^<>\\s@]{1,200}";
/** A day or an hour: what an attribution has and a sentence that ends in ":" seldom has. */
const MOMENT = /\d{1,2}[:.h]\d{2}|\b20\d\d\b|\d{4}年/;

const ENDS_WITH_WROTE = new RegExp(`(?:^|[\\s>)])(?:${WROTE})(?:\\s[^:：]{0,200})?\\s*[:：]?$`, "iu");
const HAS_ADDRESS = new RegExp(`[<(\\[]?(?:mailto:)?${ADDRESS}[>)\\]]?`, "iu");
const ENDS_WITH_COLON = /[:：]\s*$/u;

/** Words an attribution begins with; asked only to take the first part of one that was broken over two lines. */
const BEGINS =
  /^(on|am|le|el|il|op|em|no dia|a|den|dne|dnia|w dniu|ke|på|la|în|tarihinde|vào|pada|il giorno)\s.{0,300}\d|^(mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|pon|wt|śr|czw|pt|sob|niedz)\w{0,8}\.?,?\s.{0,40}\d|^\d{4}年|^\d{1,2}[./]\d{1,2}[./]\d{2,4}|^\d{4}-\d\d-\d\d/iu;

/**
 * @returns how many lines from `at` on are an attribution; 0 for none. One that only looks like it counts when what stands
 * below it is quoted (`isQuoteBelow`, asked with the line after it).
 */
export function attributionAt(lines: readonly string[], at: number, isQuoteBelow: (line: number) => boolean): number {
  const first = shown(lines[at]);
  if (first === "" || !couldBegin(first)) return 0;
  let joined = "";
  for (let length = 1; length <= ATTRIBUTION_LINES; length++) {
    const line = shown(lines[at + length - 1]);
    if (line === "" || line.startsWith(">")) return 0;
    joined = `${joined} ${line}`.trim();
    if (joined.length > MAX_ATTRIBUTION) return 0;
    if (isAttribution(joined, () => isQuoteBelow(at + length))) {
      // An answer that begins like an attribution ("On Tuesday at 10:00") stands right above the real one.
      return length > 1 && beginsLater(lines, at, length, isQuoteBelow) ? 0 : length;
    }
    // A line that ends a sentence is no beginning of an attribution.
    if (/[.!?。！？]$/u.test(line) && !MOMENT.test(line)) return 0;
  }
  return 0;
}

/** A line without the marks of writing from the right, which stand around each name; "---- On … wrote ----" as "On … wrote:". */
export function shown(line = ""): string {
  const bare = line.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").trim();
  return /^-{2,}\s.{10,}\s-{2,}$/u.test(bare) ? `${bare.replace(/^-+\s*|\s*-+$/gu, "")}:` : bare;
}

function beginsLater(
  lines: readonly string[],
  at: number,
  length: number,
  isQuoteBelow: (line: number) => boolean,
): boolean {
  for (let i = at + 1; i < at + length; i++) {
    if (BEGINS.test(shown(lines[i])) && attributionAt(lines, i, isQuoteBelow) > 0) return true;
  }
  return false;
}

function couldBegin(line: string): boolean {
  return (
    BEGINS.test(line) || ENDS_WITH_COLON.test(line) || ENDS_WITH_WROTE.test(line) || /<[^<>\s]+@[^<>\s]+>/.test(line)
  );
}

function isAttribution(joined: string, isQuoted: () => boolean): boolean {
  const hasMark = HAS_ADDRESS.test(joined) || MOMENT.test(joined) || BEGINS.test(joined);
  if (!hasMark) return false;
  if (ENDS_WITH_WROTE.test(joined)) return ENDS_WITH_COLON.test(joined) || isQuoted();
  return (
    ENDS_WITH_COLON.test(joined) &&
    (HAS_ADDRESS.test(joined) || MOMENT.test(joined)) &&
    (hasDateAndAddress(joined) || isQuoted())
  );
}

function hasDateAndAddress(joined: string): boolean {
  return HAS_ADDRESS.test(joined) && MOMENT.test(joined);
}

/** "-----Original Message-----" and its like in any language. */
export function isDivider(line: string): boolean {
  return (
    /^[-_–—=*]{3,}\s*\p{L}[\p{L}\s'’.-]{2,50}\s*[-_–—=*]{3,}$/u.test(line) ||
    /^(begin forwarded message|anfang der weitergeleiteten (nachricht|e-mail)|début du message (réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht|início da mensagem reencaminhada)\s*[:：]?$/iu.test(
      line,
    )
  );
}

const LABEL = /^[*_]{0,2}([\p{L}][\p{L}\s.-]{0,24}?)\s?[:：][*_]{0,2}\s*(\S.{0,400})?$/u;

/** What the first of only two headers is called. */
const FROM = /^[*_]{0,2}(from|von|de|da|van|od|från|fra|feladó|kimden|от|від|发件人|寄件者|差出人|보낸 사람)\s?[:：]/iu;

/**
 * True when lines from `at` on are the headers of a quoted message: three short `Label: value` lines or more, one of them
 * with an e-mail address or a full date; in any language, for the shape is the same in all. Of two, the first says from whom and has
 * the address, and the other the date.
 */
export function isHeaderBlock(lines: readonly string[], at: number): boolean {
  const block: string[] = [];
  for (const line of lines.slice(at, at + 8)) {
    const text = shown(line).replace(/^\|\s*/, "");
    if (text === "" && block.length > 0) break;
    if (!LABEL.test(text)) {
      // A list of recipients may go on over a line.
      if (block.length > 0 && HAS_ADDRESS.test(text) && text.length < 200) continue;
      break;
    }
    block.push(text);
  }
  const [first = "", second = ""] = block;
  if (block.length === 2) return FROM.test(first) && HAS_ADDRESS.test(first) && hasFullDate(second);
  return block.length > 2 && block.some((line) => HAS_ADDRESS.test(line) || hasFullDate(line));
}

const ENDS_WITH_ADDRESS = new RegExp(`^[^:]{0,80}<?${ADDRESS}>?$`, "u");
const SUBJECT_ALONE =
  /^(subject|betreff|thema|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|temat|předmět|tárgy|konu|件名|主题)$/iu;

/** The columns that Notes sets above what it quotes: a name with its address, when, to whom, about what. */
export function isNotesHeader(lines: readonly string[], at: number): boolean {
  const [from = "", when = "", ...more] = lines.slice(at, at + 8).map((line) => line.trim());
  return ENDS_WITH_ADDRESS.test(from) && hasFullDate(when) && more.some((line) => SUBJECT_ALONE.test(line));
}

function hasFullDate(line: string): boolean {
  return /\b20\d\d\b/.test(line) && /\d{1,2}[:.]\d{2}/.test(line);
}
