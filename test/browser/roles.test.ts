/** People in the console: an admin adds a colleague, who signs in by the link, sets a password, and is offered what is theirs. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { startModelSimulator } from "@millrace/model-simulator";
import type { Browser } from "playwright-core";
import { simulatedAnswer } from "../../packages/millrace/src/cli/simulated-answers.ts";
import { scoresByPoints } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";
import { axeFindings, goTo, openBrowser, openConsole, openPage } from "./browser.fixture.ts";
import { hotLead, PATIENCE, serveEngine } from "./console.fixture.ts";
import { ADA, adaAnswers } from "./reply.fixture.ts";

suite("people and roles in the console", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("a salesperson is added, signs in by link and by password, does their work, and is not offered the rest", async () => {
    await using served = await serveEngine();
    const { engine } = served.tested;
    await engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await engine.idle();
    await using admin = await openConsole(browser, served.gateway, "/people");
    await admin.page.getByText("Add a person…").click();
    await admin.page.getByLabel("Their name").fill("grace");
    await admin.page.getByRole("button", { name: "Add them" }).click();
    const link = admin.page.getByText(/\/sign-in\?token=/);
    await link.waitFor(PATIENCE);
    assert.deepEqual(await axeFindings(admin.page), []);

    await using sales = await openPage(browser);
    const { page } = sales;
    await page.goto((await link.textContent()) ?? "");
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor(PATIENCE);
    await page.getByRole("button", { name: "Pause…" }).click();
    await page.getByText("Only operations and admins pause mail and agents.").waitFor(PATIENCE);
    await page.keyboard.press("Escape");
    await goTo(page, "/inbox");
    await page.getByRole("article").getByRole("button", { name: "Claim" }).click();
    await page.getByRole("article").getByText("Yours").waitFor(PATIENCE);
    await page.getByRole("article").getByRole("link", { name: "Ada", exact: true }).click();
    await page.getByText("Everything that happened").waitFor(PATIENCE);
    await page.getByText("Why this score").waitFor(PATIENCE);
    assert.equal(await page.getByText("Erase this person…").count(), 0);

    await goTo(page, "/people");
    await page.getByLabel("A password, to sign in without a link").fill("a long and quiet river");
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.getByText("Your password holds from now on.").waitFor(PATIENCE);
    assert.equal(await page.getByRole("region", { name: "Sessions" }).count(), 0);
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await page.getByLabel("Name").fill("grace");
    await page.getByLabel("Password").fill("a long and quiet river");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor(PATIENCE);

    await admin.page.getByRole("button", { name: "Remove grace" }).click();
    await page.getByText("You are signed out.").waitFor({ timeout: 20_000 });
  });

  test("an analyst reads everything and is offered no verb that is not theirs; where one would stand, it says whose it is", async () => {
    const simulator = await startModelSimulator({ script: simulatedAnswer });
    await using _ = { [Symbol.asyncDispose]: () => simulator.close() };
    await using served = await serveEngine({
      agents: [scoresByPoints],
      mail: { window: false },
      models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, agents: ["outreach_agent"] },
    });
    const { engine } = served.tested;
    await engine.append([
      formSubmitted({ email: ADA, firstname: "Ada", points: 20 }),
      formSubmitted({ points: 80, email: "bob@acme-systems.example", firstname: "Bob" }),
    ]);
    await engine.idle();
    await adaAnswers(engine, "What does it cost?");
    await engine.db.query(
      "insert into dead_letters (subscription, event, attempts, error) values ('workflows', 1, 1, 'TypeError')",
    );
    await engine.db.query(
      `insert into alerts (audience, name, title, body, once_key, created_at) values ('admin', 'queue_slow', 'Slow', 'Text', 'one', now())`,
    );
    await engine.actions.addPerson({ name: "alan", roles: ["analyst"] }, { by: "cli:root" });
    await engine.actions.pauseMail({ reason: "a test" }, { by: "cli:root" });

    await using ours = await openPage(browser);
    const { page } = ours;
    await page.goto(await served.gateway.signInLink("alan"));
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor(PATIENCE);
    await goTo(page, "/conversations");
    await page.getByRole("link", { name: /What does it cost/ }).click();
    await page.getByText("Answering is for sales, operations and admins.").waitFor(PATIENCE);
    await goTo(page, "/drafts");
    await page.getByText("Deciding on e-mails is for sales, operations and admins.").waitFor(PATIENCE);
    await page.keyboard.press("a");
    for (const [screen, seen, verb] of [
      ["/drafts", page.getByRole("article"), /Approve|Edit|Refuse/],
      ["/conversations", page.getByRole("list", { name: "Conversations" }), /^Send/],
      ["/agents", page.getByRole("list", { name: "Agents" }), /^(Pause|Resume) /],
      ["/alerts?unseen=names", page.getByRole("list", { name: "Alerts by name" }), /ute/],
      ["/dead-letters", page.getByRole("list", { name: "Events set aside" }), /Try|Put away/],
      ["/tasks?state=FAILED", page.getByText("Nothing has failed."), /Try/],
      ["/outbox", page.getByText("No mail leaves."), /Let mail leave/],
      ["/health", page.getByRole("list").first(), /Resume/],
    ] as const) {
      await goTo(page, screen);
      await seen.first().waitFor(PATIENCE);
      assert.equal(await page.getByRole("main").getByRole("button", { name: verb }).count(), 0, screen);
    }
    assert.equal((await engine.queries.drafts({})).drafts.length, 1, "no key decides either");
    assert.deepEqual(ours.complaints, []);
  });
});
