/**
 * The words of an HTML message as lines of text: what cannot be seen is left out, what is quoted is marked with ">" as in
 * plain text, so that both are read by the same rules (own-words.ts). Called by parse-mail.ts.
 */
import { Parser } from "htmlparser2";

const MAX_DEPTH = 300;

/** Never shown. */
const UNSEEN_TAGS = new Set([
  "style",
  "script",
  "head",
  "title",
  "template",
  "noscript",
  "object",
  "svg",
  "meta",
  "link",
]);
/** A style that hides an element from the reader. */
const UNSEEN_STYLE =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)|font-size\s*:\s*0[a-z%]*\s*(?:;|$|!)|max-height\s*:\s*0[a-z%]*\s*(?:;|$|!))/i;
const BLOCK_TAGS = new Set(
  "p div tr li ul ol h1 h2 h3 h4 h5 h6 table blockquote section article header footer address pre hr dl dt dd form".split(
    " ",
  ),
);
/** What mail programs wrap a quoted message in. */
const QUOTE_CLASS =
  /(?:^|\s)(?:gmail_quote_container|gmail_quote|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-forward-container|ms-outlook-mobile-reference-message|OutlookMessageHeader|qt)(?:\s|$)/;
const QUOTE_ID = /^(?:OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|divRplyFwdMsg|yahoo_quoted_\d+)$/;
/** An element after which everything else of its parent is the quoted message. */
const QUOTE_BEGINS_ID = /^(?:appendonsend|divRplyFwdMsg|stopSpelling)$/;
/** Attributions: kept as their own unmarked line, so that what stands above them is not taken with them. */
const SIGNATURE_CLASS = /(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block)(?:\s|$)/;

/** The lines read so far, and the one being read. */
class Lines {
  readonly done: string[] = [];
  #line = "";

  add(text: string): void {
    this.#line += text;
  }

  /** @param depth how deeply the line is quoted. */
  end(depth: number): void {
    const text = this.#line.replace(/\s+/g, " ").trim();
    this.#line = "";
    if (text !== "") this.done.push(`${">".repeat(depth)}${depth > 0 ? " " : ""}${text}`);
    else if (this.done.at(-1) !== "") this.done.push("");
  }

  /** Ends a line that has begun, and leaves no empty one behind. */
  close(depth: number): void {
    if (this.#line.trim() !== "") this.end(depth);
    else this.#line = "";
  }
}

/** @returns the visible text, a line for each block; "" for a page nested deeper than a mail program writes. */
export function textOfHtml(html: string): string {
  const reader = new Reader();
  const parser = new Parser(reader, { decodeEntities: true });
  parser.end(html);
  return reader.text();
}

/** An element that is open. */
interface Open {
  readonly name: string;
  readonly isBlock: boolean;
  readonly isUnseen: boolean;
  /** How deeply what stands in it is quoted; what follows it may be quoted more deeply than what stood before. */
  quoted: number;
  readonly beginsQuote: boolean;
  hasQuoteBegun: boolean;
}

/** Reads elements as they come, so that no tree is built of a stranger's page. */
class Reader {
  readonly #lines = new Lines();
  readonly #open: Open[] = [
    { name: "", isBlock: false, isUnseen: false, quoted: 0, beginsQuote: false, hasQuoteBegun: false },
  ];
  /** Unseen elements around the one that is read. */
  #unseen = 0;
  #isTooDeep = false;

  onopentag(name: string, attribs: Readonly<Record<string, string>>): void {
    const isHidden = isUnseen(name, attribs);
    const outer = this.#open.at(-1)?.quoted ?? 0;
    if (this.#open.length > MAX_DEPTH) this.#isTooDeep = true;
    const isShown = this.#unseen === 0 && !isHidden;
    const isBlock = isShown && BLOCK_TAGS.has(name);
    if (isShown && name === "br") this.#lines.end(outer);
    if (isBlock) this.#lines.close(outer);
    if (isShown && attribs.class !== undefined && SIGNATURE_CLASS.test(attribs.class)) {
      this.#lines.add("--");
      this.#lines.end(outer);
    }
    const quoted = isShown && isQuote(name, attribs) ? outer + 1 : outer;
    const beginsQuote = isShown && attribs.id !== undefined && QUOTE_BEGINS_ID.test(attribs.id);
    this.#open.push({ name, isBlock, isUnseen: isHidden, quoted, beginsQuote, hasQuoteBegun: false });
    if (isHidden) this.#unseen += 1;
  }

  onclosetag(): void {
    if (this.#open.length === 1) return;
    const closed = this.#open.pop();
    if (closed === undefined) return;
    if (closed.isUnseen) this.#unseen -= 1;
    if (closed.isBlock) {
      this.#lines.close(closed.quoted);
      if (closed.name === "p") this.#lines.end(closed.quoted);
    }
    const parent = this.#open.at(-1);
    // Everything after it in its parent is the quoted message, however many such marks there are.
    if (closed.beginsQuote && parent !== undefined && !parent.hasQuoteBegun) {
      parent.hasQuoteBegun = true;
      parent.quoted += 1;
    }
  }

  ontext(text: string): void {
    if (this.#unseen === 0) this.#lines.add(text);
  }

  text(): string {
    if (this.#isTooDeep) return "";
    this.#lines.close(this.#open.at(-1)?.quoted ?? 0);
    return this.#lines.done
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim();
  }
}

function isUnseen(name: string, attribs: Readonly<Record<string, string>>): boolean {
  return (
    UNSEEN_TAGS.has(name) ||
    attribs.hidden !== undefined ||
    (attribs.style !== undefined && UNSEEN_STYLE.test(attribs.style))
  );
}

function isQuote(name: string, attribs: Readonly<Record<string, string>>): boolean {
  if (name === "blockquote") return true;
  return (
    (attribs.class !== undefined && QUOTE_CLASS.test(attribs.class)) ||
    (attribs.id !== undefined && QUOTE_ID.test(attribs.id))
  );
}
