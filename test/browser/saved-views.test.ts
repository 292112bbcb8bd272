/** Filters are kept by name, found again in another window, and sent to others as an address. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { axeFindings, goTo, openBrowser, openConsole, overflowOf } from "./browser.fixture.ts";
import { hotLead, PATIENCE, serveEngine } from "./console.fixture.ts";

suite("saved views", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("a view of leads is kept, shown again by its name, and removed with undo", async () => {
    await using served = await serveEngine();
    const { engine } = served.tested;
    await engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await engine.idle();
    await using opened = await openConsole(browser, served.gateway, "/leads?band=hot&sort=score", 390);
    const { page } = opened;
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByLabel("Keep what is shown now as").fill("The best");
    assert.deepEqual(await axeFindings(page), []);
    assert.equal(await overflowOf(page), 0);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Views: The best" }).waitFor(PATIENCE);

    await using elsewhere = await openConsole(browser, served.gateway, "/leads");
    await elsewhere.page.getByRole("button", { name: "Views" }).click();
    await elsewhere.page.getByRole("link", { name: "The best" }).click();
    await elsewhere.page.getByRole("button", { name: "Views: The best" }).waitFor(PATIENCE);
    const address = new URL(elsewhere.page.url());
    assert.deepEqual([address.searchParams.get("band"), address.searchParams.get("sort")], ["hot", "score"]);

    await page.getByRole("button", { name: "Views: The best" }).click();
    await page.getByRole("button", { name: "Remove the view The best" }).click();
    await page.getByText("Choose filters, and keep them here").waitFor(PATIENCE);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Views: The best" }).waitFor(PATIENCE);
    for (const screen of ["/tasks", "/events"]) {
      await goTo(page, screen);
      await page.getByRole("button", { name: "Views" }).waitFor(PATIENCE);
    }
    assert.deepEqual(opened.complaints, []);
  });
});
