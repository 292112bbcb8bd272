/** A headless Chromium for tests: Debian's or a person's own by CHROMIUM_PATH, else the one from npm. */
import chromiumFromNpm from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** Without these, Chromium looks up hosts of its maker at every start. */
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function openBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || (await chromiumFromNpm.executablePath()),
    headless: true,
    args: isRoot ? ["--no-sandbox", ...QUIET] : QUIET,
  });
}
