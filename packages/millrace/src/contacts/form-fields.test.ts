/** How a form's fields are read: given what was sent, then these are the fields and this is kept beside them. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addressIn, fieldOf, sortForm } from "./form-fields.ts";

describe("an address is read as people fill it in", () => {
  const ADA = "ada@example.com";
  const cases: readonly (readonly [text: string, address: string | undefined])[] = [
    ["mailto:ada@example.com", ADA],
    ["mailto:ada@example.com?subject=Hi", ADA],
    ["Ada <ada@example.com>", ADA],
    ["<ada@example.com>", ADA],
    ["ada@example.com.", ADA],
    ["ada@example.com;", ADA],
    ["\u00a0ada@example.com\u200b\n", ADA],
    ["ada＠example.com", ADA],
    ["ADA@Example.COM", ADA],
    ["ada@example.com, bob@example.com", undefined],
    ["Ada <ada@example.com>, Bob <bob@example.com>", undefined],
    ["ada@example.com\r\nBcc: bob@example.com", undefined],
    ["ada@example", undefined],
    ["", undefined],
  ];
  for (const [text, address] of cases) it(JSON.stringify(text), () => assert.equal(addressIn(text), address));
});

describe("a field is known by its usual spellings", () => {
  const cases: readonly (readonly [sent: string, ours: string | undefined])[] = [
    ["Email", "email"],
    ["your-email", "email"],
    ["E-Mail Adresse", "email"],
    ["FirstName", "firstname"],
    ["Nachname", "lastname"],
    ["Company name", "company"],
    ["Job Title", "jobtitle"],
    ["Number of employees", "numberofemployees"],
    ["hp_website", "hp_website"],
    ["Budget (EUR)", "budget_eur"],
    ["form_fields[email]", "email"],
    ["data[Contact][Vorname]", "firstname"],
    ["item[lead_score]", "lead_score"],
    ["interests[]", "interests"],
    ["favouriteColour", "favourite_colour"],
    ["toString", "to_string"],
    ["💰", undefined],
  ];
  for (const [sent, ours] of cases) it(sent, () => assert.equal(fieldOf(sent), ours));
});

describe("what is not understood is kept", () => {
  it("a long text is taken as far as a property goes, and kept whole", () => {
    const message = "x".repeat(12_000);
    const { fields, extra } = sortForm({ message });
    assert.equal(String(fields.message).length, 10_000);
    assert.equal(extra.message, message);
  });
  it("more fields than a contact can have", () => {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`f${i}`, "x"]));
    const { fields, extra } = sortForm({ ...many, email: "ada@example.com" });
    assert.equal(Object.keys(fields).length + Object.keys(extra).length, 251);
    assert.equal(fields.email, "ada@example.com");
    assert.ok(Object.keys(fields).length <= 200);
  });
  it("a second spelling of a field with another value", () => {
    assert.deepEqual(sortForm({ Firma: "Other", company: "Acme" }).extra, { Firma: "Other" });
  });
  it("the address as it was typed, where it had to be read", () => {
    assert.deepEqual(sortForm({ email: "Ada <ada@example.com>" }).extra, { email: "Ada <ada@example.com>" });
    assert.deepEqual(sortForm({ email: "Ada@example.com" }).extra, {});
  });
  const halves: readonly (readonly [
    sent: Readonly<Record<string, string>>,
    first: string,
    last: string | undefined,
  ])[] = [
    [{ Vorname: "Ada", Name: "Lovelace" }, "Ada", "Lovelace"],
    [{ Name: "Lovelace", Vorname: "Ada" }, "Ada", "Lovelace"],
    [{ prenom: "Ada", nom: "de Byron" }, "Ada", "de Byron"],
    [{ firstname: "Ada", name: "Ada Lovelace" }, "Ada", "Lovelace"],
    [{ lastname: "Lovelace", name: "Ada Lovelace" }, "Ada", "Lovelace"],
    [{ lastname: "Lovelace", name: "Ada" }, "Ada", "Lovelace"],
    [{ firstname: "Ada", lastname: "Lovelace", name: "A. L." }, "Ada", "Lovelace"],
    [{ nom: "Ada Lovelace" }, "Ada", "Lovelace"],
    [{ name: "Ada" }, "Ada", undefined],
  ];
  for (const [sent, first, last] of halves)
    it(`${JSON.stringify(sent)} is ${first} and ${last}`, () => {
      const { firstname, lastname } = sortForm(sent).fields;
      assert.deepEqual([firstname, lastname], [first, last]);
    });
  it("a second address, where a page has two fields for one", () => {
    const { fields, extra } = sortForm({ email: ["none", "ada@example.com", "bob@example.com"] });
    assert.equal(fields.email, "ada@example.com");
    assert.deepEqual(extra, { email: ["none", "ada@example.com", "bob@example.com"] });
  });
  it("a name that is family first", () => {
    const { firstname, lastname } = sortForm({ name: "Byron, Ada" }).fields;
    assert.deepEqual([firstname, lastname], ["Ada", "Byron"]);
  });
});

for (const [written, kept] of [
  ["1,200", 1_200],
  ["1.200", 1_200],
  [" 900 ", 900],
  ["201-500", "201-500"],
  ["500+", "500+"],
] as const) {
  it(`a number of employees written "${written}" is ${JSON.stringify(kept)}`, () => {
    assert.deepEqual(sortForm({ Employees: written }).fields, { numberofemployees: kept });
  });
}
