/**
 * The parts of a page that facts are read from, collected in one walk without recursion, so that no nesting is too
 * deep for it. What a visitor would not see is left out of the text.
 */
import { load } from "cheerio/slim";
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

interface Node {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly Node[];
}

const MOST_HTML = 2_000_000;
/** The parser takes time by the square of how deep tags are nested: 20,000 are 0.2 s at worst, 300,000 were 48 s. */
const MOST_TAGS = 20_000;
const MOST_TEXT = 20_000;
const MOST_LINKS = 500;
const MOST_METAS = 100;
const MOST_JSON_LD = 10;
const LONGEST_JSON_LD = 200_000;
const UNSEEN: ReadonlySet<string> = new Set(["style", "noscript", "template", "head", "svg", "iframe", "object"]);
const HIDING = /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])/i;

export function partsOf(html: string): PageParts {
  const document = load(bounded(html)).root()[0] as unknown as Node;
  const metas = new Map<string, string>();
  const jsonLd: string[] = [];
  const links: string[] = [];
  const words: string[] = [];
  let title: string | undefined;
  let scripts = 0;
  let length = 0;

  const waiting: { readonly node: Node; readonly isSeen: boolean }[] = [{ node: document, isSeen: true }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node } = next;
    if (node.type === "text") {
      if (!next.isSeen || length > MOST_TEXT) continue;
      words.push(node.data ?? "");
      length += node.data?.length ?? 0;
      continue;
    }
    const { name = "", attribs = {} } = node;
    if (name === "script") {
      if (/ld\+json/i.test(attribs.type ?? "")) {
        const text = textBelow(node, LONGEST_JSON_LD);
        if (jsonLd.length < MOST_JSON_LD && text !== undefined) jsonLd.push(text);
      } else scripts++;
      continue;
    }
    if (name === "title") title ??= cleanText(textBelow(node, 2_000), 200);
    else if (name === "meta") addMeta(metas, attribs);
    else if (name === "a" && attribs.href !== undefined && links.length < MOST_LINKS) links.push(attribs.href);
    const isSeen = next.isSeen && !UNSEEN.has(name) && !isHidden(attribs);
    const children = node.children ?? [];
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) waiting.push({ node: child, isSeen });
    }
  }
  return { title, metas, jsonLd, links, scripts, text: cleanText(words.join(" "), MOST_TEXT) ?? "" };
}

/** The beginning of the page that is read: so many characters and so many tags. */
function bounded(html: string): string {
  const begun = /<[a-z]/gi;
  for (let tags = 0; tags <= MOST_TAGS; tags++) {
    if (!begun.test(html) || begun.lastIndex > MOST_HTML) return html.slice(0, MOST_HTML);
  }
  return html.slice(0, begun.lastIndex - 2);
}

function addMeta(metas: Map<string, string>, attribs: Readonly<Record<string, string>>): void {
  const name = (attribs.name ?? attribs.property ?? "").toLowerCase();
  if (name === "" || attribs.content === undefined || metas.has(name) || metas.size >= MOST_METAS) return;
  metas.set(name, attribs.content.slice(0, 2_000));
}

function isHidden(attribs: Readonly<Record<string, string>>): boolean {
  return attribs.hidden !== undefined || attribs["aria-hidden"] === "true" || HIDING.test(attribs.style ?? "");
}

/** The text of a node that holds only text; undefined when there is more of it than anybody means seriously. */
function textBelow(node: Node, most: number): string | undefined {
  let text = "";
  for (const child of node.children ?? []) {
    text += child.data ?? "";
    if (text.length > most) return undefined;
  }
  return text;
}
