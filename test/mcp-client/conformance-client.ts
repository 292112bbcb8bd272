/** What the protocol's conformance suite runs as a client: our connection, asked for the tools and for each tool once. Last argument: the server's address. */
import { McpConnection } from "../../packages/millrace/src/mcp/client/connection.ts";
import { McpFailure } from "../../packages/millrace/src/mcp/client/failure.ts";
import { mcpSettings } from "../../packages/millrace/src/mcp/client/mcp-settings.ts";

const url = process.argv.at(-1) ?? "";
const { client_id: clientId, client_secret: clientSecret } = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? "{}");
const oauth = clientId === undefined ? {} : { oauth: { issuer: await issuerOf(url), clientId, clientSecret } };
const { test: rules } = mcpSettings.parse({ servers: { test: { url, ...oauth } } }).servers;
if (rules === undefined) throw new Error("no server");
const connection = new McpConnection({
  server: { name: "test", rules, hash: "" },
  version: "0.0.0",
  startTimeoutMs: 10_000,
  startProxy: () => Promise.reject(new Error("no proxy here")),
});
const { signal } = new AbortController();
for (const [name, { inputSchema }] of await toolsOf()) {
  const { properties = {} } = inputSchema as { properties?: Record<string, { type?: string }> };
  const args = Object.entries(properties).map(([key, { type }]) => [key, type === "number" ? 2 : "x"]);
  const { text } = await connection.call(name, Object.fromEntries(args), { signal, timeoutMs: 10_000 });
  process.stdout.write(`${name}: ${text}\n`);
}
await connection.close();

/** One scenario has a server without tools, which is of no use to us: that we say so is right. */
async function toolsOf() {
  try {
    return await connection.tools();
  } catch (error) {
    if (error instanceof McpFailure && error.message.endsWith("offers no tools.")) return [];
    throw error;
  }
}

/** People write it into the settings; the suite has it on another port each time. */
async function issuerOf(server: string): Promise<string> {
  const { origin, pathname } = new URL(server);
  const response = await fetch(`${origin}/.well-known/oauth-protected-resource${pathname}`);
  const { authorization_servers } = (await response.json()) as { authorization_servers: [string] };
  return authorization_servers[0];
}
