/** The enricher's browser on hostile ground: whatever a page tries, nobody it may not reach is reached, and it ends. */
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { after, before, describe, it } from "node:test";
import { addressGuard } from "../../packages/millrace/src/web/address-guard.ts";
import { type WebBrowser, webBrowser } from "../../packages/millrace/src/web/browser.ts";
import { answers, drips, fixture, redirectTo, type SiteServer, serveSite, silent } from "../sites/site-server.ts";
import { browserPath } from "./browser.fixture.ts";

const COMPANY = JSON.stringify({ name: "Fjord Cloud", claim: "Hosting for hospitals", people: 240 });

/** A page of a thousand letters, so that it is one even without its scripts. */
const page = (body: string) => `<!doctype html><title>Page</title><body>${body}<p id="end">The end.</p></body>`;

describe("the enricher's browser", () => {
  let executablePath = "";
  let canary: SiteServer;
  let open: WebBrowser | undefined;

  before(async () => {
    executablePath = await browserPath();
    canary = await serveSite({
      "/": "secret",
      "/secret.js": answers(200, "text/javascript", "document.title='reached'"),
    });
  });
  after(async () => {
    await open?.close();
    await canary[Symbol.asyncDispose]();
  });

  /** One page of a site, through one browser for all tests that do not end it. */
  async function rendered(pages: Parameters<typeof serveSite>[0], timeoutMs = 15_000) {
    await using site = await serveSite(pages);
    const guard = addressGuard({ allowedHosts: [site.host] });
    const browser = webBrowser({ guard, executablePath, timeoutMs });
    try {
      return { ...(await browser.render(site.url)), asked: [...site.asked] };
    } finally {
      await browser.close();
    }
  }

  it("shows a page as its scripts have written it", async () => {
    const shown = await rendered({
      "/": fixture("scripted.html"),
      "/company.json": answers(200, "application/json", COMPANY),
    });
    assert.ok(
      shown.ok && shown.text.includes("Fjord Cloud Hosting for hospitals"),
      JSON.stringify(shown).slice(0, 500),
    );
  });

  const TRIES: readonly (readonly [what: string, body: (private_: string) => string])[] = [
    ["a script", (url) => `<script src="${url}/secret.js"></script>`],
    ["a style sheet", (url) => `<link rel="stylesheet" href="${url}/x.css">`],
    ["an image", (url) => `<img src="${url}/x.png">`],
    ["a frame", (url) => `<iframe src="${url}/"></iframe>`],
    ["fetch", (url) => `<script>fetch("${url}/", {mode:"no-cors"})</script>`],
    [
      "a form that sends itself",
      (url) => `<form action="${url}/" method="post"></form><script>document.forms[0].submit()</script>`,
    ],
    ["a web socket", (url) => `<script>new WebSocket("${url.replace("http", "ws")}/socket")</script>`],
    ["an event stream", (url) => `<script>new EventSource("${url}/events")</script>`],
    ["a beacon", (url) => `<script>navigator.sendBeacon("${url}/beacon", "x")</script>`],
    ["a new window", (url) => `<script>window.open("${url}/window")</script>`],
    ["going there", (url) => `<script>location = "${url}/"</script>`],
    ["meta refresh", (url) => `<meta http-equiv="refresh" content="0;url=${url}/">`],
    ["a hint to connect early", (url) => `<link rel="preconnect" href="${url}"><link rel="prefetch" href="${url}/x">`],
    ["a worker", (url) => `<script>new Worker(URL.createObjectURL(new Blob(["fetch('${url}/')"])))</script>`],
    ["a redirect of a sub-resource", () => `<script src="/away"></script><script>fetch("/away")</script>`],
    [
      "a download",
      (url) => `<a id="a" href="${url}/file" download>x</a><script>document.getElementById("a").click()</script>`,
    ],
  ];
  /** One page for each way and each name of the canary. */
  function tries(names: readonly string[]) {
    const pages: Record<string, Parameters<typeof serveSite>[0][string]> = { "/away": redirectTo(canary.url) };
    for (const [i, [, body]] of TRIES.entries()) {
      for (const [n, name] of names.entries()) pages[`/${i}-${n}`] = page(body(name));
    }
    return pages;
  }

  it("reaches nobody on the loopback interface, by any of 16 ways, under any of its names", async () => {
    const port = canary.url.split(":").at(-1);
    const names = [canary.url, `http://localhost:${port}`, `http://[::1]:${port}`, `http://2130706433:${port}`];
    await using site = await serveSite(tries(names));
    open = webBrowser({ guard: addressGuard({ allowedHosts: [site.host] }), executablePath });
    for (const [i, [what]] of TRIES.entries()) {
      const shown = await Promise.all(names.map((_, n) => open?.render(`${site.url}/${i}-${n}`)));
      assert.equal(shown.length, names.length, what);
      assert.deepEqual(canary.asked, [], `reached by ${what}`);
    }
  });

  it("would reach it by most of these ways, were it allowed", async () => {
    await using site = await serveSite(tries([canary.url]));
    const guard = addressGuard({ allowedHosts: [site.host, canary.host] });
    const browser = webBrowser({ guard, executablePath });
    const reached: string[] = [];
    for (const [i, [what]] of TRIES.entries()) {
      await browser.render(`${site.url}/${i}-0`);
      if (canary.asked.splice(0).length > 0) reached.push(what);
    }
    await browser.close();
    assert.ok(reached.length >= 12, reached.join(", "));
  });

  it("sends no datagram past its proxy", async () => {
    const socket = createSocket("udp4");
    let received = 0;
    socket.on("message", () => received++);
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const stun = `stun:127.0.0.1:${socket.address().port}`;
    await rendered({
      "/": page(`<script>const c = new RTCPeerConnection({iceServers: [{urls: "${stun}"}]}); c.createDataChannel("x");
        c.createOffer().then((offer) => c.setLocalDescription(offer));
        try { new WebTransport("https://127.0.0.1:${socket.address().port}/") } catch {}</script>`),
    });
    socket.close();
    assert.equal(received, 0);
  });

  it("opens neither a private page nor one a redirect leads to", async () => {
    const browser = webBrowser({ guard: addressGuard(), executablePath });
    for (const address of [
      canary.url,
      "http://169.254.169.254/",
      "file:///etc/passwd",
      "chrome://version",
      "data:text/html,x",
    ]) {
      assert.equal((await browser.render(address)).ok, false, address);
    }
    await browser.close();
    assert.equal((await rendered({ "/": redirectTo(canary.url) })).ok, false);
    assert.deepEqual(canary.asked, []);
  });

  it("does not open what robots.txt forbids", async () => {
    await using site = await serveSite({ "/": page("x") });
    const browser = webBrowser({ guard: addressGuard({ allowedHosts: [site.host] }), executablePath });
    const no = { ok: false, why: "no", isTransient: false } as const;
    assert.deepEqual(await browser.render(site.url, { forbids: async () => no }), no);
    assert.deepEqual(site.asked, []);
    await browser.close();
  });

  const ENDLESS: Readonly<Record<string, Parameters<typeof serveSite>[0]>> = {
    "an endless loop": { "/": page("<script>for (;;);</script>") },
    "an endless loop after it is there": { "/": page("<script>setTimeout(() => { for (;;); }, 100)</script>") },
    "dialogs without end": { "/": page("<script>for (let i = 0; i < 1e9; i++) alert(i)</script>") },
    "a page that drips": { "/": drips },
    "a site that says nothing": { "/": silent },
    "a page that always goes on": { "/": page("<script>location = '/?' + Math.random()</script>") },
  };
  for (const [what, pages] of Object.entries(ENDLESS)) {
    it(`${what}: the visit ends, and so does the browser`, async () => {
      const shown = await rendered(pages, 3_000);
      assert.ok(shown.ok || shown.why !== "");
    });
  }

  it("takes no more of a page than two million characters, whatever its scripts put in the place of ours", async () => {
    const shown = await rendered({
      "/": page(`<script>document.body.append("x".repeat(5e6));
        String.prototype.slice = function () { return this };
        Object.defineProperty(Element.prototype, "outerHTML", { get: () => "lies" });</script>`),
    });
    assert.ok(shown.ok && shown.text.length === 2_000_000 && !shown.text.startsWith("lies"));
  });

  it("ends when nobody needs it any more, and another one starts for the next page", async () => {
    await using site = await serveSite({ "/": page("x") });
    const browser = webBrowser({ guard: addressGuard({ allowedHosts: [site.host] }), executablePath, idleMs: 50 });
    assert.equal((await browser.render(site.url)).ok, true);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal((await browser.render(site.url)).ok, true);
    await browser.close();
  });

  it("says so when the browser is not there", async () => {
    const browser = webBrowser({ guard: addressGuard(), executablePath: "/nowhere/chromium" });
    await assert.rejects(browser.render("http://acme.example/"), { code: "browser_unavailable" });
    await browser.close();
  });

  it("ends at once when the task is taken away", async () => {
    await using site = await serveSite({ "/": silent });
    const browser = webBrowser({ guard: addressGuard({ allowedHosts: [site.host] }), executablePath });
    const abort = new AbortController();
    const shown = browser.render(site.url, { signal: abort.signal });
    setTimeout(() => abort.abort(new Error("lease lost")), 300);
    await assert.rejects(shown, /lease lost/);
    await browser.close();
  });
});
