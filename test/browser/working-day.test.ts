/** A salesperson's day by keyboard alone: what presses comes first, each task leads to the next, and mistakes are taken back. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { until } from "../factories/until.ts";
import { goTo, openBrowser, openConsole } from "./browser.fixture.ts";
import { hotLead, PATIENCE, type ServedEngine, serveEngine } from "./console.fixture.ts";

suite("a salesperson's day by keyboard", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("from Today by g i to the inbox, claim, done by a digit, and the next has the focus", async () => {
    await using served = await withLeads("Ada", "Bob", "Cid");
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor(PATIENCE);
    await page.locator("[data-task]").nth(2).waitFor(PATIENCE);
    await page.keyboard.press("j");
    const first = await shownTask(page);
    await page.keyboard.press("c");
    await page.getByRole("article").getByText("Yours").waitFor(PATIENCE);
    await page.keyboard.press("d");
    await page.getByLabel("What came of it?").waitFor(PATIENCE);
    await page.keyboard.press("1");
    await page.locator(`[data-task="${first}"]`).waitFor({ state: "detached", ...PATIENCE });
    const second = await shownTask(page);
    assert.notEqual(second, first);
    await page.locator(`[data-task="${second}"] :focus`).waitFor(PATIENCE);
    await until(async () => (await stateOf(served, first)) === "COMPLETED");
    const [done] = await served.tested.engine.db.query<{ result: unknown; worker: string }>(
      "select result from finished_tasks where id = $1",
      [first],
    );
    assert.deepEqual(done?.result, { note: "Reached: meeting booked" });

    await page.keyboard.press("j");
    await page.keyboard.press("k");
    assert.equal(await shownTask(page), second);
    assert.deepEqual(opened.complaints, []);
  });

  test("what was done by mistake is taken back by z, and nothing was put on record", async () => {
    await using served = await withLeads("Ada");
    await using opened = await openConsole(browser, served.gateway, "/inbox");
    const { page } = opened;
    await page.locator("[data-task]").first().waitFor(PATIENCE);
    await page.keyboard.press("j");
    const task = await shownTask(page);
    await page.keyboard.press("d");
    await page.getByLabel("What came of it?").fill("cc rr dd zz");
    assert.equal(
      await page.getByLabel("What came of it?").inputValue(),
      "cc rr dd zz",
      "letters are letters while one types",
    );
    await page.keyboard.press("Control+Enter");
    await page.locator(`[data-task="${task}"]`).waitFor({ state: "detached", ...PATIENCE });
    await page.keyboard.press("z");
    await page.locator(`[data-task="${task}"]`).waitFor(PATIENCE);
    assert.equal(await stateOf(served, task), undefined);
    await page.keyboard.press("c");
    await page.getByRole("article").getByText("Yours").waitFor(PATIENCE);
    await page.keyboard.press("z");
    await page.getByRole("article").getByRole("button", { name: "Claim" }).waitFor(PATIENCE);
  });

  test("who leaves the page right after Done has it on record all the same", async () => {
    await using served = await withLeads("Ada");
    await using opened = await openConsole(browser, served.gateway, "/inbox");
    const { page } = opened;
    await page.locator("[data-task]").first().waitFor(PATIENCE);
    await page.keyboard.press("j");
    const task = await shownTask(page);
    await page.keyboard.press("d");
    await page.getByLabel("What came of it?").waitFor(PATIENCE);
    await page.keyboard.press("2");
    await page.getByText("Undo").waitFor(PATIENCE);
    await page.goto(`${served.gateway.url}/forms/demo`);
    await until(async () => (await stateOf(served, task)) === "COMPLETED");
  });

  test("focus mode shows one at a time and goes on to the next until all is done", async () => {
    await using served = await withLeads("Ada", "Bob");
    await using opened = await openConsole(browser, served.gateway, "/inbox");
    const { page } = opened;
    await page.locator("[data-task]").nth(1).waitFor(PATIENCE);
    await page.keyboard.press("f");
    await page.getByRole("heading", { name: "1 of 2" }).waitFor(PATIENCE);
    for (const left of ["1 of 1", "Focus"]) {
      await page.keyboard.press("d");
      await page.getByLabel("What came of it?").waitFor(PATIENCE);
      await page.keyboard.press("1");
      await page.getByRole("heading", { level: 1, name: left, exact: true }).waitFor(PATIENCE);
    }
    await page.getByText("All done.").waitFor(PATIENCE);
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor(PATIENCE);
  });

  test("focus mode begins at the top of each task, in a window lower than the task too", async () => {
    await using served = await withLeads("Ada", "Bob");
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    await page.setViewportSize({ width: 1_000, height: 260 });
    await goTo(page, "/inbox?focus=yes");
    for (const heading of ["1 of 2", "2 of 2"]) {
      await page.getByRole("heading", { level: 1, name: heading }).waitFor(PATIENCE);
      await page.locator(".focus-task:focus").waitFor(PATIENCE);
      await page.getByText("Why this score").waitFor(PATIENCE);
      assert.ok(await isHigherThanWindow(page), "there is something to scroll");
      assert.equal(await page.evaluate("scrollY"), 0, heading);
      await page.evaluate("scrollTo(0, document.body.scrollHeight)");
      await page.keyboard.press("n");
    }
  });

  test("of two things that can be taken back, the newest has the key, and each button takes back its own", async () => {
    await using served = await withLeads("Ada", "Bob");
    await using opened = await openConsole(browser, served.gateway, "/inbox");
    const { page } = opened;
    await page.locator("[data-task]").nth(1).waitFor(PATIENCE);
    const claimed: number[] = [];
    for (const _ of ["Ada", "Bob"]) {
      await page.keyboard.press("j");
      claimed.push(await shownTask(page));
      await page.keyboard.press("c");
      await page.getByRole("article").getByText("Yours").waitFor(PATIENCE);
    }
    const undo = page.locator(".toasts").getByRole("button", { name: /Undo/ });
    await undo.nth(1).waitFor(PATIENCE);
    assert.deepEqual(await undo.allInnerTexts(), ["Undo", "Undo\nz"]);
    await undo.first().click();
    await until(async () => (await holderOf(served, claimed[0] ?? 0)) === null);
    assert.equal(await holderOf(served, claimed[1] ?? 0), "ada");
  });

  test("several tasks are selected by x and snoozed together; they are under Snoozed", async () => {
    await using served = await withLeads("Ada", "Bob", "Cid");
    await using opened = await openConsole(browser, served.gateway, "/inbox");
    const { page } = opened;
    await page.locator("[data-task]").nth(2).waitFor(PATIENCE);
    for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
    const bulk = page.getByRole("region", { name: "Selected tasks" });
    await bulk.getByText("2 tasks selected").waitFor(PATIENCE);
    await bulk.getByRole("button", { name: "Snooze" }).click();
    await page.getByRole("menuitem", { name: "For a week" }).click();
    await page.getByRole("navigation", { name: "Whose tasks" }).getByText("Snoozed 2").waitFor(PATIENCE);
    await page.getByRole("link", { name: /Snoozed/ }).click();
    await page.locator("[data-task]").nth(1).waitFor(PATIENCE);
    assert.equal(await page.locator("[data-task]").count(), 2);
  });

  test("a task someone else holds says who, and offers neither Claim nor Done", async () => {
    await using served = await withLeads("Ada");
    await using opened = await openConsole(browser, served.gateway, "/inbox");
    const { engine } = served.tested;
    const { tasks } = await engine.queries.tasks({ human: true });
    await engine.actions.claimTask({ id: tasks[0]?.id ?? 0 }, { by: "grace" });
    const detail = opened.page.getByRole("article");
    await detail.getByText("Held by grace").waitFor(PATIENCE);
    assert.equal(await detail.getByRole("button", { name: /Claim|Done/ }).count(), 0);
  });

  test("the palette finds a lead and a screen, and the sheet of keys switches single keys off", async () => {
    await using served = await withLeads("Zoltan");
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    await page.keyboard.press("Control+k");
    await page.keyboard.type("zolt");
    await page.getByRole("option", { name: /Zoltan/ }).waitFor(PATIENCE);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Zoltan" }).waitFor(PATIENCE);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("agents");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor(PATIENCE);
    await page.keyboard.press("?");
    await page.getByLabel("Single keys do something").uncheck();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached", ...PATIENCE });
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await page.keyboard.press("?");
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor(PATIENCE);
  });

  test("Enter in the palette means the words that stand there, however late their leads come", async () => {
    await using served = await withLeads("Agnes", "Zoltan");
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    const held = Promise.withResolvers<void>();
    await page.route(/\/api\/contacts\?.*q=(?!ag&|ag$)/, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("ag");
    await page.getByRole("option", { name: /Agnes/ }).waitFor(PATIENCE);
    await page.keyboard.type("ents");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor(PATIENCE);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("ag");
    await page.getByRole("option", { name: /Agnes/ }).waitFor(PATIENCE);
    await page.getByRole("combobox").fill("zolt");
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: /Agnes/ }).waitFor(PATIENCE);
    held.resolve();
    await page.getByRole("heading", { level: 1, name: "Zoltan" }).waitFor(PATIENCE);
  });

  async function withLeads(...names: string[]): Promise<ServedEngine> {
    const served = await serveEngine();
    const { engine } = served.tested;
    await engine.append(names.map((name) => hotLead(`${name.toLowerCase()}@${name.toLowerCase()}-systems.com`, name)));
    await engine.idle();
    return served;
  }
});

async function isHigherThanWindow(page: Page): Promise<boolean> {
  return (await page.evaluate("document.documentElement.scrollHeight > innerHeight")) as boolean;
}

/** Who has claimed a task; null when it is free. */
async function holderOf({ tested }: ServedEngine, task: number): Promise<string | null | undefined> {
  const { tasks } = await tested.engine.queries.tasks({ human: true });
  return tasks.find(({ id }) => id === task)?.worker;
}

/** The task whose details are shown, by the row that is marked. */
async function shownTask(page: Page): Promise<number> {
  const row = page.locator("[data-task].current");
  await row.waitFor(PATIENCE);
  return Number(await row.getAttribute("data-task"));
}

async function stateOf({ tested }: ServedEngine, task: number): Promise<string | undefined> {
  const [found] = await tested.engine.db.query<{ state: string }>("select state from finished_tasks where id = $1", [
    task,
  ]);
  return found?.state;
}
