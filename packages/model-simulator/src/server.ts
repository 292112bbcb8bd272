/** The server: one API, its faults, and a look at what was asked. Listens on 127.0.0.1 only. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Fault, isFault } from "./faults.ts";
import type { MessagesRequest } from "./messages.ts";
import { eventsOf } from "./stream.ts";
import { messageOf, type Script } from "./turn.ts";

export interface SimulatorOptions {
  /** Default 0: any that is free. */
  readonly port?: number;
  /** What is answered; what it leaves undefined is answered by rule. */
  readonly script?: Script;
  /** How long each answer takes, in milliseconds. Default 0. */
  readonly delayMs?: number;
  /** The one key that is let in. Default: any, and none. */
  readonly key?: string;
  /** Names of models it lists. Default: one. */
  readonly models?: readonly string[];
  /** With a 429, in seconds. Default 1. */
  readonly retryAfterS?: number;
}

export interface ModelSimulator {
  /** Without a path: "http://127.0.0.1:4320". */
  readonly url: string;
  /** What was asked, oldest first; the newest 1,000. */
  readonly requests: readonly ReceivedRequest[];
  /** Goes wrong next, `times` in a row, behind what was asked for before. */
  fail(fault: Fault, times?: number): void;
  /** Nothing goes wrong any more, and what was asked is forgotten. */
  reset(): void;
  /** Every connection ends. */
  close(): Promise<void>;
}

export interface ReceivedRequest {
  readonly body: MessagesRequest;
  /** Which key it came with; never shown by the server. */
  readonly key: string | undefined;
  readonly fault: Fault | undefined;
}

const MAX_KEPT = 1_000;
const MAX_BODY_LENGTH = 50_000_000;
const MODELS = ["claude-sonnet-5-5"];

/** @throws Error EADDRINUSE. */
export async function startModelSimulator(options: SimulatorOptions = {}): Promise<ModelSimulator> {
  const requests: ReceivedRequest[] = [];
  const faults: Fault[] = [];
  let answered = 0;

  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      if (!response.headersSent) fail(response, 400, "invalid_request_error", error.message);
      else response.destroy();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const route = `${request.method} ${pathname}`;
    if (route === "GET /__simulator/requests")
      return json(
        response,
        200,
        requests.map(({ body, fault }) => ({ body, fault })),
      );
    if (route === "PUT /__simulator/faults") return takeFaults(JSON.parse(await bodyOf(request)), response);
    if (options.key !== undefined && keyOf(request) !== options.key)
      return fail(response, 401, "authentication_error", "invalid x-api-key");
    if (route === "GET /v1/models") return json(response, 200, listed(options.models ?? MODELS));
    if (route !== "POST /v1/messages") return fail(response, 404, "not_found_error", `There is no ${route}.`);
    const body = JSON.parse(await bodyOf(request)) as MessagesRequest;
    const problem = problemOf(body);
    if (problem !== undefined) return fail(response, 400, "invalid_request_error", problem);
    const fault = faults.shift();
    requests.push({ body, key: keyOf(request), fault });
    if (requests.length > MAX_KEPT) requests.shift();
    if (options.delayMs !== undefined) await sleep(options.delayMs);
    await answer(body, fault, response);
  }

  function takeFaults(given: unknown, response: ServerResponse): void {
    if (Array.isArray(given) && given.every(isFault)) {
      faults.splice(0, faults.length, ...given);
      json(response, 200, { faults });
    } else fail(response, 400, "invalid_request_error", "A list of faults is expected; see the README.");
  }

  async function answer(body: MessagesRequest, fault: Fault | undefined, response: ServerResponse): Promise<void> {
    switch (fault) {
      case "rate_limited":
        response.setHeader("retry-after", String(options.retryAfterS ?? 1));
        return fail(response, 429, "rate_limit_error", "This would exceed your rate limit.");
      case "overloaded":
        return fail(response, 529, "overloaded_error", "Overloaded");
      case "server_error":
        return fail(response, 500, "api_error", "Internal server error");
      case "unauthorised":
        return fail(response, 401, "authentication_error", "invalid x-api-key");
      case "html":
        response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>");
        return;
      case "empty":
        response.writeHead(200).end();
        return;
      case "hang":
        return;
    }
    answered++;
    const message = messageOf(body, options.script?.(body, answered), { id: answered, fault });
    if (body.stream === true) return stream(response, eventsOf(message), fault);
    const text = JSON.stringify(message);
    if (fault !== "cut") return json(response, 200, message);
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
    response.write(text.slice(0, 20), () => response.destroy());
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    fail: (fault, times = 1) => void faults.push(...Array.from({ length: times }, () => fault)),
    reset: () => {
      faults.length = 0;
      requests.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Source: Anthropic, API reference, List Models. */
function listed(names: readonly string[]): unknown {
  const data = names.map((id) => ({ type: "model", id, display_name: id, created_at: "2026-01-01T00:00:00Z" }));
  return { data, has_more: false, first_id: names[0] ?? null, last_id: names.at(-1) ?? null };
}

/** By either header: the AI SDK sends its key as x-api-key, Anthropic's client (1.14) as a bearer token. */
function keyOf({ headers }: IncomingMessage): string | undefined {
  const own = headers["x-api-key"];
  return (Array.isArray(own) ? own[0] : own) ?? headers.authorization?.replace(/^Bearer /, "");
}

function problemOf({ model, max_tokens, messages }: Partial<MessagesRequest>): string | undefined {
  if (typeof model !== "string") return "model: Field required";
  if (!Number.isInteger(max_tokens)) return "max_tokens: Field required";
  if (!Array.isArray(messages) || messages.length === 0) return "messages: at least one message is required";
  return undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const piece of request) {
    text += piece;
    if (text.length > MAX_BODY_LENGTH) throw new Error("The body is too long.");
  }
  return text;
}

function stream(response: ServerResponse, events: readonly string[], fault: Fault | undefined): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  if (fault === "cut") {
    response.write(events.slice(0, 3).join(""), () => response.destroy());
    return;
  }
  for (const event of events) response.write(event);
  response.end();
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function fail(response: ServerResponse, status: number, type: string, message: string): void {
  json(response, status, { type: "error", error: { type, message } });
}
