/** The console's picture of health: what is wrong stands first, a stopped agent is resumed with one click, and what is over is grey. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { systemClock } from "../../packages/millrace/src/clock.ts";
import { startGateway } from "../../packages/millrace/src/gateway/server.ts";
import { pauseAgent } from "../../packages/millrace/src/tasks/circuits.ts";
import { testEngine } from "../factories/engine.ts";
import { openBrowser } from "./browser.fixture.ts";

const CHECKS = readFileSync(new URL("page-checks.js", import.meta.url), "utf8");
const PATIENCE = { timeout: 10_000 };

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
        const health = page.locator("#engine");
        await health.getByText("not well").waitFor(PATIENCE);
        await health.getByText("resource alert").first().waitFor(PATIENCE);
        await health.getByText("Paused by grace.").waitFor(PATIENCE);
        assert.deepEqual(await page.evaluate(`${CHECKS}pageChecks.faintTexts()`), []);
        assert.deepEqual(await page.evaluate(`${CHECKS}pageChecks.namelessControls()`), []);
        assert.equal(
          await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
          0,
        );
        await engine.db.query("update alerts set resolved_at = now()");
        await page.reload();
        await page.locator("#alerts .over").getByText("resolved").waitFor(PATIENCE);
        if (process.env.MILLRACE_TEST_SHOTS) {
          await health.scrollIntoViewIfNeeded();
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
