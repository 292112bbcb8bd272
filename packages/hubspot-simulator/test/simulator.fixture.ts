/** A simulator for a test, closed at its end; the official client on it; a receiver for its webhooks. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "@hubspot/api-client";
import type { SimulatorOptions } from "../src/options.ts";
import { type Simulator, startSimulator } from "../src/server.ts";

/** Limits off unless a test is about them. */
export async function simulatorFor(t: TestContext, options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ tier: "none", ...options });
  t.after(() => simulator.close());
  return simulator;
}

export function clientFor({ url, token, developerApiKey }: Simulator, retries = 0): Client {
  return new Client({
    accessToken: token,
    developerApiKey,
    basePath: url,
    numberOfApiCallRetries: retries,
    limiterOptions: { minTime: 0, maxConcurrent: 20 },
  });
}

export type Reply = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

/** A bare call, for what the client would not send. A string goes out as it is. */
export async function callApi(
  { url, token }: Simulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let parsed: Record<string, unknown> = {};
  try {
    parsed = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Some answers have no JSON on purpose.
  }
  return { status: response.status, headers: response.headers, text, body: parsed };
}

export type Received = {
  headers: IncomingHttpHeaders;
  raw: string;
  events: Record<string, unknown>[];
};

/** Takes webhooks and answers with whatever `answers` gives, 204 when it gives nothing more. */
export async function receiverFor(t: TestContext, answers: (number | "hang")[] = []) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString();
      received.push({ headers: request.headers, raw, events: JSON.parse(raw) });
      const answer = answers.shift() ?? 204;
      if (answer !== "hang") response.writeHead(answer).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/hubspot` };
}

/** Waits for something that comes by itself; the deadline only stops a test that would never end. */
export async function until(isMet: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!isMet()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await pause(5);
  }
}
