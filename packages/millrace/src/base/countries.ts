/**
 * A country by whatever people call it ("Holland", "U.S.A.", "Schweiz", "日本", "KOR") and the time zone of most of its
 * people; and the country that a telephone number or the end of a domain belongs to. From the packages world-countries
 * (names in 23 languages and their own) and countries-and-timezones. Asked by the mail gate and the enricher.
 */
import { createRequire } from "node:module";
import type { Country as Listed } from "world-countries";

export interface Country {
  /** ISO 3166-1 alpha-2: "NL". */
  readonly code: string;
  /** As English speakers call it: "Netherlands". */
  readonly name: string;
}

/** What people write and the list does not have. */
const ALSO: Readonly<Record<string, string>> = {
  america: "US",
  unitedstatesofamericausa: "US",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  northernireland: "GB",
  britain: "GB",
  korea: "KR",
  korearepublic: "KR",
  uae: "AE",
  emirates: "AE",
  ksa: "SA",
  prc: "CN",
  mainlandchina: "CN",
  brd: "DE",
  eire: "IE",
  czech: "CZ",
  burma: "MM",
  ivorycoast: "CI",
  turkiye: "TR",
  turkey: "TR",
};

/** Where most people live, for countries of several zones; others have their capital's, or the one in the middle. */
const ZONE_OF_MOST: Readonly<Record<string, string>> = {
  // The middle: no one from coast to coast is written to far outside of the day.
  US: "America/Chicago",
  CA: "America/Toronto",
  MX: "America/Mexico_City",
  BR: "America/Sao_Paulo",
  AR: "America/Argentina/Buenos_Aires",
  CL: "America/Santiago",
  AU: "Australia/Sydney",
  NZ: "Pacific/Auckland",
  CN: "Asia/Shanghai",
  ID: "Asia/Jakarta",
  MY: "Asia/Kuala_Lumpur",
  RU: "Europe/Moscow",
  UA: "Europe/Kyiv",
  DE: "Europe/Berlin",
  ES: "Europe/Madrid",
  PT: "Europe/Lisbon",
  CY: "Asia/Nicosia",
  KZ: "Asia/Almaty",
  UZ: "Asia/Tashkent",
  EC: "America/Guayaquil",
};

/** Endings sold to everyone, which say nothing of where a company is (what search engines treat as generic, and more). */
const SOLD_TO_EVERYONE: ReadonlySet<string> = new Set(
  "ac,ad,ag,ai,am,as,bz,cc,cd,cf,co,dj,fm,ga,gg,gq,im,io,is,la,li,ly,me,ml,ms,nu,pw,sc,sh,sr,st,su,tk,to,tv,vc,vg,ws".split(
    ",",
  ),
);

const LONGEST = 80;
/** Digits of the longest calling code on the list. */
const MAX_CODE_LENGTH = 8;

/**
 * Where a form asks for a country, "N/A", "n.a." and "na" say that there is none; Namibia is written out, or as NAM. Two characters
 * with a slash between them are no code of a country either.
 */
const NOT_SAID = /^\s*n\W?a\W?\s*$|^\s*\p{L}\/\p{L}\s*$/iu;

/** Undefined for what is no country, for a name of two, and for what says that none is given. */
export function countryNamed(text: string): Country | undefined {
  if (typeof text === "string" && text.length < 10 && NOT_SAID.test(text)) return undefined;
  const word = wordOf(text);
  return word === "" ? undefined : tables().byWord.get(word);
}

/** An IANA name that Intl knows; undefined for a country without people. */
export function timeZoneOfCountry({ code }: Country): string | undefined {
  const known = zones.get(code);
  if (known !== undefined) return known;
  const zone = ZONE_OF_MOST[code] ?? ownZone(code);
  if (zone !== undefined) zones.set(code, zone);
  return zone;
}

/**
 * @param digits of a number, from the country's calling code on: "442079460000".
 * @returns the country, and whether the code is its own; the largest of those that share it otherwise.
 */
