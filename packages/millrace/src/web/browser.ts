/**
 * A headless Chromium for pages that are written by their own scripts. One process, begun at the first page and ended
 * after a while without any; each page has a fresh profile and a filtering proxy of its own. playwright-core is loaded
 * when it is first needed: most engines never open a browser.
 */
import type { Browser, BrowserContext, Page as BrowserPage } from "playwright-core";
import { MillraceError, messageOf } from "../base/errors.ts";
import { type AddressGuard, orAborted } from "./address-guard.ts";
import { type Fetched, type NoPage, noPage, USER_AGENT } from "./fetch-page.ts";
import { startFilteringProxy } from "./filtering-proxy.ts";
import { parseWebUrl } from "./web-url.ts";

export interface WebBrowser {
  /**
   * A page as it stands after its scripts have run.
   * @throws MillraceError browser_unavailable when the browser cannot start; nothing for what a site does.
   */
  render(address: string, options?: RenderOptions): Promise<Fetched>;
  close(): Promise<void>;
}

export interface RenderOptions {
  readonly signal?: AbortSignal;
  /** A sentence when the page may not be visited (robots.txt); also asked of the place a redirect led to. */
  readonly forbids?: (url: URL, signal: AbortSignal) => Promise<NoPage | undefined>;
}

export interface BrowserOptions {
  readonly guard: AddressGuard;
  readonly executablePath: string;
  /** For one page. Default 15,000. */
  readonly timeoutMs?: number;
  /** The browser ends after this long without a page. Default 60,000. */
  readonly idleMs?: number;
}

const MAX_TEXT = 2_000_000;
const MAX_PAGE_BYTES = 30 * 1024 * 1024;
/** How long scripts may go on after the page itself is there. */
const SETTLE_MS = 3_000;
const CLOSE_MS = 5_000;
/** What says nothing in words is not loaded. */
const NOT_LOADED: ReadonlySet<string> = new Set(["image", "media", "font"]);
/** A port no one listens at: what has no proxy of its own goes nowhere. "<-loopback>" takes away the usual exception. */
const NOWHERE = { server: "http://127.0.0.1:9", bypass: "<-loopback>" };
const ARGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--dns-prefetch-disable",
  // Without this a page could send UDP past the proxy.
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--js-flags=--max-old-space-size=256",
];

export function webBrowser(options: BrowserOptions): WebBrowser {
  let browser: Promise<Browser> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let pages = 0;

  async function started(): Promise<Browser> {
    clearTimeout(idle);
    browser ??= launch(options.executablePath).then((launched) => {
      launched.once("disconnected", () => {
        browser = undefined;
      });
      return launched;
    });
    try {
      return await browser;
    } catch (error) {
      browser = undefined;
      throw error;
    }
  }

  async function close(): Promise<void> {
    clearTimeout(idle);
    const open = browser;
    browser = undefined;
    await open?.then((launched) => launched.close()).catch(() => undefined);
  }

  return {
    async render(address, given = {}) {
      const timeoutMs = options.timeoutMs ?? 15_000;
      const timeout = AbortSignal.timeout(timeoutMs);
      const signal = given.signal === undefined ? timeout : AbortSignal.any([given.signal, timeout]);
      pages++;
      try {
        const opened = await orAborted(started(), given.signal);
        return await rendered(opened, address, options.guard, { ...given, signal });
      } catch (error) {
        given.signal?.throwIfAborted();
        if (error instanceof MillraceError) throw error;
        if (timeout.aborted) return noPage(`it took the browser longer than ${timeoutMs / 1_000} s`, true);
        return noPage(`the browser could not show it: ${firstLine(error)}`, false);
      } finally {
        pages--;
        if (pages === 0) idle = setTimeout(() => void close(), options.idleMs ?? 60_000).unref();
      }
    },
    close,
  };
}

