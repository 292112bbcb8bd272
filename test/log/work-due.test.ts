/** Whether anything is left to do is asked all the time, so it must not cost more the longer the log is. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { WakeUps } from "../../packages/millrace/src/db/wake.ts";
import { hasUndecidedEvents, hasWorkDue } from "../../packages/millrace/src/engine/pending-work.ts";
import { EventCatalogue } from "../../packages/millrace/src/events/catalogue.ts";
import { Ingest } from "../../packages/millrace/src/intake/ingest.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

/** Rows of the log that PostgreSQL has read from one end to the other so far. */
async function rowsReadThrough(db: Database): Promise<number> {
  await db.query("select pg_stat_force_next_flush()");
  const [row] = await db.query<{ rows: number }>(
    "select seq_tup_read as rows from pg_stat_user_tables where relname = 'single_events'",
  );
  return row?.rows ?? 0;
}

async function decidedLog(test: TestEngine): Promise<void> {
  await test.engine.append(Array.from({ length: 2_000 }, (_, i) => formSubmitted({ email: `p${i}@acme.example` })));
  await test.engine.idle();
  await test.engine.db.query("vacuum (analyze) single_events");
}

/** As a process without a runner does, e.g. `millrace events send`. */
async function appendUndecided(db: Database, count: number): Promise<void> {
  const ingest = new Ingest(db, new WakeUps(), new EventCatalogue(), systemClock);
  await ingest.append(Array.from({ length: count }, (_, i) => formSubmitted({ email: `late${i}@acme.example` })));
}

it("that all is decided, and that something is not, is told without reading through the log", async () => {
  await using test = await testEngine({ pack: false });
  await decidedLog(test);
  // Its runner would decide what is made undecided below.
  await test.engine.stop();
  const db = new Database({ url: test.url, maxConnections: 1 });
  try {
    const before = await rowsReadThrough(db);
    assert.equal(await hasWorkDue(db, [], test.clock.now()), false);
    assert.equal(await hasUndecidedEvents(db), false);
    assert.equal((await rowsReadThrough(db)) - before, 0);
    await appendUndecided(db, 5);
    assert.equal(await hasWorkDue(db, [], test.clock.now()), true);
    assert.equal(await hasUndecidedEvents(db, 4), true);
    assert.equal(await hasUndecidedEvents(db, 5), false);
  } finally {
    await db.close();
  }
});
