import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changedValues, differenceOf, mustAsk, type WrittenValue, writtenAfter } from "./difference.ts";

const given = (value: string) => ({ value, isFound: false });
const found = (value: string) => ({ value, isFound: true });
const wrote = (value: string, position = 1, more: { kept?: true } = {}): WrittenValue => ({
  value,
  position,
  at: 0,
  ...more,
});

describe("what is to be written to the CRM", () => {
  it("is what is another value than was written last", () => {
    const written = { city: wrote("Bonn"), phone: wrote("1") };
    assert.deepEqual(changedValues({ city: given("Bonn"), phone: given("2") }, written, 5), { phone: given("2") });
  });

  it("is never an older value than the one written", () => {
    assert.deepEqual(changedValues({ phone: given("old") }, { phone: wrote("new", 9) }, 5), {});
    const after = writtenAfter({ phone: wrote("new", 9) }, { write: { phone: "old" }, keep: {} }, 5, 0);
    assert.equal(after.phone?.value, "new");
  });

  it("asks HubSpot first only when an agent found a value", () => {
    assert.equal(mustAsk({ phone: given("1") }), false);
    assert.equal(mustAsk({ industry: found("Steel") }), true);
  });

  for (const [what, theirs, written, expected] of [
    ["HubSpot has none", { industry: null }, {}, "write"],
    ["HubSpot has the same", { industry: "Steel" }, {}, "write"],
    ["a person typed another", { industry: "Typed" }, {}, "keep"],
    ["HubSpot has what we wrote", { industry: "Iron" }, { industry: wrote("Iron") }, "write"],
    ["a person changed what we wrote", { industry: "Typed" }, { industry: wrote("Iron") }, "keep"],
    ["a person's value was kept before", { industry: "Iron" }, { industry: wrote("Iron", 1, { kept: true }) }, "keep"],
    ["HubSpot could not be asked", undefined, {}, "neither"],
  ] as const) {
    it(`of a found value when ${what}: ${expected}`, () => {
      const difference = differenceOf({ industry: found("Steel") }, written, theirs, false);
      assert.equal("industry" in difference.write, expected === "write");
      assert.equal("industry" in difference.keep, expected === "keep");
    });
  }

  it("is everything for a contact HubSpot does not know", () => {
    assert.deepEqual(differenceOf({ industry: found("Steel") }, {}, undefined, true).write, { industry: "Steel" });
  });
});
