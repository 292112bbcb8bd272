/** An engine as a command opens it does what it is asked for, and nothing by itself. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { ManualClock } from "../../packages/millrace/src/base/clock.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";

const HOT = { jobtitle: "CTO", employees: 5_000, phone: "+15551234567", industry: "Software" };
const IN_A_MONTH_MS = 30 * 86_400_000;

it("states nothing of a task that is overdue until an engine with a role does", async () => {
  // One whose clock stands still: for it nothing is overdue.
  await using host = await testEngine();
  const { db } = host.engine;
  await host.engine.append([formSubmitted(HOT)]);
  await host.engine.idle();
  const [open] = await db.query<{ count: number }>("select count(*) from tasks where kind = 'hot_lead_review'");
  assert.equal(open?.count, 1);
  const stated = async () => {
    const [row] = await db.query<{ count: number }>("select count(*) from events where type = 'task_overdue'");
    return row?.count;
  };
  const later = new ManualClock(host.clock.now() + IN_A_MONTH_MS);
  const config = { databaseUrl: host.url, engine: { sweepMs: 20 } };
  const command = await openEngine(config, { roles: [], clock: later });
  // What it began by itself has ended when it has stopped.
  await command.stop();
  assert.equal(await stated(), 0);
  const engine = await openEngine(config, { roles: ["worker"], clock: later });
  await engine.idle();
  await engine.stop();
  assert.equal(await stated(), 1);
});