export function countryOfNumber(digits: string): { readonly country: Country; readonly isSure: boolean } | undefined {
  const codes = tables().byCode;
  for (let length = Math.min(MAX_CODE_LENGTH, digits.length); length > 0; length--) {
    const found = codes.get(digits.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @param ending the last part of a domain, "de"; undefined for those that are no country's or are sold to everyone. */
export function countryOfEnding(ending: string): Country | undefined {
  const lower = ending.toLowerCase();
  return SOLD_TO_EVERYONE.has(lower) ? undefined : tables().byEnding.get(lower);
}

const zones = new Map<string, string>();
interface Tables {
  readonly byWord: ReadonlyMap<string, Country>;
  readonly byCode: ReadonlyMap<string, { readonly country: Country; readonly isSure: boolean }>;
  readonly byEnding: ReadonlyMap<string, Country>;
}

let known: Tables | undefined;
/** Both are read when the first country is asked for: 1.4 MB that a start does without. */
const require = createRequire(import.meta.url);

function tables(): Tables {
  if (known !== undefined) return known;
  // Members of the United Nations first, the largest first: of several that share a code or an ending they have it.
  const listed = (require("#world-countries") as readonly Listed[]).toSorted(
    (a, b) => Number(b.unMember) - Number(a.unMember) || b.area - a.area,
  );
  known = { byWord: wordTable(listed), byCode: codeTable(listed), byEnding: endingTable(listed) };
  return known;
}

/** Common names and codes first, then every other name that only one country has. */
function wordTable(listed: readonly Listed[]): ReadonlyMap<string, Country> {
  const found = new Map<string, Country>();
  const namings: readonly ((one: Listed) => readonly string[])[] = [
    ({ name, cca2, cca3 }) => [name.common, cca2, cca3],
    ({ altSpellings, cioc, name }) => [...altSpellings.filter((other) => other.length > 2), cioc, name.official],
    ({ name }) => Object.values(name.native).flatMap((native) => [native.common, native.official]),
    ({ translations }) => Object.values(translations).flatMap((other) => [other.common, other.official]),
  ];
  for (const namesOf of namings) {
    const claims = new Map<string, Country | undefined>();
    for (const one of listed) {
      const country = countryOf(one);
      for (const word of new Set(namesOf(one).map(wordOf)))
        if (word !== "" && !found.has(word)) claims.set(word, claims.has(word) ? undefined : country);
    }
    for (const [word, country] of claims) if (country !== undefined) found.set(word, country);
  }
  for (const [word, code] of Object.entries({ ...ALSO, uk: "GB" })) {
    const country = found.get(code.toLowerCase());
    if (country !== undefined) found.set(word, country);
  }
  return found;
}

function codeTable(listed: readonly Listed[]): Tables["byCode"] {
  const found = new Map<string, { country: Country; isMember: boolean; isSure: boolean }>();
  const ofIslands = new Set<string>();
  for (const one of listed) {
    const root = one.idd.root.slice(1);
    for (const suffix of one.idd.suffixes) {
      const code = `${root}${suffix}`;
      const before = found.get(code);
      // Few people live on the islands that share a large country's code; among islands alone there is no telling.
      if (before?.isMember) before.isSure &&= !one.unMember;
      else if (before !== undefined) ofIslands.add(code);
      else if (code !== "") found.set(code, { country: countryOf(one), isMember: one.unMember, isSure: true });
    }
  }
  for (const code of ofIslands) found.delete(code);
  // Of North America's area codes the list has most: for one that is new, the country with the most of them.
  const america = listed.find(({ cca2 }) => cca2 === "US");
  if (america !== undefined) found.set("1", { country: countryOf(america), isMember: true, isSure: false });
  return found;
}

function endingTable(listed: readonly Listed[]): Tables["byEnding"] {
  const found = new Map<string, Country>();
  for (const one of listed)
    for (const tld of one.tld) {
      const ending = tld.replaceAll(".", "").toLowerCase();
      if (!found.has(ending)) found.set(ending, countryOf(one));
    }
  return found;
}

function countryOf({ cca2, name }: Listed): Country {
  return { code: cca2, name: name.common };
}

/** Alphabetic characters and digits alone, without case and accents and "the": "U.S.A." is "usa". */
function wordOf(text: string): string {
  if (typeof text !== "string") return "";
  if (/^[A-Za-z]{2,30}$/.test(text)) return text.toLowerCase();
  return text
    .slice(0, LONGEST)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/^\s*the\s+/, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

interface Zone {
  readonly name: string;
  /** Minutes. */
  readonly utcOffset: number;
  /** Who shares it. */
  readonly countries: readonly string[];
}

/** The one named after the capital; else, of those that the fewest others share, the one in the middle. */
function ownZone(code: string): string | undefined {
  const { getTimezonesForCountry } = require("countries-and-timezones") as {
    getTimezonesForCountry: (code: string, options: { deprecated: boolean }) => readonly Zone[] | undefined;
  };
  const all = getTimezonesForCountry(code, { deprecated: true }) ?? [];
  const capital = capitalOf(code);
  const ofCapital = all.find(({ name }) => name.includes("/") && wordOf(name.split("/").at(-1) ?? "") === capital);
  if (ofCapital !== undefined) return ofCapital.name;
  const current = getTimezonesForCountry(code, { deprecated: false }) ?? [];
  const fewest = Math.min(...current.map(({ countries }) => countries.length));
  const own = current.filter(({ countries }) => countries.length === fewest);
  return own.sort((a, b) => a.utcOffset - b.utcOffset)[Math.floor((own.length - 1) / 2)]?.name;
}

function capitalOf(code: string): string {
  const listed = require("#world-countries") as readonly Listed[];
  return wordOf(listed.find(({ cca2 }) => cca2 === code)?.capital[0] ?? "");
}
