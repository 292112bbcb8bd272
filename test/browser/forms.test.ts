/** Forms of another site, sent by a real browser in each way there is: all of them are one submission. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type Gateway, startGateway } from "../../packages/millrace/src/http/server.ts";
import { type TestEngine, testEngine } from "../factories/engine.ts";
import { openBrowser } from "./browser.fixture.ts";

const TIMEOUT_MS = 30_000;

const JSON_TYPE = "{ 'content-type': 'application/json', 'idempotency-key': email }";
const READ = "return [answer.status, typeof (await answer.json()).position];";

/** What a script of the site does, with `door` and the visitor's `email`, and what it has of it then. */
const WAYS: Readonly<Record<string, { script: string; has: readonly unknown[] }>> = {
  "fetch of JSON": {
    script: `const answer = await fetch(door, { method: "POST", headers: ${JSON_TYPE}, body: JSON.stringify({ email }) }); ${READ}`,
    has: [202, "number"],
  },
  "fetch of FormData": {
    script: `const body = new FormData();
      for (const [name, value] of [["email", email], ["interests", "prices"], ["interests", "demo"]]) body.append(name, value);
      const answer = await fetch(door, { method: "POST", body }); ${READ}`,
    has: [202, "number"],
  },
  "fetch of URLSearchParams": {
    script: `const answer = await fetch(door, { method: "POST", body: new URLSearchParams({ email }) }); ${READ}`,
    has: [202, "number"],
  },
  "beacon of JSON": {
    script: `return [navigator.sendBeacon(door, new Blob([JSON.stringify({ email })], { type: "application/json" }))];`,
    has: [true],
  },
  "beacon of text": { script: "return [navigator.sendBeacon(door, JSON.stringify({ email }))];", has: [true] },
};

/** Runs a script in the page of the site. */
function inPage(page: Page, script: string, ...values: readonly string[]): Promise<unknown> {
  return page.evaluate(
    `(async (door, email) => { ${script} })(${values.map((value) => JSON.stringify(value)).join(", ")})`,
  );
}

describe("a form of another site", () => {
  let browser: Browser;
  let tested: TestEngine;
  let gateway: Gateway;
  let site: Server;
  let siteUrl: string;

  before(async () => {
    browser = await openBrowser();
    tested = await testEngine({});
    gateway = await startGateway(tested.engine, { port: 0 });
    site = createServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end(`<!doctype html><title>Acme</title><form method="post" action="${gateway.url}/forms/demo">
        <input name="email" value="plain@acme-systems.example"><button>Send</button></form>`);
    }).listen(0, "127.0.0.1");
    await once(site, "listening");
    siteUrl = `http://localhost:${(site.address() as AddressInfo).port}/`;
  });
  after(async () => {
    site?.close();
    await browser?.close();
    await gateway?.close();
    await tested?.[Symbol.asyncDispose]();
  });

  async function arrived(email: string): Promise<number> {
    const until = Date.now() + TIMEOUT_MS;
    for (;;) {
      const [row] = await tested.engine.db.query<{ count: number }>(
        "select count(*) from events where type = 'form_submitted' and data->'fields'->>'email' = $1",
        [email],
      );
      if ((row?.count ?? 0) > 0 || Date.now() > until) return row?.count ?? 0;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  for (const [name, { script, has }] of Object.entries(WAYS)) {
    it(`arrives by ${name}, and its script can read the answer`, async () => {
      const email = `${name.toLowerCase().replaceAll(" ", "-")}@acme-systems.example`;
      const page = await browser.newPage();
      await page.goto(siteUrl);
      assert.deepEqual(await inPage(page, script, `${gateway.url}/forms/demo`, email), has);
      assert.equal(await arrived(email), 1);
      await page.close();
    });
  }

  it("arrives by a plain submit, and the visitor sees a page of thanks", async () => {
    const page = await browser.newPage();
    await page.goto(siteUrl);
    await Promise.all([page.waitForURL(/\/forms\/demo\/thanks$/), page.getByRole("button").click()]);
    assert.equal(await arrived("plain@acme-systems.example"), 1);
    await page.close();
  });

  it("is refused with words its script can read, and nothing is recorded", async () => {
    const page = await browser.newPage();
    await page.goto(siteUrl);
    const script = `const answer = await fetch(door, { method: "POST", headers: ${JSON_TYPE}, body: '{"firstname":"Ada"}' });
      return { status: answer.status, field: (await answer.json()).field };`;
    const read = await inPage(page, script, `${gateway.url}/forms/demo`, "none");
    assert.deepEqual(read, { status: 400, field: "email" });
    await page.close();
  });

  it("is the only door open to other sites: events are not", async () => {
    const page = await browser.newPage();
    await page.goto(siteUrl);
    const script = `return fetch(door, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })
      .then(() => false, () => true);`;
    const refused = await inPage(page, script, `${gateway.url}/events`);
    assert.equal(refused, true);
    await page.close();
  });
});
