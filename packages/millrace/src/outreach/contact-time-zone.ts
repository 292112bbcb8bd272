/**
 * Where a contact's clock stands, as far as we know: its time zone property, else its country's. A country with several
 * zones has the one in its middle, so that nobody is written to far outside of the day.
 */
import { type Contact, textProperty } from "../contacts/contact.ts";

const OF_COUNTRY: Readonly<Record<string, string>> = {
  "Europe/Berlin": "de deutschland germany",
  "Europe/Vienna": "at österreich austria",
  "Europe/Zurich": "ch schweiz switzerland suisse",
  "Europe/Paris": "fr france frankreich",
  "Europe/Madrid": "es spain españa spanien",
  "Europe/Rome": "it italy italia italien",
  "Europe/Amsterdam": "nl netherlands nederland niederlande",
  "Europe/Brussels": "be belgium belgien belgique",
  "Europe/London": "gb uk england scotland wales",
  "Europe/Dublin": "ie ireland",
  "Europe/Lisbon": "pt portugal",
  "Europe/Warsaw": "pl poland polska polen",
  "Europe/Prague": "cz czechia",
  "Europe/Stockholm": "se sweden schweden",
  "Europe/Oslo": "no norway norwegen",
  "Europe/Copenhagen": "dk denmark dänemark",
  "Europe/Helsinki": "fi finland finnland",
  "Europe/Athens": "gr greece",
  "Europe/Bucharest": "ro romania",
  "Europe/Kyiv": "ua ukraine",
  "Europe/Istanbul": "tr turkey türkiye",
  "Asia/Jerusalem": "il israel",
  "Asia/Dubai": "ae",
  "Asia/Kolkata": "in india",
  "Asia/Singapore": "sg singapore",
  "Asia/Shanghai": "cn china",
  "Asia/Tokyo": "jp japan",
  "Asia/Seoul": "kr",
  "Australia/Sydney": "au australia",
  "Pacific/Auckland": "nz",
  "Africa/Johannesburg": "za",
  "America/Chicago": "us usa",
  "America/Toronto": "ca canada",
  "America/Mexico_City": "mx mexico méxico",
  "America/Sao_Paulo": "br brazil brasil",
  "America/Bogota": "co colombia",
  "America/Argentina/Buenos_Aires": "ar argentina",
};
const BY_WORD = new Map([
  ...Object.entries(OF_COUNTRY).flatMap(([zone, words]) => words.split(" ").map((word) => [word, zone] as const)),
  ["united states", "America/Chicago"],
  ["united kingdom", "Europe/London"],
  ["new zealand", "Pacific/Auckland"],
  ["south africa", "Africa/Johannesburg"],
  ["south korea", "Asia/Seoul"],
  ["united arab emirates", "Asia/Dubai"],
  ["czech republic", "Europe/Prague"],
]);

/** @returns an IANA name Intl knows, or `otherwise`. */
export function timeZoneOf(contact: Contact, otherwise: string): string {
  for (const name of ["hs_timezone", "timezone"]) {
    // HubSpot writes "europe_slash_berlin".
    const zone = textProperty(contact, name)?.replaceAll("_slash_", "/");
    if (zone !== undefined && isTimeZone(zone)) return zone;
  }
  const country = textProperty(contact, "country")?.toLowerCase();
  return BY_WORD.get(country ?? "") ?? otherwise;
}

const known = new Map<string, boolean>();
const MOST_KEPT = 1_000;

/** Properties are strangers' words: "+05:00" and the like are offsets without daylight saving, and are left out. */
function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]+(?:[_/+-][A-Za-z0-9]+)*$/.test(zone) || zone.length > 60) return false;
  const before = known.get(zone);
  if (before !== undefined) return before;
  let isOne = true;
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: zone });
  } catch {
    isOne = false;
  }
  if (known.size >= MOST_KEPT) known.clear();
  known.set(zone, isOne);
  return isOne;
}
