/** Values of ours as HubSpot's properties take them. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fitted, type PropertyType } from "./property-types.ts";

const property = (type: string, options: readonly string[] = [], more: Partial<PropertyType> = {}): PropertyType => ({
  name: "it",
  type,
  options: options.map((option) => {
    const [value = "", label = value] = option.split("=");
    return { value, label };
  }),
  isReadOnly: false,
  ...more,
});

const employees = property("enumeration", ["1-5", "5-25", "25-50", "50-100", "100-500", "500-1000", "1000+"]);
const stage = property("enumeration", ["lead=Lead", "salesqualifiedlead=Sales Qualified Lead", "customer=Customer"]);
const interests = property("enumeration", ["prices=Prices", "demo=Demo"], { fieldType: "checkbox" });

const TABLE: readonly { why: string; property: PropertyType; value: string; fits: string | undefined }[] = [
  { why: "a number in a range", property: employees, value: "250", fits: "100-500" },
  { why: "a number at the end two ranges share", property: employees, value: "25", fits: "5-25" },
  { why: "the first of all", property: employees, value: "1", fits: "1-5" },
  { why: "more than all ranges", property: employees, value: "72000", fits: "1000+" },
  { why: "a range as HubSpot has it", property: employees, value: "500-1000", fits: "500-1000" },
  { why: "a range HubSpot has not", property: employees, value: "11-50", fits: undefined },
  { why: "a word for a size", property: employees, value: "many", fits: undefined },
  { why: "nothing at all in a range", property: employees, value: "0", fits: undefined },
  { why: "a label for its value", property: stage, value: "Sales Qualified Lead", fits: "salesqualifiedlead" },
  { why: "another case", property: stage, value: "CUSTOMER", fits: "customer" },
  { why: "a stage that is none", property: stage, value: "friend", fits: undefined },
  { why: "several choices", property: interests, value: "Prices;demo", fits: "prices;demo" },
  { why: "several choices, one of them none", property: interests, value: "prices;cake", fits: undefined },
  { why: "options kept elsewhere", property: property("enumeration"), value: "77", fits: "77" },
  { why: "a number", property: property("number"), value: " 12.5 ", fits: "12.5" },
  { why: "a number that is none", property: property("number"), value: "about 12", fits: undefined },
  { why: "yes as HubSpot says it", property: property("bool"), value: "TRUE", fits: "true" },
  { why: "yes in words", property: property("bool"), value: "yes", fits: undefined },
  { why: "a day", property: property("date"), value: "2026-03-02", fits: "2026-03-02" },
  { why: "a day that is none", property: property("date"), value: "soon", fits: undefined },
  { why: "a text too long", property: property("string"), value: "x".repeat(70_000), fits: "x".repeat(65_536) },
  {
    why: "what HubSpot works out itself",
    property: property("string", [], { isReadOnly: true }),
    value: "x",
    fits: undefined,
  },
];

describe("a value for a property of HubSpot", () => {
  for (const { why, property: given, value, fits } of TABLE) {
    it(`${why}: ${fits === undefined ? "is left out" : "fits"}`, () => assert.equal(fitted(value, given), fits));
  }
});
