/** From the table of routes to a server: limits, access, parsing, errors and headers, the same for every route. */
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import rateLimit from "@fastify/rate-limit";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type HTTPMethods,
  LogController,
} from "fastify";
import type { z } from "zod";
import type { Logger } from "../logging/logger.ts";
import { traced } from "../logging/tracing.ts";
import { ANONYMOUS, type Caller, checkRole, checkScope } from "./access.ts";
import { contentTypeOf, mediaTypeOf, parseJson } from "./body.ts";
import { serveConsole } from "./console-files.ts";
import type { Trust } from "./open-bind.ts";
import { Problem, problemOf } from "./problem.ts";
import type { Answer, BodyRule, HttpContext, Route } from "./route.ts";
import { senderOf } from "./sender-address.ts";

export interface ServerOptions {
  readonly http: HttpContext;
  readonly routes: readonly Route[];
  readonly isKnownHost: (header: string | undefined) => boolean;
  /** Requests a minute from one address at doors for strangers; 0: no limit. */
  readonly formsPerMinute: number;
  /** Whose X-Forwarded-For is believed: in Fastify's terms. */
  readonly trustProxy: Trust;
  /** People reach it by https: their browsers are told to ask in no other way. */
  readonly isSecure: boolean;
  readonly observe: (method: string, route: string, status: number, seconds: number) => void;
  readonly logger: Logger;
  readonly onError: (error: unknown, where: string) => void;
}

const METHODS: readonly HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const SLOWEST_REQUEST_MS = 10_000;
const LARGEST_BODY = 1024 * 1024;

const PAGE_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
};
const HEADERS = {
  "x-content-type-options": "nosniff",
  // The sign-in link carries a token: no address of ours goes to another site.
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/**
 * Every site may send, and read the answer to what it sent. The origin is named and cookies are let along, though the door
 * looks at none: a browser sends a beacon of JSON in no other way (Chromium 153: without, it never leaves, in silence).
 */
function anySite({ origin }: IncomingHttpHeaders): Record<string, string> {
  return {
    "access-control-allow-origin": origin ?? "*",
    ...(origin === undefined ? {} : { "access-control-allow-credentials": "true" }),
    "access-control-expose-headers": "retry-after, x-request-id",
    "cross-origin-resource-policy": "cross-origin",
    vary: "origin",
  };
}

/** What a browser is answered that asks before a script of another site sends. An answer is good for a day. */
const PREFLIGHT = {
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "content-type, idempotency-key, x-request-id",
  "access-control-max-age": "86400",
};

export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    // Requests are logged below, by the route's pattern: an address may carry a token.
    ...(isPino(options.logger)
      ? { loggerInstance: options.logger, logController: new LogController({ disableRequestLogging: true }) }
      : { logger: false }),
    requestIdHeader: false,
    genReqId: requestIdOf,
    bodyLimit: LARGEST_BODY,
    requestTimeout: SLOWEST_REQUEST_MS,
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
    forceCloseConnections: true,
    trustProxy: options.trustProxy,
    // Node looks for requests that are too slow only this often; 30 s is its default.
    http: { connectionsCheckingInterval: 1_000, headersTimeout: SLOWEST_REQUEST_MS, maxHeaderSize: 16 * 1024 },
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error).problem),
    clientErrorHandler: answerGarbage,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(HEADERS).header("x-request-id", request.id);
    if (options.isSecure) reply.header("strict-transport-security", "max-age=31536000");
    if (!options.isKnownHost(request.headers.host)) throw unknownHost();
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    options.observe(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    const { statusCode: status, elapsedTime: ms } = reply;
    options.logger.debug({ requestId: request.id, method: request.method, route, status, ms }, "request");
  });
  app.setErrorHandler((error, request, reply) => {
    const { problem, isUnforeseen } = problemOf(error);
    // A client that hangs up half-way is its own trouble.
    const hasHungUp = request.raw.destroyed && !request.raw.complete;
    if (isUnforeseen && !hasHungUp)
      options.onError(error, `${request.method} ${request.routeOptions.url ?? "?"} (request ${request.id})`);
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(
      reply,
      new Problem("not_found", {
        saw: "There is nothing at this address.",
        next: "see /openapi.json for what there is.",
      }),
    ),
  );
  await app.register(rateLimit, { global: false });
  const limited =
    options.formsPerMinute === 0
      ? undefined
      : app.createRateLimit({
          max: options.formsPerMinute,
          timeWindow: 60_000,
          keyGenerator: ({ ip, socket }) => senderOf(ip, socket.remoteAddress ?? ""),
        });
  for (const route of options.routes) addRoute(app, route, options, limited);
  refuseOtherMethods(app, options.routes);
  serveConsole(app, PAGE_HEADERS);
  return app;
}

