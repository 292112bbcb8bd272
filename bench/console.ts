/**
 * node scripts/run.mjs exec bench/console.ts: how quick the console is in a real Chromium, with the engine in this process. By hand
 * only. The first screen from nothing; a list of 100,000 leads scrolled; a thousand events a second while the log is shown; how soon
 * what was committed is on screen. One line of JSON at the end. With `--against FOLDER` the first screen alone, beside that of another
 * checkout (console-against.ts).
 */
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Browser, CDPSession, Page } from "playwright-core";
import { buildConsole, isConsoleBuilt } from "../packages/console/build.mjs";
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { startGateway } from "../packages/millrace/src/http/server.ts";
import { goTo, openBrowser, openConsole } from "../test/browser/browser.fixture.ts";
import { firstScreenAgainst } from "./console-against.ts";
import { framesOf, watchFrames } from "./console-frames.ts";
import { quantilesOf } from "./measure.ts";
import { paceOfMachine } from "./quiet.ts";
import { startBenchServer } from "./server.ts";

const LEADS = Number(process.env.BENCH_LEADS ?? 100_000);
/** BENCH_ONLY=scroll,first: these alone. */
const ONLY = process.env.BENCH_ONLY?.split(",");
const SCROLL_MS = 20_000;
const SCROLL_PX_PER_S = 8_000;
const FLOOD_MS = 20_000;
const EVENTS_PER_S = 1_000;
const FIRST_ROUNDS = 7;
const COMMITS = 60;
const CHUNK = 5_000;

type Opened = Awaited<ReturnType<typeof openEngine>>;

const { values } = parseArgs({ options: { against: { type: "string" } } });
if (values.against !== undefined) {
  console.log(JSON.stringify(await firstScreenAgainst(resolve(values.against), say)));
  process.exit();
}
if (!isConsoleBuilt()) await buildConsole();
const server = await startBenchServer();
try {
  const databaseUrl = await server.freshDatabase("console");
  const engine = await openEngine({ databaseUrl, pack: false, workflows: [], agents: [] });
  const gateway = await startGateway(engine, { port: 0 });
  const browser = await openBrowser();
  try {
    await makeLeads(engine, LEADS);
    say(`${LEADS} leads; the machine's pace ${Math.round(await paceOfMachine())}`);
    await using opened = await openConsole(browser, gateway);
    const { page } = opened;
    const figures: Record<string, unknown> = {};
    for (const [name, measure] of Object.entries({
      first: () => firstScreens(browser, page),
      scroll: () => scrolled(page),
      commit: () => commitToScreen(engine, page),
      flood: () => flooded(engine, page),
    })) {
      if (ONLY !== undefined && !ONLY.includes(name)) continue;
      figures[name] = await measure();
      say(name, figures[name]);
    }
    console.log(JSON.stringify({ ...figures, pace: Math.round(await paceOfMachine()) }));
  } finally {
    await browser.close();
    await gateway.close();
    await engine.stop();
  }
} finally {
  await server.stop();
}

function say(...words: readonly unknown[]): void {
  console.error("console:", ...words);
}

async function makeLeads({ db }: Opened, count: number): Promise<void> {
  for (let from = 1; from <= count; from += CHUNK) await makeSome(db, from, Math.min(count, from + CHUNK - 1));
  await db.query("analyze contacts, contact_lines");
}

async function makeSome(db: Opened["db"], from: number, to: number): Promise<void> {
  await db.query(
    `with made as (insert into contacts (id, position, created_at, properties, facts)
     select gen_random_uuid(), 0, now() - n * interval '1 minute',
            json_build_object('email', 'lead' || n || '@company' || n % 5000 || '.example', 'firstname', 'Ada', 'lastname', 'Nr ' || n,
              'company', 'Company ' || n % 5000, 'jobtitle', 'Head of Operations', 'lead_score', n % 100,
              'lead_band', (array['low', 'nurture', 'qualified', 'hot'])[n % 4 + 1]),
            json_build_object('createdAt', extract(epoch from now()) * 1000)
       from generate_series($1::int, $2::int) n returning *)
     insert into contact_lines select l.* from made m cross join lateral line_of(row(m.*)::contacts) l`,
    [from, to],
  );
}

