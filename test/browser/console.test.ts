/** The main job, done by a person in a browser: a CTO asks for a demo, and sales see it live, call, and tick it off. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { systemClock } from "../../packages/millrace/src/clock.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config.ts";
import { type Gateway, startGateway } from "../../packages/millrace/src/gateway/server.ts";
import { keyFolder } from "../erasure/erasure.fixture.ts";
import { type TestEngine, testEngine } from "../factories/engine.ts";
import { openBrowser, openConsole, openPage } from "./browser.fixture.ts";

/** Run in the page, so it is plain JavaScript. */
const CHECKS = readFileSync(new URL("page-checks.js", import.meta.url), "utf8");
const PATIENCE = { timeout: 10_000 };

suite("the console in a browser", () => {
  let browser: Browser;
  let tested: TestEngine;
  let gateway: Gateway;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  async function begin(config: MillraceConfig = {}): Promise<AsyncDisposable> {
    tested = await testEngine(config, { clock: systemClock });
    gateway = await startGateway(tested.engine, { port: 0 });
    return {
      async [Symbol.asyncDispose]() {
        await gateway.close();
        await tested[Symbol.asyncDispose]();
      },
    };
  }

  test("a CTO's demo request appears live as hot, is claimed and completed, and the thank-you is in the mailbox", async () => {
    await using _ = await begin();
    await using console = await signedIn();
    const sales = console.page;
    await sales.getByText("No leads yet.").waitFor(PATIENCE);

    await using visitor = await newPage();
    await fillDemoForm(visitor.page);
    await visitor.page.getByRole("heading", { name: "Thank you" }).waitFor(PATIENCE);

    const lead = sales.locator("#leads .lead", { hasText: "Ada Lovelace" });
    await lead
      .getByText(/\d+ hot/)
      .first()
      .waitFor(PATIENCE);
    await lead.getByText("Alert to sales").waitFor(PATIENCE);
    await lead.getByText("hot lead review: waiting").waitFor(PATIENCE);

    const review = sales.locator("#tasks .task", { hasText: "Call a hot lead." });
    await review.getByRole("button", { name: "Claim" }).click();
    await review.getByText("Yours").waitFor(PATIENCE);
    await review.getByRole("button", { name: "Done…" }).click();
    await sales.getByLabel("What came of it?").fill("Called; demo on Tuesday.");
    await sales.getByRole("button", { name: "Mark as done" }).click();
    await review.waitFor({ state: "detached", ...PATIENCE });
    await lead.getByText("Done: hot lead review").waitFor(PATIENCE);

    await sales.locator("#mail").getByRole("link", { name: "Thank you for getting in touch" }).click();
    await sales.getByLabel("Text of the e-mail").getByText("Hi Ada").waitFor(PATIENCE);
    assert.deepEqual([...console.complaints, ...visitor.complaints], []);
  });

  test("everything is done by keyboard alone: focus stays with the work", async () => {
    await using _ = await begin();
    await tested.engine.append([hotLead("ada@bigcorp-systems.com", "Ada"), hotLead("bob@other-systems.com", "Bob")]);
    await tested.engine.idle();
    await using console = await signedIn();
    const { page } = console;
    await page.locator("#tasks .task").nth(1).waitFor(PATIENCE);
    await page.locator("#tasks .task a").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("c");
    const second = page.locator("#tasks .task").nth(1);
    await second.getByText("Yours").waitFor(PATIENCE);
    await page.locator("#tasks .mine :focus").waitFor(PATIENCE);
    await page.keyboard.press("r");
    await page.locator("#tasks .mine").waitFor({ state: "detached", ...PATIENCE });
    await page.locator("#tasks :focus").waitFor(PATIENCE);
    await page.keyboard.press("d");
    await page.getByLabel("What came of it?").waitFor(PATIENCE);
    await page.keyboard.type("cc rr dd");
    assert.equal(
      await page.getByLabel("What came of it?").inputValue(),
      "cc rr dd",
      "letters are letters while one types",
    );
    await page.keyboard.press("Control+Enter");
    await page
      .locator("#tasks .task")
      .nth(1)
      .waitFor({ state: "detached", ...PATIENCE });
  });

  test("an alert explains itself back to the form, and the address of the explanation can be sent to somebody", async () => {
    await using _ = await begin();
    await tested.engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await tested.engine.idle();
    await using console = await signedIn();
    const { page } = console;
    await page
      .locator("#alerts")
      .getByRole("link", { name: /Hot lead/ })
      .click();
    const chain = page.locator(".chain > li");
    await chain.first().getByText("Form “demo”").waitFor(PATIENCE);
    assert.ok((await chain.count()) >= 3);
    const address = page.url();
    assert.match(address, /#open=alert:\d+$/);
    await page.goBack();
    await page.locator("dialog[open]").waitFor({ state: "detached", ...PATIENCE });
    await page.goto(address);
    await page.reload();
    await chain.first().waitFor(PATIENCE);
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached", ...PATIENCE });
    await page.waitForURL((url) => !url.hash.includes("open="), PATIENCE);
  });

  test("who goes back and opens the next thing at once gets it, and not the page behind it", async () => {
    await using _ = await begin();
    await tested.engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await tested.engine.idle();
    await using console = await signedIn();
    const { page } = console;
    await page.locator("#leads .lead .name").first().click();
    await page.locator("dialog").getByText("Everything that happened").waitFor(PATIENCE);
    // At the very moment the way back has closed the drawer; whoever listens later than the page comes behind it.
    await page.evaluate(`new Promise((gone) => {
      addEventListener("popstate", () => { location.hash = "#open=event:1"; gone(); }, { once: true });
      history.back();
    })`);
    await page.locator("dialog").getByText("#1 form_submitted").waitFor(PATIENCE);
    assert.match(page.url(), /#open=event:1$/);
  });

  test("what a stranger wrote is shown as text, wherever it is shown", async () => {
    await using _ = await begin();
    const markup = '<img src=x onerror="document.title=1"><svg/onload=alert(1)>';
    await tested.engine.append([hotLead("ada@bigcorp-systems.com", markup)]);
    await tested.engine.idle();
    await using console = await signedIn();
    const { page } = console;
    await page.locator("#leads").getByText(markup).first().waitFor(PATIENCE);
    await page.locator("#leads .name").first().click();
    await page.locator("dialog").getByText(markup).first().waitFor(PATIENCE);
    assert.equal(await page.title(), "Millrace");
    assert.equal(await page.locator("img, main svg").count(), 0);
    assert.deepEqual(console.complaints, []);
  });

  test("a person is erased only after their address was typed, and then is gone from every panel", async () => {
    await using folder = await keyFolder();
    await using _ = await begin({ dataFolder: folder.path });
    const [form] = await tested.engine.append([hotLead("grace@bigcorp-systems.com", "Grace")]);
    await tested.engine.append([hotLead("bob@other-systems.com", "Bob")]);
    await tested.engine.idle();
    await using console = await signedIn();
    const { page } = console;
    await page.locator("#tasks").getByText("Grace").first().waitFor(PATIENCE);
    await page.locator("#leads .lead", { hasText: "Grace" }).locator(".name").first().click();
    await using colleague = await signedIn();
    await colleague.page.locator("#mail").getByRole("link", { name: "Thank you" }).last().click();
    await colleague.page.getByLabel("Text of the e-mail").getByText("Hi Grace").waitFor(PATIENCE);
    await page.getByText("Erase this person…").click();
    await page.getByText(/Everything known of them is erased for good/).waitFor(PATIENCE);
    const erase = page.getByRole("button", { name: "Erase for good" });
    await page.getByLabel("to confirm").fill("bob@other-systems.com");
    assert.equal(await erase.isDisabled(), true, "another address opens nothing");
    assert.deepEqual(await page.evaluate(`${CHECKS}pageChecks.faintTexts()`), []);
    await page.getByLabel("to confirm").fill("Grace@bigcorp-systems.com");
    await erase.click();
    await page.locator("dialog").getByText("all data erased", { exact: true }).waitFor(PATIENCE);
    await page.getByText("Erase this person…").click();
    await page.getByText("Nothing is left that could be erased.").waitFor(PATIENCE);
    await page.keyboard.press("Escape");
    await page
      .getByText("Grace")
      .first()
      .waitFor({ state: "detached", ...PATIENCE });
    await page
      .getByText("grace@bigcorp-systems.com")
      .first()
      .waitFor({ state: "detached", ...PATIENCE });
    await page.locator("#leads .lead", { hasText: "Bob" }).waitFor(PATIENCE);
    await page.locator("#mail").getByText("To somebody whose data was erased").waitFor(PATIENCE);
    await colleague.page.getByRole("heading", { name: "To somebody whose data was erased" }).waitFor(PATIENCE);
    await colleague.page.getByText("Hi Grace").waitFor({ state: "detached", ...PATIENCE });
    const facts = await tested.engine.db.query("select contact, actor from events where type = 'contact_erased'");
    assert.deepEqual(facts, [{ contact: form?.contact, actor: "person:ada" }]);
    assert.deepEqual([...console.complaints, ...colleague.complaints], []);
  });

  test("when the line is lost it says so and what time it shows; when it is back it catches up", async () => {
    await using _ = await begin();
    await using console = await signedIn();
    const { page } = console;
    await page.getByText("No leads yet.").waitFor(PATIENCE);
    await gateway.close();
    await page.getByText("Live updates are lost.").waitFor(PATIENCE);
    await tested.engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await tested.engine.idle();
    gateway = await startGateway(tested.engine, { port: gateway.port });
    await page.locator("#leads .lead", { hasText: "Ada" }).waitFor({ timeout: 20_000 });
    await page.locator("#stale").waitFor({ state: "hidden", ...PATIENCE });
  });

  test("who is signed out is told how to sign in", async () => {
    await using _ = await begin();
    await using visitor = await newPage();
    await visitor.page.goto(gateway.url);
    await visitor.page.getByRole("heading", { name: "Sign in" }).waitFor(PATIENCE);
    await visitor.page.getByText("millrace sign-in").waitFor(PATIENCE);
  });

  for (const [width, scheme] of [
    [360, "light"],
    [360, "dark"],
    [1400, "light"],
    [1400, "dark"],
  ] as const) {
    test(`at ${width} px in ${scheme} nothing is cut off and every text can be read`, async () => {
      await using _ = await begin();
      await tested.engine.append([
        hotLead("ada@bigcorp-systems.com", "Ada"),
        { type: "form_submitted", data: { form: "newsletter", fields: { email: "bob@example.com" } } },
      ]);
      await tested.engine.idle();
      await using console = await signedIn(width, scheme);
      const { page } = console;
      await page.locator("#leads .lead").first().waitFor(PATIENCE);
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      assert.equal(overflow, 0);
      assert.deepEqual(await page.evaluate(`${CHECKS}pageChecks.faintTexts()`), []);
      assert.deepEqual(await page.evaluate(`${CHECKS}pageChecks.namelessControls()`), []);
    });
  }

  function signedIn(width?: number, colorScheme?: "light" | "dark") {
    return openConsole(browser, gateway, width, colorScheme);
  }

  function newPage() {
    return openPage(browser);
  }

  async function fillDemoForm(page: Page): Promise<void> {
    await page.goto(`${gateway.url}/forms/demo`);
    await page.getByLabel("First name").fill("Ada");
    await page.getByLabel("Last name").fill("Lovelace");
    await page.getByLabel("Work e-mail").fill("ada@bigcorp-systems.com");
    await page.getByLabel("Company").fill("Bigcorp");
    await page.getByLabel("Job title").fill("CTO");
    await page.getByLabel("Phone").fill("+1 555 123 4567");
    await page.getByLabel("Employees").fill("2500");
    await page.getByLabel("Industry").fill("Software");
    await page.getByLabel("What would you like to know?").fill("We want to buy this quarter.");
    await page.getByRole("button", { name: "Ask for a demo" }).click();
  }
});

function hotLead(email: string, firstname: string) {
  const fields = {
    email,
    firstname,
    company: "Bigcorp",
    jobtitle: "CTO",
    numberofemployees: 2500,
    industry: "Software",
    phone: "+15551234567",
    message: "We want to buy.",
  };
  return { type: "form_submitted", data: { form: "demo", fields } };
}
