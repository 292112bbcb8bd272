/** Where a page sends its visitors by itself: `<meta http-equiv="refresh" content="0; url=/en/">`. Called by fetch-page.ts. */

/** It stands in the head. */
const LOOKED_AT = 20_000;
/** A page that waits longer is to be read first. */
const MAX_WAIT_S = 5;
const META = /<meta\b[^>]{0,500}>/gi;
const IS_REFRESH = /\bhttp-equiv\s*=\s*["']?\s*refresh\b/i;
const CONTENT = /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
const TARGET = /^\s*(\d{0,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?['"]?\s*([^'"\s]+)/i;

/** @returns the address as it is written, undefined when there is none, or when it is for visitors without scripts. */
export function refreshIn(html: string): string | undefined {
  const head = html.slice(0, LOOKED_AT);
  if (!/http-equiv/i.test(head)) return undefined;
  for (const match of head.matchAll(META)) {
    if (!IS_REFRESH.test(match[0]) || isWithin(head.slice(0, match.index))) continue;
    const content = CONTENT.exec(match[0]);
    const [, wait = "", target] = TARGET.exec(content?.[1] ?? content?.[2] ?? content?.[3] ?? "") ?? [];
    if (target !== undefined && Number(wait) <= MAX_WAIT_S) return target.replaceAll("&amp;", "&");
  }
  return undefined;
}

/** Within a comment, or within what is shown to those without scripts: what their page says is said by its scripts. */
function isWithin(before: string): boolean {
  const text = before.toLowerCase();
  return (
    text.lastIndexOf("<!--") > text.lastIndexOf("-->") || text.lastIndexOf("<noscript") > text.lastIndexOf("</noscript")
  );
}
