/** Every screen, light, dark and on a phone: axe finds nothing, nothing is cut off, and what strangers wrote is text. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { startModelSimulator } from "@millrace/model-simulator";
import type { Browser, Page } from "playwright-core";
import { simulatedAnswer } from "../../packages/millrace/src/cli/simulated-answers.ts";
import { scoresByPoints } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";
import { axeFindings, goTo, openBrowser, openConsole, overflowOf, shoot } from "./browser.fixture.ts";
import { hotLead, PATIENCE, type ServedEngine, serveEngine } from "./console.fixture.ts";

const SCREENS = [
  "",
  "/inbox",
  "/inbox?focus=yes",
  "/leads",
  "/conversations",
  "/drafts",
  "/events",
  "/events?open=event:1",
  "/workflows",
  "/workflows/form_cascade",
  "/tasks",
  "/agents",
  "/dead-letters",
  "/alerts",
  "/health",
  "/outbox",
  "/connections",
  "/settings",
  "/people",
] as const;

/** Lists that are behind a tab, and have words of their own for when they are empty. */
const EMPTY_ONLY = ["/conversations?view=all", "/conversations?view=mail"] as const;

/** As the engine names its processes: machine, number, random parts. */
const PROCESS_NAME = /\b[\w.-]+:\d+:[0-9a-f]{6,}/;

const MARKUP = '<img src=x onerror="document.title=1"><svg/onload=alert(1)>{{7*7}}';

suite("every screen", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  for (const [name, width, scheme] of [
    ["light", 1400, "light"],
    ["dark", 1400, "dark"],
    ["on a phone", 390, "light"],
    ["on a phone in the dark", 390, "dark"],
    ["at 200 %", 700, "light"],
  ] as const) {
    test(`${name}: can be used by everyone, and nothing is cut off`, async () => {
      await using served = await filledEngine("Ada");
      await using opened = await openConsole(browser, served.gateway, "", width, scheme);
      const { page } = opened;
      for (const screen of [...SCREENS, await contactScreen(served)]) {
        await goTo(page, screen);
        await settled(page);
        assert.deepEqual(await axeFindings(page), [], `${screen || "/"} ${name}`);
        assert.equal(await overflowOf(page), 0, `${screen || "/"} ${name}`);
        assert.doesNotMatch(await page.locator("main").innerText(), PROCESS_NAME, `${screen || "/"} names a process`);
        await shoot(page, `${screen.replaceAll(/\W+/g, "-") || "today"}-${name.replaceAll(" ", "-")}`);
      }
      assert.deepEqual(opened.complaints, []);
    });
  }

  test("where nothing has happened yet, each card says so: none is empty", async () => {
    await using served = await serveEngine();
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    for (const screen of [...SCREENS.filter((one) => one !== "/events?open=event:1"), ...EMPTY_ONLY]) {
      await goTo(page, screen);
      await settled(page);
      const cards = await page.locator("main .panel, main .split-list, main .split-detail").allInnerTexts();
      assert.deepEqual(
        cards.filter((words) => words.trim() === ""),
        [],
        screen,
      );
      await shoot(page, `${screen.replaceAll(/\W+/g, "-") || "today"}-empty`);
    }
    assert.deepEqual(opened.complaints, []);
  });

  test("what a stranger wrote is shown as text, wherever it is shown", async () => {
    await using served = await filledEngine(MARKUP);
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    let shown = 0;
    for (const screen of [...SCREENS, await contactScreen(served)]) {
      await goTo(page, screen);
      await settled(page);
      shown += await page.getByText("<img src=x onerror").count();
      assert.match(await page.title(), /Millrace$/);
      assert.equal(await page.locator("main img").count(), 0, screen);
      // Pictures of our own: icons, marks and the bars of a plot.
      assert.equal(await page.locator("main svg:not(.icon):not(.mark):not(.bars)").count(), 0, screen);
    }
    assert.ok(shown > 10, `it was shown ${shown} times`);
    assert.deepEqual(opened.complaints, []);
  });
});

/** Something on every screen: hot leads, letters to decide, alerts, e-mails, a dead letter. */
async function filledEngine(firstname: string): Promise<ServedEngine & AsyncDisposable> {
  const simulator = await startModelSimulator({ script: simulatedAnswer });
  const served = await serveEngine({
    agents: [scoresByPoints],
    mail: { window: false },
    models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, agents: ["outreach_agent"] },
  });
  const { engine } = served.tested;
  await engine.append([
    {
      ...hotLead("ada@bigcorp-systems.com", firstname),
      data: { ...hotLead("ada@bigcorp-systems.com", firstname).data },
    },
    formSubmitted({
      points: 95,
      email: "hot@acme-systems.example",
      firstname,
      jobtitle: firstname,
      company: firstname,
    }),
    formSubmitted({ points: 80, email: "bob@acme-systems.example", firstname, company: firstname }),
  ]);
  await engine.idle();
  await engine.db.query(
    "insert into dead_letters (subscription, event, attempts, error) values ('workflows', 1, 1, 'TypeError: cannot read \"x\" of 7')",
  );
  await engine.monitor?.turnNow();
  await engine.idle();
  const dispose = served[Symbol.asyncDispose].bind(served);
  return Object.assign(served, {
    async [Symbol.asyncDispose]() {
      await dispose();
      await simulator.close();
    },
  });
}

async function contactScreen({ tested }: ServedEngine): Promise<string> {
  const { contacts } = await tested.engine.queries.contacts({ q: "hot@acme" });
  return `/contacts/${contacts[0]?.id}`;
}

/** Its list or its words are there. */
async function settled(page: Page): Promise<void> {
  const content = page.locator("main").locator(".rows > *, .empty, .facts, .diagram, .padded").first();
  await content.waitFor(PATIENCE).catch(async (cause: unknown) => {
    const shown = await page.locator("body").innerText();
    throw new Error(`${page.url()} shows no content: ${JSON.stringify(shown.slice(0, 500))}`, { cause });
  });
  await page.waitForLoadState("networkidle").catch(() => {});
}

/** For people who look at it themselves: MILLRACE_TEST_SHOTS=folder. */
