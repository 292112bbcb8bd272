/** Servers that are elsewhere: how they let us in, and what becomes of a session that is lost. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type TestEngine, testEngine } from "../factories/engine.ts";
import { ECHO, testServers } from "./mcp-client.fixture.ts";
import { type Answer, json, remote } from "./remote.fixture.ts";

describe("a remote server", () => {
  let test: TestEngine;
  before(async () => {
    test = await testEngine({ pack: false });
  });
  after(async () => {
    await test[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await test.engine.db.query("delete from mcp_servers");
  });

  const serversAt = (url: string, more: object = {}) =>
    testServers(test, "", { tools: { scout: ["test/echo"] }, server: { command: undefined, args: [], url, ...more } });

  it("is called with its token", async () => {
    await using there = await remote(undefined, new Set(["the-token"]));
    await using one = serversAt(there.url, { token: "the-token" });
    assert.deepEqual(await one.tools(1).call(ECHO, { text: "x" }), { ok: true, text: "You said: x" });
    assert.ok(there.tokens.every((token) => token === "the-token"));
  });

  it("that does not take the token says so by name, and is left alone", async () => {
    await using there = await remote(undefined, new Set(["another"]));
    await using one = serversAt(there.url, { token: "the-token" });
    const results = [await one.tools(1).call(ECHO, {}), await one.tools(2).call(ECHO, {})];
    assert.deepEqual(
      results.map((result) => !result.ok && result.outcome),
      ["unauthorised", "server_down"],
    );
  });

  it("gives a token for client credentials", async () => {
    await using there = await remote(undefined, new Set(["granted"]));
    await using one = serversAt(there.url, {
      oauth: { issuer: there.origin, clientId: "millrace", clientSecret: "shh", scope: "crm.read" },
    });
    assert.equal((await one.tools(1).call(ECHO, { text: "x" })).ok, true);
    assert.equal(there.grants.length, 1);
    const [{ grant_type, scope, basic } = {}] = there.grants;
    assert.deepEqual(
      { grant_type, scope, basic },
      { grant_type: "client_credentials", scope: "crm.read", basic: "millrace:shh" },
    );
  });

  it("gives a token for a refresh token", async () => {
    await using there = await remote(undefined, new Set(["granted"]));
    await using one = serversAt(there.url, {
      oauth: { issuer: there.origin, clientId: "millrace", clientSecret: "shh", refreshToken: "again" },
    });
    assert.deepEqual(await one.tools(1).call(ECHO, { text: "x" }), { ok: true, text: "You said: x" });
    assert.deepEqual(
      there.grants.map(({ grant_type, refresh_token }) => [grant_type, refresh_token]),
      [["refresh_token", "again"]],
    );
  });

  it("that names another authorization server is not given the secret", async () => {
    await using there = await remote(undefined, new Set(["granted"]));
    const oauth = { issuer: "https://auth.example.com", clientId: "millrace", clientSecret: "shh" };
    await using one = serversAt(there.url, { oauth });
    const result = await one.tools(1).call(ECHO, {});
    assert.deepEqual([!result.ok && result.outcome, there.grants], ["unauthorised", []]);
  });

  it("that has lost the session is given another one", async () => {
    await using there = await remote();
    await using one = serversAt(there.url);
    const tools = one.tools(1);
    await tools.call(ECHO, { text: "1" });
    there.sessions.clear();
    assert.deepEqual(await tools.call(ECHO, { text: "2" }), { ok: true, text: "You said: 2" });
  });

  it("that is busy for a moment is asked again", async () => {
    let busy = 1;
    await using there = await remote(async (incoming, answer) => {
      if (incoming.method !== "POST" || busy === 0) return false;
      busy--;
      json(answer, 503, {});
      return true;
    });
    await using one = serversAt(there.url);
    assert.equal((await one.tools(1).call(ECHO, { text: "x" })).ok, true);
  });

  const WRONG: readonly (readonly [what: string, outcome: string, answer: Answer])[] = [
    [
      "a page of HTML",
      "not_started",
      (_, answer) => !!answer.writeHead(200, { "content-type": "text/html" }).end("<h1>Hi"),
    ],
    ["JSON of another kind", "not_mcp", (_, answer) => json(answer, 200, { ok: true })],
    ["nothing for ever", "hung", () => true],
    [
      "more than anybody can read",
      "flooded",
      (_, answer) => {
        answer.writeHead(200, { "content-type": "application/json" });
        answer.write(`{"jsonrpc":"2.0","x":"`);
        answer.end("x".repeat(21_000_000));
        return true;
      },
    ],
  ];
  for (const [what, outcome, answer] of WRONG) {
    it(`that answers with ${what}: "${outcome}"`, async () => {
      await using there = await remote(answer);
      await using one = testServers(test, "", {
        tools: { scout: ["test/echo"] },
        startTimeout: outcome === "hung" ? "1s" : "10s",
        server: { command: undefined, args: [], url: there.url },
      });
      const result = await one.tools(1).call(ECHO, {});
      assert.equal(!result.ok && result.outcome, outcome, JSON.stringify(result));
    });
  }

  it('that is not there: "not_started"', async () => {
    const there = await remote();
    await there[Symbol.asyncDispose]();
    await using one = serversAt(there.url);
    const result = await one.tools(1).call(ECHO, {});
    assert.equal(!result.ok && result.outcome, "not_started");
  });
});
