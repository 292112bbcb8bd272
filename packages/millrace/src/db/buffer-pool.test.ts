/** What is written in the one room is what comes out, and is nobody else's afterwards. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { writtenOut } from "./buffer-pool.ts";

describe("a buffer written in the shared room", () => {
  it("has the length that was written, and keeps its bytes when the room is used again", () => {
    const first = writtenOut(3_000, (buffer) => buffer.write("grüezi"));
    const second = writtenOut(3_000, (buffer) => buffer.write("something else"));
    assert.deepEqual([first.toString(), second.toString()], ["grüezi", "something else"]);
    assert.equal(first.length, 7);
  });

  it("is not spoilt by one that is written in the midst of it", () => {
    const outer = writtenOut(100, (buffer) => {
      const at = buffer.write("before ");
      const inner = writtenOut(100, (own) => own.write("within"));
      return at + inner.copy(buffer, at);
    });
    assert.equal(outer.toString(), "before within");
  });

  it("is written as well when it is larger than what is kept, and after one that failed", () => {
    assert.throws(() => writtenOut(10, () => assert.fail("no")));
    const large = writtenOut(20_000_000, (buffer) => buffer.fill(7).length);
    assert.equal(large.length, 20_000_000);
    assert.ok(large.every((byte) => byte === 7));
    assert.equal(writtenOut(10, (buffer) => buffer.write("again")).toString(), "again");
  });
});
