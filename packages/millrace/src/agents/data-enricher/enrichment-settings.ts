/** The settings of enrichment: `enrichment.*` in millrace.config.ts. */
import type { Duration } from "../../clock.ts";
import type { ProfileProvider } from "./profiles.ts";

export interface EnrichmentSettings {
  /** True: the enricher visits the websites of companies, within their robots.txt. Default false: it reads only what the form and the address tell. */
  readonly websites?: boolean;
  /** How long an enrichment is good for; asked again within it, the enricher skips. Default "30d". */
  readonly freshFor?: Duration;
  /** Pages of one website at most: its home page, then about, imprint, company and contact. Default 4. */
  readonly maxPages?: number;
  /** A Chromium for pages that are written by their own scripts: `{ executablePath }`. Default: none, such pages give little. */
  readonly browser?: { readonly executablePath: string };
  /** Where profiles of people are searched: `{ name, search(query, signal) }`. Default: nowhere; none is built in. */
  readonly profiles?: ProfileProvider;
  /** Hosts as "host:port" that may be visited although their address is private or their port unusual. Default: none. */
  readonly allowedHosts?: readonly string[];
  /** Contacts enriched at once in one process, when websites are visited or profiles searched. Default 4. */
  readonly concurrency?: number;
  /** "full": every step of an enrichment is an event. "result": only contact_enriched (and what failed). Default "full". */
  readonly chain?: "full" | "result";
}
