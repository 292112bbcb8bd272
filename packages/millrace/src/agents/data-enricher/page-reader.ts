/**
 * Pages of a company's website for a model, through the browser of an MCP server: shown and read as one tool. The model may go to the
 * home page and to what a page it has read links to, on the same site, within robots.txt; nothing it says can lead the browser, or
 * what it knows of a lead, anywhere else.
 */
import type { Clock } from "../../base/clock.ts";
import type { Json, NewEvent } from "../../events/event.ts";
import type { McpServers } from "../../mcp/client/mcp-servers.ts";
import type { LoopTool, ToolResult } from "../../models/tool-loop.ts";
import type { AddressGuard } from "../../web/address-guard.ts";
import { robots } from "../../web/robots.ts";
import { parseWebUrl } from "../../web/web-url.ts";
import type { McpTools } from "../mcp-tools.ts";
import { NAVIGATE, SNAPSHOT } from "./browser-tools.ts";
import type { Shown } from "./grounding.ts";
import { isSameSite } from "./site-address.ts";

export interface PageReaderOptions {
  readonly servers: McpServers;
  /** The server with the two tools. */
  readonly browser: string;
  readonly mcp: McpTools;
  /** Where the site may be; the first that answers is the home page. */
  readonly sites: readonly string[];
  readonly maxPages: number;
  readonly forbids: ReturnType<typeof robots>["forbids"];
  readonly signal: AbortSignal;
}

export interface PageReader {
  readonly tool: LoopTool;
  readonly pages: readonly Shown[];
  /** Why pages were not read, in sentences. */
  readonly notes: readonly string[];
  /** Where the home page was in the end. */
  readonly home: string | undefined;
}

interface KeptPage {
  readonly url: string;
  readonly text: string;
  readonly asked: string;
}

/** A company's home page that led to another domain: perhaps its other name, perhaps who bought the old one. */
const ELSEWHERE = 0.5;
const TRUST = 0.85;
const MAX_LINKS = 200;
/** What sites do, not the browser: no failure of the tool. */
const SITES_DOING = /net::|Timeout \d+ms exceeded|interrupted by another navigation|Download is starting|ERR_/;
/** After a refused page the browser lets the next one fail once. */
const INTERRUPTED = /interrupted by another navigation/;

export function robotsOf(guard: AddressGuard, clock: Clock) {
  return robots(guard, clock).forbids;
}

export function pageReader(options: PageReaderOptions): PageReader {
  const { mcp, sites, maxPages, signal } = options;
  const pages: Shown[] = [];
  const notes: string[] = [];
  const links = new Set<string>();
  let home: string | undefined;
  let fresh: readonly NewEvent[] = [];

  function remember(kept: Json): void {
    const { url, text, asked } = kept as unknown as KeptPage;
    const isHome = home === undefined;
    if (home === undefined) home = url;
    const trust = sites.some((site) => isSameSite(site, home ?? url)) ? TRUST : TRUST * ELSEWHERE;
    pages.push({ url, text, trust, source: isHome ? "website:home" : "website:page" });
    for (const link of [asked, url, ...linksIn(text, url)]) links.add(link);
  }

  /** @returns the address, or why it is not visited. */
  async function mayVisit(written: unknown): Promise<URL | string> {
    const url = typeof written === "string" ? parseWebUrl(written, home) : undefined;
    if (url === undefined) return "it is no address of the web";
    url.hash = "";
    if (pages.length >= maxPages) return `no more than ${maxPages} pages are read`;
    const isKnown = home === undefined ? sites.includes(url.href) : links.has(url.href);
    if (!isKnown) return "only the website of the lead, and links on its pages that were read, may be visited";
    const forbidden = await options.forbids(url, signal);
    return forbidden === undefined ? url : forbidden.why;
  }

  async function read(url: URL): Promise<KeptPage | string> {
    const page = await options.servers.alone(options.browser, () => shownPage(url));
    if (typeof page === "string") return page;
    const landed = parseWebUrl(page.url);
    if (landed === undefined) return "the browser could not show it";
    // A page that was read leads to its own site only; the home page may have moved.
    if (home !== undefined && !isSameSite(landed.href, home)) return "it led to another site";
    const forbidden = landed.href === url.href ? undefined : await options.forbids(landed, signal);
    return forbidden === undefined ? { ...page, url: landed.href, asked: url.href } : forbidden.why;
  }

  async function shownPage(url: URL): Promise<{ readonly url: string; readonly text: string } | string> {
    const navigate = { server: options.browser, tool: NAVIGATE };
    const how = { isFailure: (words: string) => !SITES_DOING.test(words) };
    let gone = await mcp.call(navigate, { url: url.href }, how);
    if (!gone.ok && INTERRUPTED.test(gone.error)) gone = await mcp.call(navigate, { url: url.href }, how);
    if (!gone.ok) return firstLine(gone.error);
    const shown = await mcp.call({ server: options.browser, tool: SNAPSHOT }, {}, how);
    if (!shown.ok) return firstLine(shown.error);
    const at = /^- Page URL: (\S+)$/m.exec(shown.text)?.[1];
    const text = /```yaml\n([\s\S]*?)(?:\n```|$)/.exec(shown.text)?.[1] ?? "";
    if (at === undefined || text.trim() === "") return "there was nothing on it";
    return { url: at, text };
  }

  const tool: LoopTool = {
    name: "read_page",
    description:
      "Shows a page of the lead's website in a browser and gives its content. Begin with the website; then links that stand on pages you have read.",
    inputSchema: {
      type: "object",
      properties: { url: { type: "string", description: "Absolute address of the page." } },
      required: ["url"],
      additionalProperties: false,
    },
    async run(input): Promise<ToolResult> {
      fresh = [];
      const asked = (input as { url?: unknown } | null)?.url;
      const url = await mayVisit(asked);
      const page = typeof url === "string" ? url : await read(url);
      fresh = [...mcp.takeEvents()];
      if (typeof page === "string") {
        notes.push(`website: ${String(asked).slice(0, 150)} gave nothing, ${page}`.toWellFormed().slice(0, 500));
        return { text: `Not read: ${page}.` };
      }
      const { url: at, text } = page;
      fresh = [
        ...fresh,
        { type: "page_loaded", data: { url: at.slice(0, 2_000), status: 200, bytes: Buffer.byteLength(text) } },
      ];
      return { text: `<page url="${at}">\n${text.replaceAll(/<(?=\/?page)/gi, "‹")}\n</page>`, kept: { ...page } };
    },
    remember,
    emits: () => fresh,
  };

  return {
    tool,
    pages,
    notes,
    get home() {
      return home;
    },
  };
}

/** Links as the snapshot writes them, of the same site. */
function linksIn(text: string, page: string): readonly string[] {
  const found: string[] = [];
  for (const [, href = ""] of text.matchAll(/^\s*- \/url: "?([^"\s]+)"?$/gm)) {
    const url = parseWebUrl(href, page);
    if (url === undefined || !isSameSite(url.href, page)) continue;
    url.hash = "";
    found.push(url.href);
    if (found.length === MAX_LINKS) break;
  }
  return found;
}

function firstLine(words: string): string {
  const lines = words.split("\n").filter((line) => !line.startsWith("###"));
  return (lines.find((line) => line.trim() !== "") ?? words).trim().slice(0, 200);
}
