import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answers,
  bomb,
  brokenGzip,
  cutOff,
  drips,
  fixture,
  huge,
  redirectTo,
  serveSite,
  silent,
} from "../../../../test/sites/site-server.ts";
import { ManualClock } from "../base/clock.ts";
import { addressGuard } from "./address-guard.ts";
import { type FetchOptions, fetchPage } from "./fetch-page.ts";
import { robots } from "./robots.ts";
import { visitCookies } from "./visit-cookies.ts";

type Pages = Parameters<typeof serveSite>[0];

/** Fetches one path of a site of these pages, the way an admin's exception lets it. */
async function fetched(pages: Pages, path = "/", options: Partial<FetchOptions> = {}) {
  await using site = await serveSite(pages);
  const guard = addressGuard({ allowedHosts: [site.host] });
  return { ...(await fetchPage(site.url + path, { guard, ...options })), asked: site.asked };
}

async function why(pages: Pages, path = "/", options: Partial<FetchOptions> = {}): Promise<string> {
  const answer = await fetched(pages, path, options);
  assert.equal(answer.ok, false);
  return answer.ok ? "" : `${answer.why}${answer.isTransient ? " (for now)" : ""}`;
}

test("a page is fetched with its address, status, size and text", async () => {
  const page = await fetched({ "/": fixture("company.html") });
  assert.ok(page.ok && page.status === 200 && page.text.includes("Fjord Cloud") && page.bytes > 1_000);
});

