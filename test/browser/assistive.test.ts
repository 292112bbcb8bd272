/** What assistive software gets in the main tasks: the tree of each step, by role, name and state. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser, Locator } from "playwright-core";
import { formSubmitted } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { openBrowser, openConsole } from "./browser.fixture.ts";
import { hotLead, PATIENCE, serveEngine } from "./console.fixture.ts";
import { ADA, adaAnswers } from "./reply.fixture.ts";

suite("what assistive software gets", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("from the inbox to a task that is done", async () => {
    await using served = await serveEngine();
    const { engine } = served.tested;
    await engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await engine.idle();
    await using opened = await openConsole(browser, served.gateway, "/inbox");
    const { page } = opened;
    const detail = page.getByRole("article");
    await detail.getByText("Why this score").waitFor(PATIENCE);
    assert.equal(
      await treeOf(page.getByRole("main").getByRole("list", { name: "Tasks" })),
      `- list "Tasks":
  - listitem:
    - checkbox "Select Call a hot lead, Ada"
    - link "Ada 95 hot due TIME Call a hot lead CTO, Bigcorp":
      - text: Ada 95 hot
      - time: due TIME
      - text: Call a hot lead CTO, Bigcorp`,
    );
    const tree = await treeOf(detail);
    assert.equal(
      tree.slice(0, tree.indexOf('  - region "Last messages"')),
      `- article "Ada":
  - paragraph:
    - text: Call a hot lead ·
    - time: due TIME
  - heading "Ada" [level=2]:
    - link "Ada"
  - paragraph: CTO, Bigcorp
  - paragraph: "Call them TIME: the promise is five minutes from form to action."
  - button "Claim c"
  - button "Done… d"
  - button "Snooze s"
  - button "Hand over…"
`,
    );
    for (const region of ["Last messages", "Facts", "Why this score"])
      assert.ok(tree.includes(`  - region "${region}":\n    - heading "${region}`), region);
    await page.keyboard.press("c");
    await detail.getByText("Yours").waitFor(PATIENCE);
    await page.keyboard.press("d");
    await page.getByLabel("What came of it?").waitFor(PATIENCE);
    assert.equal(
      await treeOf(detail.locator("form.note")),
      `- text: What came of it?
- 'button "Reached: meeting booked 1"'
- 'button "Reached: call back later 2"'
- button "No answer, left a message 3"
- button "Not interested 4"
- textbox "What came of it?"
- button "Mark as done Ctrl ⏎"
- button "Not yet"`,
    );
    await page.keyboard.press("1");
    await page.getByText("“Call a hot lead” done.").waitFor(PATIENCE);
    assert.match(
      await treeOf(page.locator(".toasts")),
      /^- status:[\s\S]*text: “Call a hot lead” done\.\n {2}- button "Undo z"/,
    );
    await until(
      async () => (await engine.queries.tasks({ kind: "hot_lead_review", state: "COMPLETED" })).tasks.length === 1,
    );
  });

  test("from the conversations to an answer that leaves", async () => {
    await using served = await serveEngine({ mail: { window: false } });
    const { engine } = served.tested;
    await engine.append([formSubmitted({ email: ADA, firstname: "Ada" })]);
    await engine.idle();
    await adaAnswers(engine, "What does it cost?");
    await using opened = await openConsole(browser, served.gateway, "/conversations");
    const { page } = opened;
    const list = page.getByRole("list", { name: "Conversations" });
    await list.getByRole("listitem").first().waitFor(PATIENCE);
    await page.keyboard.press("j");
    await page.getByLabel("Your answer").waitFor(PATIENCE);
    assert.equal(
      await treeOf(list),
      `- list "Conversations":
  - listitem:
    - link "Ada 12 TIME What does it cost? asks something waits for us":
      - text: Ada 12
      - time: TIME
      - text: What does it cost? asks something waits for us`,
    );
    assert.equal(
      await treeOf(page.getByRole("article")),
      `- article "Ada":
  - heading "Ada" [level=2]:
    - link "Ada"
  - paragraph: 12 low Acme Systems
  - list "Messages":
    - listitem:
      - paragraph:
        - text: We wrote
        - time: TIME
      - group: Thank you for getting in touch
      - link "Why it was sent"
    - listitem:
      - paragraph:
        - text: They wrote
        - time: TIME
        - text: asks something
      - paragraph: "Re: Thank you for getting in touch"
      - region "Their own words": What does it cost?
      - group: "cut: signature, attribution, quoted"
      - group: Read wrongly? Why it was read so
  - text: Your answer
  - textbox "Your answer"
  - button "Send Ctrl ⏎" [disabled]`,
    );
    await page.getByLabel("Your answer").fill("40 a month.");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Your answer leaves in ten seconds.").waitFor(PATIENCE);
    assert.equal(
      await treeOf(page.locator(".toasts")),
      `- status:
  - text: Your answer leaves in ten seconds.
  - button "Undo z"
  - button "Dismiss"`,
    );
  });
});

/** Roles, names and states as assistive software has them; what the clock and the rubric say is left out. */
async function treeOf(part: Locator): Promise<string> {
  return (await part.ariaSnapshot())
    .replaceAll(/\b(now|in \d+ \w+|\d+ \w+ ago|overdue[^"\n]*)\b/g, "TIME")
    .replaceAll(/\n *- \/(url|placeholder):.*/g, "")
    .replaceAll(/^( *- (?:link|textbox) "[^"]*"(?: \[\w+\])?):$(?!\n *- (?:text|time))/gm, "$1")
    .replaceAll(/ \[ref=\w+\]| \[cursor=\w+\]/g, "");
}
