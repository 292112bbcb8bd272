/** Addresses of the web as text. A file of its own, so that those who only read addresses load no HTTP client. */

const MAX_URL_LENGTH = 2_000;

/** An address as a URL, or undefined when it is none that could be visited. */
export function parseWebUrl(text: string, base?: string): URL | undefined {
  if (text.length > MAX_URL_LENGTH) return undefined;
  const url = URL.parse(text, base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.href.length > MAX_URL_LENGTH) return undefined;
  url.hash = "";
  return url;
}
