/** Passkeys in the console: added, used to sign in and taken away, with the browser's own virtual device. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { axeFindings, goTo, openBrowser, openConsole, openPage, shoot } from "./browser.fixture.ts";
import { PATIENCE, serveEngine } from "./console.fixture.ts";

/** A device in the machine that knows its person. @returns a way to say whether the person is there. */
async function giveDevice(page: Page): Promise<(isThere: boolean) => Promise<void>> {
  const debuggers = await page.context().newCDPSession(page);
  await debuggers.send("WebAuthn.enable");
  const { authenticatorId } = await debuggers.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return async (isThere) => {
    await debuggers.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: isThere });
  };
}

/** The console at localhost, where browsers make passkeys; a link is used up at the address it names. */
async function openAtLocalhost(browser: Browser, link: string) {
  const opened = await openPage(browser);
  const device = await giveDevice(opened.page);
  await opened.page.goto(link.replace("127.0.0.1", "localhost"));
  await opened.page.getByRole("heading", { level: 1, name: "Today" }).waitFor(PATIENCE);
  return { ...opened, device };
}

suite("passkeys in the console", () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  test("a person adds one, signs in by it with neither name nor password, and takes it away; then it signs nobody in", async () => {
    await using served = await serveEngine();
    await using ours = await openAtLocalhost(browser, await served.gateway.signInLink("ada"));
    const { page, device } = ours;
    await goTo(page, "/people");
    await page.getByLabel("A passkey of this device").fill("My laptop");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("The passkey is added: you can sign in by it.").waitFor(PATIENCE);
    const mine = page.getByRole("list", { name: "Passkeys" });
    await mine.getByText("My laptop").waitFor(PATIENCE);
    await page.getByText("1 session, has 1 passkey").waitFor(PATIENCE);
    await shoot(page, "passkeys-people");
    assert.deepEqual(await axeFindings(page), []);

    await page.getByLabel("A passkey of this device").fill("The same again");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("This device has a passkey of yours already.").waitFor(PATIENCE);

    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    const signIn = page.getByRole("button", { name: "Sign in with a passkey" });
    await signIn.waitFor(PATIENCE);
    await shoot(page, "passkeys-sign-in");
    assert.deepEqual(await axeFindings(page), []);
    await device(false);
    await signIn.click();
    await page.getByText("The device gave no passkey").waitFor(PATIENCE);
    await device(true);
    await signIn.click();
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor(PATIENCE);
    await goTo(page, "/people");
    await page.getByText("by passkey").waitFor(PATIENCE);
    const [signedIn] = (await served.tested.engine.queries.events({ type: "signed_in" })).events;
    assert.deepEqual([signedIn?.actor, signedIn?.data], ["person:ada", { person: "ada", via: "passkey" }]);

    await page.getByRole("button", { name: "Remove the passkey My laptop" }).click();
    await page.getByText("signs no one in any more").waitFor(PATIENCE);
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await signIn.click();
    await page.getByText("The passkey is not one that signs anybody in here").waitFor(PATIENCE);
  });

  test("at an address of digits the page says where passkeys work, before and after signing in", async () => {
    await using served = await serveEngine();
    await using admin = await openConsole(browser, served.gateway, "/people");
    const { port } = new URL(served.gateway.url);
    const link = admin.page.getByRole("link", { name: `http://localhost:${port}/console/people` });
    await link.waitFor(PATIENCE);
    assert.equal(await admin.page.getByRole("button", { name: "Add a passkey" }).count(), 0);
    await shoot(admin.page, "passkeys-digits");
    await admin.page.getByRole("button", { name: "Sign out everywhere" }).click();
    await admin.page.getByRole("link", { name: `http://localhost:${port}/console` }).waitFor(PATIENCE);
    assert.equal(await admin.page.getByRole("button", { name: "Sign in with a passkey" }).count(), 0);
  });
});
