/** The console's picture of health: what is wrong stands first, a stopped agent is resumed with one click, and what is over is grey. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import { startGateway } from "../../packages/millrace/src/http/server.ts";
import { pauseAgent } from "../../packages/millrace/src/tasks/circuits.ts";
import { testEngine } from "../factories/engine.ts";
import { axeFindings, goTo, openBrowser, overflowOf } from "./browser.fixture.ts";

const PATIENCE = { timeout: 60_000 };

suite("health in the console", () => {
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  for (const width of [360, 1400]) {
    test(`at ${width} px an alert, a stopped agent and what is over can be read, and the agent is resumed`, async () => {
      await using tested = await testEngine({ monitor: { memoryMb: 1 } }, { clock: systemClock });
      const { engine } = tested;
      const gateway = await startGateway(engine, { port: 0 });
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      try {
        await engine.monitor?.turnNow();
        await engine.idle();
        await engine.db.transaction((tx) =>
          pauseAgent(tx, { agent: "data_enricher", by: "grace", now: engine.clock.now() }),
        );
        const page = await context.newPage();
        await page.goto(await gateway.signInLink("ada"));
        await page.getByRole("link", { name: "Not well" }).click();
        const health = page.getByRole("region", { name: "What is wrong" });
        await health.getByText("Resource alert").first().waitFor(PATIENCE);
        await health.getByText("Paused by grace.").waitFor(PATIENCE);
        assert.deepEqual(await axeFindings(page), []);
        assert.equal(await overflowOf(page), 0);
        await engine.db.query("update alerts set resolved_at = now()");
        await goTo(page, "/alerts");
        await page.locator(".alert.over").getByText("resolved").waitFor(PATIENCE);
        await goTo(page, "/health");
        if (process.env.MILLRACE_TEST_SHOTS) {
          await page.screenshot({ path: `${process.env.MILLRACE_TEST_SHOTS}/health-${width}.png`, fullPage: true });
        }
        await health.getByRole("button", { name: "Resume data enricher" }).click();
        await health.getByRole("button", { name: "Resume data enricher" }).waitFor({ state: "detached", ...PATIENCE });
        assert.equal((await engine.db.query("select 1 from agent_circuits where state <> 'closed'")).length, 0);
      } finally {
        await context.close();
        await gateway.close();
      }
    });
  }
});
