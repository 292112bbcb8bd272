/**
 * A visit to a company's website: the home page and a few others, over HTTP, and in a browser where a page is written
 * by its own scripts. Whatever the site does, the visit ends, with what was read and with why there is not more.
 * Loaded by the visiting enricher when it is first needed, because parsers and HTTP clients take half a second.
 */
import type { Clock } from "../../base/clock.ts";
import type { Contact } from "../../contacts/contact.ts";
import type { NewEvent } from "../../events/event.ts";
import { addressGuard } from "../../web/address-guard.ts";
import { webBrowser } from "../../web/browser.ts";
import { type Fetched, fetchPage, type NoPage, type Page } from "../../web/fetch-page.ts";
import { robots } from "../../web/robots.ts";
import { type VisitCookies, visitCookies } from "../../web/visit-cookies.ts";
import type { Toolbox } from "../tools.ts";
import type { EnrichmentInForce } from "./enrichment-settings.ts";
import type { Address, Finding } from "./findings.ts";
import { factsOf, type PageKind } from "./page-facts.ts";
import { pageOfNoOne } from "./page-of-no-one.ts";
import { type PageParts, partsOf } from "./page-parts.ts";
import { furtherPages, isSameSite, sitesOf } from "./site-address.ts";

export interface Visit {
  readonly found: readonly Finding[];
  /** page_loaded and content_extracted, page by page. */
  readonly steps: readonly NewEvent[];
  /** What was read, and what could not be. */
  readonly notes: readonly string[];
}

export interface Websites {
  /** @throws the signal's reason when it is aborted; for nothing a site does. */
  visit(contact: Contact, address: Address | undefined, isGuess: boolean, tools: Toolbox): Promise<Visit | undefined>;
  close(): Promise<void>;
}

interface ReadPage {
  readonly page: Page;
  readonly parts: PageParts;
}

interface VisitState {
  /** The browser may be asked. */
  mayShow: boolean;
  readonly cookies: VisitCookies;
}

/** After this long no further page is begun. */
const MAX_VISIT_MS = 45_000;
const QUICK_MS = 5_000;
/** Fewer letters than this, and scripts: the page is written by its scripts. */
const LITTLE_TEXT = 200;
/** A little above what each tool allows itself, so that its own words are told. */
const FETCH_TIMEOUT_MS = 15_000;
const BROWSER_TIMEOUT_MS = 45_000;
/** The home page led to another domain: perhaps the company's other name, perhaps whoever bought the old one. */
const ELSEWHERE = 0.5;

export function websites(settings: EnrichmentInForce, clock: Clock): Websites {
  const guard = addressGuard({ allowedHosts: settings.allowedHosts });
  const { forbids } = robots(guard, clock);
  const browser = settings.browser && webBrowser({ guard, executablePath: settings.browser.executablePath });
  const { maxPages } = settings;

  async function load(url: string, tools: Toolbox, state: VisitState): Promise<ReadPage | NoPage> {
    const fetched = flat(
      await tools.call("fetch_page", (signal) => fetchPage(url, { guard, signal, forbids, cookies: state.cookies }), {
        timeoutMs: FETCH_TIMEOUT_MS,
      }),
    );
    if (!fetched.ok) return fetched;
    const read = { page: fetched, parts: partsOf(fetched.text) };
    if (browser === undefined || !state.mayShow || !isWrittenByScripts(read.parts)) return read;
    const call = await tools.call("browser", (signal) => browser.render(fetched.url, { signal, forbids }), {
      timeoutMs: BROWSER_TIMEOUT_MS,
    });
    // A browser that does not start will not start for the next page either.
    if (!call.ok) state.mayShow = false;
    return call.ok && call.value.ok ? { page: call.value, parts: partsOf(call.value.text) } : read;
  }

  /** A second try, at "www." where that is another address, unless the first one has cost its time already. */
  async function loadHome(sites: readonly string[], tools: Toolbox, state: VisitState) {
    const [first = "", other = first] = sites;
    const begun = performance.now();
    const home = await load(first, tools, state);
    const isWorthIt = !("page" in home) && home.isTransient && performance.now() - begun < QUICK_MS;
    return isWorthIt ? load(other, tools, state) : home;
  }

  return {
    async visit(contact, address, isGuess, tools) {
      const sites = sitesOf(contact, address, isGuess);
      const asked = sites[0];
      if (asked === undefined) return undefined;
      const begun = performance.now();
      const state = { mayShow: true, cookies: visitCookies() };
      const home = await loadHome(sites, tools, state);
      if (!("page" in home)) return { found: [], steps: [], notes: [note(asked, home)] };
      const instead = pageOfNoOne(home.parts);
      if (instead !== undefined) return noOnes(home.page, instead);
      const pages: { readonly kind: PageKind; readonly read: ReadPage }[] = [{ kind: "home", read: home }];
      const notes: string[] = [];
      for (const { kind, url } of furtherPages(home.parts.links, home.page.url).slice(0, maxPages - 1)) {
        if (performance.now() - begun > MAX_VISIT_MS) break;
        const read = await load(url, tools, state);
        if ("page" in read && isSameSite(read.page.url, home.page.url)) pages.push({ kind, read });
        else if (!("page" in read)) notes.push(note(url, read));
      }
      return compiled(asked, pages, notes);
    },
    close: async () => browser?.close(),
  };
}

/** It was there, and nothing of it is the company's: not even that the address is its website. */
function noOnes({ url, status, bytes }: Page, instead: string): Visit {
  const notes = [note(url, { ok: false, why: `it is ${instead}`, isTransient: false })];
  return { found: [], steps: [{ type: "page_loaded", data: { url, status, bytes } }], notes };
}

function compiled(
  asked: string,
  pages: readonly { readonly kind: PageKind; readonly read: ReadPage }[],
  notes: readonly string[],
): Visit {
  const home = pages[0]?.read.page.url ?? asked;
  const sureness = isSameSite(asked, home) ? 1 : ELSEWHERE;
  const found: Finding[] = [
    { property: "website", value: new URL(home).origin, confidence: 0.95 * sureness, source: "website:home" },
  ];
  const steps: NewEvent[] = [];
  for (const { kind, read } of pages) {
    const { url, status, bytes } = read.page;
    const facts = factsOf(read.parts, url, kind);
    for (const fact of facts) found.push({ ...fact, confidence: fact.confidence * sureness });
    steps.push({ type: "page_loaded", data: { url, status, bytes } });
    steps.push({
      type: "content_extracted",
      data: { url, fields: [...new Set(facts.map(({ property }) => property))] },
    });
  }
  return { found, steps, notes: [`website: ${pages.length} of its pages read`, ...notes] };
}

function isWrittenByScripts({ text, scripts, jsonLd }: PageParts): boolean {
  return text.length < LITTLE_TEXT && scripts > 0 && jsonLd.length === 0;
}

/** What the tool itself could not do counts as a page that is not there: the visit goes on. */
function flat(call: { ok: true; value: Fetched } | { ok: false; error: string }): Fetched {
  return call.ok ? call.value : { ok: false, why: call.error, isTransient: false };
}

function note(url: string, { why }: NoPage): string {
  return `website: ${url.slice(0, 150)} gave nothing, ${why}`.toWellFormed().replaceAll("\u0000", "").slice(0, 500);
}
