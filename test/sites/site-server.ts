/**
 * Companies' websites on the loopback interface: ordinary, redirecting, slow, huge and hostile ones. Each path is a
 * page of its own; `asked` lists what was asked for, `canary` is a server nobody may ever reach.
 */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

type Answer = (incoming: IncomingMessage, answer: ServerResponse) => void;
type Pages = Readonly<Record<string, string | Answer>>;

export interface SiteServer extends AsyncDisposable {
  /** "http://127.0.0.1:port" */
  readonly url: string;
  /** "127.0.0.1:port", for `allowedHosts`. */
  readonly host: string;
  /** Paths in the order they were asked for, without robots.txt. */
  readonly asked: string[];
}

export function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, name), "utf8");
}

/** A site of these pages: a text is an HTML page; everything else, and robots.txt unless given, answers 404. */
export async function serveSite(pages: Pages): Promise<SiteServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((incoming, answer) => {
    const path = incoming.url ?? "";
    if (path !== "/robots.txt") asked.push(path);
    const page = pages[path.split("?")[0] ?? ""];
    if (page === undefined) answer.writeHead(404, { "content-type": "text/html" }).end("<h1>Not here</h1>");
    else if (typeof page === "function") page(incoming, answer);
    else answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  // A web socket, or a tunnel: being asked at all is what counts.
  server.on("upgrade", (incoming, socket) => {
    asked.push(`upgrade ${incoming.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function redirectTo(location: string, status = 302): Answer {
  return (_incoming, answer) => answer.writeHead(status, { location }).end();
}

export function answers(status: number, type = "text/html", body: string | Buffer = ""): Answer {
  return (_incoming, answer) => answer.writeHead(status, { "content-type": type }).end(body);
}

/** One byte now and then, for ever. */
export const drips: Answer = (_incoming, answer) => {
  answer.writeHead(200, { "content-type": "text/html" });
  const timer = setInterval(() => answer.write("x"), 50);
  answer.on("close", () => clearInterval(timer));
};

/** Takes the request and says nothing. */
export const silent: Answer = () => undefined;

/** 50 MB of page. */
export const huge: Answer = (_incoming, answer) => {
  answer.writeHead(200, { "content-type": "text/html" });
  const part = Buffer.alloc(1024 * 1024, "<p>x</p>");
  let left = 50;
  const more = () => {
    while (left-- > 0) if (!answer.write(part)) return answer.once("drain", more);
    return answer.end();
  };
  more();
};

/** 100 KB that unpack to 100 MB. */
export const bomb: Answer = (_incoming, answer) => {
  answer.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" });
  answer.end(gzipSync(Buffer.alloc(100 * 1024 * 1024)));
};

/** Said to be packed, and is not. */
export const brokenGzip: Answer = (_incoming, answer) => {
  answer.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" }).end("not gzip at all");
};

/** The page ends in the middle: the connection is cut. */
export const cutOff: Answer = (_incoming, answer) => {
  answer.writeHead(200, { "content-type": "text/html", "content-length": "100000" });
  answer.write("<title>Half");
  setImmediate(() => answer.destroy());
};
