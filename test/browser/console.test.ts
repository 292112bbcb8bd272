/** The main job, done by a person in a browser: a CTO asks for a demo, and sales see it live, call, and tick it off. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { startModelSimulator } from "@millrace/model-simulator";
import type { Browser, Page } from "playwright-core";
import { simulatedAnswer } from "../../packages/millrace/src/cli/simulated-answers.ts";
import { startGateway } from "../../packages/millrace/src/http/server.ts";
import { scoresByPoints } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";
import { keyFolder } from "../privacy/erasure.fixture.ts";
import { goTo, openBrowser, openConsole, openPage } from "./browser.fixture.ts";
import { hotLead, PATIENCE, serveEngine } from "./console.fixture.ts";

suite("the console in a browser", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("a CTO's demo request appears live as hot, is claimed and completed, and the thank-you is in the outbox", async () => {
    await using served = await serveEngine();
    await using sales = await openConsole(browser, served.gateway, "/leads");
    await sales.page.getByText("No leads yet.").waitFor(PATIENCE);

    await using visitor = await openPage(browser);
    await fillDemoForm(visitor.page, served.gateway.url);
    await visitor.page.getByRole("heading", { name: "Thank you" }).waitFor(PATIENCE);

    const lead = sales.page.locator(".lead", { hasText: "Ada Lovelace" });
    await lead.getByText(/^\d+ hot$/).waitFor(PATIENCE);
    await lead.getByText("Alert to sales").waitFor(PATIENCE);
    await lead.getByText("Call a hot lead: waiting").waitFor(PATIENCE);

    await goTo(sales.page, "/inbox");
    const task = sales.page.getByRole("article");
    await task.getByRole("heading", { name: "Ada Lovelace" }).waitFor(PATIENCE);
    await task.getByText("+1 555 123 4567").waitFor(PATIENCE);
    await task.getByRole("button", { name: "Claim" }).click();
    await task.getByText("Yours").waitFor(PATIENCE);
    await task.getByRole("button", { name: "Done…" }).click();
    await sales.page.getByLabel("What came of it?").fill("Called; demo on Tuesday.");
    await sales.page.getByRole("button", { name: "Mark as done" }).click();
    await sales.page.getByText("No work is waiting.").waitFor(PATIENCE);

    await goTo(sales.page, "/leads");
    await lead.getByRole("link", { name: "Ada Lovelace" }).click();
    await sales.page.getByText("Called; demo on Tuesday.").waitFor(PATIENCE);
    await goTo(sales.page, "/outbox");
    await sales.page.getByRole("link", { name: "Thank you for getting in touch" }).click();
    await sales.page.getByLabel("Text of the e-mail").getByText("Hi Ada").waitFor(PATIENCE);
    assert.deepEqual([...sales.complaints, ...visitor.complaints], []);
  });

  test("an alert explains itself back to the form, and the address of the explanation can be sent to a colleague", async () => {
    await using served = await serveEngine();
    await served.tested.engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await served.tested.engine.idle();
    await using opened = await openConsole(browser, served.gateway, "/alerts");
    const { page } = opened;
    await page.getByRole("link", { name: /Hot lead/ }).click();
    const chain = page.locator(".chain > li");
    await chain.first().getByText("Form “demo”").waitFor(PATIENCE);
    assert.ok((await chain.count()) >= 2);
    const address = page.url();
    assert.match(address, /open=alert:\d+$/);
    await page.goBack();
    await page.getByRole("dialog").waitFor({ state: "detached", ...PATIENCE });
    await page.goto(address);
    await chain.first().waitFor(PATIENCE);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached", ...PATIENCE });
    await page.waitForURL((url) => !url.search.includes("open="), PATIENCE);
  });

  test("addresses of the page there was before lead to the same thing", async () => {
    await using served = await serveEngine();
    const [form] = await served.tested.engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await served.tested.engine.idle();
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    await page.goto(`${served.gateway.url}/#open=event:1`);
    await page.getByRole("dialog").getByText("#1 form_submitted").waitFor(PATIENCE);
    await page.goto(`${served.gateway.url}/forms/demo`);
    await page.goto(`${served.gateway.url}/#open=contact:${form?.contact}`);
    await page.getByRole("heading", { level: 1, name: "Ada" }).waitFor(PATIENCE);
    await page.goto(`${served.gateway.url}/forms/demo`);
    await page.goto(`${served.gateway.url}/#q=nobody`);
    await page.getByText("No lead matches “nobody”.").waitFor(PATIENCE);
  });

  test("who goes back and opens the next thing at once gets it, and not the screen behind it", async () => {
    await using served = await serveEngine();
    await served.tested.engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await served.tested.engine.idle();
    await using opened = await openConsole(browser, served.gateway, "/events");
    const { page } = opened;
    await page.getByRole("link", { name: "Scored" }).first().click();
    await page.getByRole("dialog").getByText("Why", { exact: true }).waitFor(PATIENCE);
    await page.goBack();
    await page.getByRole("link", { name: "Form “demo”" }).click();
    await page.getByRole("dialog").getByText("#1 form_submitted").waitFor(PATIENCE);
    assert.match(page.url(), /open=event:1$/);
  });

  test("an e-mail a model wrote waits with its facts, is edited, sent and gone; another is refused with a reason", async () => {
    const simulator = await startModelSimulator({ script: simulatedAnswer });
    await using __ = { [Symbol.asyncDispose]: () => simulator.close() };
    await using served = await serveEngine({
      agents: [scoresByPoints],
      mail: { window: false },
      models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, agents: ["outreach_agent"] },
    });
    const { engine } = served.tested;
    await using opened = await openConsole(browser, served.gateway, "/drafts");
    const { page } = opened;
    await page.getByText("No e-mail waits.").waitFor(PATIENCE);
    const lead = { points: 80, lastname: "Lovelace", company: "Acme Systems" };
    await engine.append([formSubmitted({ ...lead, email: "ada@acme-systems.example", firstname: "Ada" })]);
    await engine.idle();
    const draft = page.getByRole("article");
    await draft.getByText("Hi Ada,", { exact: true }).waitFor(PATIENCE);
    await draft.getByText("company Acme Systems").first().waitFor(PATIENCE);
    await engine.append([formSubmitted({ ...lead, email: "bob@acme-systems.example", firstname: "Bob" })]);
    await engine.idle();
    await page.getByText("2 e-mails to decide").waitFor(PATIENCE);

    await draft.getByRole("button", { name: "Edit…" }).click();
    await page.getByLabel("The e-mail; the foot is put below it").fill("Hi Ada,\n\nmy own words.");
    await page.getByLabel("What you changed").locator("ins").first().waitFor(PATIENCE);
    await page.getByRole("button", { name: "Send it so" }).click();
    await draft.getByText("Hi Bob,", { exact: true }).waitFor(PATIENCE);
    await draft.getByRole("button", { name: "Refuse…" }).click();
    await page.getByLabel("What is wrong with it?").fill("a partner of ours");
    await page.getByRole("button", { name: "Refuse it" }).click();
    await page.getByText("No e-mail waits.").waitFor(PATIENCE);
    await engine.idle();
    const left = await engine.db.query(
      "select recipient, body from emails where state = 'sent' and purpose = 'outreach'",
    );
    assert.deepEqual(left, [{ recipient: "ada@acme-systems.example", body: "Hi Ada,\n\nmy own words." }]);
    const { labels } = await engine.queries.draftLabels({});
    assert.deepEqual(
      labels.map(({ verdict, by }) => [verdict, by]),
      [
        ["refused", "ada"],
        ["edited", "ada"],
      ],
    );
    assert.deepEqual(opened.complaints, []);
  });

  test("a person is erased only after their address was typed, and then is gone from every screen", async () => {
    await using folder = await keyFolder();
    await using served = await serveEngine({ dataFolder: folder.path });
    const { engine } = served.tested;
    const [form] = await engine.append([hotLead("grace@bigcorp-systems.com", "Grace")]);
    await engine.append([hotLead("bob@other-systems.com", "Bob")]);
    await engine.idle();
    await using opened = await openConsole(browser, served.gateway, "/leads");
    const { page } = opened;
    await page.getByRole("link", { name: "Grace" }).click();
    await using colleague = await openConsole(browser, served.gateway, "/outbox");
    await colleague.page.getByRole("link", { name: "Thank you" }).last().click();
    await colleague.page.getByLabel("Text of the e-mail").getByText("Hi Grace").waitFor(PATIENCE);
    await page.getByText("Erase this person…").click();
    await page.getByText(/Everything known of them is erased for good/).waitFor(PATIENCE);
    const erase = page.getByRole("button", { name: "Erase for good" });
    await page.getByLabel("to confirm").fill("bob@other-systems.com");
    assert.equal(await erase.isDisabled(), true, "another address opens nothing");
    await page.getByLabel("to confirm").fill("Grace@bigcorp-systems.com");
    await erase.click();
    await page.getByText("all data erased", { exact: true }).waitFor(PATIENCE);
    await page.getByText("Nothing is left that could be erased.").waitFor(PATIENCE);
    for (const screen of ["", "/leads", "/inbox", "/events", "/alerts"]) {
      await goTo(page, screen);
      await page.locator("main").getByText("Bob").or(page.locator("main .rows > li")).first().waitFor(PATIENCE);
      assert.equal(await page.getByText(/grace/i).count(), 0, screen);
    }
    await colleague.page.getByRole("heading", { name: "To someone whose data was erased" }).waitFor(PATIENCE);
    await colleague.page.getByText("Hi Grace").waitFor({ state: "detached", ...PATIENCE });
    const facts = await engine.db.query("select contact, actor from events where type = 'contact_erased'");
    assert.deepEqual(facts, [{ contact: form?.contact, actor: "person:ada" }]);
    assert.deepEqual([...opened.complaints, ...colleague.complaints], []);
  });

  test("when the line is lost it says so and what time it shows; when it is back it catches up", async () => {
    await using served = await serveEngine();
    await using opened = await openConsole(browser, served.gateway, "/leads");
    const { page } = opened;
    await page.getByText("No leads yet.").waitFor(PATIENCE);
    await served.gateway.close();
    await page.getByText("Live updates are lost.").waitFor(PATIENCE);
    await page.getByText("Not connected").waitFor(PATIENCE);
    await served.tested.engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await served.tested.engine.idle();
    served.gateway = await startGateway(served.tested.engine, { port: served.gateway.port });
    await page.locator(".lead", { hasText: "Ada" }).waitFor({ timeout: 20_000 });
    await page.getByText("Live updates are lost.").waitFor({ state: "detached", ...PATIENCE });
  });

  test("a session that ends is shown without losing what is typed, and goes on after signing in elsewhere", async () => {
    await using served = await serveEngine();
    await served.tested.engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await served.tested.engine.idle();
    await using opened = await openConsole(browser, served.gateway, "/inbox");
    const { page } = opened;
    await page.getByRole("button", { name: "Done…" }).click();
    await page.getByLabel("What came of it?").fill("half a sentence");
    await served.tested.engine.db.query("delete from sessions");
    await page.getByText("You are signed out.").waitFor({ timeout: 20_000 });
    const other = await page.context().newPage();
    await other.goto(await served.gateway.signInLink("ada"));
    await other.close();
    await page.getByText("You are signed out.").waitFor({ state: "detached", timeout: 20_000 });
    assert.equal(await page.getByLabel("What came of it?").inputValue(), "half a sentence");
  });

  test("who is signed out is shown how to sign in, on whatever screen they come", async () => {
    await using served = await serveEngine();
    await using visitor = await openPage(browser);
    for (const path of ["/", "/console/inbox?view=mine"]) {
      await visitor.page.goto(`${served.gateway.url}${path}`);
      await visitor.page.getByRole("heading", { name: "Sign in" }).waitFor(PATIENCE);
      await visitor.page.getByText("millrace sign-in").waitFor(PATIENCE);
    }
  });
});

async function fillDemoForm(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/forms/demo`);
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
