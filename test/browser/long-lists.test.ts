/** A list of many pages stays live: an event makes the console ask for what it concerns, and what is read stays where it is. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { until } from "../factories/until.ts";
import { goTo, openBrowser, openConsole } from "./browser.fixture.ts";
import { go, PATIENCE, type ServedEngine, serveEngine } from "./console.fixture.ts";

const LEADS = 450;
const PAGE = 100;

suite("a list of many pages", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("asks for its first page and the page of the lead that changed, and moves nothing", async () => {
    await using served = await withLeads();
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    const { pages, read, fourth } = await readAtTheFourth(page);
    const top = await topOf(page, read);
    pages.forget();

    await changed(served, read, "Astronomer");
    await page.getByText("Astronomer").waitFor(PATIENCE);
    assert.equal(await topOf(page, read), top);
    await served.tested.engine.append([form("Newcomer")]);
    await page.getByRole("button", { name: "1 new" }).waitFor({ state: "attached", ...PATIENCE });
    assert.deepEqual(pages.asked(), [FIRST, fourth], "the first page, and the fourth, of five");
    assert.ok(pages.count() <= 8, `${pages.count()} requests`);
    assert.equal(await topOf(page, read), top);

    await page.evaluate("scrollTo(0, 0)");
    await page.getByRole("button", { name: "1 new" }).click();
    await page.locator(".lead").first().getByText("Newcomer").waitFor(PATIENCE);
    assert.deepEqual(opened.complaints, []);
  });

  test("that was left is brought up to date on the way back, by what happened meanwhile alone", async () => {
    await using served = await withLeads();
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    const { pages, read, fourth } = await readAtTheFourth(page);
    await go(page, "w", "Workflows");
    pages.forget();
    const heard = page.waitForRequest(/\/api\/overview/);
    await changed(served, read, "Astronomer");
    await heard;
    assert.deepEqual(pages.asked(), [], "nothing is asked for a list that is not seen");
    await page.goBack();
    await page.getByText("Astronomer").waitFor(PATIENCE);
    assert.deepEqual(pages.asked(), [FIRST, fourth]);
    assert.equal(pages.count(), 2);
  });

  test("of events stays where it is read, however many come", async () => {
    await using served = await withLeads();
    await using opened = await openConsole(browser, served.gateway, "/events");
    const { page } = opened;
    await page.locator(".event").first().waitFor(PATIENCE);
    await page.evaluate("scrollTo(0, 3000)");
    const row = page.locator('li[data-index="80"]');
    await row.waitFor(PATIENCE);
    const position = (await row.locator(".position").textContent()) ?? "";
    const top = await topOf(page, position);
    const answered = page.waitForResponse(/\/api\/events\?/);
    await served.tested.engine.append([form("Newcomer")]);
    await page.getByRole("button", { name: /new events?$/ }).waitFor({ state: "attached", ...PATIENCE });
    await (await answered).finished();
    // A turn later it would be drawn.
    await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    assert.equal(await topOf(page, position), top);
    await page.evaluate("scrollTo(0, 0)");
    await page.getByRole("button", { name: /new events?$/ }).click();
    const { events } = await served.tested.engine.queries.events({ limit: 1 });
    await page.locator(".event").first().getByText(`#${events[0]?.position}`).waitFor(PATIENCE);
  });

  async function withLeads(): Promise<ServedEngine> {
    const served = await serveEngine({ pack: false, workflows: [], agents: [] });
    const { engine } = served.tested;
    const forms = Array.from({ length: LEADS }, (_, n) => form(`Lead${n}`));
    for (let from = 0; from < LEADS; from += PAGE) await engine.append(forms.slice(from, from + PAGE));
    await engine.idle();
    return served;
  }
});

function form(firstname: string, jobtitle?: string) {
  const email = `${firstname.toLowerCase()}@lead-systems.example`;
  const fields = { email, firstname, ...(jobtitle === undefined ? {} : { jobtitle }) };
  return { type: "form_submitted", data: { form: "demo", fields } } as const;
}

/** Where a page of the list of leads begins. */
type Place = string;
const FIRST: Place = "the first";

/** Which pages of the list of leads the console has asked for, in the order of their first asking. */
function askedPages(page: Page) {
  const places: Place[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === "/api/contacts") places.push(searchParams.get("after") ?? FIRST);
  });
  return {
    asked: () => [...new Set(places)],
    count: () => places.length,
    forget: () => {
      places.length = 0;
    },
  };
}

/** Scrolls until the row of this index is in the middle of the window, all pages to the end read. @returns the name of its lead. */
async function scrolledTo(page: Page, index: number): Promise<string> {
  await page.locator(".lead").first().waitFor(PATIENCE);
  await until(async () => {
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
    return (await page.locator(`li[data-index="${LEADS - 1}"]`).count()) > 0;
  });
  const row = page.locator(`li[data-index="${index}"]`);
  await until(async () => {
    await page.evaluate("scrollBy(0, -400)");
    return (await row.count()) > 0;
  });
  await row.scrollIntoViewIfNeeded();
  return (await row.textContent())?.match(/Lead\d+/)?.[0] ?? assert.fail("no name is shown");
}

/** The list of leads, read in the middle of its fourth page of five. */
async function readAtTheFourth(page: Page) {
  const pages = askedPages(page);
  await goTo(page, "/leads");
  const read = await scrolledTo(page, 350);
  const [, , , fourth] = pages.asked();
  return { pages, read, fourth };
}

async function changed({ tested }: ServedEngine, firstname: string, jobtitle: string): Promise<void> {
  await tested.engine.append([form(firstname, jobtitle)]);
  await tested.engine.idle();
}

/** Pixels between the window's top and the row with these words. */
async function topOf(page: Page, words: string): Promise<number> {
  const box = await page
    .locator("li.at")
    .filter({ has: page.getByText(words, { exact: true }) })
    .boundingBox();
  return Math.round(box?.y ?? Number.NaN);
}
