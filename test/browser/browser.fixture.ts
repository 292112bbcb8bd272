/** A headless Chromium for tests: Debian's or a person's own by CHROMIUM_PATH, else the one from npm. */
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
