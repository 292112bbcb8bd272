/**
 * The console's files, read once and served from memory: a few dozen, 1 MB together. Called by http-server.ts.
 * Not by @fastify/static: for these few files it would bring 8 MB of packages that walk folders.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { consoleFolder } from "@millrace/console";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { page } from "./html.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
/** What stands at the folder's own address, and at every screen's: the address names the screen, the page shows it. */
const INDEX = "index.html";
const SCREENS = ["/", `/${INDEX}`, "/console", "/console/*"];
/**
 * What Today, where most people begin, asks beside what every screen does (index.html): on its way before the page is read. Just as
 * the console asks (packages/console/src/api/queries.ts), else it would be asked twice.
 */
const ASKED_BY_TODAY = ["/api/queue?limit=1000", "/api/today?limit=10"];
const TODAY = new Map([
  [
    "/console",
    { link: ASKED_BY_TODAY.map((path) => `<${path}>; rel=preload; as=fetch; crossorigin=anonymous`).join(", ") },
  ],
]);
/** Compressed forms stand beside their file, the better one first. A browser takes "br" over https and from loopback only. */
const ENCODINGS = { br: ".br", gzip: ".gz" } as const;
/** The name of these holds what is in them: another content has another name. */
const NAMED_BY_CONTENT = /^assets\//;

interface ServedFile {
  readonly type: string;
  readonly etag: string;
  readonly cacheControl: string;
  readonly content: Buffer;
  readonly encoded: ReadonlyMap<keyof typeof ENCODINGS, Buffer>;
}

/** @param headers added to each file. */
export function serveConsole(app: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  const folder = fileURLToPath(consoleFolder);
  const names = existsSync(folder) ? fileNames(folder) : [];
  for (const name of names.filter((one) => extname(one) in TYPES)) {
    const file = readFile(name, new Set(names));
    for (const path of name === INDEX ? SCREENS : [`/${name}`])
      app.get(path, (request, reply) => sendFile(file, request, reply.headers({ ...headers, ...TODAY.get(path) })));
  }
  if (!names.includes(INDEX)) {
    for (const path of SCREENS)
      app.get(path, (_, reply) => reply.headers(headers).type("text/html; charset=utf-8").code(503).send(NOT_BUILT));
  }
}

function readFile(name: string, names: ReadonlySet<string>): ServedFile {
  const content = readFileSync(new URL(name, consoleFolder));
  const encoded = new Map(
    Object.entries(ENCODINGS)
      .filter(([, ending]) => names.has(`${name}${ending}`))
      .map(([encoding, ending]) => [
        encoding as keyof typeof ENCODINGS,
        readFileSync(new URL(`${name}${ending}`, consoleFolder)),
      ]),
  );
  return {
    type: TYPES[extname(name)] ?? "application/octet-stream",
    etag: createHash("sha256").update(content).digest("base64url").slice(0, 22),
    // A browser asks again each time for the others, and gets 304 while a file is the same.
    cacheControl: NAMED_BY_CONTENT.test(name) ? "public, max-age=31536000, immutable" : "no-cache",
    content,
    encoded,
  };
}

function sendFile(file: ServedFile, { headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const accepted = (headers["accept-encoding"] ?? "").split(",").map((one) => one.trim().split(";")[0]);
  const encoding = [...file.encoded.keys()].find((one) => accepted.includes(one));
  const etag = `"${file.etag}${encoding === undefined ? "" : `-${encoding}`}"`;
  reply.headers({ "cache-control": file.cacheControl, etag, vary: "accept-encoding" });
  if (headers["if-none-match"] === etag) return reply.code(304).send();
  if (encoding !== undefined) reply.header("content-encoding", encoding);
  return reply.type(file.type).send(encoding === undefined ? file.content : file.encoded.get(encoding));
}

/** A checkout whose console could not be built still takes forms and works; who looks for the console is shown what to do. */
const NOT_BUILT = page({
  title: "The console is not built",
  body: `<main class="card done"><h1>The console is not built</h1>
<p class="lead">The engine runs, and forms are taken.</p>
<p>Build it where the engine's checkout is, and start the engine again: <code>npm run build</code></p></main>`,
});

/** Paths below the folder, with slashes on every platform. */
function fileNames(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").slice(folder.replaceAll("\\", "/").length),
    )
    .map((name) => name.replace(/^\//, ""));
}
