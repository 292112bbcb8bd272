/** The Connections screen: HubSpot, mail, the model and a server of tools, tested by a person while they are well, refuse us, are gone or slow. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { until } from "../factories/until.ts";
import { type Outside, outside } from "../operations/connections.fixture.ts";
import { axeFindings, openBrowser, openConsole, overflowOf, shoot } from "./browser.fixture.ts";
import { hotLead, PATIENCE, press, serveEngine } from "./console.fixture.ts";

const NAMES = ["HubSpot", "Mail server", "Language model", "Tools of people"] as const;

suite("the connections screen", () => {
  let browser: Browser;
  let there: Outside;

  before(async () => {
    [browser, there] = await Promise.all([openBrowser(), outside()]);
  });
  after(async () => {
    await browser?.close();
    await there?.[Symbol.asyncDispose]();
  });

  test("what is well answers, by keyboard; until it is asked it is said to be untested", async () => {
    await using served = await serveEngine(there.config);
    await using opened = await openConsole(browser, served.gateway, "/connections");
    const { page } = opened;
    for (const name of NAMES) await rowOf(page, name).getByText("not tested", { exact: true }).waitFor(PATIENCE);
    for (const name of NAMES) await press(page, page.getByRole("button", { name: `Test ${name}` }));
    for (const name of NAMES) await rowOf(page, name).getByText("answers", { exact: true }).waitFor(PATIENCE);
    await rowOf(page, "HubSpot")
      .getByText(/^HubSpot answers for portal \d+\. It took \d/)
      .waitFor(PATIENCE);
    assert.equal(await page.getByText("Next:").count(), 0);
    await shoot(page, "connections-well");
    assert.deepEqual(opened.complaints, []);
  });

  test("what refuses us says what it refuses, and what to set instead", async () => {
    await using served = await serveEngine(there.refused);
    await using opened = await openConsole(browser, served.gateway, "/connections");
    const { page } = opened;
    await pressAll(page);
    for (const [name, saw, next] of [
      ["HubSpot", "HubSpot refuses our token (401).", "make a new token in HubSpot and set HUBSPOT_ACCESS_TOKEN."],
      ["Mail server", "127.0.0.1 refuses our name or our password (535).", "correct the name and the password"],
      ["Language model", "The key is refused (401).", "set another key (models.apiKey)."],
      ["Tools of people", 'The server "people" does not let us in.', "set another token"],
    ] as const)
      await failsBy(page, name, saw, next);
    assert.deepEqual(await axeFindings(page), []);
    await shoot(page, "connections-refused");
  });

  test("what is not there says so beside its last error at work, on a phone too", async () => {
    await using served = await serveEngine(there.gone);
    const { engine } = served.tested;
    await engine.append([hotLead("ada@ada-systems.com", "Ada")]);
    await until(async () => {
      const { connections } = await engine.queries.connections({});
      return connections.some(({ name, lastError }) => name === "mail" && lastError !== null);
    });
    await using opened = await openConsole(browser, served.gateway, "/connections", 390);
    const { page } = opened;
    await rowOf(page, "Mail server")
      .getByText(/^Last error at work \(.+\): .*ECONNREFUSED/)
      .waitFor(PATIENCE);
    await pressAll(page);
    for (const [name, setting] of [
      ["HubSpot", "hubspot.baseUrl"],
      ["Mail server", "mail.smtpUrl"],
      ["Language model", "models.baseUrl"],
      ["Tools of people", "mcp.servers.people"],
    ] as const)
      await failsBy(page, name, "cannot be reached: nothing answers at 127.0.0.1:", setting);
    assert.deepEqual(await axeFindings(page), []);
    assert.equal(await overflowOf(page), 0);
    await shoot(page, "connections-gone-phone");
  });

  test("what is slow is waited for in plain sight, each by itself, and is called slow when it answers", async () => {
    await using slow = await outside();
    await using served = await serveEngine(slow.slow);
    await using opened = await openConsole(browser, served.gateway, "/connections");
    const { page } = opened;
    await pressAll(page);
    for (const name of NAMES) {
      await rowOf(page, name).getByText("No answer yet. It is given up after ten seconds.").waitFor(PATIENCE);
      assert.equal(await page.getByRole("button", { name: `Test ${name}` }).isDisabled(), true);
    }
    await shoot(page, "connections-asking");
    slow.open();
    for (const name of NAMES) await rowOf(page, name).getByText("answers slowly", { exact: true }).waitFor(PATIENCE);
    assert.equal(await page.getByText("No answer yet.").count(), 0);
    await shoot(page, "connections-slow");
  });

  test("what never answers is given up, and can be asked again", async () => {
    await using silent = await outside();
    await using served = await serveEngine({ ...silent.slow, mcp: { ...silent.slow.mcp, startTimeout: "3s" } });
    await using opened = await openConsole(browser, served.gateway, "/connections");
    const { page } = opened;
    await pressAll(page);
    for (const name of NAMES) await failsBy(page, name, /did not answer within \d+ s\./, "then try again.");
    silent.open();
    await pressAll(page);
    for (const name of NAMES)
      await rowOf(page, name)
        .getByText(/^answers( slowly)?$/)
        .waitFor(PATIENCE);
  });
});

function rowOf(page: Page, name: string) {
  return page.getByRole("list", { name: "Outside" }).getByRole("listitem").filter({ hasText: name });
}

async function pressAll(page: Page): Promise<void> {
  for (const name of NAMES) await page.getByRole("button", { name: `Test ${name}` }).click();
}

/** The row says that it fails, why, and what to do. */
async function failsBy(page: Page, name: string, saw: string | RegExp, next: string): Promise<void> {
  const row = rowOf(page, name);
  await row.getByText("fails", { exact: true }).waitFor(PATIENCE);
  await row.getByRole("status").getByText(saw).waitFor(PATIENCE);
  assert.match(await row.getByRole("status").innerText(), new RegExp(`Next: .*${next.replaceAll(/[.()]/g, "\\$&")}`));
}
