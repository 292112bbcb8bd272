import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countryNamed, timeZoneOfCountry } from "./countries.ts";

describe("a country is known by what people call it, and has the clock of most of its people:", () => {
  const cases: readonly [code: string, zone: string, names: readonly string[]][] = [
    ["NL", "Europe/Amsterdam", ["Holland", "The Netherlands", "Nederland", "NLD", "Niederlande", "Pays-Bas"]],
    [
      "US",
      "America/Chicago",
      ["U.S.A.", "USA", "us", "United States", "United States of America", "America", "États-Unis"],
    ],
    ["JP", "Asia/Tokyo", ["日本", "Japan", "Japon", "JP"]],
    ["PH", "Asia/Manila", ["Philippines", "The Philippines", "Filipinas"]],
    ["KR", "Asia/Seoul", ["Korea", "South Korea", "Republic of Korea", "대한민국", "Südkorea"]],
    ["SA", "Asia/Riyadh", ["Saudi Arabia", "KSA", "Arabia Saudí"]],
    ["CH", "Europe/Zurich", ["Schweiz", "Suisse", "Svizzera", "Switzerland"]],
    ["GB", "Europe/London", ["UK", "U.K.", "Great Britain", "England", "united  kingdom", "GB"]],
    ["DE", "Europe/Berlin", ["Deutschland", "Germany", "Alemania", "DEU", "Federal Republic of Germany"]],
    ["AE", "Asia/Dubai", ["UAE", "U.A.E.", "United Arab Emirates"]],
    ["TR", "Europe/Istanbul", ["Turkey", "Türkiye", "Türkei"]],
    ["CZ", "Europe/Prague", ["Czechia", "Czech Republic", "Česko", "Tschechien"]],
    ["CN", "Asia/Shanghai", ["China", "中国", "PRC"]],
    ["RU", "Europe/Moscow", ["Russia", "Россия", "Russian Federation"]],
    ["VN", "Asia/Ho_Chi_Minh", ["Vietnam", "Viet Nam"]],
    ["NA", "Africa/Windhoek", ["Namibia", "NAM"]],
    ["IE", "Europe/Dublin", ["Éire", "Ireland", "Irland"]],
    ["MK", "Europe/Skopje", ["Macedonia", "North Macedonia"]],
  ];
  for (const [code, zone, names] of cases) {
    it(names.join(", "), () => {
      for (const name of names) {
        const country = countryNamed(name);
        assert.equal(country?.code, code, name);
        assert.equal(country && timeZoneOfCountry(country), zone, name);
      }
    });
  }

  it("every zone is one that Intl knows", () => {
    for (let a = 65; a <= 90; a++)
      for (let b = 65; b <= 90; b++) {
        const country = countryNamed(String.fromCharCode(a, b));
        const timeZone = country && timeZoneOfCountry(country);
        if (timeZone !== undefined) assert.doesNotThrow(() => new Intl.DateTimeFormat("en", { timeZone }), timeZone);
      }
  });

  it("what is no country is none", () => {
    for (const text of [
      "",
      "  ",
      "Europe",
      "Acme",
      "12",
      "a".repeat(5_000),
      "__proto__",
      "constructor",
      "N/A",
      "n.a.",
      "n/a.",
      "NA",
      "na",
      "I/T",
    ])
      assert.equal(countryNamed(text), undefined, text.slice(0, 20));
  });
});
