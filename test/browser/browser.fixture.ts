/** A headless Chromium for tests: Debian's or a person's own by CHROMIUM_PATH, else the one from npm. */
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromiumFromNpm from "@sparticuz/chromium";
import { type Browser, chromium, type Page } from "playwright-core";
import type { Gateway } from "../../packages/millrace/src/gateway/server.ts";

/** Without these, Chromium looks up hosts of its maker at every start. */
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser from npm unpacks itself below the temporary folder; each user needs a place that is theirs. */
async function unpackedBrowser(): Promise<string> {
  const own = join(tmpdir(), `millrace-browser-${process.getuid?.() ?? 0}`);
  await mkdir(own, { recursive: true, mode: 0o700 });
  process.env.TMPDIR = own;
  return chromiumFromNpm.executablePath();
}

/** Where the browser is, for those who start it themselves. */
export async function browserPath(): Promise<string> {
  return process.env.CHROMIUM_PATH || (await unpackedBrowser());
}

export async function openBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: await browserPath(),
    headless: true,
    args: isRoot ? ["--no-sandbox", ...QUIET] : QUIET,
  });
}

export interface OpenedPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors the page met or wrote. */
  readonly complaints: readonly string[];
}

/** A page of a browser window of its own. @param width in pixels. */
export async function openPage(
  browser: Browser,
  width = 1400,
  colorScheme: "light" | "dark" = "light",
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** The console, signed in as ada, with its numbers shown. */
export async function openConsole(
  browser: Browser,
  gateway: Gateway,
  width?: number,
  colorScheme?: "light" | "dark",
): Promise<OpenedPage> {
  const opened = await openPage(browser, width, colorScheme);
  await opened.page.goto(await gateway.signInLink("ada"));
  await opened.page.locator("#numbers .number").first().waitFor({ timeout: 10_000 });
  return opened;
}
