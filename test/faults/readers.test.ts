/**
 * Readers never step over an event that commits late. Writers sleep before they commit; a reader follows with one
 * integer. The control takes the lock away and must lose events: else this test could not see the fault.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Database, type Tx } from "../../packages/millrace/src/db/database.ts";
import { readEvents } from "../../packages/millrace/src/events/log.ts";
import { insertEvents, reservePositions } from "../../packages/millrace/src/events/log-writer.ts";
import { freshDatabase } from "../factories/database.ts";

const WRITERS = 8;
const RUN_MS = 6_000;

describe("a reader of the log", () => {
  it("skips nothing while 8 writers sleep before they commit, and sees positions only grow", async () => {
    const seen = await writeAndRead((tx) => reservePositions(tx, 1).then(({ first }) => first));
    assert.ok(seen.written.size > 100, `only ${seen.written.size} events were written`);
    assert.deepEqual(
      [...seen.written].filter((position) => !seen.read.has(position)),
      [],
    );
    assert.equal(seen.wentBack, 0);
  });

  it("would skip events without the lock (control)", async () => {
    const seen = await writeAndRead(async (tx) => {
      const [row] = await tx.query<{ position: number }>("select nextval('events_position') as position");
      return row?.position ?? 0;
    });
    const skipped = [...seen.written].filter((position) => !seen.read.has(position));
    assert.ok(
      skipped.length > 0,
      `nothing was skipped among ${seen.written.size} events, so the test above proves nothing`,
    );
  });
});

async function writeAndRead(drawPosition: (tx: Tx) => Promise<number>) {
  const database = await freshDatabase();
  const db = new Database({ url: database.url, maxConnections: WRITERS + 2 });
  const written = new Set<number>();
  const read = new Set<number>();
  let wentBack = 0;
  let isWriting = true;
  const until = performance.now() + RUN_MS;

  const writer = async (seed: number) => {
    for (let i = 0; performance.now() < until; i++) {
      const rollsBack = (seed + i) % 50 === 0;
      await db
        .transaction(async (tx) => {
          const position = await drawPosition(tx);
          await insertEvents(tx, [rowAt(position)]);
          // One in twenty hesitates between its position and its commit.
          if ((seed * 7 + i) % 20 === 0) await tx.query("select pg_sleep($1)", [((seed + i) % 20) / 100]);
          if (rollsBack) throw new Error("rolled back");
          return position;
        })
        .then((position) => written.add(position))
        .catch((error: Error) => assert.equal(error.message, "rolled back"));
    }
  };
  const reader = async () => {
    let cursor = 0;
    for (;;) {
      const wasWriting = isWriting;
      for (const event of await readEvents(db, cursor, 500)) {
        if (event.position <= cursor) wentBack += 1;
        cursor = event.position;
        read.add(event.position);
      }
      if (!wasWriting) return;
    }
  };
  const reading = reader();
  const writers = await Promise.allSettled(Array.from({ length: WRITERS }, (_, i) => writer(i + 1)));
  // Whatever became of the writers, the reader ends with them: a test that hangs says nothing.
  isWriting = false;
  await reading;
  await db.close();
  await database.drop();
  const failed = writers.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return { written, read, wentBack };
}

function rowAt(position: number) {
  return {
    position,
    type: "form_submitted",
    contact: null,
    data: "{}",
    occurredAt: 0,
    cause: null,
    root: position,
    depth: 0,
    actor: "test",
    isSettled: false,
  };
}
