/** A gateway with a lead in it, and the official SDK's client in front of it. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Scope } from "../../packages/millrace/src/access/scopes.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { formSubmitted } from "../factories/engine.ts";
import { LEAD, type TestGateway, testGateway } from "../http/gateway.fixture.ts";

/** A gateway whose engine has decided on one hot lead. */
export async function gatewayWithLead(config: MillraceConfig = {}): Promise<TestGateway> {
  const tested = await testGateway({}, config);
  await tested.engine.append([formSubmitted(LEAD)]);
  await tested.engine.idle();
  return tested;
}

/** A key of its own. @returns its text. */
export async function keyWith(
  tested: TestGateway,
  name: string,
  scopes: readonly Scope[],
  more: object = {},
): Promise<string> {
  const response = await tested.post("/api/keys", { name, scopes, ...more });
  if (response.status !== 200) throw new Error(await response.text());
  return ((await response.json()) as { key: string }).key;
}

export interface TestClient extends AsyncDisposable {
  readonly client: Client;
  /** Calls a tool. @returns its structured answer, or the error it gives. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose shape the client has checked by the tool's schema.
  call(name: string, input?: Record<string, unknown>): Promise<{ isError: boolean; answer: any; text: string }>;
}

/** The SDK's client, connected; it has read the list of tools, so it checks each answer by the tool's schema. */
export async function clientOf(url: string, key: string): Promise<TestClient> {
  const client = new Client({ name: "a test", version: "1" });
  const requestInit = { headers: { authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit }));
  return testClient(client);
}

export async function testClient(client: Client): Promise<TestClient> {
  await client.listTools();
  return {
    client,
    async call(name, input = {}) {
      const result = await client.callTool({ name, arguments: input });
      const [{ text }] = result.content as [{ text: string }];
      const isError = result.isError === true;
      return { isError, answer: isError ? JSON.parse(text) : result.structuredContent, text };
    },
    async [Symbol.asyncDispose]() {
      await client.close();
    },
  };
}
