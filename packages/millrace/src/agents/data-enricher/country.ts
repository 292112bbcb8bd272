/**
 * The country a contact most likely is in, from the phone number or the end of the address.
 * Endings that are sold to everyone (.io, .ai, .co, .me, .tv) say nothing and are left out.
 */

import { countryNamed } from "../../countries.ts";

const COUNTRIES: readonly (readonly [ending: string, prefix: string, name: string])[] = [
  ["ae", "971", "United Arab Emirates"],
  ["ar", "54", "Argentina"],
  ["at", "43", "Austria"],
  ["au", "61", "Australia"],
  ["be", "32", "Belgium"],
  ["bg", "359", "Bulgaria"],
  ["br", "55", "Brazil"],
  ["ca", "", "Canada"],
  ["ch", "41", "Switzerland"],
  ["cl", "56", "Chile"],
  ["cn", "86", "China"],
  ["cz", "420", "Czechia"],
  ["de", "49", "Germany"],
  ["dk", "45", "Denmark"],
  ["ee", "372", "Estonia"],
  ["es", "34", "Spain"],
  ["fi", "358", "Finland"],
  ["fr", "33", "France"],
  ["gr", "30", "Greece"],
  ["hr", "385", "Croatia"],
  ["hu", "36", "Hungary"],
  ["ie", "353", "Ireland"],
  ["il", "972", "Israel"],
  ["in", "91", "India"],
  ["it", "39", "Italy"],
  ["jp", "81", "Japan"],
  ["kr", "82", "South Korea"],
  ["lt", "370", "Lithuania"],
  ["lu", "352", "Luxembourg"],
  ["lv", "371", "Latvia"],
  ["mx", "52", "Mexico"],
  ["nl", "31", "Netherlands"],
  ["no", "47", "Norway"],
  ["nz", "64", "New Zealand"],
  ["pl", "48", "Poland"],
  ["pt", "351", "Portugal"],
  ["ro", "40", "Romania"],
  ["se", "46", "Sweden"],
  ["sg", "65", "Singapore"],
  ["si", "386", "Slovenia"],
  ["sk", "421", "Slovakia"],
  ["tr", "90", "Turkey"],
  ["ua", "380", "Ukraine"],
  ["uk", "44", "United Kingdom"],
  ["us", "1", "United States"],
  ["za", "27", "South Africa"],
];

const byEnding = new Map(COUNTRIES.map(([ending, , name]) => [ending, name]));
const byPrefix = new Map(COUNTRIES.filter(([, prefix]) => prefix !== "").map(([, prefix, name]) => [prefix, name]));

export interface CountryGuess {
  readonly name: string;
  readonly confidence: number;
}

/** Only numbers written with + or 00 tell a country. +1 is shared with Canada and the Caribbean, hence less sure. */
export function countryOfPhone(phone: string): CountryGuess | undefined {
  const digits = phone.slice(0, 40).replace(/[^\d+]/g, "");
  const international = digits.startsWith("+")
    ? digits.slice(1)
    : digits.startsWith("00")
      ? digits.slice(2)
      : undefined;
  if (international === undefined || international.length < 7) return undefined;
  for (let length = 3; length > 0; length--) {
    const name = byPrefix.get(international.slice(0, length));
    if (name !== undefined) return { name, confidence: length === 1 ? 0.5 : 0.8 };
  }
  return undefined;
}

export function countryOfDomain(domain: string): CountryGuess | undefined {
  const name = byEnding.get(domain.slice(domain.lastIndexOf(".") + 1));
  return name === undefined ? undefined : { name, confidence: 0.6 };
}

/** A country by any of its usual names, in many languages, or its code, as English speakers call it; undefined for anything else. */
export function countryOfText(text: string): string | undefined {
  const country = countryNamed(text);
  if (country === undefined) return undefined;
  const { code, name } = country;
  return byEnding.get(code === "GB" ? "uk" : code.toLowerCase()) ?? name;
}
