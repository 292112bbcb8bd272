/** The country a contact most likely is in, from the phone number or the end of the address. */
import { countryNamed, countryOfEnding, countryOfNumber } from "../../base/countries.ts";

export interface CountryGuess {
  /** As the one list of countries has it (countries.ts). */
  readonly name: string;
  readonly confidence: number;
}

const MIN_NUMBER_LENGTH = 7;

/** Only numbers written with + or 00 name a country; a calling code that several share makes it less sure. */
export function countryOfPhone(phone: string): CountryGuess | undefined {
  const digits = phone
    .slice(0, 40)
    .replace(/\(0\)/, "")
    .replace(/[^\d+]/g, "");
  const international = /^(?:\+|00)(\d+)$/.exec(digits)?.[1] ?? "";
  const found = international.length < MIN_NUMBER_LENGTH ? undefined : countryOfNumber(international);
  return found && { name: found.country.name, confidence: found.isSure ? 0.8 : 0.5 };
}

/** Endings that are sold to everyone (.io, .ai, .co, .me, .tv) say nothing. */
export function countryOfDomain(domain: string): CountryGuess | undefined {
  const country = countryOfEnding(domain.slice(domain.lastIndexOf(".") + 1));
  return country && { name: country.name, confidence: 0.6 };
}

/** A country by any of its usual names, in many languages, or its code, as English speakers call it; undefined for anything else. */
export function countryOfText(text: string): string | undefined {
  return countryNamed(text)?.name;
}
