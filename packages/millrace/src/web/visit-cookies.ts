/**
 * What a site asks to be sent again, for the length of one visit: some give their home page only to who brings the cookie
 * they have just set. Each host gets its own back, and nothing is kept. Used by the website visit.
 */

const MOST = 20;
const LONGEST = 4_096;
const COOKIE =
  /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]{1,200})=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*|"[\x21\x23-\x5b\x5d-\x7e]*")\s*$/;

export interface VisitCookies {
  /** @param given the header's lines, as they came. */
  take(url: URL, given: string | readonly string[] | undefined): void;
  /** The header to send, none when there is nothing to say. */
  headerFor(url: URL): { readonly cookie?: string };
}

export function visitCookies(): VisitCookies {
  const byHost = new Map<string, Map<string, { readonly value: string; readonly isSecure: boolean }>>();
  return {
    take(url, given = []) {
      const own = byHost.get(url.host) ?? new Map();
      for (const line of typeof given === "string" ? [given] : given) {
        if (line.length > LONGEST) continue;
        const [pair = "", ...attributes] = line.split(";");
        const [, name, value = ""] = COOKIE.exec(pair) ?? [];
        if (name === undefined) continue;
        const isGone = attributes.some((one) => /^\s*max-age\s*=\s*(?:0|-\d+)\s*$/i.test(one));
        if (isGone) own.delete(name);
        else if (own.has(name) || own.size < MOST)
          own.set(name, { value, isSecure: attributes.some((one) => /^\s*secure\s*$/i.test(one)) });
      }
      byHost.set(url.host, own);
    },
    headerFor(url) {
      const pairs = [...(byHost.get(url.host) ?? [])]
        .filter(([, { isSecure }]) => !isSecure || url.protocol === "https:")
        .map(([name, { value }]) => `${name}=${value}`);
      return pairs.length === 0 ? {} : { cookie: pairs.join("; ") };
    },
  };
}
