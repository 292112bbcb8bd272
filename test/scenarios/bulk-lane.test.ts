/** R11: imports do not delay people. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Database, type Queryable } from "../../packages/millrace/src/db/database.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { waitingInLane } from "../../packages/millrace/src/intake/bulk-lane.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

function imported(who: number, id = `row-${who}`): NewEvent {
  const data = { email: `p${who}@import.example`, properties: { firstname: `P${who}` }, origin: "import" };
  return { type: "contact_created", source: "import:crm", id, data };
}

const many = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => imported(from + i));

describe("the bulk lane", () => {
  it("lets a form pass that comes while thousands of imported contacts wait", async () => {
    await using test = await testEngine({ engine: { bulkBatchSize: 50 } });
    for (let i = 0; i < 3; i++) await test.engine.appendBulk(many(i * 500, (i + 1) * 500));
    const [form] = await test.engine.append([formSubmitted({ firstname: "Ada" })]);
    await test.engine.idle();
    const { db } = test.engine;
    const [scored] = await db.query<{ position: number }>(
      "select min(position) as position from events where type = 'contact_scored' and contact = $1",
      [form?.contact],
    );
    const [before] = await db.query<{ count: number }>(
      "select count(*)::int as count from events where source = 'import:crm' and position < $1",
      [scored?.position],
    );
    assert.ok((before?.count ?? 0) <= 500, `scored before ${before?.count} of 1,500 imported contacts had come in`);
    const [all] = await db.query<{ count: number }>("select count(*)::int as count from contacts");
    assert.equal(all?.count, 1_501);
    assert.deepEqual(test.errors, []);
  });

  it("keeps order, brings each event into the log once, and gives imported contacts the same care", async () => {
    await using test = await testEngine();
    assert.equal(await test.engine.appendBulk(many(0, 250)), 250);
    assert.ok((await test.engine.appendBulk(many(0, 250))) <= 250);
    await test.engine.idle();
    assert.equal(await test.engine.appendBulk(many(0, 10)), 10, "recognised when their turn comes");
    await test.engine.idle();
    const rows = await test.engine.db.query<{ id: string }>(
      "select id from events where source = 'import:crm' order by position",
    );
    assert.deepEqual(
      rows.map((row) => row.id),
      many(0, 250).map((event) => event.id),
    );
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.tasks, "initial_assessment COMPLETED MEDIUM"), 250);
  });

  it("loses nothing when the engine is stopped in the middle", async () => {
    await using test = await testEngine({ engine: { bulkBatchSize: 10 } });
    await test.engine.appendBulk(many(0, 500));
    await test.engine.stop();
    const again = await openEngine({ databaseUrl: test.url }, { clock: test.clock });
    try {
      await again.idle();
      const [row] = await again.db.query<{ count: number }>(
        "select count(*)::int as count from events where source = 'import:crm'",
      );
      assert.equal(row?.count, 500);
    } finally {
      await again.stop();
    }
  });

  it("refuses what the catalogue refuses, all of the call, and sets aside what the log will not have", async () => {
    await using test = await testEngine();
    await assert.rejects(test.engine.appendBulk([imported(1), { type: "contact_creatd", data: {} }]), /Did you mean/);
    assert.equal(await waitingInLane(test.engine.db), 0);
    await test.engine.append([imported(7)]);
    await test.engine.appendBulk([
      imported(1),
      { ...imported(7), data: { email: "other@import.example" } },
      imported(2),
    ]);
    await test.engine.idle();
    const set = await test.engine.db.query<{ event_id: string; error: string }>(
      "select event_id, error from bulk_events",
    );
    assert.deepEqual(
      set.map((row) => row.event_id),
      ["row-7"],
    );
    assert.match(set[0]?.error ?? "", /other content/);
    const [row] = await test.engine.db.query<{ count: number }>("select count(*)::int as count from contacts");
    assert.equal(row?.count, 3);
  });

  it("sets aside the event that is at fault, not an older one that another process holds at that moment", async () => {
    await using test = await testEngine({}, { roles: ["worker"] });
    await test.engine.append([imported(7)]);
    await test.engine.appendBulk([imported(1), { ...imported(7), data: { email: "other@import.example" } }]);
    const other = new Database({ url: test.url, maxConnections: 1 });
    let emptying: Awaited<ReturnType<typeof openEngine>> | undefined;
    try {
      await other.transaction(async (tx) => {
        await tx.query("select 1 from bulk_events where event_id = 'row-1' for update");
        emptying = await openEngine({ databaseUrl: test.url, engine: { sweepMs: 50 } }, { clock: test.clock });
        await untilAside(tx);
      });
      await emptying?.idle();
      const set = await other.query("select event_id from bulk_events");
      assert.deepEqual(set, [{ event_id: "row-7" }]);
    } finally {
      await emptying?.stop();
      await other.close();
    }
  });
});

/** Until the lane has set something aside, or waits for what this transaction holds. */
async function untilAside(tx: Queryable): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const rows = await tx.query(
      `select 1 from bulk_events where error is not null
       union all select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await sleep(20);
  }
  assert.fail("nothing was set aside");
}
