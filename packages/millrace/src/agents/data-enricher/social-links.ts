/** A company's pages on social networks, told from the share buttons beside them. Called by page-facts.ts. */
import { parseWebUrl } from "../../web/web-url.ts";

const NETWORKS: readonly (readonly [property: string, host: RegExp, path: RegExp])[] = [
  ["company_linkedin", /^(?:[a-z]{2,3}\.)?linkedin\.com$/, /^\/(?:company|school|showcase)\/[^/]{1,100}/],
  ["company_x", /^(?:twitter|x)\.com$/, /^\/(?!share|intent|home|search|hashtag|i\/)\w{1,30}$/],
  ["company_facebook", /^(?:[a-z-]{2,5}\.)?facebook\.com$/, /^\/(?!sharer|share|dialog|plugins|tr$)[\w.%-]{2,100}$/],
  ["company_instagram", /^instagram\.com$/, /^\/(?!p\/|explore|accounts)[\w.]{1,40}$/],
  ["company_youtube", /^youtube\.com$/, /^\/(?:@[\w.-]{1,60}|c\/[\w.-]{1,60}|channel\/[\w-]{1,60}|user\/[\w-]{1,60})$/],
  ["company_github", /^github\.com$/, /^\/(?!sponsors|features|login)[\w-]{1,60}$/],
  ["company_xing", /^xing\.com$/, /^\/(?:companies|pages)\/[^/]{1,100}$/],
];

/** The network and a clean address of the page there: https, no query. Undefined for any other link. */
export function socialLink(href: unknown): { readonly property: string; readonly url: string } | undefined {
  const url = typeof href === "string" ? parseWebUrl(href) : undefined;
  if (url === undefined || url.username !== "" || url.port !== "") return undefined;
  const host = url.hostname.replace(/^(?:www|m)\./, "");
  const path = url.pathname.replace(/\/+$/, "");
  const known = NETWORKS.find(([, hosts, paths]) => hosts.test(host) && paths.test(path));
  return known && { property: known[0], url: `https://${url.hostname}${path}`.slice(0, 200) };
}
