/** An admin's day by keyboard: health, mail paused and resumed, a person invited and signed out, a key made and rotated, connections tested. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { mailServer } from "../servers/smtp.ts";
import { axeFindings, openBrowser, openConsole, openPage, overflowOf, shoot } from "./browser.fixture.ts";
import { go, PATIENCE, press, serveEngine } from "./console.fixture.ts";

suite("an admin's day by keyboard", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("mail is paused from any screen with a reason, and resumed; who did it is shown", async () => {
    await using served = await serveEngine();
    const { engine } = served.tested;
    await engine.monitor?.turnNow();
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    await go(page, "s", "Health");
    await press(page, page.getByRole("button", { name: "Pause…" }));
    await page.getByLabel("All mail, at once. What is asked for meanwhile waits.").focus();
    await page.keyboard.type("wrong price");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Mail is paused" }).waitFor(PATIENCE);
    assert.equal((await engine.queries.mail({})).isPaused, true);
    await press(page, page.getByRole("button", { name: "Let mail leave" }));
    await page.getByText("Mail leaves again.").waitFor(PATIENCE);
    assert.equal((await engine.queries.mail({})).isPaused, false);
    assert.deepEqual(opened.complaints, []);
  });

  test("a person is invited, signed out everywhere, and is out at once", async () => {
    await using served = await serveEngine();
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    await go(page, "p", "People");
    await press(page, page.getByText("Add a person…"));
    await page.getByLabel("Their name, as the log names them").focus();
    await page.keyboard.type("grace");
    await press(page, page.getByRole("button", { name: "Add them" }));
    const link = page.getByText(/\/sign-in\?token=/);
    await link.waitFor(PATIENCE);
    await using theirs = await openPage(browser);
    await theirs.page.goto((await link.textContent()) ?? "");
    await theirs.page.getByRole("heading", { level: 1, name: "Today" }).waitFor(PATIENCE);
    const sessions = page.getByRole("region", { name: "Sessions" });
    await sessions.getByText("grace").waitFor(PATIENCE);
    await sessions.getByText("Chrome on Linux").first().waitFor(PATIENCE);
    assert.doesNotMatch(await sessions.innerText(), /Mozilla/);
    await press(page, page.getByRole("button", { name: "Sign out grace everywhere" }));
    await page.getByText("grace is signed out everywhere.").waitFor(PATIENCE);
    await theirs.page.getByText("You are signed out.").waitFor({ timeout: 20_000 });
  });

  test("a key is made and rotated, each secret shown once; connections are tested; spend is seen by day", async () => {
    await using server = await mailServer();
    await using served = await serveEngine({ mail: { smtpUrl: server.url, from: "Us <us@ours.example>" } });
    const { engine } = served.tested;
    await engine.db.query(
      `insert into model_calls (task, step, agent, prompt, model, request_hash, state, reserved_usd, cost_usd, asked_at)
       select n, 'one', (array['reply_classifier', 'outreach_agent'])[n % 2 + 1], 'p@1', 'claude-sonnet-5-5', 'x', 'answered', 0.1,
              0.02 * (n % 9 + 1), now() - n * interval '9 hours' from generate_series(0, 30) n`,
    );
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    await go(page, "p", "People");
    await press(page, page.getByText("Make a key…"));
    await page.getByLabel("Its name").focus();
    await page.keyboard.type("nightly");
    await page.keyboard.press("Enter");
    const made = page.getByText(/^mr_/);
    await made.waitFor(PATIENCE);
    const first = (await made.textContent()) ?? "";
    await press(page, page.getByRole("button", { name: "Rotate the key nightly" }));
    await press(page, page.getByRole("button", { name: "Make a new secret" }));
    const second = page.getByRole("list", { name: "Keys" }).getByText(/^mr_/);
    await second.waitFor(PATIENCE);
    assert.notEqual(await second.textContent(), first);
    for (const key of [first, await second.textContent()]) {
      const response = await fetch(`${served.gateway.url}/api/contacts`, {
        headers: { authorization: `Bearer ${key}` },
      });
      assert.equal(response.status, 200);
    }
    await shoot(page, "keys");

    await go(page, "n", "Connections");
    await press(page, page.getByRole("button", { name: "Test Mail server" }));
    await page.getByText("127.0.0.1 answers, and takes our name and password.").waitFor(PATIENCE);
    assert.equal(server.letters.length, 0);
    assert.deepEqual(await axeFindings(page), []);
    await shoot(page, "connections");

    await go(page, "a", "Agents");
    await page.getByRole("img", { name: /^All agents: / }).waitFor(PATIENCE);
    assert.equal(await page.getByRole("list", { name: "Spend by day" }).getByRole("listitem").count(), 3);
    await page.getByRole("list", { name: "Spend by day" }).scrollIntoViewIfNeeded();
    await shoot(page, "spend");
    await page.setViewportSize({ width: 390, height: 900 });
    assert.deepEqual(await axeFindings(page), []);
    assert.equal(await overflowOf(page), 0);
    await shoot(page, "spend-phone");
    assert.deepEqual(opened.complaints, []);
  });
});

/** For people who look at it themselves: MILLRACE_TEST_SHOTS=folder. */
