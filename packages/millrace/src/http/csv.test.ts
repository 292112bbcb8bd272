import assert from "node:assert/strict";
import { test } from "node:test";
import { csvLine, momentCell } from "./csv.ts";

for (const [value, cell] of [
  ['=HYPERLINK("http://evil.example")', '"\'=HYPERLINK(""http://evil.example"")"'],
  ["+1 555 123", '"\'+1 555 123"'],
  ["-2+3", '"\'-2+3"'],
  ["@SUM(A1)", '"\'@SUM(A1)"'],
  ["\t=1", '"\'\t=1"'],
  ["  =1", '"\'  =1"'],
  ["＝1", '"\'＝1"'],
  ['a, "b"\r\nc', '"a, ""b""\r\nc"'],
  [-5, "-5"],
  [null, ""],
  [true, "true"],
] as const)
  test(`${JSON.stringify(value)} is written as ${cell}`, () => assert.equal(csvLine([value]), `${cell}\r\n`));

test("a moment is written in UTC", () => assert.equal(momentCell(0), "1970-01-01T00:00:00.000Z"));
