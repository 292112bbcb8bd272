/**
 * The HTML part of an e-mail, made from its text: escaped, paragraphs kept, links clickable. Nothing else: no styles, no
 * pictures but the one that tells of the opening.
 */
import { escapeHtml } from "../../web/escape-html.ts";

const LINK = /\b(?:https?:\/\/|mailto:)[^\s<>"'`]+/gi;
/** Punctuation behind a link belongs to the sentence. */
const TAIL = /[.,;:!?)\]}]+$/;

export interface HtmlOptions {
  /** The address a link leads to; the text shown stays the true one. Default: itself. */
  readonly rewrite?: (url: string) => string;
  readonly pixelUrl?: string;
}

export function htmlOf(text: string, { rewrite = (url) => url, pixelUrl }: HtmlOptions = {}): string {
  const paragraphs = text.split(/\n{2,}/).map((part) => `<p>${linked(part, rewrite).replaceAll("\n", "<br>\n")}</p>`);
  const pixel =
    pixelUrl === undefined ? "" : `<img src="${escapeHtml(pixelUrl)}" width="1" height="1" alt="" style="border:0">`;
  return `<!doctype html>\n<html><body>\n${paragraphs.join("\n")}\n${pixel}</body></html>\n`;
}

/** The web links of a text, each once, in order. */
export function webLinksOf(text: string): readonly string[] {
  const found = [...text.matchAll(LINK)].map(([match]) => match.replace(TAIL, ""));
  return [...new Set(found)].filter((url) => /^https?:/i.test(url) && URL.canParse(url));
}

function linked(text: string, rewrite: (url: string) => string): string {
  let html = "";
  let at = 0;
  for (const match of text.matchAll(LINK)) {
    const url = match[0].replace(TAIL, "");
    html += escapeHtml(text.slice(at, match.index));
    html += URL.canParse(url)
      ? `<a href="${escapeHtml(/^https?:/i.test(url) ? rewrite(url) : url)}">${escapeHtml(url)}</a>`
      : escapeHtml(url);
    at = match.index + url.length;
  }
  return html + escapeHtml(text.slice(at));
}
