/**
 * Fetches one page of a website for an agent, within the rules of R15: every address checked and connected to as
 * checked, redirects (a page's own "refresh" too) followed by hand and checked again, bounded time and size, no credentials,
 * and cookies only within one visit.
 * Whatever a site does is a result; nothing here throws for it.
 */
import { buildConnector, Client, type Dispatcher } from "undici";
import { messageOf } from "../base/errors.ts";
import { type AddressGuard, pinned, sameAddress, type WebAddress } from "./address-guard.ts";
import { refreshIn } from "./page-refresh.ts";
import { isKnownEncoding, readBody, textOf } from "./page-text.ts";
import type { VisitCookies } from "./visit-cookies.ts";
import { parseWebUrl } from "./web-url.ts";

/** Who we are, in words a site's owner can look up; robots.txt is read for the first of them. */
export const ROBOT_NAME = "Millrace";
export const USER_AGENT = `${ROBOT_NAME}/0.1 (company data enricher; obeys robots.txt)`;

export interface Page {
  readonly ok: true;
  /** Where the redirects ended. */
  readonly url: string;
  readonly status: number;
  readonly text: string;
  /** After unpacking. */
  readonly bytes: number;
}

export interface NoPage {
  readonly ok: false;
  /** One sentence for people. */
  readonly why: string;
  /** It may be otherwise in a moment: a time-out, a reset, a 503. */
  readonly isTransient: boolean;
  /** What the site answered, when it did. */
  readonly status?: number;
}

export type Fetched = Page | NoPage;

export interface FetchOptions {
  readonly guard: AddressGuard;
  readonly signal?: AbortSignal;
  /** Asked before each hop; a sentence when the page may not be visited (robots.txt). */
  readonly forbids?: (url: URL, signal: AbortSignal) => Promise<NoPage | undefined>;
  /** For the whole visit, redirects included. Default 10,000. */
  readonly timeoutMs?: number;
  /** After unpacking. Default 5 MB. */
  readonly maxBytes?: number;
  /** "cut" takes what fits; "refuse", the default, gives no page. */
  readonly tooLarge?: "cut" | "refuse";
  /** Content types that are read. Default: HTML. */
  readonly accepts?: RegExp;
  /** What the site set during this visit, and is given back until it ends. Left out: no cookies. */
  readonly cookies?: VisitCookies;
}

const MAX_REDIRECTS = 5;
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 5 * 1024 * 1024;
const HTML = /^(?:text\/html|application\/xhtml\+xml)\b/i;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** @throws the signal's reason when the caller's signal is aborted; for nothing else. */
export async function fetchPage(address: string, options: FetchOptions): Promise<Fetched> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  try {
    return await followed(address, options, signal);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (timeout.aborted) return noPage(`it took longer than ${timeoutMs / 1_000} s`, true);
    return noPage(`it could not be read: ${messageOf(error)}`, isPassing(error));
  }
}

async function followed(address: string, options: FetchOptions, signal: AbortSignal): Promise<Fetched> {
  let url = parseWebUrl(address);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    if (url === undefined) return noPage("it leads to something that is no address of the web", false);
    const forbidden = await options.forbids?.(url, signal);
    if (forbidden !== undefined) return forbidden;
    const checked = await options.guard.check(url, signal);
    if (!checked.ok) return noPage(checked.why, checked.isTransient);
    const answer = await fetchOnce(url, checked.addresses, options, signal);
    const next = "redirect" in answer ? answer.redirect : refreshOf(answer, options);
    if (next === undefined) return answer as Fetched;
    const to = parseWebUrl(next, url.href);
    // A page that only loads itself anew, as tickers do, is the page.
    if (!("redirect" in answer) && (to === undefined || to.href === url.href)) return answer;
    url = to;
  }
  return noPage(`it redirects more than ${MAX_REDIRECTS} times`, false);
}

/** Where the page itself sends its visitors at once. Of pages only: robots.txt is no page. */
function refreshOf(answer: Fetched, { accepts }: FetchOptions): string | undefined {
  return answer.ok && accepts === undefined ? refreshIn(answer.text) : undefined;
}

/** One request on a connection of its own: nothing is shared between sites, and nothing stays open. */
async function fetchOnce(
  url: URL,
  addresses: readonly WebAddress[],
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Fetched | { readonly redirect: string }> {
  const client = new Client(url.origin, { connect: connectorTo(addresses), pipelining: 0, allowH2: false });
  try {
    const answer = await client.request({
      path: `${url.pathname}${url.search}`,
      method: "GET",
      headers: {
        "user-agent": USER_AGENT,
        accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
        "accept-encoding": "gzip, deflate, br",
        "accept-language": "en,*;q=0.5",
        ...options.cookies?.headerFor(url),
      },
      signal,
    });
    answer.body.on("error", () => undefined);
    options.cookies?.take(url, answer.headers["set-cookie"]);
    return await readAnswer(url, answer, options);
  } finally {
    await client.destroy();
  }
}

async function readAnswer(
  url: URL,
  answer: Dispatcher.ResponseData,
  options: FetchOptions,
): Promise<Fetched | { readonly redirect: string }> {
  const status = answer.statusCode;
  const location = headerOf(answer, "location");
  if (REDIRECTS.has(status) && location !== "") return { redirect: location };
  if (status < 200 || status > 299) {
    return { ...noPage(`it answered ${status}`, status >= 500 || status === 429), status };
  }
  const contentType = headerOf(answer, "content-type");
  if (contentType !== "" && !(options.accepts ?? HTML).test(contentType)) {
    return { ...noPage(`it is not a page but ${contentType.slice(0, 60)}`, false), status };
  }
  const encoding = headerOf(answer, "content-encoding").trim().toLowerCase();
  if (!isKnownEncoding(encoding)) return { ...noPage("it is packed in a way nobody asked for", false), status };
  const most = options.maxBytes ?? MAX_BYTES;
  const body = await readBody(answer.body, encoding, most);
  if (body.isCut && options.tooLarge !== "cut") {
    return { ...noPage(`it is larger than ${Math.round(most / 1024)} KB`, false), status };
  }
  return { ok: true, url: url.href, status, text: textOf(body.bytes, contentType), bytes: body.bytes.length };
}

/** Connects to the checked addresses; a literal address never reaches the lookup, so the socket is looked at too. */
function connectorTo(addresses: readonly WebAddress[]): buildConnector.connector {
  const connect = buildConnector({ lookup: pinned(addresses), autoSelectFamily: true, allowH2: false });
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error !== null) return callback(error, null);
      if (addresses.some(({ address }) => sameAddress(socket.remoteAddress, address))) return callback(null, socket);
      socket.destroy();
      callback(new Error("The connection went to an address that was not checked."), null);
    });
}

function headerOf(answer: Dispatcher.ResponseData, name: string): string {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}

/** Certificates do not mend themselves between two tries; lost connections do. */
function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return (
    typeof code === "string" &&
    /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|EAI_AGAIN|UND_ERR_(?:SOCKET|CONNECT|RES_CONTENT))/.test(code)
  );
}

export function noPage(why: string, isTransient: boolean): NoPage {
  return { ok: false, why: why.slice(0, 300), isTransient };
}
