/** How far ahead tasks are claimed for an agent: as its calls went before, so it is given. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PrefetchQueue } from "./prefetch-queue.ts";

const CONCURRENCY = 4;
const MOST = 100;

/** A line whose calls took so long, one after the other. */
function lineAfter(calls: readonly { readonly ms: number; readonly hasFailed?: boolean }[]): PrefetchQueue<string> {
  const line = new PrefetchQueue<string>(MOST);
  for (const { ms, hasFailed = false } of calls) {
    line.add("call", 0);
    const call = line.next(CONCURRENCY);
    assert.ok(call !== undefined);
    line.ended(call, ms, hasFailed);
  }
  return line;
}

const many = (ms: number, count = 60) => Array.from({ length: count }, () => ({ ms }));

describe("tasks are claimed for an agent", () => {
  for (const { given, calls, room } of [
    { given: "nobody knows how long it takes", calls: [], room: CONCURRENCY },
    { given: "it takes a second", calls: many(1_000), room: CONCURRENCY },
    { given: "it takes 50 ms: what it begins in the next 50 ms", calls: many(50), room: CONCURRENCY * 2 },
    { given: "it takes 9 ms", calls: many(9), room: CONCURRENCY + 22 },
    { given: "it is done at once: not without end", calls: many(0), room: MOST },
    { given: "it was quick and fails now", calls: [...many(0), { ms: 0, hasFailed: true }], room: CONCURRENCY },
    { given: "it was quick and is slow now", calls: [...many(0), { ms: 1_000 }], room: CONCURRENCY },
  ]) {
    it(`when ${given}`, () => assert.equal(lineAfter(calls).room(CONCURRENCY), room));
  }

  it("no more of them when overload lets it do more at a time", () => {
    assert.equal(lineAfter(many(0)).room(4 * CONCURRENCY), MOST);
  });

  it("only when half of its line is gone, many at a time", () => {
    const line = lineAfter(many(0));
    for (let i = 0; i < 100; i++) line.add(`call ${i}`, 0);
    const begin = () => line.next(CONCURRENCY) ?? assert.fail("nothing in line");
    const begun = Array.from({ length: CONCURRENCY }, begin);
    assert.equal(line.next(CONCURRENCY), undefined, "its places are taken");
    assert.equal(line.room(CONCURRENCY), 0, "the line is full");
    for (let i = 0; i < 47; i++) {
      line.ended(begun.shift() ?? "", 0, false);
      begun.push(begin());
    }
    assert.equal(line.room(CONCURRENCY), 0, "49 of 96 are still in line");
    line.ended(begun.shift() ?? "", 0, false);
    begun.push(begin());
    assert.equal(line.room(CONCURRENCY), 48);
  });
});

it("what has stood in line too long leaves it, the oldest alone", () => {
  const line = new PrefetchQueue<string>(MOST);
  line.add("first", 10);
  line.add("second", 20);
  assert.deepEqual(line.leave(15), ["first"]);
  assert.equal(line.isEmpty, false);
  assert.deepEqual(line.leave(), ["second"]);
  assert.equal(line.isEmpty, true);
});

it("an agent whose line was left is given no more than it works at", () => {
  const line = lineAfter(many(0));
  line.add("waits", 0);
  line.leave(10);
  assert.equal(line.room(CONCURRENCY), CONCURRENCY);
});
