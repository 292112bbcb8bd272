/**
 * The parts of a page that facts are read from, collected while it is parsed, so that no nesting is too deep for it. What a
 * visitor would not see is left out of the text.
 */
import { type Handler, Parser } from "htmlparser2";
import { cleanText } from "./clean-text.ts";

export interface PageParts {
  readonly title: string | undefined;
  /** By name or property, in lower case: "description", "og:site_name". The first one counts. */
  readonly metas: ReadonlyMap<string, string>;
  /** The texts of JSON-LD scripts. */
  readonly jsonLd: readonly string[];
  /** Addresses of links as they are written. */
  readonly links: readonly string[];
  /** What a visitor sees, in one line. */
  readonly text: string;
  /** How many scripts of its own the page has. */
  readonly scripts: number;
}

const MAX_HTML = 2_000_000;
/** The parser takes time by the square of how deep tags are nested: 20,000 are 0.2 s at worst, 300,000 were 48 s. */
const MAX_TAGS = 20_000;
const MAX_TEXT = 20_000;
const MAX_LINKS = 500;
const MAX_METAS = 100;
const MAX_JSON_LD = 10;
const MAX_JSON_LD_LENGTH = 200_000;
const MAX_TITLE_LENGTH = 2_000;
const UNSEEN: ReadonlySet<string> = new Set(["style", "noscript", "template", "head", "svg", "iframe", "object"]);
const HIDING = /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])/i;

export function partsOf(html: string): PageParts {
  const reader = new PartsReader();
  const parser = new Parser(reader);
  parser.write(bounded(html));
  parser.end();
  return reader.parts();
}

/** Where the words of an element go: to the page's text, to something of their own, or nowhere. */
type Into = "text" | "title" | "json-ld" | "nowhere";

/** Called by the parser for each thing it finds, in the order of the page. No tree is built. */
class PartsReader implements Partial<Handler> {
  readonly #metas = new Map<string, string>();
  readonly #jsonLd: string[] = [];
  readonly #links: string[] = [];
  /** Of each element that is open. */
  readonly #open: Into[] = [];
  #into: Into = "text";
  #title: string | undefined;
  #scripts = 0;
  #text = "";
  /** Something stood since the last word of the text. */
  #isBroken = false;
  /** Of the title or script that is open. */
  #inside = "";

  onopentag(name: string, attribs: Readonly<Record<string, string>>): void {
    this.#isBroken = true;
    this.#open.push(this.#into);
    if (name === "script") {
      const isData = /ld\+json/i.test(attribs.type ?? "");
      if (!isData) this.#scripts++;
      this.#begin(isData ? "json-ld" : "nowhere");
      return;
    }
    if (name === "meta") addMeta(this.#metas, attribs);
    else if (name === "a" && attribs.href !== undefined && this.#links.length < MAX_LINKS)
      this.#links.push(attribs.href);
    if (name === "title" && this.#title === undefined) this.#begin("title");
    else if (UNSEEN.has(name) || isHidden(attribs)) this.#into = "nowhere";
  }

  ontext(text: string): void {
    if (this.#into === "nowhere") return;
    if (this.#into !== "text") {
      if (this.#inside.length <= MAX_JSON_LD_LENGTH) this.#inside += text;
    } else if (this.#text.length <= MAX_TEXT) {
      // Between most tags stands nothing else; to clean it away afterwards takes longer.
      if (text.charCodeAt(0) <= 0x20 && text.trim() === "") {
        this.#isBroken = true;
        return;
      }
      this.#text += this.#isBroken ? ` ${text}` : text;
      this.#isBroken = false;
    }
  }

  onclosetag(): void {
    this.#isBroken = true;
    if (this.#into === "title" && this.#inside.length <= MAX_TITLE_LENGTH) this.#title ??= cleanText(this.#inside, 200);
    if (this.#into === "json-ld" && this.#inside.length <= MAX_JSON_LD_LENGTH && this.#jsonLd.length < MAX_JSON_LD)
      this.#jsonLd.push(this.#inside);
    this.#into = this.#open.pop() ?? "text";
  }

  oncomment(): void {
    this.#isBroken = true;
  }

  parts(): PageParts {
    return {
      title: this.#title,
      metas: this.#metas,
      jsonLd: this.#jsonLd,
      links: this.#links,
      scripts: this.#scripts,
      text: cleanText(this.#text, MAX_TEXT) ?? "",
    };
  }

  #begin(into: Into): void {
    this.#into = into;
    this.#inside = "";
  }
}

/** The beginning of the page that is read: so many characters and so many tags. */
function bounded(html: string): string {
  // The shortest tag has two characters.
  if (html.length <= 2 * MAX_TAGS) return html;
  const begun = /<[a-z]/gi;
  for (let tags = 0; tags <= MAX_TAGS; tags++) {
    if (!begun.test(html) || begun.lastIndex > MAX_HTML) return html.slice(0, MAX_HTML);
  }
  return html.slice(0, begun.lastIndex - 2);
}

function addMeta(metas: Map<string, string>, attribs: Readonly<Record<string, string>>): void {
  const name = (attribs.name ?? attribs.property ?? "").toLowerCase();
  if (name === "" || attribs.content === undefined || metas.has(name) || metas.size >= MAX_METAS) return;
  metas.set(name, attribs.content.slice(0, 2_000));
}

function isHidden(attribs: Readonly<Record<string, string>>): boolean {
  if (attribs.hidden !== undefined || attribs["aria-hidden"] === "true") return true;
  return attribs.style !== undefined && HIDING.test(attribs.style);
}
