/** An engineer's day by keyboard: what happened, what was set aside and is taken again, counted first; a workflow's counts, tried on one contact. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { agent, on, opt, task, when, workflow } from "../../packages/millrace/src/index.ts";
import { formSubmitted } from "../factories/engine.ts";
import { openBrowser, openConsole } from "./browser.fixture.ts";
import { go, PATIENCE, press, serveEngine } from "./console.fixture.ts";

const health = { isIll: true };
const quiet = agent({
  name: "quiet",
  kinds: ["quiet_work"],
  run: async (tasks) => tasks.map(() => ({ outcome: "completed" as const, result: null })),
});
const kinds = { quiet_work: { about: "Nothing.", priority: "LOW", dueIn: "1h", doneBy: "quiet" } } as const;
const breaks = when<"form_submitted">("is of the fair", ({ event }) => {
  if (health.isIll && event.data.form === "fair") throw new Error("cannot read the stand");
  return event.data.form === "fair";
});
const fair = workflow("fair_leads", {}, [on("form_submitted", opt("fair", breaks, task("quiet_work" as never)))]);

suite("an engineer's day by keyboard", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("events are found by what they say, and the dead letters of a cause are taken again, counted first", async () => {
    health.isIll = true;
    await using served = await serveEngine({ agents: [quiet], tasks: kinds, workflows: [fair] });
    const { engine } = served.tested;
    await engine.append([1, 2, 3].map((n) => formSubmitted({ email: `p${n}@fair-systems.example` }, "fair", `${n}`)));
    await engine.idle();
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    await go(page, "e", "Events");
    await page.keyboard.press("/");
    await page.keyboard.type("p2@fair");
    const events = page.getByRole("list", { name: "Events" }).getByRole("listitem");
    await page.getByText("Form “fair”").first().waitFor(PATIENCE);
    await page.waitForURL(/q=p2/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("heading", { level: 2 }).waitFor(PATIENCE);
    await page.keyboard.press("Escape");
    assert.ok((await events.count()) >= 1);

    await go(page, "x", "Dead letters");
    const cause = page.getByRole("region", { name: /cannot read the stand/ });
    await cause.getByText("3 events").waitFor(PATIENCE);
    health.isIll = false;
    await press(page, cause.getByRole("button", { name: "Try these again…" }));
    await cause.getByText("3 events will be decided again. Correct the cause first.").waitFor(PATIENCE);
    assert.equal((await engine.queries.deadLetters({})).deadLetters.length, 3, "counting does nothing");
    await press(page, cause.getByRole("button", { name: "Try 3 again" }));
    await page.getByText("Nothing is set aside.").waitFor(PATIENCE);
    await engine.append([4, 5].map((n) => formSubmitted({ email: `p${n}@fair-systems.example` }, "fair", `${n}`)));
    await engine.idle();

    await go(page, "w", "Workflows");
    await press(page, page.getByRole("link", { name: "Fair leads" }));
    await page.getByRole("heading", { level: 1, name: "Fair leads" }).waitFor(PATIENCE);
    await page.getByRole("region", { name: "Diagram" }).getByText("5", { exact: true }).first().waitFor(PATIENCE);
    await page.getByLabel("E-mail address or id").focus();
    await page.keyboard.type("p1@fair-systems.example");
    await page.keyboard.press("Enter");
    await page
      .getByRole("region", { name: "Try it on one contact" })
      .getByText(/quiet work/i)
      .first()
      .waitFor(PATIENCE);
    assert.equal(
      (await engine.queries.tasks({ kind: "quiet_work", state: "finished" })).tasks.length,
      5,
      "nothing is done",
    );
    assert.deepEqual(opened.complaints, []);
  });
});
