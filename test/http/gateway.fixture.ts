/** A gateway in front of an engine on a database of its own, taken away at the end of the test (`await using`). */
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { type Gateway, type GatewayOptions, startGateway } from "../../packages/millrace/src/http/server.ts";
import { HOT_FIELDS, type TestEngine, testEngine } from "../factories/engine.ts";

export interface TestGateway extends AsyncDisposable, Omit<TestEngine, typeof Symbol.asyncDispose> {
  readonly gateway: Gateway;
  readonly url: string;
  /** Errors answered with 5xx. */
  readonly troubles: unknown[];
  /** A request with the API key, unless its headers say otherwise. */
  call(path: string, options?: RequestInit): Promise<Response>;
  /** A POST of JSON with the API key. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** A GET with the API key. @throws when the answer is not 200. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose shape the contract test checks.
  read(path: string): Promise<any>;
  countEvents(): Promise<number>;
}

export const LEAD = {
  email: "ada@bigcorp-systems.com",
  firstname: "Ada",
  lastname: "Lovelace",
  ...HOT_FIELDS,
};

export async function testGateway(options: GatewayOptions = {}, config: MillraceConfig = {}): Promise<TestGateway> {
  const tested = await testEngine(config);
  const troubles: unknown[] = [];
  const onError = (error: unknown) => void troubles.push(error);
  const gateway = await startGateway(tested.engine, { port: 0, formsPerMinute: 0, onError, ...options }).catch(
    async (error: unknown) => {
      await tested[Symbol.asyncDispose]();
      throw error;
    },
  );
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${gateway.url}${path}`, {
      redirect: "manual",
      ...init,
      headers: { authorization: `Bearer ${gateway.apiKey}`, ...init.headers },
    });
  return {
    ...tested,
    gateway,
    url: gateway.url,
    troubles,
    call,
    post: (path, body, headers) =>
      call(path, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", ...headers },
      }),
    async read(path) {
      const response = await call(path);
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
    async countEvents() {
      const [row] = await tested.engine.db.query<{ count: number }>("select count(*)::int as count from events");
      return row?.count ?? 0;
    },
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await tested[Symbol.asyncDispose]();
    },
  };
}

/** Signs a person in. @returns the Cookie header of the session. */
export async function signIn(gateway: Gateway, person: string): Promise<string> {
  const response = await fetch(await gateway.signInLink(person), { redirect: "manual" });
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}
