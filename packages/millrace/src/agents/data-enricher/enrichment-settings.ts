/** The settings of enrichment: `enrichment.*` in millrace.config.ts. */
import type { Duration } from "../../base/clock.ts";
import { code, count, duration, flag, group, listOf, oneOf, setting, text } from "../../settings/setting.ts";
import type { ProfileProvider } from "./profiles.ts";

export interface EnrichmentSettings {
  /** True: the enricher visits the websites of companies, within their robots.txt. False: it reads only what the form and the address give. True or false. Default: false. */
  readonly websites?: boolean;
  /** How long an enrichment is good for; asked again within it, the enricher skips. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "30d". */
  readonly freshFor?: Duration;
  /** Pages of one website at most: its home page, then about, imprint, company and contact. A whole number of pages from 1 to 100. Default: 4. */
  readonly maxPages?: number;
  /** A Chromium for pages that are written by their own scripts. Default: none, such pages give little. */
  readonly browser?: { readonly executablePath: string };
  /** Where profiles of people are searched. A provider: `{ name, search(query, signal) }`. Default: nowhere; none is built in. */
  readonly profiles?: ProfileProvider;
  /** Hosts as "host:port" that may be visited although their address is private or their port unusual. A list; each: a text of 1 to 1,000 characters. Default: none. */
  readonly allowedHosts?: readonly string[];
  /** Contacts enriched at once in one process, when websites are visited or profiles searched. A whole number of contacts from 1 to 1,000. Default: 4. */
  readonly concurrency?: number;
  /** "full": every step of an enrichment is an event. "result": only contact_enriched (and what failed). One of "full", "result". Default: "full". */
  readonly chain?: "full" | "result";
}

/** Every setting with its value in force. */
export type EnrichmentInForce = ReturnType<typeof enrichmentSettings.parse>;

export const enrichmentSettings = group({
  websites: setting(
    "True: the enricher visits the websites of companies, within their robots.txt. False: it reads only what the form and the address give.",
    flag().default(false),
  ),
  freshFor: setting(
    "How long an enrichment is good for; asked again within it, the enricher skips.",
    duration().default("30d"),
  ),
  maxPages: setting(
    "Pages of one website at most: its home page, then about, imprint, company and contact.",
    count({ max: 100, unit: "pages" }).default(4),
  ),
  browser: setting(
    "A Chromium for pages that are written by their own scripts.",
    group({ executablePath: setting("The program's file.", text({ sample: "/usr/bin/chromium" })) }).optional(),
    { unset: "none, such pages give little" },
  ),
  profiles: setting(
    "Where profiles of people are searched.",
    code<ProfileProvider>(
      ({ name, search }) => typeof name === "string" && typeof search === "function",
      "a provider: `{ name, search(query, signal) }`",
      { name: "directory", search: async () => undefined },
    ).optional(),
    { unset: "nowhere; none is built in" },
  ),
  allowedHosts: setting(
    'Hosts as "host:port" that may be visited although their address is private or their port unusual.',
    listOf(text({ sample: "intranet:8080" })).default([]),
  ),
  concurrency: setting(
    "Contacts enriched at once in one process, when websites are visited or profiles searched.",
    count({ max: 1_000, unit: "contacts" }).default(4),
  ),
  chain: setting(
    '"full": every step of an enrichment is an event. "result": only contact_enriched (and what failed).',
    oneOf("full", "result").default("full"),
  ),
});