const REQUEST_ID = /^[\w.:-]{1,100}$/;

/** The sender's own, where it is one; it is written to logs, so not everything is. */
function requestIdOf(request: { readonly headers: IncomingHttpHeaders }): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
}

/** Fastify logs by itself what it meets below a request, where the logger is of its kind. */
function isPino(logger: Logger): logger is Logger & FastifyBaseLogger {
  return "child" in logger && "fatal" in logger;
}

type Limiter = ReturnType<FastifyInstance["createRateLimit"]>;

function addRoute(app: FastifyInstance, route: Route, options: ServerOptions, limited: Limiter | undefined): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.body?.limit ?? LARGEST_BODY,
    // Before a byte of the body is read.
    onRequest: async (request, reply) => {
      if (route.isForAnySite) reply.headers(anySite(request.headers));
      if (route.isRateLimited && limited !== undefined) await checkRate(limited, request);
      route.admit?.(options.http, request.headers);
      if (route.access === "operator") {
        const caller = await options.http.access.callerOf(request.method, request.headers);
        if (route.scope !== undefined) checkScope(caller, route.scope);
        checkRole(caller, route.roles ?? []);
        callers.set(request, caller);
      }
    },
    preParsing: async (request) => {
      if (route.body !== undefined) checkMediaType(route.body, request);
    },
    handler: async (request, reply) => {
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const handled = () =>
        route.handle({
          http: options.http,
          engine: options.http.engine,
          params: parsed(route.params, request.params),
          query: parsed(route.query, request.query),
          body:
            route.body?.read === "json" ? parsed(route.body.schema, raw.length === 0 ? {} : parseJson(raw)) : undefined,
          raw,
          headers: request.headers,
          mediaType: mediaTypeOf(request.headers["content-type"]) ?? "",
          caller: callers.get(request) ?? ANONYMOUS,
          request,
          reply,
        });
      const attributes = {
        "http.request.method": route.method,
        "http.route": route.path,
        "millrace.request": request.id,
      };
      const { headers } = request;
      const answer = await traced(`${route.method} ${route.path}`, { kind: "server", attributes, headers }, async () =>
        handled(),
      );
      return answer === "streaming" ? reply : send(reply, answer);
    },
  });
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status ?? 200);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  if (answer.bytes !== undefined) {
    return reply
      .header("cache-control", "no-store")
      .type(answer.type ?? "application/octet-stream")
      .send(answer.bytes);
  }
  if (answer.text !== undefined) {
    if (answer.type?.startsWith("text/html")) reply.headers(PAGE_HEADERS);
    return reply
      .header("cache-control", "no-store")
      .type(answer.type ?? "text/plain")
      .send(answer.text);
  }
  if (answer.json === undefined) return reply.send();
  return reply
    .header("cache-control", "no-store")
    .type("application/json; charset=utf-8")
    .send(JSON.stringify(answer.json));
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  for (const [name, value] of Object.entries(problem.parts.headers ?? {})) reply.header(name, value);
  return reply
    .code(problem.status)
    .header("cache-control", "no-store")
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify(problem));
}

function parsed(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return value;
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join(".").slice(0, 200) || "body";
  const saw = unknown === undefined ? `${field}: ${issue?.message}.` : `"${field}" is not something this door knows.`;
  throw new Problem("invalid_request", { saw, next: `correct ${field}; /openapi.json describes it.`, field });
}

