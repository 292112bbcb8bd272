/**
 * Where a contact's clock stands, as far as we know: its time zone property, else its country's. A country with several
 * zones has the one in its middle, so that no one is written to far outside of the day.
 */
import { countryNamed, timeZoneOfCountry } from "../../base/countries.ts";
import { type Contact, textProperty } from "../../contacts/contact.ts";

/** @returns an IANA name Intl knows, or `otherwise`. */
export function timeZoneOf(contact: Contact, otherwise: string): string {
  for (const name of ["hs_timezone", "timezone"]) {
    // HubSpot writes "europe_slash_berlin".
    const zone = textProperty(contact, name)?.replaceAll("_slash_", "/");
    if (zone !== undefined && isTimeZone(zone)) return zone;
  }
  const country = countryNamed(textProperty(contact, "country") ?? "");
  return (country === undefined ? undefined : timeZoneOfCountry(country)) ?? otherwise;
}

const known = new Map<string, boolean>();
const MAX_KEPT = 1_000;

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
  if (known.size >= MAX_KEPT) known.clear();
  known.set(zone, isOne);
  return isOne;
}
