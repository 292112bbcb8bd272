/** The official SDK's server behind HTTP, with sessions, tokens and OAuth: what servers that are elsewhere do. */
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

export interface Remote extends AsyncDisposable {
  readonly url: string;
  readonly origin: string;
  /** Sessions the server knows; what is taken out is lost. */
  readonly sessions: Map<string, StreamableHTTPServerTransport>;
  /** Tokens that were sent, in order. */
  readonly tokens: (string | undefined)[];
  /** What the token endpoint was asked. */
  readonly grants: Record<string, string>[];
}

export type Answer = (incoming: IncomingMessage, answer: ServerResponse) => boolean | Promise<boolean>;

/** @param first answers in its place, where it returns true. */
export async function remote(first: Answer = () => false, accepts?: ReadonlySet<string>): Promise<Remote> {
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
export function json(answer: ServerResponse, status: number, body: object): true {
  answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  return true;
}
