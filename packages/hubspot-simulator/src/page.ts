/** Serves the simulator's own page: a few files, read once, nothing from anywhere else. */
import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";

const FILES: [path: string, file: string, type: string][] = [
  ["/", "page.html", "text/html; charset=utf-8"],
  ["/page.css", "page.css", "text/css; charset=utf-8"],
  ["/page.js", "page.js", "text/javascript; charset=utf-8"],
  ["/actions.js", "actions.js", "text/javascript; charset=utf-8"],
  ["/records.js", "records.js", "text/javascript; charset=utf-8"],
  ["/faults.js", "faults.js", "text/javascript; charset=utf-8"],
  ["/dom.js", "dom.js", "text/javascript; charset=utf-8"],
  ["/icon.svg", "icon.svg", "image/svg+xml"],
];

const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

export function registerPage(app: FastifyInstance): void {
  for (const [path, file, type] of FILES) {
    const content = readFileSync(new URL(`../page/${file}`, import.meta.url));
    app.get(path, (_request, reply) => reply.headers(HEADERS).type(type).send(content));
  }
}