test("the site sees who we are, and neither cookies nor credentials", async () => {
  let headers: Record<string, unknown> = {};
  await fetched({
    "/": (incoming, answer) => {
      headers = incoming.headers;
      answer.writeHead(302, { location: "/b", "set-cookie": "a=1" }).end();
    },
    "/b": (incoming, answer) => {
      headers = incoming.headers;
      answer.end("x");
    },
  });
  assert.match(String(headers["user-agent"]), /^Millrace\//);
  for (const name of ["cookie", "authorization", "referer"]) assert.equal(headers[name], undefined);
});

test("redirects are followed to the page they lead to, at most five of them", async () => {
  const five = {
    "/1": redirectTo("/2", 301),
    "/2": redirectTo("3", 303),
    "/3": redirectTo("/4", 307),
    "/4": redirectTo("/5", 308),
  };
  const page = await fetched({ "/": redirectTo("/1"), ...five, "/5": "there" });
  assert.ok(page.ok && page.url.endsWith("/5"));
  assert.equal(
    await why({ "/": redirectTo("/1"), ...five, "/5": redirectTo("/6"), "/6": "there" }),
    "it redirects more than 5 times",
  );
  const round = await fetched({ "/": redirectTo("/") });
  assert.ok(!round.ok && round.asked.length === 6);
});

const AWAY = [
  ..."http://169.254.169.254/ http://[::1]/ //127.0.0.1/x http://0x7f.1/ http://2130706433/ http://localhost/".split(
    " ",
  ),
  ..."http://[fd00::1]/ http://10.0.0.1/ http://168.63.129.16/ https://127.0.0.1:22/ http://a:b@93.184.215.14/".split(
    " ",
  ),
  ..."file:///etc/passwd javascript:alert(1) data:text/html,x gopher://127.0.0.1/ ftp://127.0.0.1/ http://%00/".split(
    " ",
  ),
];
for (const location of AWAY) {
  test(`a redirect to ${location} ends the visit, and nobody there is asked`, async () => {
    await using canary = await serveSite({});
    const text = await why({ "/": redirectTo(location), "/2": redirectTo(canary.url) });
    assert.doesNotMatch(text, /for now/);
    assert.match(await why({ "/": redirectTo(canary.url) }), /port \d+ is not visited/);
    assert.deepEqual(canary.asked, []);
  });
}

test("a name that answers with a private address is never connected to", async () => {
  await using canary = await serveSite({ "/": "secret" });
  const guard = addressGuard({ resolve: async () => [{ address: "127.0.0.1", family: 4 }] });
  const answer = await fetchPage("http://rebinding.example/", { guard });
  assert.deepEqual(answer, { ok: false, why: "rebinding.example is not a public address", isTransient: false });
  assert.deepEqual(canary.asked, []);
});

test("a page of 50 MB and a bomb of 100 MB end at the limit, and cost no more memory than that", async () => {
  const before = process.memoryUsage().rss;
  assert.match(await why({ "/": huge }), /larger than 5120 KB/);
  assert.match(await why({ "/": bomb }), /larger than 5120 KB/);
  const cut = await fetched({ "/": huge }, "/", { tooLarge: "cut", maxBytes: 1_000 });
  assert.ok(cut.ok && cut.bytes === 1_000);
  assert.ok(process.memoryUsage().rss - before < 300 * 1024 * 1024);
});

test("a site that drips or says nothing ends with the time for the visit", async () => {
  for (const page of [drips, silent]) {
    assert.equal(await why({ "/": page }, "/", { timeoutMs: 200 }), "it took longer than 0.2 s (for now)");
  }
});

test("the time is for all redirects together", async () => {
  const slowly: Parameters<typeof serveSite>[0][string] = (_incoming, answer) => {
    setTimeout(() => answer.writeHead(302, { location: "/" }).end(), 120);
  };
  assert.match(await why({ "/": slowly }, "/", { timeoutMs: 300 }), /longer than 0.3 s/);
});

test("the caller's signal ends it with the caller's reason", async () => {
  await using site = await serveSite({ "/": drips });
  const guard = addressGuard({ allowedHosts: [site.host] });
  await assert.rejects(
    fetchPage(site.url, { guard, signal: AbortSignal.abort(new Error("lease lost")) }),
    /lease lost/,
  );
  await assert.rejects(fetchPage(site.url, { guard, signal: AbortSignal.timeout(50) }), { name: "TimeoutError" });
});

const TROUBLES: readonly (readonly [what: string, page: Pages[string] | undefined, says: RegExp])[] = [
  ["no page", undefined, /^it answered 404$/],
  ["a broken server", answers(500), /^it answered 500 \(for now\)$/],
  ["a site that asks for patience", answers(429), /^it answered 429 \(for now\)$/],
  ["a door that is closed", answers(403), /^it answered 403$/],
  ["a film", answers(200, "video/mp4", "x"), /^it is not a page but video\/mp4$/],
  ["packed text that is none", brokenGzip, /^it could not be read/],
  ["half a page", cutOff, /^it could not be read: .* \(for now\)$/],
];
for (const [what, page, says] of TROUBLES) {
  test(`${what} is a result, not an error`, async () => assert.match(await why(page ? { "/": page } : {}), says));
}

test("a site nobody answers at may be there in a moment", async () => {
  const site = await serveSite({});
  await site[Symbol.asyncDispose]();
  const answer = await fetchPage(site.url, { guard: addressGuard({ allowedHosts: [site.host] }) });
  assert.ok(!answer.ok && answer.isTransient);
});

const CHARSETS: readonly (readonly [what: string, type: string, body: Buffer])[] = [
  ["the header", "text/html; charset=ISO-8859-1", Buffer.from("Käse", "latin1")],
  [
    "the meta tag",
    "text/html",
    Buffer.concat([Buffer.from('<meta charset="windows-1252">'), Buffer.from("Käse", "latin1")]),
  ],
  ["the first bytes", "text/html; charset=ascii", Buffer.from("\ufeffKäse", "utf8")],
  ["the first bytes of UTF-16", "text/html", Buffer.from("\ufeffKäse", "utf16le")],
  ["nobody", "text/html", Buffer.from("Käse")],
  ["an unknown word", "text/html; charset=klingon", Buffer.from("Käse")],
];
for (const [who, type, body] of CHARSETS) {
  test(`letters are read as ${who} says`, async () => {
    const page = await fetched({ "/": answers(200, type, body) });
    assert.ok(page.ok && page.text.includes("Käse"));
  });
}

test("a header that lies about the charset gives wrong letters, never an error", async () => {
  const page = await fetched({ "/": answers(200, "text/html; charset=utf-16", Buffer.from([0xff, 0x00, 0xd8, 0x41])) });
  assert.ok(page.ok);
});

const robotsSays = (text: string) => ({
  "/robots.txt": answers(200, "text/plain", text),
  "/": "home",
  "/about": "about",
});

test("what robots.txt forbids is not asked for, under our own name and under everybody's", async () => {
  for (const text of ["User-agent: *\nDisallow: /", "User-agent: millrace\nDisallow: /\n\nUser-agent: *\nAllow: /"]) {
    await using site = await serveSite(robotsSays(text));
    const guard = addressGuard({ allowedHosts: [site.host] });
    const { forbids } = robots(guard, new ManualClock());
    const answer = await fetchPage(site.url, { guard, forbids });
    assert.deepEqual(answer, { ok: false, why: "its robots.txt asks us not to visit", isTransient: false });
    assert.deepEqual(site.asked, []);
  }
});

test("robots.txt forbids a redirect's end too, and allows the rest", async () => {
  await using site = await serveSite({
    ...robotsSays("User-agent: *\nDisallow: /private"),
    "/": redirectTo("/private/x"),
  });
  const guard = addressGuard({ allowedHosts: [site.host] });
  const { forbids } = robots(guard, new ManualClock());
  assert.equal((await fetchPage(site.url, { guard, forbids })).ok, false);
  assert.equal((await fetchPage(`${site.url}/about`, { guard, forbids })).ok, true);
  assert.deepEqual(site.asked, ["/", "/about"]);
});

for (const [status, isVisited] of [
  [404, true],
  [403, true],
  [500, false],
  [503, false],
  [429, false],
] as const) {
  test(`a robots.txt that answers ${status}: the site is ${isVisited ? "" : "not "}visited`, async () => {
    await using site = await serveSite({ "/robots.txt": answers(status), "/": "home" });
    const guard = addressGuard({ allowedHosts: [site.host] });
    const answer = await fetchPage(site.url, { guard, forbids: robots(guard, new ManualClock()).forbids });
    assert.equal(answer.ok, isVisited);
  });
}

test("robots.txt is remembered for an hour", async () => {
  let read = 0;
  await using site = await serveSite({
    "/robots.txt": (_incoming, answer) => {
      read++;
      answer.end("");
    },
    "/": "home",
  });
  const clock = new ManualClock();
  const guard = addressGuard({ allowedHosts: [site.host] });
  const { forbids } = robots(guard, clock);
  for (let i = 0; i < 3; i++) await fetchPage(site.url, { guard, forbids });
  assert.equal(read, 1);
  clock.advance(3_600_000);
  await fetchPage(site.url, { guard, forbids });
  assert.equal(read, 2);
});

test("a robots.txt written to keep us busy is not worked out", async () => {
  const line = `Disallow: /${"*a".repeat(900)}b\n`;
  await using site = await serveSite(robotsSays(`User-agent: *\n${line.repeat(500)}`));
  const guard = addressGuard({ allowedHosts: [site.host] });
  const { forbids } = robots(guard, new ManualClock());
  const answer = await fetchPage(`${site.url}/${"a".repeat(1_900)}`, { guard, forbids });
  assert.ok(!answer.ok && answer.why.includes("takes too long"));
});

test("a page that sends its visitors on at once is followed, and checked again", async () => {
  const refresh = (content: string) => `<html><head><meta http-equiv="refresh" content="${content}"></head>go</html>`;
  const page = (html: string) => (_: unknown, answer: import("node:http").ServerResponse) => {
    answer.writeHead(200, { "content-type": "text/html" }).end(html);
  };
  const there = { "/en/": page("<title>Acme</title>") };
  for (const content of ["0; url=/en/", "0;URL='/en/'", "3, /en/", "1.5; url=en/"]) {
    const answer = await fetched({ "/": page(refresh(content)), ...there });
    assert.ok(answer.ok && answer.text.includes("Acme"), content);
  }
  for (const html of [
    refresh("30; url=/en/"),
    refresh("10"),
    refresh("0; url=/"),
    refresh("0; url=file:///etc/passwd"),
    `<!-- ${refresh("0; url=/en/")} -->`,
    `<noscript>${refresh("0; url=/en/")}</noscript>`,
  ]) {
    const answer = await fetched({ "/": page(html), ...there });
    assert.ok(answer.ok && answer.text === html, html);
  }
  assert.match(await why({ "/": page(refresh("0; url=http://127.0.0.1:1/")) }), /127\.0\.0\.1|port 1 is not visited/);
  assert.match(await why({ "/": page(refresh("0; url=/a")), "/a": page(refresh("0; url=/")) }), /more than 5 times/);
});

test("a site that gives its page only to who brings its cookie is read; the cookie ends with the visit", async () => {
  const seen: (string | undefined)[] = [];
  const site: Pages = {
    "/": (incoming, answer) => {
      seen.push(incoming.headers.cookie);
      if (incoming.headers.cookie?.includes("id=7")) return void answer.end("<title>Acme</title>");
      answer
        .writeHead(302, {
          location: "/",
          "set-cookie": ["id=7; Path=/; HttpOnly", "s=1; Secure", "bad name=1", "old=1; Max-Age=0"],
        })
        .end();
    },
  };
  const cookies = visitCookies();
  const first = await fetched(site, "/", { cookies });
  assert.ok(first.ok && first.text.includes("Acme"));
  assert.deepEqual(seen, [undefined, "id=7"]);
  assert.deepEqual(cookies.headerFor(new URL("http://other.example/")), {}, "no one else is given it");
  assert.match(await why(site), /more than 5 times/);
});