/** From the address to a screen that can be used, nothing in the browser's cache. */
async function firstScreens(browser: Browser, signedIn: Page) {
  const cookies = await signedIn.context().cookies();
  const url = new URL("/console", signedIn.url()).href;
  const took: number[] = [];
  for (let round = 0; round < FIRST_ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.addCookies(cookies);
    const page = await context.newPage();
    const begun = performance.now();
    await page.goto(url, { waitUntil: "commit" });
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
    await page.locator("main .panel").first().waitFor();
    took.push(performance.now() - begun);
    await context.close();
  }
  return rounded(quantilesOf(took));
}

/** As a person scrolls on and on: 120 rows a second, by the compositor, as from a touch pad; pages read as they are needed. */
async function scrolled(page: Page) {
  await goTo(page, "/leads?sort=score");
  await page.locator(".lead").first().waitFor();
  const debuggers = await page.context().newCDPSession(page);
  await debuggers.send("Performance.enable");
  await watchFrames(page);
  const before = await mainThreadMs(debuggers);
  await debuggers.send("Input.synthesizeScrollGesture", {
    ...{ x: 700, y: 500, gestureSourceType: "mouse" },
    yDistance: (-SCROLL_PX_PER_S * SCROLL_MS) / 1_000,
    speed: SCROLL_PX_PER_S,
  });
  const frames = await framesOf(page);
  const cpuMsPerFrame = ((await mainThreadMs(debuggers)) - before) / Math.max(1, frames.count);
  const reached = await page.locator("li.at").last().getAttribute("data-index");
  return { ...frames, cpuMsPerFrame, rowsReached: Number(reached), rowsInPage: await page.locator(".lead").count() };
}

/** What the page's main thread has computed so far: on a machine with other work it says more than the frames do. */
async function mainThreadMs(debuggers: CDPSession): Promise<number> {
  const { metrics } = await debuggers.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "ThreadTime")?.value ?? 0) * 1_000;
}

/** From when the append has answered to when the words are in the page. */
async function commitToScreen(engine: Opened, page: Page) {
  await goTo(page, "/events");
  await page
    .getByRole("list", { name: "Events" })
    .waitFor({ timeout: 30_000 })
    .catch(() => undefined);
  const took: number[] = [];
  for (let n = 0; n < COMMITS; n++) {
    const form = `bench_${n}_form`;
    const seen = page.evaluate(`new Promise((resolve) => {
      const look = () => document.body.textContent.includes("${form}") ? resolve(Date.now()) : requestAnimationFrame(look);
      look();
    })`);
    await engine.append([{ type: "form_submitted", data: { form, fields: { email: `commit${n}@bench.example` } } }]);
    const committed = Date.now();
    took.push(((await seen) as number) - committed);
    await sleep(500);
  }
  return rounded(quantilesOf(took));
}

/** Forms of strangers, each of which is two events: the form and the contact. */
async function flooded(engine: Opened, page: Page) {
  await goTo(page, "/events");
  await watchFrames(page);
  const before = await newest(engine);
  const begun = performance.now();
  let sent = 0;
  while (performance.now() - begun < FLOOD_MS) {
    const due = Math.floor(((performance.now() - begun) / 1_000) * (EVENTS_PER_S / 2)) - sent;
    if (due > 0) {
      const forms = Array.from({ length: due }, (_, i) => ({
        type: "form_submitted" as const,
        data: { form: "flood", fields: { email: `flood${sent + i}@bench.example` } },
      }));
      sent += due;
      await engine.append(forms);
    }
    await sleep(20);
  }
  const seconds = (performance.now() - begun) / 1_000;
  const frames = await framesOf(page);
  await engine.idle();
  return { ...frames, eventsPerS: Math.round(((await newest(engine)) - before) / seconds) };
}

async function newest(engine: Opened): Promise<number> {
  const [row] = await engine.db.query<{ position: number }>("select newest_position() as position");
  return row?.position ?? 0;
}

function rounded<Of extends object>(figures: Of): Of {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value as number)])) as Of;
}
