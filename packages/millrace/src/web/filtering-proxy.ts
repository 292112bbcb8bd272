/**
 * The browser's only way out: an HTTP proxy on the loopback interface, one for each page, that asks the same address
 * guard as the fetch and connects to the very addresses it checked. It ends with its page, and every connection with it.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type AddressGuard, hostOf, pinned, portOf } from "./address-guard.ts";
import type { NoPage } from "./fetch-page.ts";

export interface FilteringProxy {
  /** "http://127.0.0.1:port" */
  readonly url: string;
  /** How many requests and tunnels were refused. */
  readonly refused: number;
  /** Another page begins: `maxBytes` may come in anew. */
  renew(): void;
  close(): Promise<void>;
}

export interface FilteringProxyOptions {
  readonly guard: AddressGuard;
  /** Bytes that may come in for the page altogether; then everything is cut. */
  readonly maxBytes: number;
  /**
   * Why a page may not be visited (robots.txt). Asked when a browser goes to a page over plain HTTP; of HTTPS nothing but the host is
   * seen here, so who sends the browser there asks before.
   */
  readonly forbids?: (url: URL, signal: AbortSignal) => Promise<NoPage | undefined>;
}

/** Headers that are between the browser and this proxy alone. */
const OURS = ["proxy-connection", "proxy-authorization", "connection", "keep-alive", "te", "upgrade"];
const IDLE_MS = 15_000;
const MAX_CONNECTIONS = 100;

export async function startFilteringProxy({
  guard,
  maxBytes,
  forbids,
}: FilteringProxyOptions): Promise<FilteringProxy> {
  const sockets = new Set<Duplex>();
  let left = maxBytes;
  let refused = 0;

  const server = createServer((incoming, answer) => {
    void passOn(incoming, answer).catch(() => answer.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on("connection", hold);
  server.on("connect", (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    void tunnel(incoming, socket, head).catch(() => socket.destroy());
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });

  function hold(socket: Duplex): void {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  }

  function endAll(): void {
    for (const socket of sockets) socket.destroy();
  }

  function count(chunk: Buffer): void {
    left -= chunk.length;
    if (left < 0) endAll();
  }

  /** A plain request: the browser names the whole address in its first line. */
  async function passOn(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = URL.parse(incoming.url ?? "");
    const checked = url === null || url.protocol !== "http:" ? undefined : await guard.check(url);
    if (url === null || checked === undefined || !checked.ok || (await isForbidden(url, incoming))) {
      refused++;
      answer.writeHead(403).end();
      return;
    }
    const outgoing = request({
      host: hostOf(url),
      port: portOf(url),
      path: `${url.pathname}${url.search}`,
      method: incoming.method,
      headers: { ...withoutOurs(incoming), host: url.host },
      lookup: pinned(checked.addresses),
      timeout: IDLE_MS,
      agent: false,
    });
    outgoing.on("socket", hold);
    outgoing.on("timeout", () => outgoing.destroy());
    outgoing.on("error", () => answer.destroy());
    outgoing.on("response", (response) => {
      response.on("data", count);
      response.on("error", () => answer.destroy());
      answer.writeHead(response.statusCode ?? 502, response.rawHeaders);
      response.pipe(answer);
    });
    answer.on("close", () => outgoing.destroy());
    incoming.pipe(outgoing);
  }

  /** A browser says with this header that it goes to a page, and is not loading a part of one. */
  async function isForbidden(url: URL, incoming: IncomingMessage): Promise<boolean> {
    if (forbids === undefined || incoming.headers["upgrade-insecure-requests"] !== "1") return false;
    return (await forbids(url, AbortSignal.timeout(IDLE_MS))) !== undefined;
  }

  /** HTTPS and web sockets: bytes go through as they are, to a checked address. */
  async function tunnel(incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    hold(socket);
    const url = URL.parse(`https://${incoming.url ?? ""}`);
    const checked = url === null ? undefined : await guard.check(url);
    if (url === null || checked === undefined || !checked.ok) {
      refused++;
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const lookup = pinned(checked.addresses);
    const port = portOf(url) ?? 443;
    const other = connect({ host: hostOf(url), port, lookup, autoSelectFamily: true, timeout: IDLE_MS });
    hold(other);
    other.on("timeout", () => other.destroy());
    other.on("data", count);
    other.once("connect", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      other.write(head);
      other.pipe(socket);
      socket.pipe(other);
    });
    other.once("close", () => socket.destroy());
    socket.once("close", () => other.destroy());
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get refused() {
      return refused;
    },
    renew() {
      left = maxBytes;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        endAll();
      }),
  };
}

function withoutOurs(incoming: IncomingMessage): Record<string, string | string[] | undefined> {
  return Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !OURS.includes(name)));
}
