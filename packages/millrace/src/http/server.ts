/** The gateway: every door of the engine on one HTTP port. Started by the CLI, the demo and tests. */
import type { AddressInfo } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { MillraceError } from "../base/errors.ts";
import { packageVersion } from "../base/package.ts";
import { type GatewaySettings, gatewaySettings } from "../config/http-settings.ts";
import type { EngineHandle } from "../engine/engine-handle.ts";
import { createLogger, type Logger } from "../logging/logger.ts";
import { checkedSettings } from "../settings/check.ts";
import { Access } from "./access.ts";
import { loadApiKey } from "./api-key.ts";
import { asyncApiOf } from "./asyncapi.ts";
import { hostRule } from "./hosts.ts";
import { buildServer } from "./http-server.ts";
import { DeliveryTokens } from "./inbound-mail/delivery-tokens.ts";
import { Metrics } from "./metrics.ts";
import { refuseOpenBind, trustOf } from "./open-bind.ts";
import { type OpenApiDocument, openApiOf } from "./openapi.ts";
import { RecentForms } from "./recent-forms.ts";
import { routes } from "./routes.ts";
import { type StreamOptions, Streams } from "./stream.ts";

export interface GatewayOptions extends GatewaySettings {
  /** Where the API key is kept. Left out: a key of this process alone. */
  readonly dataFolder?: string;
  /** How often a silent stream says that it is still there. Default 15,000. */
  readonly heartbeatMs?: number;
  /** Where requests (at level debug) and errors are logged. Default: standard error. */
  readonly logger?: Logger;
  /** Told of every error that was answered with 5xx, in place of the log. */
  readonly onError?: (error: unknown, where: string) => void;
}

export interface Gateway {
  /** The address people use, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The port that was asked for, when it was taken and the next free one is used instead. */
  readonly wantedPort: number | undefined;
  readonly apiKey: string;
  /** A link that signs a person in, once, within 15 minutes. Default person: "admin". */
  signInLink(person?: string): Promise<string>;
  /** Takes no more, ends the streams, closes the port. The engine goes on. */
  close(): Promise<void>;
}

const PORTS_TRIED = 20;

/** @throws MillraceError port_taken when 20 ports in a row are; invalid_config for a publicUrl that is none. */
export async function startGateway(engine: EngineHandle, options: GatewayOptions = {}): Promise<Gateway> {
  const { dataFolder, heartbeatMs = 15_000, onError: _, logger: __, ...given } = options;
  const settings = checkedSettings(gatewaySettings, given, { source: "Settings of the gateway", prefix: "gateway" });
  const { host } = settings;
  const publicUrl = settings.publicUrl?.replace(/\/+$/, "");
  refuseOpenBind({ host, publicUrl, plainHttp: settings.plainHttp });
  const logger = options.logger ?? (await createLogger());
  const onError = options.onError ?? ((error, where) => logger.error({ err: error, where }, where));
  const apiKey = await loadApiKey(dataFolder);
  let url = publicUrl ?? "";
  const access = new Access({ db: engine.db, apiKey, publicUrl: () => url });
  const metrics = new Metrics(engine);
  const streams = new Streams(engine.log);
  let openApi: Promise<OpenApiDocument> | undefined;
  const app = await buildServer({
    http: {
      engine,
      access,
      webhookSecrets: new Map(Object.entries(settings.webhookSecrets)),
      webhookSources: new Map(Object.entries(settings.webhooks)),
      formRules: new Map(Object.entries(settings.forms)),
      recentForms: new RecentForms(),
      inboundMail: settings.inboundMail,
      deliveryTokens: new DeliveryTokens(engine.db),
      publicUrl: () => url,
      diskWatermarkMb: settings.diskWatermarkMb,
      startup: { isDone: false },
      count: (name, events) => metrics.countEvents(name, events),
      report: onError,
      openApi: () => (openApi ??= documentOf(engine, url)),
      asyncApi: async () => asyncApiOf(engine.events, { url, version: await packageVersion() }),
      metrics: () => metrics.exposition(),
      stream: (request, reply, after, caller) => {
        const mayRead = () => access.isStillKnown(request.headers);
        return serveStream(streams, request, reply, { after, expiresAt: caller.expiresAt, mayRead, heartbeatMs });
      },
      lookAgainAtStreams: () => streams.lookAgain(),
      async signOut(headers) {
        const cookie = await access.signOut(headers);
        await streams.lookAgain();
        return cookie;
      },
    },
    routes,
    isKnownHost: hostRule(host, publicUrl),
    formsPerMinute: settings.formsPerMinute,
    trustProxy: trustOf(settings.trustedProxies, publicUrl),
    isSecure: publicUrl?.startsWith("https:") === true,
    observe: (method, route, status, seconds) => metrics.observe(method, route, status, seconds),
    logger,
    onError,
  });
  const wanted = settings.port;
  const port = await listen(app, host, wanted);
  url = publicUrl ?? `http://${nameOf(host)}:${port}`;
  const forgetTaken = engine.hubspot?.onTaken((events) => metrics.countEvents("hubspot", events));
  const forgetHealth = engine.monitor?.watch("gateway", async () => ({ ok: app.server.listening }));
  return {
    url,
    port,
    wantedPort: wanted === 0 || wanted === port ? undefined : wanted,
    apiKey,
    signInLink: (person = "admin") => access.signInLink(person),
    async close() {
      forgetHealth?.();
      forgetTaken?.();
      streams.close();
      await app.close();
    },
  };
}

async function documentOf(engine: EngineHandle, url: string): Promise<OpenApiDocument> {
  return openApiOf(routes, engine.events, { url, version: await packageVersion() });
}

async function listen(app: FastifyInstance, host: string, wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + PORTS_TRIED; port++) {
    try {
      await app.listen({ host, port });
      return (app.server.address() as AddressInfo).port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
  await app.close();
  throw new MillraceError("port_taken", {
    saw: `Ports ${wanted} to ${wanted + PORTS_TRIED - 1} on ${host} are all taken.`,
    next: "set another one: `--port`, PORT, or gateway.port in millrace.config.ts.",
    field: "gateway.port",
  });
}

/** The stream writes to the socket itself, so the headers set so far go along by hand. */
async function serveStream(
  streams: Streams,
  request: FastifyRequest,
  reply: FastifyReply,
  { after, ...rest }: Omit<StreamOptions, "response">,
): Promise<void> {
  const seen = request.headers["last-event-id"];
  const headers = reply.getHeaders() as Record<string, string>;
  reply.hijack();
  reply.raw.writeHead(200, {
    ...headers,
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  // There is no end to what would be left out.
  if (request.method === "HEAD") {
    reply.raw.end();
    return;
  }
  const position = typeof seen === "string" && /^\d{1,15}$/.test(seen) ? Number(seen) : after;
  await streams.serve({ response: reply.raw, after: position, ...rest });
}

function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
