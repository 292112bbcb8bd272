/** A headless Chromium for tests: Debian's or a person's own by CHROMIUM_PATH, else the one from npm. */
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromiumFromNpm from "@sparticuz/chromium";
import { type Browser, chromium, type Page } from "playwright-core";
import type { Gateway } from "../../packages/millrace/src/http/server.ts";

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

/** The console, signed in as ada, on the screen of `path` ("/inbox"; "" is Today), with its heading shown. */
export async function openConsole(
  browser: Browser,
  gateway: Gateway,
  path = "",
  width?: number,
  colorScheme?: "light" | "dark",
): Promise<OpenedPage> {
  const opened = await openPage(browser, width, colorScheme);
  await opened.page.goto(await gateway.signInLink("ada"));
  await opened.page.getByRole("heading", { level: 1 }).waitFor({ timeout: 30_000 });
  if (path !== "") await goTo(opened.page, path);
  return opened;
}

/** Another screen, as if its address had been typed. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(new URL(`/console${path}`, page.url()).href);
  // What is open beside a screen hides the rest from assistive software, the screen's heading too.
  await page.locator("h1, [role=dialog] h2").first().waitFor({ timeout: 30_000 });
}

/** What axe finds wrong with the page as it is: rule, and what breaks it. The page's policy lets no style of axe's in; it needs none. */
export async function axeFindings(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  // By the debugger's way in, which the page's policy does not reach.
  await page.evaluate(source);
  const findings = (await page.evaluate(`axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html, any }) =>
    html.slice(0, 160) + (any[0] ? " (" + any[0].message.slice(0, 160) + ")" : "")).join(" | ")))`)) as string[];
  return findings;
}

/** How much wider the page is than its window, in pixels. */
export async function overflowOf(page: Page): Promise<number> {
  return (await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")) as number;
}

/** Keeps a picture of the screen for people, where MILLRACE_TEST_SHOTS names a folder. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.MILLRACE_TEST_SHOTS;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}
