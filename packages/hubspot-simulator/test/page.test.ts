/** The simulator's own page in a real browser: a person works, and the engine's side hears of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "../../../test/browser/browser.fixture.ts";
import { callApi, simulatorFor, until } from "./simulator.fixture.ts";

test("a person finds a contact, changes its score, completes a task and turns a fault on", async (t) => {
  const simulator = await simulatorFor(t, { seed: true });
  const browser = await openBrowser();
  t.after(() => browser.close());
  for (const width of [360, 1400]) {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const problems: string[] = [];
      page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(error.message));
      await page.goto(simulator.url);
      await page.getByText("Ada Lovelace").waitFor();
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      assert.equal(overflow, 0, `nothing sticks out at ${width}`);
      if (process.env.SCREENSHOTS)
        await page.screenshot({ path: `${process.env.SCREENSHOTS}/${width}-${colorScheme}.png`, fullPage: true });
      assert.deepEqual(problems, []);
      await page.close();
    }
  }

  const page = await browser.newPage();
  await page.goto(simulator.url);
  const row = page.locator(".row", { hasText: "Ada Lovelace" });
  await row.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Lead score").fill("88");
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/editor.png` });
  await page.getByRole("button", { name: "Save as a person" }).click();
  await page.locator(".row", { hasText: "score 88" }).waitFor();
  const ada = await callApi(
    simulator,
    "GET",
    "/crm/v3/objects/contacts/ada@engines.example?idProperty=email&propertiesWithHistory=lead_score",
  );
  const { lead_score: history } = ada.body.propertiesWithHistory as { lead_score: Record<string, unknown>[] };
  assert.deepEqual([history[0]?.value, history[0]?.sourceType, history[0]?.updatedByUserId], ["88", "CRM_UI", 7]);

  await row.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Lead score").fill("many");
  await page.getByRole("button", { name: "Save as a person" }).click();
  await page.getByText("was not a valid number").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: /^tasks/ }).click();
  await page.locator(".row", { hasText: "Call Grace" }).getByRole("button", { name: "Complete" }).click();
  await page.locator(".row", { hasText: "COMPLETED" }).waitFor();
  await page.getByLabel("429 Too many requests").selectOption("1");
  await until(() => simulator.faults.settings.tooManyRequests === 1, "the fault is on");
  await callApi(simulator, "GET", "/crm/v3/objects/contacts");
  await page.locator(".entry", { hasText: "(tooManyRequests)" }).waitFor();
});
