import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isDates, look, newDateColumn, orderOf, readDate } from "./csv-dates.ts";

function columnOf(...values: string[]) {
  const column = newDateColumn();
  for (const value of values) look(column, value);
  return column;
}

describe("a column of dates is read as a whole:", () => {
  const cases: readonly [values: readonly string[], order: string][] = [
    [["03/04/2026", "25/12/2025"], "dmy"],
    [["03/04/2026", "12/25/2025"], "mdy"],
    [["03/04/2026", "05/06/2026"], "unknown"],
    [["25/12/2025", "12/25/2025"], "mixed"],
    [["03.04.2026"], "dmy"],
    [["2026-04-03", "2026-04-03T10:00:00Z"], "dmy"],
    [["04-04-2026"], "dmy"],
    [["3-4-26 9:30 pm", "13-4-26"], "dmy"],
  ];
  for (const [values, order] of cases)
    it(`${values.join(", ")} is ${order}`, () => assert.equal(orderOf(columnOf(...values)), order));

  it("one date among texts makes no column of dates, one text among dates leaves it one", () => {
    assert.equal(isDates(columnOf("CTO", "CEO", "1/2/2026")), false);
    assert.equal(isDates(columnOf(...Array<string>(20).fill("13/2/2026"), "n/a")), true);
    assert.equal(isDates(columnOf("Acme")), false);
  });
});

describe("a date becomes the day it means:", () => {
  const cases: readonly [text: string, order: "dmy" | "mdy", date: string | undefined][] = [
    ["3/4/2026", "dmy", "2026-04-03"],
    ["3/4/2026", "mdy", "2026-03-04"],
    ["03.04.26", "dmy", "2026-04-03"],
    ["31.12.69", "dmy", "1969-12-31"],
    ["3/4/2026 1:05 PM", "mdy", "2026-03-04T13:05:00"],
    ["3/4/2026, 12:05 a.m.", "mdy", "2026-03-04T00:05:00"],
    ["2026/4/3", "dmy", "2026-04-03"],
    ["2026-04-03 09:30", "mdy", "2026-04-03T09:30:00"],
    ["2026-04-03T09:30:15+02:00", "mdy", "2026-04-03T09:30:15+02:00"],
    ["31/2/2026", "dmy", undefined],
    ["2026-02-30", "dmy", undefined],
    ["soon", "dmy", undefined],
  ];
  for (const [text, order, date] of cases)
    it(`"${text}" (${order}) is ${date ?? "none"}`, () => assert.equal(readDate(text, order), date));
});