async function checkRate(limited: Limiter, request: FastifyRequest): Promise<void> {
  const state = await limited(request);
  if (state.isAllowed || !state.isExceeded) return;
  throw new Problem("too_many_requests", {
    saw: `More than ${state.max} requests came from this address within a minute. Nothing was recorded.`,
    next: `wait ${state.ttlInSeconds} s and send it again.`,
    headers: { "retry-after": String(state.ttlInSeconds) },
  });
}

function checkMediaType({ types, isAnyCharset }: BodyRule<z.ZodType>, request: FastifyRequest): void {
  const { headers } = request;
  const hasBody = (headers["content-length"] ?? "0") !== "0" || headers["transfer-encoding"] !== undefined;
  if (!hasBody) return;
  const encoding = headers["content-encoding"] ?? "identity";
  const type: string | undefined = isAnyCharset
    ? contentTypeOf(headers["content-type"]).type
    : mediaTypeOf(headers["content-type"]);
  // Read for what they are, by whatever name they come: pages declare nothing, and programs have JSON by a name of their own.
  if (encoding === "identity" && isAnyCharset && (type === "" || JSON_BY_ANY_NAME.test(type ?? ""))) return;
  if (
    encoding === "identity" &&
    type !== undefined &&
    (types.some((taken) => taken === type) || isJsonOfCloudEvent(type, request))
  )
    return;
  throw new Problem("unsupported_media_type", {
    saw: `The body is ${encoding === "identity" ? (headers["content-type"]?.slice(0, 100) ?? "of no declared type") : `encoded as ${encoding.slice(0, 40)}`}. Nothing was recorded.`,
    expected: `${types.join(" or ")}, in UTF-8, not compressed`,
    next: "set Content-Type and send it again.",
    field: "content-type",
  });
}

/** "application/vnd.api+json", "text/json" */
const JSON_BY_ANY_NAME = /^(application|text)\/([\w.-]+\+)?json$/;

/** In binary mode the media type is that of the data: JSON by any name of its own, "application/vnd.acme.v1+json". */
function isJsonOfCloudEvent(type: string, { headers }: FastifyRequest): boolean {
  return headers["ce-specversion"] !== undefined && /^application\/[\w.-]+\+json$/.test(type);
}

/** A known address asked in another way is 405, and says which ways there are. */
function refuseOtherMethods(app: FastifyInstance, routes: readonly Route[]): void {
  for (const [path, same] of Map.groupBy(routes, (route) => route.path)) {
    const taken = new Set<HTTPMethods>(
      same.flatMap((route) => (route.method === "GET" ? ["GET", "HEAD"] : [route.method])),
    );
    if (same.some((route) => route.isForAnySite)) {
      taken.add("OPTIONS");
      app.options(path, async (request, reply) =>
        reply
          .code(204)
          .headers({ ...anySite(request.headers), ...PREFLIGHT })
          .send(),
      );
    }
    const allow = [...taken].join(", ");
    app.route({
      method: METHODS.filter((method) => !taken.has(method)),
      url: path,
      onRequest: async (request) => {
        const next = `use ${allow}.`;
        throw new Problem("method_not_allowed", {
          saw: `${request.method} is not something this address does.`,
          next,
          headers: { allow },
        });
      },
      handler: async () => undefined,
    });
  }
}

function unknownHost(): Problem {
  return new Problem("unknown_host", {
    saw: "The request names a host this server does not answer for.",
    next: "use the address the engine printed, or set gateway.publicUrl to the one you use.",
    field: "host",
  });
}

/** What is not even HTTP. */
function answerGarbage(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return;
  const [status, text] =
    error.code === "HPE_HEADER_OVERFLOW"
      ? [431, "Request Header Fields Too Large"]
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? [408, "Request Timeout"]
        : [400, "Bad Request"];
  const body = JSON.stringify({
    type: "urn:millrace:problem:invalid_request",
    title: text,
    status,
    code: "invalid_request",
    saw: text,
    next: "send a whole, well-formed HTTP/1.1 request.",
  });
  socket.end(
    `HTTP/1.1 ${status} ${text}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
