/**
 * The console's files, read once and served from memory: a few dozen, 200 kB together. Called by http-server.ts.
 * Not by @fastify/static: for these few files it would bring 8 MB of packages that walk folders.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { consoleFolder } from "@millrace/console";
import type { FastifyInstance } from "fastify";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};
/** What stands at the folder's own address. */
const INDEX = "index.html";

/** @param headers added to each file. A browser asks again each time, and gets 304 while a file is the same. */
export function serveConsole(app: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  for (const name of fileNames(fileURLToPath(consoleFolder))) {
    const content = readFileSync(new URL(name, consoleFolder));
    const etag = `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    for (const path of name === INDEX ? ["/", `/${INDEX}`] : [`/${name}`]) {
      app.get(path, (request, reply) => {
        reply.headers({ ...headers, "cache-control": "no-cache", etag });
        return request.headers["if-none-match"] === etag ? reply.code(304).send() : reply.type(type).send(content);
      });
    }
  }
}

/** Paths below the folder, with slashes on every platform. */
function fileNames(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").slice(folder.replaceAll("\\", "/").length),
    )
    .map((name) => name.replace(/^\//, ""));
}
