/** The console stays quick: what is recorded is soon on screen, long lists draw what is seen, and the first screen needs little. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { goTo, openBrowser, openConsole, openPage } from "./browser.fixture.ts";
import { hotLead, PATIENCE, serveEngine } from "./console.fixture.ts";

const KILOBYTE = 1_000;

suite("the console is quick", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("the first screen takes at most 250 kB of script, compressed, and other screens come when they are opened", async () => {
    await using served = await serveEngine();
    await using opened = await openPage(browser);
    const { page } = opened;
    const sent: Promise<number>[] = [];
    page.on("response", (response) => {
      if (!new URL(response.url()).pathname.endsWith(".js")) return;
      const size = response.request().sizes();
      sent.push(size.then(({ responseBodySize }) => responseBodySize));
    });
    await page.goto(await served.gateway.signInLink("ada"));
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor(PATIENCE);
    await page.waitForLoadState("networkidle");
    const first = (await Promise.all(sent)).reduce((sum, bytes) => sum + bytes, 0);
    assert.ok(first > 50 * KILOBYTE && first <= 250 * KILOBYTE, `${first} bytes`);
    const count = sent.length;
    await goTo(page, "/workflows/form_cascade");
    await page.getByText("Form sent").first().waitFor(PATIENCE);
    assert.ok(sent.length > count);
    await Promise.all(sent);
  });

  test("what the first screen shows is asked for while its code is on the way, and once", async () => {
    await using served = await serveEngine();
    await using opened = await openConsole(browser, served.gateway);
    const { page } = opened;
    const held = Promise.withResolvers<void>();
    await page.route(/\/assets\/index-.*\.js$/, async (route) => {
      await held.promise;
      await route.continue();
    });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const early = ["/api/overview", "/api/me", "/api/queue", "/api/today"];
    const begun = Promise.all(early.map((path) => page.waitForRequest((one) => new URL(one.url()).pathname === path)));
    await page.goto(page.url(), { waitUntil: "commit" });
    await begun;
    held.resolve();
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor(PATIENCE);
    await page.getByText("No work is waiting.").waitFor(PATIENCE);
    for (const path of ["/api/me", "/api/queue", "/api/today"])
      assert.equal(asked.filter((one) => one === path).length, 1, path);
    assert.deepEqual(opened.complaints, []);
  });

  test("files of the console are named by their content and kept; the page itself is asked for each time", async () => {
    await using served = await serveEngine();
    const html = await fetch(`${served.gateway.url}/console`, { headers: { "accept-encoding": "identity" } });
    assert.equal(html.headers.get("cache-control"), "no-cache");
    const [, script = ""] = /src="(\/assets\/[^"]+\.js)"/.exec(await html.text()) ?? [];
    const file = await fetch(`${served.gateway.url}${script}`, { headers: { "accept-encoding": "gzip" } });
    assert.match(file.headers.get("cache-control") ?? "", /immutable/);
    assert.equal(file.headers.get("content-encoding"), "gzip");
    const again = await fetch(`${served.gateway.url}${script}`, {
      headers: { "accept-encoding": "gzip", "if-none-match": file.headers.get("etag") ?? "" },
    });
    assert.equal(again.status, 304);
  });

  test("of a list of thousands only what is seen is drawn, and its end can be reached", async () => {
    await using served = await serveEngine();
    const { engine } = served.tested;
    await engine.db.query(
      `insert into alerts (audience, name, title, body, once_key, created_at)
       select 'sales', 'hot_lead', 'Alert ' || n, 'Text', 'many:' || n, now() from generate_series(1, 5000) n`,
    );
    await using opened = await openConsole(browser, served.gateway, "/alerts");
    const { page } = opened;
    const rows = page.getByRole("list", { name: "Alerts" }).getByRole("listitem");
    await rows.first().waitFor(PATIENCE);
    for (
      let screens = 0;
      screens < 400 && (await page.getByText("Alert 1", { exact: true }).count()) === 0;
      screens++
    ) {
      await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
      await page.waitForLoadState("networkidle");
      assert.ok((await rows.count()) < 80, "what is not seen is not drawn");
    }
    await page.getByText("Alert 1", { exact: true }).waitFor(PATIENCE);
  });

  test("new leads wait behind a button while someone points at the list, and nothing moves", async () => {
    await using served = await serveEngine();
    const { engine } = served.tested;
    await engine.append([hotLead("ada@bigcorp-systems.com", "Ada")]);
    await engine.idle();
    await using opened = await openConsole(browser, served.gateway, "/leads");
    const { page } = opened;
    const first = page.locator(".lead").first();
    await first.hover();
    await engine.append([hotLead("bob@other-systems.com", "Bob")]);
    await page.getByRole("button", { name: "1 new" }).waitFor(PATIENCE);
    await first.getByText("Ada").first().waitFor(PATIENCE);
    // On the way to the button the pointer leaves the list.
    await page.getByRole("heading", { level: 1 }).hover();
    await page.getByRole("button", { name: "1 new" }).click();
    await first.getByText("Bob").first().waitFor(PATIENCE);
  });

  test("a list is saved as a file with all its rows, those that match its filters, and no cell is computed", async () => {
    await using served = await serveEngine();
    const { engine } = served.tested;
    await engine.append([hotLead("ada@bigcorp-systems.com", '=HYPERLINK("http://evil.example")')]);
    await engine.idle();
    await engine.db.query(
      `insert into alerts (audience, name, title, body, once_key, created_at)
       select 'sales', 'hot_lead', 'Alert ' || n, 'Text', 'many:' || n, now() from generate_series(1, 1200) n`,
    );
    await using opened = await openConsole(browser, served.gateway, "/leads?band=hot&sort=score");
    const { page } = opened;
    await page.locator(".lead").first().waitFor(PATIENCE);
    const leads = await exported(page);
    assert.match(leads, /,"'=HYPERLINK\(""http:\/\/evil.example""\)",/);
    assert.match(leads, /,"'\+15551234567",/);
    await goTo(page, "/leads?band=low");
    await page.getByText("No lead matches").waitFor(PATIENCE);
    assert.equal((await exported(page)).trim().split("\r\n").length, 1);
    await goTo(page, "/alerts");
    await page.getByRole("list", { name: "Alerts" }).getByRole("listitem").first().waitFor(PATIENCE);
    assert.ok((await exported(page)).trim().split("\r\n").length > 1_200, "also what was not scrolled to");
  });
});

async function exported(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  return (await (await download.createReadStream()).toArray()).join("");
}