async function launch(executablePath: string): Promise<Browser> {
  const { chromium } = await import("playwright-core").catch(notInstalled);
  try {
    // Chromium refuses its own sandbox to root; everyone else gets it.
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    return await chromium.launch({
      executablePath,
      headless: true,
      args: [...ARGS, ...sandbox],
      proxy: NOWHERE,
      // The engine ends it; a browser that acts on Ctrl-C by itself would be gone in the middle of a page.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    throw new MillraceError("browser_unavailable", {
      saw: `The browser did not start: ${firstLine(error)}`,
      next: "correct enrichment.browser.executablePath, or take the setting out.",
      field: "enrichment.browser.executablePath",
      cause: error,
    });
  }
}

/** It is an optional package: 14 MB that only a configured browser needs. */
function notInstalled(cause: unknown): never {
  throw new MillraceError("browser_unavailable", {
    saw: "enrichment.browser is set, and the package playwright-core is not installed.",
    next: 'run "npm install playwright-core" in your project, or take the setting out.',
    field: "enrichment.browser",
    cause,
  });
}

async function rendered(
  browser: Browser,
  address: string,
  guard: AddressGuard,
  { signal, forbids }: RenderOptions & { readonly signal: AbortSignal },
): Promise<Fetched> {
  const url = parseWebUrl(address);
  if (url === undefined) return noPage("it is no address of the web", false);
  const forbidden = await forbids?.(url, signal);
  if (forbidden !== undefined) return forbidden;
  const proxy = await startFilteringProxy({ guard, maxBytes: MAX_PAGE_BYTES });
  let context: BrowserContext | undefined;
  try {
    context = await browser.newContext({
      proxy: { server: proxy.url, bypass: "<-loopback>" },
      userAgent: USER_AGENT,
      acceptDownloads: false,
      serviceWorkers: "block",
      permissions: [],
    });
    const shown = await orAborted(show(context, url, signal), signal);
    const turnedAway = shown.ok ? await forbids?.(new URL(shown.url), signal) : undefined;
    return turnedAway ?? shown;
  } finally {
    await proxy.close();
    await closeContext(browser, context);
  }
}

async function show(context: BrowserContext, url: URL, signal: AbortSignal): Promise<Fetched> {
  await context.route("**/*", (route) =>
    NOT_LOADED.has(route.request().resourceType()) ? route.abort() : route.continue(),
  );
  const page = await context.newPage();
  page.on("dialog", (dialog) => void dialog.dismiss().catch(() => undefined));
  page.on("popup", (popup) => void popup.close().catch(() => undefined));
  const answer = await page.goto(url.href, { waitUntil: "domcontentloaded", timeout: 0 });
  signal.throwIfAborted();
  const status = answer?.status() ?? 0;
  if (status < 200 || status > 299) {
    return { ...noPage(`it answered the browser ${status}`, status >= 500), status };
  }
  await page.waitForLoadState("networkidle", { timeout: SETTLE_MS }).catch(() => undefined);
  const text = await htmlOf(page);
  return { ok: true, url: page.url(), status, text, bytes: Buffer.byteLength(text) };
}

/**
 * The page's HTML, cut in the browser before it comes here, and read in a world of its own: the page's scripts cannot
 * put functions of theirs in the place of those used.
 */
async function htmlOf(page: BrowserPage): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const { result } = await session.send("Runtime.evaluate", {
    contextId: executionContextId,
    expression: `String(document.documentElement?.outerHTML ?? "").slice(0, ${MAX_TEXT})`,
    returnByValue: true,
    timeout: SETTLE_MS,
  });
  return typeof result.value === "string" ? result.value : "";
}

/** A page that hangs may not let itself be closed; then the whole browser goes, and the next page gets another. */
async function closeContext(browser: Browser, context: BrowserContext | undefined): Promise<void> {
  if (context === undefined) return;
  try {
    await orAborted(context.close(), AbortSignal.timeout(CLOSE_MS));
  } catch {
    await orAborted(browser.close(), AbortSignal.timeout(CLOSE_MS)).catch(() => undefined);
  }
}

function firstLine(error: unknown): string {
  return (messageOf(error).split("\n")[0] ?? "").slice(0, 300);
}
