/** Routes over HTTP: who may call, what is counted, which fault strikes, and the one shape of every answer. Built by server.ts. */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Account, Source } from "../account/account.ts";
import { objectTypeOf } from "../account/object-types.ts";
import { ApiError, invalid, missingScopes, unauthenticated } from "./api-error.ts";
import type { AppTokens } from "./app-tokens.ts";
import type { CallEntry, Diary } from "./diary.ts";
import type { Faults } from "./faults.ts";
import { limitReached, type RateLimits } from "./rate-limits.ts";
import type { Answer, Call, Route } from "./route.ts";

export type AppParts = {
  account: () => Account;
  limits: RateLimits;
  faults: Faults;
  calls: Diary<CallEntry>;
  token: string;
  appTokens: AppTokens;
  developerApiKey: string;
  scopes: readonly string[];
};

const JSON_TYPE = "application/json;charset=utf-8";
const LARGEST_BODY_BYTES = 10 * 1_024 * 1_024;

function checkAccess(parts: AppParts, route: Route, request: FastifyRequest, query: URLSearchParams): void {
  if (route.access === "open") return;
  if (route.access === "developer-key") {
    const key = query.get("hapikey") ?? request.headers.authorization?.replace(/^Bearer /, "");
    if (key !== parts.developerApiKey) throw unauthenticated();
    return;
  }
  if (route.access === "app") {
    const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
    if (!parts.appTokens.isValid(token, parts.account().now())) throw unauthenticated();
    return;
  }
  if (request.headers.authorization !== `Bearer ${parts.token}`) throw unauthenticated();
  checkScopes(parts, route, request);
}

function checkScopes(parts: AppParts, route: Route, request: FastifyRequest): void {
  if (route.scopes === undefined) return;
  const params = request.params as Record<string, string>;
  const type = objectTypeOf(params.type ?? "");
  // Activities have no scopes of their own; HubSpot reads them with those of contacts.
  const isActivity = type?.required.some((names) => names.includes("hs_timestamp")) ?? false;
  const plural = isActivity ? "contacts" : (type?.plural ?? "contacts");
  const wanted = route.scopes.map((scope) => scope.replace("{type}", plural));
  if (!wanted.some((scope) => parts.scopes.includes(scope))) throw missingScopes(wanted);
}

/** A break in the line: the caller sees its connection end without a word. */
function cut(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.destroy();
}

function send(reply: FastifyReply, answer: Answer, headers: Record<string, string>, isBroken: boolean): void {
  reply.code(answer.status).headers({ ...headers, ...answer.headers });
  if (answer.body === undefined) {
    reply.send();
    return;
  }
  const text = JSON.stringify(answer.body);
  reply.header("content-type", JSON_TYPE).send(isBroken ? text.slice(0, Math.ceil(text.length / 2)) : text);
}

/** What any thrown thing becomes for the caller. Our own bugs are 500s without their story. */
function errorAnswer(error: unknown, correlationId: string): Answer {
  if (error instanceof ApiError) {
    return { status: error.status, body: { ...error.body, correlationId }, headers: error.headers };
  }
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  const status = statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? statusCode : 500;
  const said = status === 500 ? "internal error" : String(message);
  const category = status === 500 ? "INTERNAL_ERROR" : "VALIDATION_ERROR";
  return { status, body: { status: "error", message: said, correlationId, category } };
}

function callOf(parts: AppParts, request: FastifyRequest, path: string, query: URLSearchParams): Call {
  const account = parts.account();
  const source: Source = { changeSource: "INTEGRATION", sourceId: String(account.appId) };
  return {
    account,
    params: request.params as Record<string, string>,
    query,
    body: request.body,
    source,
    origin: `${request.protocol}://${request.host}`,
    path,
    strikesItem: () => parts.faults.strikes("partialBatch", path),
  };
}

