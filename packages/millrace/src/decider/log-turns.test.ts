/** Who looks at the end of the log and writes there takes turns with others, in the order in which they ask. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { LogTurns } from "./log-turns.ts";

const tick = () => new Promise(setImmediate);

it("turns come one behind the other, and one that is wanted is known to be", async () => {
  const turns = new LogTurns();
  const had: string[] = [];
  const first = await turns.take();
  const ask = async (name: string) => {
    const turn = await turns.take();
    had.push(name);
    return turn;
  };
  const [second, third] = [ask("second"), ask("third")];
  await tick();
  assert.deepEqual([had, turns.isWanted], [[], true]);
  first.end();
  (await second).end();
  await third;
  assert.deepEqual([had, turns.isWanted], [["second", "third"], false]);
});

it("a turn ends with its last part", async () => {
  const turns = new LogTurns();
  const turn = await turns.take();
  turn.goOn();
  turn.end();
  assert.equal(turn.isOver, false);
  let isNext = false;
  const next = turns.take().then(() => {
    isNext = true;
  });
  await tick();
  assert.equal(isNext, false);
  turn.end();
  await next;
  assert.equal(turn.isOver, true);
});
