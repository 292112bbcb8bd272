/** The standard contact properties are of the types real accounts list. Source: recorded listings of two accounts, compared name by name. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { emptyAccount } from "../src/account/account.ts";

/** As HubSpot lists them: name → type, kind of field. */
const LISTED: Readonly<Record<string, readonly [type: string, fieldType: string]>> = {
  email: ["string", "text"],
  firstname: ["string", "text"],
  city: ["string", "text"],
  company: ["string", "text"],
  country: ["string", "text"],
  website: ["string", "text"],
  industry: ["string", "text"],
  annualrevenue: ["string", "text"],
  numemployees: ["enumeration", "select"],
  lifecyclestage: ["enumeration", "radio"],
  fax: ["string", "phonenumber"],
  hs_email_domain: ["string", "text"],
  createdate: ["datetime", "date"],
  first_conversion_date: ["datetime", "date"],
  first_conversion_event_name: ["string", "text"],
  num_conversion_events: ["number", "number"],
};
const READ_ONLY = ["createdate", "hs_email_domain", "first_conversion_date", "num_conversion_events"];

const account = emptyAccount({
  portalId: 1,
  appId: 1,
  userId: 1,
  timeZone: "UTC",
  now: () => 0,
  indexDelayMs: () => 0,
  reserveId: () => {},
});
const definitions = account.tables.get("0-1")?.definitions ?? new Map();

describe("a standard contact property", () => {
  for (const [name, [type, fieldType]] of Object.entries(LISTED)) {
    it(`${name} is ${type}, shown as ${fieldType}`, () => {
      const definition = definitions.get(name);
      assert.deepEqual([definition?.type, definition?.fieldType], [type, fieldType]);
      assert.equal(definition?.modificationMetadata.readOnlyValue, READ_ONLY.includes(name) || definition?.calculated);
    });
  }

  it("of a list has the ranges HubSpot has", () => {
    const values = definitions.get("numemployees")?.options.map(({ value }: { value: string }) => value);
    assert.deepEqual(values, ["1-5", "5-25", "25-50", "50-100", "100-500", "500-1000", "1000+"]);
  });
});
