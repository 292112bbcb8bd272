/**
 * What a visitor sees on the home page of a lead's company, as a tool of the draft writer: by HTTP alone, within robots.txt, never at
 * a private address. Loaded when a first page is read.
 */
import type { Clock } from "../../base/clock.ts";
import type { Contact } from "../../contacts/contact.ts";
import { addressGuard } from "../../web/address-guard.ts";
import { fetchPage } from "../../web/fetch-page.ts";
import { robots } from "../../web/robots.ts";
import { visitCookies } from "../../web/visit-cookies.ts";
import { isOurs } from "../data-enricher/compile.ts";
import { addressOf } from "../data-enricher/findings.ts";
import { pageOfNoOne } from "../data-enricher/page-of-no-one.ts";
import { partsOf } from "../data-enricher/page-parts.ts";
import { sitesOf } from "../data-enricher/site-address.ts";
import type { Toolbox } from "../tools.ts";

/** @returns the text in one line; undefined: there is no company's page, or it could not be read. */
export type ReadHomePage = (contact: Contact, tools: Toolbox) => Promise<string | undefined>;

const TIMEOUT_MS = 15_000;
const MAX_TEXT = 6_000;

export function homePages({ allowedHosts }: { readonly allowedHosts: readonly string[] }, clock: Clock): ReadHomePage {
  const guard = addressGuard({ allowedHosts });
  const { forbids } = robots(guard, clock);
  return async (contact, tools) => {
    const [url] = sitesOf(contact, addressOf(contact), isOurs(contact, "website"));
    if (url === undefined) return undefined;
    const read = (signal: AbortSignal) => fetchPage(url, { guard, signal, forbids, cookies: visitCookies() });
    const fetched = await tools.call("fetch_page", read, { timeoutMs: TIMEOUT_MS });
    if (!fetched.ok || !fetched.value.ok) return undefined;
    const parts = partsOf(fetched.value.text);
    return pageOfNoOne(parts) === undefined ? parts.text.slice(0, MAX_TEXT) : undefined;
  };
}
