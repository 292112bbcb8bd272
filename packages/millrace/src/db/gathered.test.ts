/** Items that come while others are being written are written together, and each has an end of its own. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gathered } from "./gathered.ts";

describe("writing together", () => {
  it("writes the first at once, and all that came meanwhile in one go", async () => {
    const batches: string[][] = [];
    const write = gathered(async (items: readonly string[]) => {
      batches.push([...items]);
      await new Promise(setImmediate);
      return items.map((item) => ({ result: item.toUpperCase() }));
    });
    const ends = await Promise.all(["a", "b", "c", "d"].map(write));
    assert.deepEqual(ends, ["A", "B", "C", "D"]);
    assert.deepEqual(batches, [["a"], ["b", "c", "d"]]);
  });

  it("gives an item its own error", async () => {
    const write = gathered(async (items: readonly number[]) =>
      items.map((item) => (item % 2 === 0 ? { result: item } : { error: new Error(`odd: ${item}`) })),
    );
    const ends = await Promise.allSettled([1, 2, 3].map(write));
    assert.deepEqual(
      ends.map((end) => (end.status === "fulfilled" ? end.value : (end.reason as Error).message)),
      ["odd: 1", 2, "odd: 3"],
    );
  });

  it("writes each alone when the database refuses what one of them holds", async () => {
    const sizes: number[] = [];
    const write = gathered(async (items: readonly string[]) => {
      sizes.push(items.length);
      await new Promise(setImmediate);
      if (items.includes("bad")) throw new RangeError("no row can hold this number");
      return items.map(() => ({ result: true }));
    });
    const ends = await Promise.allSettled(["good", "good", "bad", "good"].map(write));
    assert.deepEqual(
      ends.map(({ status }) => status),
      ["fulfilled", "fulfilled", "rejected", "fulfilled"],
    );
    assert.deepEqual(sizes, [1, 3, 1, 1, 1]);
  });

  it("fails all that were written together when the database is away, and goes on with the next", async () => {
    let isAway = true;
    const write = gathered(async (items: readonly string[]) => {
      await new Promise(setImmediate);
      if (isAway) throw Object.assign(new Error("away"), { code: "57P01" });
      return items.map(() => ({ result: true }));
    });
    const ends = await Promise.allSettled(["a", "b"].map(write));
    assert.deepEqual(
      ends.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    isAway = false;
    assert.equal(await write("c"), true);
  });
});
