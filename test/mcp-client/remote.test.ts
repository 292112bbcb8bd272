/** Servers that are elsewhere: how they let us in, and what becomes of a session that is lost. */
import assert from "node:assert/strict";
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, it } from "node:test";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { type TestEngine, testEngine } from "../factories/engine.ts";
import { ECHO, testServers } from "./mcp-client.fixture.ts";

interface Remote extends AsyncDisposable {
  readonly url: string;
  readonly origin: string;
  /** Sessions the server knows; what is taken out is lost. */
  readonly sessions: Map<string, StreamableHTTPServerTransport>;
  /** Tokens that were sent, in order. */
  readonly tokens: (string | undefined)[];
  /** What the token endpoint was asked. */
  readonly grants: Record<string, string>[];
}

type Answer = (incoming: IncomingMessage, answer: ServerResponse) => boolean | Promise<boolean>;

/** The official SDK's server behind HTTP. @param first answers in its place, where it returns true. */
async function remote(first: Answer = () => false, accepts?: ReadonlySet<string>): Promise<Remote> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const tokens: (string | undefined)[] = [];
  const grants: Record<string, string>[] = [];
  const http: HttpServer = createServer((incoming, answer) => {
    handle(incoming, answer).catch(() => answer.destroy());
  });

  async function handle(incoming: IncomingMessage, answer: ServerResponse): Promise<unknown> {
    const { pathname } = new URL(incoming.url ?? "/", url());
    if (
      pathname === "/.well-known/oauth-protected-resource" ||
      pathname === "/.well-known/oauth-protected-resource/mcp"
    )
      return json(answer, 200, { resource: `${url()}/mcp`, authorization_servers: [url()] });
    if (pathname === "/.well-known/oauth-authorization-server")
      return json(answer, 200, {
        issuer: url(),
        authorization_endpoint: `${url()}/authorize`,
        token_endpoint: `${url()}/token`,
        response_types_supported: ["code"],
        grant_types_supported: ["client_credentials", "refresh_token"],
        token_endpoint_auth_methods_supported: ["client_secret_basic"],
      });
    if (pathname === "/token") {
      const form = Object.fromEntries(new URLSearchParams(await textOf(incoming)));
      grants.push({ ...form, basic: Buffer.from(incoming.headers.authorization?.slice(6) ?? "", "base64").toString() });
      return json(answer, 200, { access_token: "granted", token_type: "Bearer", expires_in: 3_600 });
    }
    if (pathname !== "/mcp") return json(answer, 404, {});
    const token = incoming.headers.authorization?.replace(/^Bearer /, "");
    tokens.push(token);
    if (accepts !== undefined && !accepts.has(token ?? "")) {
      answer.setHeader("www-authenticate", `Bearer resource_metadata="${url()}/.well-known/oauth-protected-resource"`);
      return json(answer, 401, {});
    }
    if (await first(incoming, answer)) return undefined;
    const id = incoming.headers["mcp-session-id"];
    if (id !== undefined && !sessions.has(String(id))) return json(answer, 404, { error: "no such session" });
    const transport = sessions.get(String(id)) ?? (await session());
    return transport.handleRequest(incoming, answer);
  }

  async function session(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id) => {
        sessions.set(id, transport);
      },
    });
    const server = new Server({ name: "remote", version: "1" }, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, () => ({
      tools: [{ name: "echo", inputSchema: { type: "object" }, annotations: { readOnlyHint: true } }],
    }));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) => ({
      content: [{ type: "text", text: `You said: ${params.arguments?.text}` }],
    }));
    await server.connect(transport as never);
    return transport;
  }

  const url = () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    url: `${url()}/mcp`,
    origin: url(),
    sessions,
    tokens,
    grants,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of incoming) text += piece;
  return text;
}

/** @returns true: it was answered. */
function json(answer: ServerResponse, status: number, body: object): true {
  answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  return true;
}

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
