/** Which country a telephone number or a domain says, by the one list of countries. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countryOfDomain, countryOfPhone, countryOfText } from "./country.ts";

describe("the country of a telephone number is", () => {
  const cases: readonly [phone: string, name: string | undefined, confidence?: number][] = [
    ["+44 20 7946 0000", "United Kingdom", 0.8],
    ["+49 (0)30 1234567", "Germany", 0.8],
    ["0081 3-1234-5678", "Japan", 0.8],
    ["+63 2 8123 4567", "Philippines", 0.8],
    ["+966 11 123 4567", "Saudi Arabia", 0.8],
    ["+254 20 123 4567", "Kenya", 0.8],
    ["+1 (212) 555-0100", "United States", 0.8],
    ["+1 416 555 0100", "Canada", 0.8],
    ["+1-242-555-0100", "Bahamas", 0.8],
    ["+1 999 555 0100", "United States", 0.5],
    ["+7 727 123 45 67", "Kazakhstan", 0.8],
    ["+7 495 123 45 67", "Russia", 0.8],
    ["+61 2 1234 5678", "Australia", 0.8],
    ["+262 262 12 34 56", undefined],
    ["030 1234567", undefined],
    ["+49", undefined],
    ["49 30 1234567", undefined],
    ["+999 123 456 789", undefined],
    ["+".repeat(50), undefined],
  ];
  for (const [phone, name, confidence] of cases)
    it(`${name ?? "unknown"}: ${phone.slice(0, 20)}`, () => {
      assert.deepEqual(countryOfPhone(phone), name && { name, confidence });
    });
});

describe("the country of a domain is", () => {
  const cases: readonly [domain: string, name: string | undefined][] = [
    ["acme.de", "Germany"],
    ["acme.co.uk", "United Kingdom"],
    ["acme.com.ph", "Philippines"],
    ["acme.co.ke", "Kenya"],
    ["acme.nl", "Netherlands"],
    ["acme.fr", "France"],
    ["acme.us", "United States"],
    ["acme.рф", "Russia"],
    ["acme.io", undefined],
    ["acme.co", undefined],
    ["acme.ai", undefined],
    ["acme.to", undefined],
    ["acme.com", undefined],
    ["acme.eu", undefined],
    ["", undefined],
    ["__proto__", undefined],
  ];
  for (const [domain, name] of cases)
    it(`${name ?? "unknown"}: ${domain}`, () => {
      assert.equal(countryOfDomain(domain)?.name, name);
    });
});

it("a number, a domain and a page name a country alike", () => {
  for (const text of ["Turkey", "Türkei", "TR"]) assert.equal(countryOfText(text), countryOfDomain("acme.tr")?.name);
  assert.equal(countryOfPhone("+90 212 123 45 67")?.name, countryOfText("Turkey"));
  assert.equal(countryOfPhone("+82 2 1234 5678")?.name, countryOfText("Korea"));
});
