/** A wrong reading, found and corrected by a person in a browser: the page of a message that came in. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import { type Gateway, startGateway } from "../../packages/millrace/src/http/server.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { axeFindings, openBrowser, openConsole, overflowOf, shoot } from "./browser.fixture.ts";
import { PATIENCE } from "./console.fixture.ts";
import { ADA, adaAnswers } from "./reply.fixture.ts";

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
    await page.getByRole("link", { name: /from ada@acme-systems.example/ }).click();
    const drawer = page.getByRole("article");
    await drawer.getByLabel("Their own words").getByText("Unsubscribe").waitFor(PATIENCE);
    await drawer.getByText("Opted out").first().waitFor(PATIENCE);
    await drawer.getByText(/^cut: .*attribution/).waitFor(PATIENCE);
    await drawer.getByText("Headers as they came").click();
    await drawer.getByText("X-Mailer: Dragonfly 1.0").waitFor(PATIENCE);

    await drawer.getByLabel("The contact").selectOption("positive");
    await drawer.getByRole("button", { name: "Read it so" }).click();
    await drawer.getByText("there is no reason for the record").waitFor(PATIENCE);
    await drawer.getByLabel("Why").fill("She meant another sender.");
    await drawer.getByRole("button", { name: "Read it so" }).click();
    await drawer.getByText("Opt-out lifted").first().waitFor(PATIENCE);
    await drawer.getByText("100 %, sure, by ada").waitFor(PATIENCE);
    await tested.engine.idle();
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
    assert.equal(await opened.page.title(), "Conversations – Millrace");
    assert.deepEqual(opened.complaints, []);
  });

  test("a reply is answered from its conversation, taken back by z within its seconds, and sent the second time", async () => {
    await using _ = await withReply("What does it cost?");
    await using opened = await openConsole(browser, gateway, "/conversations");
    const { page } = opened;
    await page.getByRole("link", { name: /What does it cost/ }).click();
    const answer = page.getByLabel("Your answer");
    await answer.fill("It is 40 a month.");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Your answer leaves in ten seconds.").waitFor(PATIENCE);
    assert.equal(await answer.inputValue(), "");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back: it was not sent.").waitFor(PATIENCE);
    assert.equal(await answer.inputValue(), "It is 40 a month.", "the words are there again");
    await answer.fill("It is 50 a month.");
    await page.keyboard.press("Control+Enter");
    await until(async () => (await answersOf(tested)).length > 0);
    assert.deepEqual(await answersOf(tested), [
      { body: "It is 50 a month.", subject: "Re: Thank you for getting in touch" },
    ]);
    await page.getByText("No one waits for an answer.").waitFor(PATIENCE);
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
      assert.equal(await overflowOf(page), 0);
      assert.deepEqual(await axeFindings(page), []);
    });
  }

  /** A contact who was sent a message and answers it. */
  async function withReply(words: string): Promise<AsyncDisposable> {
    tested = await testEngine({ mail: { window: false } }, { clock: systemClock });
    await tested.engine.append([formSubmitted({ email: ADA, firstname: "Ada" })]);
    await tested.engine.idle();
    await adaAnswers(tested.engine, words);
    gateway = await startGateway(tested.engine, { port: 0 });
    return {
      async [Symbol.asyncDispose]() {
        await gateway.close();
        await tested[Symbol.asyncDispose]();
      },
    };
  }

  async function openMessage(page: Page) {
    await page
      .getByRole("link", { name: /from ada@/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "How it was read" }).waitFor(PATIENCE);
  }

  function signedIn(width?: number, colorScheme?: "light" | "dark") {
    return openConsole(browser, gateway, "/conversations?view=mail", width, colorScheme);
  }
});

/** What left beside the e-mails of workflows. */
function answersOf({ engine }: TestEngine) {
  return engine.db.query<{ body: string; subject: string }>(
    "select body, subject from emails where state = 'sent' and template <> 'thank_you' order by id",
  );
}

/** For people who look at it themselves: MILLRACE_TEST_SHOTS=folder. */
