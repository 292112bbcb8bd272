import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startGateway } from "../../packages/millrace/src/http/server.ts";
import { signIn, type TestGateway, testGateway } from "./gateway.fixture.ts";

test("a sign-in link works once and leads to the console", async () => {
  await using tested = await testGateway();
  const link = await tested.gateway.signInLink("ada");
  const first = await fetch(link, { redirect: "manual" });
  assert.equal(first.status, 303);
  assert.equal(first.headers.get("location"), "/");
  const cookie = first.headers.get("set-cookie") ?? "";
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Strict/);
  assert.doesNotMatch(cookie, /Secure/, "the address is plain http on loopback");
  const second = await fetch(link, { redirect: "manual" });
  assert.equal(second.status, 401);
  assert.match(await second.text(), /does not work any more/);
});

test("a program that looks at a sign-in link first uses nothing up", async () => {
  await using tested = await testGateway();
  const link = await tested.gateway.signInLink("ada");
  const look = await fetch(link, { method: "HEAD", redirect: "manual" });
  assert.equal(look.headers.get("set-cookie"), null);
  const cookie = (await fetch(link, { redirect: "manual" })).headers.get("set-cookie");
  assert.match(cookie ?? "", /millrace=/);
});

test("a browser is told to stay with https where people reach the engine by it, and nowhere else", async () => {
  for (const [publicUrl, expected] of [
    ["https://leads.acme.example", "max-age=31536000"],
    ["http://leads.acme.example", null],
  ] as const) {
    await using tested = await testGateway({ publicUrl });
    const { headers } = await fetch(`http://127.0.0.1:${tested.gateway.port}/healthz`);
    assert.equal(headers.get("strict-transport-security"), expected);
  }
});

test("a link older than 15 minutes does not sign anybody in", async () => {
  await using tested = await testGateway();
  const link = await tested.gateway.signInLink("ada");
  await tested.engine.db.query("update sign_in_links set expires_at = clock_timestamp() - interval '1 second'");
  assert.equal((await fetch(link, { redirect: "manual" })).status, 401);
});

test("only hashes of links and sessions are kept", async () => {
  await using tested = await testGateway();
  const cookie = await signIn(tested.gateway, "ada");
  await tested.gateway.signInLink("bob");
  const rows = await tested.engine.db.query("select * from sessions");
  const links = await tested.engine.db.query("select * from sign_in_links");
  assert.ok(!JSON.stringify([rows, links]).includes(cookie.split("=")[1] ?? "?"));
  assert.equal(links.length, 1);
});

test("a session ends after 12 hours, and by signing out", async () => {
  await using tested = await testGateway();
  const ada = await signIn(tested.gateway, "ada");
  const bob = await signIn(tested.gateway, "bob");
  assert.equal(await statusWith(tested, ada), 200);
  await tested.engine.db.query("update sessions set expires_at = clock_timestamp() where person = 'ada'");
  assert.equal(await statusWith(tested, ada), 401);
  const out = await fetch(`${tested.url}/api/sign-out`, {
    method: "POST",
    headers: { cookie: bob, "sec-fetch-site": "same-origin" },
  });
  assert.match(out.headers.get("set-cookie") ?? "", /Max-Age=0/);
  assert.equal(await statusWith(tested, bob), 401);
});

for (const [named, headers, status] of [
  ["our own page", { "sec-fetch-site": "same-origin" }, 404],
  ["our own page in an older browser", { origin: "OWN" }, 404],
  ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, 403],
  ["another port of this machine", { "sec-fetch-site": "same-site" }, 403],
  ["a browser that says nothing", {}, 403],
  ["a file", { origin: "null" }, 403],
] as const) {
  test(`a change with a session, asked for by ${named}, is answered ${status}`, async () => {
    await using tested = await testGateway();
    const origin = "origin" in headers && headers.origin === "OWN" ? { origin: tested.url } : headers;
    const cookie = await signIn(tested.gateway, "ada");
    const response = await fetch(`${tested.url}/api/tasks/999/claim`, {
      method: "POST",
      headers: { cookie, ...origin } as Record<string, string>,
    });
    assert.equal(response.status, status);
  });
}

test("the API key needs no proof of origin", async () => {
  await using tested = await testGateway();
  assert.equal((await tested.post("/api/tasks/999/claim", {}, { "sec-fetch-site": "cross-site" })).status, 404);
});

test("behind https the cookie is for https alone", async () => {
  await using tested = await testGateway({ publicUrl: "https://leads.example.com/" });
  const link = new URL(await tested.gateway.signInLink("ada"));
  assert.equal(link.origin, "https://leads.example.com");
  const response = await fetch(`http://127.0.0.1:${tested.gateway.port}${link.pathname}${link.search}`, {
    redirect: "manual",
  });
  assert.match(response.headers.get("set-cookie") ?? "", /^__Host-millrace=.*; Secure$/);
});

test("a name that is not ours is not answered, so no page can make itself our origin", async () => {
  await using tested = await testGateway();
  for (const [host, status] of [
    ["evil.example", 421],
    [`evil.example:${tested.gateway.port}`, 421],
    ["127.0.0.1.evil.example", 421],
    [`localhost:${tested.gateway.port}`, 200],
    [`127.0.0.1:${tested.gateway.port}`, 200],
  ] as const) {
    assert.equal(await statusOfHost(tested, host), status, host);
  }
});

test("pages allow no foreign code and no frame; answers are not sniffed or kept", async () => {
  await using tested = await testGateway();
  for (const path of ["/", "/console/leads", "/forms/demo"]) {
    const { headers } = await fetch(`${tested.url}${path}`);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.doesNotMatch(policy, /unsafe/, path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(headers.get("referrer-policy"), "no-referrer", path);
  }
  assert.equal((await tested.call("/api/overview")).headers.get("cache-control"), "no-store");
});

test("the API key is made once, for its owner's eyes only", async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "millrace-key-"));
  try {
    await using tested = await testGateway({ dataFolder });
    const file = join(dataFolder, "api-key");
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await readFile(file, "utf8")).trim(), tested.gateway.apiKey);
    const again = await startGateway(tested.engine, { port: 0, dataFolder });
    assert.equal(again.apiKey, tested.gateway.apiKey);
    await again.close();
    await writeFile(file, "hunter2\n");
    await assert.rejects(startGateway(tested.engine, { port: 0, dataFolder }), { code: "invalid_config" });
  } finally {
    await rm(dataFolder, { recursive: true });
  }
});

test("a port that is taken gives way to the next free one, and it says so", async () => {
  await using tested = await testGateway();
  const squatter = createServer();
  const port = await new Promise<number>((resolve) =>
    squatter.listen(0, "127.0.0.1", () => resolve((squatter.address() as { port: number }).port)),
  );
  const gateway = await startGateway(tested.engine, { port });
  assert.equal(gateway.wantedPort, port);
  assert.ok(gateway.port > port);
  assert.equal((await fetch(`${gateway.url}/healthz`)).status, 200);
  await gateway.close();
  squatter.close();
});

async function statusWith(tested: TestGateway, cookie: string): Promise<number> {
  return (await fetch(`${tested.url}/api/overview`, { headers: { cookie } })).status;
}

/** fetch does not let a program choose its Host header. */
function statusOfHost(tested: TestGateway, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port: tested.gateway.port, path: "/healthz", headers: { host }, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}