/** Faults that answer in the route's place; undefined when the call may go on. */
function faultAnswer({ faults }: AppParts, path: string): { name: string; error: ApiError } | undefined {
  const { tooManyRequestsPolicy, retryAfterSeconds, serverErrorStatus } = faults.settings;
  if (faults.strikes("tooManyRequests", path)) {
    return { name: "tooManyRequests", error: limitReached(tooManyRequestsPolicy, retryAfterSeconds ?? undefined) };
  }
  if (faults.strikes("serverError", path)) {
    const error = new ApiError(serverErrorStatus, { message: "internal error", category: "INTERNAL_ERROR" });
    return { name: "serverError", error };
  }
  return undefined;
}

function register(app: FastifyInstance, parts: AppParts, route: Route): void {
  app.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      const startedAt = performance.now();
      const [path = "", search = ""] = request.url.split("?", 2);
      const query = new URLSearchParams(search);
      const note = (status: number, fault?: string): void =>
        parts.calls.note({
          at: parts.account().now(),
          method: request.method,
          // The developer key rides in the query; it stays out of sight.
          path: search === "" ? path : `${path}?${search.replace(/hapikey=[^&]*/, "hapikey=…")}`,
          status,
          tookMs: Math.round((performance.now() - startedAt) * 10) / 10,
          ...(fault === undefined ? {} : { fault }),
        });

      if (parts.faults.settings.latencyMs > 0) await pause(parts.faults.settings.latencyMs);
      if (parts.faults.strikes("cutBefore", path)) {
        note(0, "cutBefore");
        return cut(reply);
      }
      let answer: Answer;
      let fault: string | undefined;
      try {
        if (request.body instanceof URLSearchParams && route.body !== "form") throw unsupported(request);
        checkAccess(parts, route, request, query);
        const struck = faultAnswer(parts, path);
        if (struck !== undefined) {
          fault = struck.name;
          throw struck.error;
        }
        parts.limits.countCall(route.limit);
        answer = route.handle(callOf(parts, request, path, query));
      } catch (error) {
        answer = errorAnswer(error, request.id);
      }
      if (parts.faults.strikes("cutAfter", path)) {
        note(0, "cutAfter");
        return cut(reply);
      }
      const isBroken = answer.body !== undefined && parts.faults.strikes("wrongJson", path);
      note(answer.status, isBroken ? "wrongJson" : fault);
      const limitHeaders = route.limit === undefined && route.access !== "open" ? parts.limits.headers() : {};
      send(reply, answer, { "x-hubspot-correlation-id": request.id, ...limitHeaders }, isBroken);
      return reply;
    },
  });
}

function parseJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`Invalid input JSON on line 1, column 1: ${(error as Error).message}`);
  }
}

function unsupported(request: FastifyRequest): ApiError {
  const message = `Unsupported Media Type: ${request.headers["content-type"]}`;
  return new ApiError(415, { message, category: "VALIDATION_ERROR" });
}

export function newApp(): FastifyInstance {
  const app = fastify({
    genReqId: () => randomUUID(),
    bodyLimit: LARGEST_BODY_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1_000 },
  });
  app.removeAllContentTypeParsers();
  // Also an empty body under a JSON heading is welcome: clients send that with DELETE.
  app.addContentTypeParser(/^application\/json/, { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, parseJson(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  app.addContentTypeParser("*", { parseAs: "string" }, (request, body, done) => {
    if (String(body) === "") return done(null, undefined);
    done(unsupported(request));
  });
  app.setErrorHandler((error, request, reply) => {
    send(reply, errorAnswer(error, request.id), { "x-hubspot-correlation-id": request.id }, false);
  });
  app.setNotFoundHandler((request, reply) => {
    const body = { status: "error", message: "resource not found", correlationId: request.id };
    send(reply, { status: 404, body }, { "x-hubspot-correlation-id": request.id }, false);
  });
  return app;
}

export function registerRoutes(app: FastifyInstance, parts: AppParts, routes: readonly Route[]): void {
  for (const route of routes) register(app, parts, route);
}
