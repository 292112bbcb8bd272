/** A salesperson puts a value of a contact right, sees whose it is now, and takes it back; what another changed meanwhile is shown. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { axeFindings, openBrowser, openConsole, overflowOf } from "./browser.fixture.ts";
import { hotLead, PATIENCE, serveEngine } from "./console.fixture.ts";

suite("corrections in the console", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("a job title is corrected by keyboard, stays over the next form, and is taken back by z", async () => {
    await using served = await serveEngine();
    const { engine } = served.tested;
    await engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await engine.idle();
    const id = (await engine.queries.contacts({})).contacts[0]?.id;
    await using opened = await openConsole(browser, served.gateway, `/contacts/${id}`, 390);
    const { page } = opened;
    const known = page.getByRole("region", { name: "What is known" });
    await known.getByRole("button", { name: "Correct job title" }).focus();
    await page.keyboard.press("Enter");
    await known.getByLabel("Job title").fill("Head of Sales");
    assert.deepEqual(await axeFindings(page), []);
    assert.equal(await overflowOf(page), 0);
    await page.keyboard.press("Enter");
    await known.getByText("Head of Sales").waitFor(PATIENCE);
    await known.getByText("corrected by ada").waitFor(PATIENCE);
    await engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await engine.idle();
    await page.reload();
    await known.getByText("Head of Sales").waitFor(PATIENCE);
    const [fact] = (await engine.queries.events({ type: "contact_updated" })).events;
    assert.equal(fact?.actor, "person:ada");

    await known.getByRole("button", { name: "Correct job title" }).click();
    await known.getByLabel("Job title").fill("CFO");
    await page.keyboard.press("Enter");
    await known.getByText("CFO").waitFor(PATIENCE);
    await page.keyboard.press("z");
    await known.getByText("Head of Sales").waitFor(PATIENCE);

    await known.getByRole("button", { name: "Correct job title" }).click();
    // The page has what bob wrote before ada is done: what she saw is what stood there when she began.
    const renewed = page.waitForResponse((answer) => new URL(answer.url()).pathname === `/api/contacts/${id}`);
    await engine.actions.correctContact({ contact: `${id}`, property: "jobtitle", value: "CMO" }, { by: "person:bob" });
    await (await renewed).finished();
    await known.getByLabel("Job title").fill("CTO");
    await page.keyboard.press("Enter");
    await page.getByText('jobtitle is "CMO" by now. Nothing was changed.').waitFor(PATIENCE);
  });
});
