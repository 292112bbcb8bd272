import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { newContact } from "../contacts/contact.ts";
import type { Condition, Facts } from "./condition.ts";
import { not } from "./condition.ts";
import { above, atLeast, atMost, below, between } from "./number-conditions.ts";

type Value = string | number | boolean | null;

function holds(condition: Condition, value: Value, name = "size"): boolean {
  const contact = { ...newContact("c", 0), properties: { [name]: value } };
  const event = { data: { [name]: value } };
  return condition.test({ event, before: undefined, after: contact, now: 0 } as unknown as Facts);
}

describe("a condition on a number holds", () => {
  const cases: readonly [condition: Condition, yes: readonly Value[], no: readonly Value[]][] = [
    [above("size", 500), [501, "501", 500.5, " 1e3 "], [500, "500", -1]],
    [atLeast("size", 500), [500, "500"], [499, "499.9"]],
    [below("size", 500), [499, "-3", 0], [500]],
    [atMost("size", 500), [500, "0"], [501]],
    [between("size", 50, 500), [50, 500, "275"], [49, 501]],
    [above({ data: "size" }, 5), [6, "6"], [5]],
    [not(above("size", 5)), [5, "5"], [6]],
    [
      above("size", 200),
      [
        "1,200",
        "12’000",
        "201-500",
        "201 – 500",
        "500+",
        "1,000+",
        "1.200.000",
        "1.5k",
        "2k+",
        "> 500",
        "More than 500",
      ],
      ["1.200", "51-200", "200+", "150-300"],
    ],
    [below("size", 300), ["51-200", "1 to 250"], ["201-500", "100+", "500-100", "about 200"]],
    [between("size", 50, 500), ["51-200"], ["10-100", "400-600"]],
  ];
  for (const [condition, yes, no] of cases) {
    it(`${condition.name}: ${yes.join(", ")} and not ${no.join(", ")}`, () => {
      for (const value of yes) assert.equal(holds(condition, value), true, String(value));
      for (const value of no) assert.equal(holds(condition, value), false, String(value));
    });
  }

  it("never for a value that is missing or no number", () => {
    for (const condition of [above("size", -1), below("size", 1), atLeast("size", 0), atMost("size", 0)])
      for (const value of [null, "", "  ", "many", true, false, Number.NaN])
        assert.equal(holds(condition, value), false, `${condition.name}: ${value}`);
  });
});
