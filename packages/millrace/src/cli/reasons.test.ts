/** What `why`, `replay` and `try` say of what a workflow did not do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOfSpan } from "../workflows/number-set.ts";
import { branchOf, reasonsOf } from "./reasons.ts";

test("each reason of a workflow is a sentence of its own, without the engine's own spelling of it", () => {
  assert.deepEqual(
    reasonsOf(
      "had opted out: not had opted out before; in a sequence: not is in a sequence; send_email: it has left before",
    ),
    [
      "not “had opted out”, because this is not so: had opted out before",
      "not “in a sequence”, because this is not so: is in a sequence",
      "send_email: it has left before",
    ],
  );
  assert.deepEqual(reasonsOf("no branch holds (is hot, is cold)"), [
    "no branch, because none of these is so: is hot, is cold",
  ]);
  assert.deepEqual(reasonsOf("it is night; nothing is due"), ["it is night; nothing is due"]);
  assert.deepEqual([reasonsOf(null), reasonsOf(undefined), reasonsOf("")], [[], [], []]);
  assert.equal(branchOf("form lead / otherwise"), "form lead / otherwise (what no other branch takes)");
  assert.equal(branchOf("form lead / hot"), "form lead / hot");
});

test("numbers are named in words, ends that are inside apart from those that are not", () => {
  const named = (from: number, includesFrom: boolean, to: number, includesTo: boolean) =>
    nameOfSpan({ from, includesFrom, to, includesTo });
  assert.deepEqual(
    [
      named(70, false, 85, true),
      named(0, true, 40, false),
      named(40, true, 70, true),
      named(7, true, 7, true),
      named(85, false, Infinity, false),
      named(85, true, Infinity, false),
      named(-Infinity, false, 0, false),
      named(-Infinity, false, 0, true),
    ],
    ["above 70 to 85", "0 to below 40", "40 to 70", "7", "above 85", "85 or more", "below 0", "0 or less"],
  );
});
