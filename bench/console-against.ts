/**
 * The first screen of two checkouts' consoles, opened in turn by the same browser: this, other, other, this, … From the address to
 * the first task that waits for a person, nothing in the browser's cache. A noisy machine is noisy for both; the ratio by round counts.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { loadavg } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { openBrowser } from "../test/browser/browser.fixture.ts";
import { median } from "./measure.ts";
import { paceOfMachine } from "./quiet.ts";
import { startBenchServer } from "./server.ts";

const HERE = join(import.meta.dirname, "..");
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const LEADS = 200;
/** The first task in the list of those that wait: of this console, and of the one before it was built. */
const FIRST_TASK = { here: "[aria-label='Waits for you'] li", old: "#tasks .task" };
const PATIENCE = { timeout: 60_000 };

interface Served {
  readonly link: string;
  readonly home: string;
  readonly isOld: boolean;
}

interface Side extends Served {
  readonly child: ChildProcess;
  readonly cookies: Awaited<ReturnType<BrowserContext["cookies"]>>;
  readonly took: number[];
}

export interface Compared {
  readonly thisMs: number;
  readonly otherMs: number;
  /** this / other, the median of all rounds. */
  readonly ratio: number;
  readonly ratios: readonly number[];
  readonly load: number;
  readonly pace: number;
}

/** @param other folder of the other checkout, with its packages installed. */
export async function firstScreenAgainst(other: string, say: (words: string) => void): Promise<Compared> {
  const server = await startBenchServer();
  const browser = await openBrowser();
  const sides: Side[] = [];
  try {
    for (const [name, folder] of [
      ["this", HERE],
      ["other", other],
    ] as const)
      sides.push(await sideOf(browser, folder, await server.freshDatabase(`console_${name}`)));
    // Not counted: files are read from the disk, and code is compiled, for the first time.
    for (const side of sides) await firstScreen(browser, side);
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) side.took.push(await firstScreen(browser, side));
      say(
        `round ${round + 1} of ${ROUNDS}: ${sides.map(({ took }) => `${Math.round(took.at(-1) ?? 0)} ms`).join(" beside ")}`,
      );
    }
    return { ...compared(sides), load: loadavg()[0] ?? 0, pace: Math.round(await paceOfMachine()) };
  } finally {
    await browser.close();
    await Promise.all(sides.map(({ child }) => ended(child)));
    await server.stop();
  }
}

async function sideOf(browser: Browser, folder: string, databaseUrl: string): Promise<Side> {
  const child = fork(join(import.meta.dirname, "console-of.ts"), [folder, databaseUrl, String(LEADS)], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`The engine of ${folder} ended with exit code ${code}.`);
  });
  const [served] = (await Promise.race([once(child, "message"), failed])) as [Served];
  failed.catch(() => undefined);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(served.link);
  await page.locator(firstTask(served)).first().waitFor(PATIENCE);
  const cookies = await context.cookies();
  await context.close();
  return { ...served, child, cookies, took: [] };
}

async function firstScreen(browser: Browser, side: Side): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  try {
    await context.addCookies(side.cookies);
    const page = await context.newPage();
    await page.addInitScript(`(${watchFor})(${JSON.stringify(firstTask(side))})`);
    await page.goto(new URL(side.home, side.link).href, { waitUntil: "commit" });
    await page.locator(firstTask(side)).first().waitFor(PATIENCE);
    return (await page.evaluate("window.firstTaskShown")) as number;
  } finally {
    await context.close();
  }
}

/** Within the page, by its own clock, from the moment its address was asked for: a browser takes its time to open a window too. */
const watchFor = `(selector) => {
  window.firstTaskShown = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(selector) === null) return;
      changes.disconnect();
      // It is painted with this frame.
      requestAnimationFrame(() => resolve(performance.now()));
    };
    const changes = new MutationObserver(look);
    changes.observe(document, { childList: true, subtree: true });
  });
}`;

function firstTask({ isOld }: Served): string {
  return isOld ? FIRST_TASK.old : FIRST_TASK.here;
}

function compared([mine, theirs]: readonly Side[]): Pick<Compared, "thisMs" | "otherMs" | "ratio" | "ratios"> {
  const [here, there] = [mine?.took ?? [], theirs?.took ?? []];
  const ratios = here.map((ms, round) => ms / (there[round] ?? Number.NaN));
  return {
    thisMs: Math.round(median(here)),
    otherMs: Math.round(median(there)),
    ratio: Number(median(ratios).toFixed(3)),
    ratios: ratios.map((ratio) => Number(ratio.toFixed(2))),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, "exit");
  child.disconnect();
  await exit;
}
