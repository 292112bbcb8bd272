/** A company's pages on social networks, told from the share buttons beside them. Called by page-facts.ts. */
import { parseWebUrl } from "../../web/web-url.ts";

interface Network {
  readonly property: string;
  /** What may stand before the domain. */
  readonly below: RegExp;
  readonly path: RegExp;
}

const NONE = /^$/;
const X: Network = {
  property: "company_x",
  below: NONE,
  path: /^\/(?!share|intent|home|search|hashtag|i\/)\w{1,30}$/,
};
/** By domain. */
const NETWORKS: ReadonlyMap<string, Network> = new Map([
  [
    "linkedin.com",
    {
      property: "company_linkedin",
      below: /^(?:[a-z]{2,3}\.)?$/,
      path: /^\/(?:company|school|showcase)\/[^/]{1,100}/,
    },
  ],
  ["twitter.com", X],
  ["x.com", X],
  [
    "facebook.com",
    {
      property: "company_facebook",
      below: /^(?:[a-z-]{2,5}\.)?$/,
      path: /^\/(?!sharer|share|dialog|plugins|tr$)[\w.%-]{2,100}$/,
    },
  ],
  ["instagram.com", { property: "company_instagram", below: NONE, path: /^\/(?!p\/|explore|accounts)[\w.]{1,40}$/ }],
  [
    "youtube.com",
    {
      property: "company_youtube",
      below: NONE,
      path: /^\/(?:@[\w.-]{1,60}|c\/[\w.-]{1,60}|channel\/[\w-]{1,60}|user\/[\w-]{1,60})$/,
    },
  ],
  ["github.com", { property: "company_github", below: NONE, path: /^\/(?!sponsors|features|login)[\w-]{1,60}$/ }],
  ["xing.com", { property: "company_xing", below: NONE, path: /^\/(?:companies|pages)\/[^/]{1,100}$/ }],
]);

/** An address as links are written. What is not so is no page of a company. */
const WRITTEN = /^\s*https?:\/\/([a-z\d.-]{1,100})(\/[^?#]{0,300})/i;

const DOT_COM = /\.com\//i;
/** A path that a browser leaves as it is. */
const PLAIN = /^(?:\/[\w@~-][\w.@~-]*)+\/?$/;

/** The network and a clean address of the page there: https, no query. Undefined for any other link. */
export function socialLink(href: unknown): { readonly property: string; readonly url: string } | undefined {
  // Few links of a page lead to one of them, and reading an address as a browser does takes longer than all else here.
  if (typeof href !== "string" || !DOT_COM.test(href)) return undefined;
  const [whole, host = "", path = ""] = WRITTEN.exec(href) ?? [];
  if (whole === undefined) return undefined;
  const { network, below } = networkOf(host.toLowerCase());
  if (network === undefined || !network.below.test(below) || !network.path.test(withoutEnd(path))) return undefined;
  if (PLAIN.test(path)) return asLink(network, host.toLowerCase(), path);
  const url = parseWebUrl(whole);
  if (url === undefined || !network.path.test(withoutEnd(url.pathname))) return undefined;
  return asLink(network, url.hostname, url.pathname);
}

function asLink({ property }: Network, host: string, path: string) {
  return { property, url: `https://${host}${withoutEnd(path)}`.slice(0, 200) };
}

/** The last two labels of a host name, and what stands before them but for "www." and "m.". */
function networkOf(host: string): { readonly network: Network | undefined; readonly below: string } {
  const at = host.lastIndexOf(".", host.lastIndexOf(".") - 1) + 1;
  const before = host.slice(0, at);
  const below = before.startsWith("www.") ? before.slice(4) : before.startsWith("m.") ? before.slice(2) : before;
  return { network: NETWORKS.get(host.slice(at)), below };
}

function withoutEnd(path: string): string {
  return path.trimEnd().replace(/\/+$/, "");
}
