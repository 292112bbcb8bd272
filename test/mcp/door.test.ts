/** The door of the MCP server: who is let in, and what is answered to what is no question. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testGateway } from "../http/gateway.fixture.ts";
import { clientOf, gatewayWithLead, keyWith } from "./mcp.fixture.ts";

const ACCEPT = { accept: "application/json, text/event-stream" };
const LIST = { jsonrpc: "2.0", id: 1, method: "tools/list" };

describe("the door /mcp", () => {
  for (const [named, headers, status] of [
    ["a program, which sends no origin", {}, 200],
    ["a page of this engine", { origin: "OWN" }, 200],
    ["a page of another site", { origin: "https://evil.example" }, 403],
    ["a page of another port of this machine", { origin: "http://127.0.0.1:1" }, 403],
    ["a file", { origin: "null" }, 403],
  ] as const) {
    it(`answers ${named} with ${status}`, async () => {
      await using tested = await testGateway();
      const own = "origin" in headers && headers.origin === "OWN";
      const origin = (own ? { origin: tested.url } : headers) as Record<string, string>;
      const response = await tested.post("/mcp", LIST, { ...ACCEPT, ...origin });
      assert.equal(response.status, status);
      if (status === 403) assert.equal(((await response.json()) as { code: string }).code, "forbidden");
    });
  }

  it("keeps no session and sends no stream: GET and DELETE are 405, as the protocol says", async () => {
    await using tested = await testGateway();
    for (const method of ["GET", "DELETE"]) {
      const response = await tested.call("/mcp", { method, headers: ACCEPT });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get("allow"), "POST");
    }
  });

  for (const [what, body, headers, status, code] of [
    ["what is no JSON", "{", ACCEPT, 400, -32_700],
    ["what is no JSON-RPC", '{"hello":1}', ACCEPT, 400, -32_700],
    ["a client that takes no stream", JSON.stringify(LIST), { accept: "application/json" }, 406, -32_000],
    [
      "a version of the protocol there is not",
      JSON.stringify(LIST),
      { ...ACCEPT, "mcp-protocol-version": "1999-01-01" },
      400,
      -32_000,
    ],
  ] as const) {
    it(`answers ${what} with ${status}, as the protocol says`, async () => {
      await using tested = await testGateway();
      const response = await tested.call("/mcp", {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      });
      assert.equal(response.status, status);
      assert.equal(((await response.json()) as { error: { code: number } }).error.code, code);
      assert.deepEqual(tested.troubles, []);
    });
  }

  it("answers a notification with 202 and nothing", async () => {
    await using tested = await testGateway();
    const response = await tested.post("/mcp", { jsonrpc: "2.0", method: "notifications/initialized" }, ACCEPT);
    assert.equal(response.status, 202);
    assert.equal(await response.text(), "");
  });

  it("lets no one in without a key, and says how to get one", async () => {
    await using tested = await testGateway();
    const response = await tested.post("/mcp", LIST, { ...ACCEPT, authorization: "Bearer mr_wrong" });
    assert.equal(response.status, 401);
    assert.match(response.headers.get("www-authenticate") ?? "", /^Bearer/);
    assert.match(((await response.json()) as { next: string }).next, /millrace keys create/);
  });

  it("says of a failure of ours that it failed, and no word of why", async () => {
    await using tested = await gatewayWithLead();
    await using reader = await clientOf(tested.url, await keyWith(tested, "reader", ["read"]));
    await tested.engine.db.query("alter table alerts rename to alerts_gone");
    const { isError, answer, text } = await reader.call("alerts");
    assert.equal(isError, true);
    assert.equal(answer.code, "internal_error");
    assert.doesNotMatch(text, /alerts_gone|relation|select/i);
    assert.equal(tested.troubles.length, 1);
    await tested.engine.db.query("alter table alerts_gone rename to alerts");
  });

  it("serves many at once, each with its own answer", async () => {
    await using tested = await gatewayWithLead();
    await using reader = await clientOf(tested.url, await keyWith(tested, "reader", ["read"]));
    const asked = Array.from({ length: 50 }, (_, i) => reader.call("events", { limit: (i % 5) + 1 }));
    const lengths = (await Promise.all(asked)).map(({ answer }) => answer.events.length);
    assert.deepEqual(
      lengths,
      Array.from({ length: 50 }, (_, i) => (i % 5) + 1),
    );
  });
});
