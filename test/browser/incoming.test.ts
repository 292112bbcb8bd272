/** A wrong reading, found and corrected by a person in a browser: the page of a message that came in. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { systemClock } from "../../packages/millrace/src/clock.ts";
import { type Gateway, startGateway } from "../../packages/millrace/src/gateway/server.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { openBrowser, openConsole } from "./browser.fixture.ts";

const CHECKS = readFileSync(new URL("page-checks.js", import.meta.url), "utf8");
const PATIENCE = { timeout: 10_000 };
const ADA = "ada@acme-systems.example";

suite("incoming mail in the console", () => {
  let browser: Browser;
  let tested: TestEngine;
  let gateway: Gateway;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("a reply read as a stop is read again as a yes: the opt-out is lifted, and the page says so", async () => {
    await using _ = await withReply("Unsubscribe");
    await using opened = await signedIn();
    const { page } = opened;
    const row = page.locator("#incoming .row", { hasText: "from ada@acme-systems.example" });
    await row.getByRole("link").click();
    const drawer = page.getByRole("dialog");
    await drawer.getByLabel("Their own words").getByText("Unsubscribe").waitFor(PATIENCE);
    await drawer.getByText("Opted out").waitFor(PATIENCE);
    await drawer.getByText("cut: attribution").waitFor(PATIENCE);
    await drawer.getByText("Headers as they came").click();
    await drawer.getByText("X-Mailer: Dragonfly 1.0").waitFor(PATIENCE);

    await drawer.getByLabel("The contact").selectOption("positive");
    await drawer.getByRole("button", { name: "Read it so" }).click();
    await drawer.getByText("there is no reason for the record").waitFor(PATIENCE);
    await drawer.getByLabel("Why").fill("She meant another sender.");
    await drawer.getByRole("button", { name: "Read it so" }).click();
    await drawer.getByText("Opt-out lifted").waitFor(PATIENCE);
    await drawer.getByText("100 %, sure, by ada").waitFor(PATIENCE);
    const [contact] = await tested.engine.db.query<{ out: boolean }>(
      "select facts->'optedOut' is not null as out from contacts",
    );
    assert.equal(contact?.out, false);
    // The refusal for want of a reason is a 400, which a browser notes by itself.
    assert.deepEqual(
      opened.complaints.filter((line) => !/400/.test(line)),
      [],
    );
  });

  test("what a stranger's message holds is text on the page, never markup", async () => {
    await using _ = await withReply("<img src=x onerror=\"document.title='owned'\"> <b>Yes please</b>, call me.");
    await using opened = await signedIn();
    await openMessage(opened.page);
    await opened.page.getByLabel("Their own words").getByText("<b>Yes please</b>").waitFor(PATIENCE);
    assert.equal(await opened.page.title(), "Millrace");
    assert.deepEqual(opened.complaints, []);
  });

  for (const [width, scheme] of [
    [360, "light"],
    [1400, "dark"],
  ] as const) {
    test(`at ${width} px in ${scheme} nothing of it is cut off and every text can be read`, async () => {
      await using _ = await withReply("Perhaps, we have to see. What a week this was.");
      await using opened = await signedIn(width, scheme);
      const { page } = opened;
      await openMessage(page);
      await page.getByText("Headers as they came").click();
      await shoot(page, `incoming-${width}-${scheme}`);
      const overflow =
        "(() => { const d = document.querySelector('#drawer'); return Math.max(d.scrollWidth - d.clientWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth); })()";
      assert.equal(await page.evaluate(overflow), 0);
      assert.deepEqual(await page.evaluate(`${CHECKS}pageChecks.faintTexts()`), []);
      assert.deepEqual(await page.evaluate(`${CHECKS}pageChecks.namelessControls()`), []);
    });
  }

  /** A contact who was sent a message and answers it. */
  async function withReply(words: string): Promise<AsyncDisposable> {
    tested = await testEngine({ mail: { window: false } }, { clock: systemClock });
    await tested.engine.append([formSubmitted({ email: ADA, firstname: "Ada" })]);
    await tested.engine.idle();
    const [sent] = await tested.engine.db.query<{ messageId: string; subject: string; body: string }>(
      "select message_id as \"messageId\", subject, body from emails where template = 'thank_you'",
    );
    await tested.engine.mail.take(Buffer.from(answerTo(sent ?? assert.fail("nothing was sent"), words)));
    await tested.engine.idle();
    gateway = await startGateway(tested.engine, { port: 0 });
    return {
      async [Symbol.asyncDispose]() {
        await gateway.close();
        await tested[Symbol.asyncDispose]();
      },
    };
  }

  async function openMessage(page: Page) {
    await page.locator("#incoming .row a").first().click();
    await page.getByRole("heading", { name: "How it was read" }).waitFor(PATIENCE);
  }

  function signedIn(width?: number, colorScheme?: "light" | "dark") {
    return openConsole(browser, gateway, width, colorScheme);
  }
});

function answerTo(sent: { messageId: string; subject: string; body: string }, words: string): string {
  const quoted = sent.body.split("\n").map((line) => `> ${line}`);
  return [
    "Received: from mail.acme-systems.example by mx.ours.example; Mon, 02 Mar 2026 10:00:00 +0000",
    `From: Ada Byron <${ADA}>`,
    "To: Sales <sales@ours.example>",
    `Subject: Re: ${sent.subject}`,
    "Message-ID: <1@acme-systems.example>",
    `In-Reply-To: ${sent.messageId}`,
    "X-Mailer: Dragonfly 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    words,
    "",
    "-- ",
    "Ada Byron, CTO",
    "Acme Systems",
    "",
    "On Mon, Mar 2, 2026 at 10:00 AM Sales <sales@ours.example> wrote:",
    ...quoted,
    "",
  ].join("\r\n");
}

/** For people who look at it themselves: MILLRACE_TEST_SHOTS=folder. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.MILLRACE_TEST_SHOTS;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}
