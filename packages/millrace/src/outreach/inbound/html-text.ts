/**
 * The words of an HTML message as lines of text: what cannot be seen is left out, what is quoted is marked with ">" as in
 * plain text, so that both are read by the same rules (own-words.ts). Called by parse-mail.ts.
 */
import { load } from "cheerio/slim";

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

/** The part of a DOM node that is read here; both parsers of cheerio give it. */
interface PageNode {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly PageNode[];
}

/** The lines read so far, and the one being read. */
class Lines {
  readonly done: string[] = [];
  #line = "";

  add(text: string): void {
    this.#line += text;
  }

  /** @param depth how deeply the line is quoted. */
  end(depth: number): void {
    const text = this.#line.replace(/[ \t\u00a0]+/g, " ").trim();
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
  const root = load(html).root()[0] as unknown as PageNode | undefined;
  const lines = new Lines();
  if (root === undefined || !walk(root.children ?? [], 0, 0, lines)) return "";
  lines.close(0);
  return lines.done
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** @returns false when the page is nested too deeply. */
function walk(nodes: readonly PageNode[], quoted: number, depth: number, lines: Lines): boolean {
  if (depth > MAX_DEPTH) return false;
  let quotedHere = quoted;
  for (const node of nodes) {
    if (node.type === "text") {
      lines.add((node.data ?? "").replace(/\s+/g, " "));
      continue;
    }
    const { name = "", attribs = {}, children = [] } = node;
    if (node.type === "comment" || isUnseen(name, attribs)) continue;
    if (name === "br") {
      lines.end(quotedHere);
      continue;
    }
    const isBlock = BLOCK_TAGS.has(name);
    if (isBlock) lines.close(quotedHere);
    if (SIGNATURE_CLASS.test(attribs.class ?? "")) {
      lines.add("--");
      lines.end(quotedHere);
    }
    const inner = isQuote(name, attribs) ? quotedHere + 1 : quotedHere;
    if (!walk(children, inner, depth + 1, lines)) return false;
    if (isBlock) {
      lines.close(inner);
      if (name === "p") lines.end(inner);
    }
    if (QUOTE_BEGINS_ID.test(attribs.id ?? "")) quotedHere = quoted + 1;
  }
  return true;
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
  return QUOTE_CLASS.test(attribs.class ?? "") || QUOTE_ID.test(attribs.id ?? "");
}
