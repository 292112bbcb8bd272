/** I17: HubSpot converges through bad days: everything ends as it should, nothing twice, nothing old over new, never too fast. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import type { EngineHandle } from "../../packages/millrace/src/engine/engine-handle.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { type TestCrm, testCrm } from "./crm.fixture.ts";

const CONTACTS = 2_500;
const ROUNDS = 3;
/** Calls in ten seconds. So low that the pace, and not our speed, decides: a hundred contacts travel in one call. */
const LIMIT = 60;

const alwaysSync = workflow("always_sync", {}, [
  on("contact_created", task("sync_crm")),
  on("contact_updated", task("sync_crm")),
]);

const email = (i: number) => `person${i}@fleet.example`;

function created(i: number): NewEvent {
  return { type: "contact_created", data: { email: email(i), properties: { firstname: `P${i}`, phone: "0" } } };
}

function updated(i: number, round: number): NewEvent {
  return {
    type: "contact_updated",
    data: { email: email(i), changes: { phone: { from: String(round - 1), to: String(round) } } },
  };
}

async function untilSynced(engine: EngineHandle, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    await engine.idle();
    const [open] = await engine.db.query<{ count: number; errors: string[] }>(
      "select count(*), array_agg(distinct error) as errors from tasks where kind = 'sync_crm'",
    );
    if (open?.count === 0) return;
    assert.ok(Date.now() < until, `${open?.count} tasks are left: ${open?.errors}`);
    await sleep(200);
  }
}

/** The most calls HubSpot let through in any ten seconds since then. */
function busiestTenSeconds({ simulator }: TestCrm, since: number): number {
  const times = simulator.calls
    .latest(1_000)
    .filter(({ at, status }) => at >= since && status !== 429)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  return Math.max(...times.map((from, i) => times.slice(i).filter((at) => at < from + 10_000).length));
}

describe("a HubSpot that has bad days", () => {
  it(`has all ${CONTACTS * (ROUNDS + 1)} changes of ${CONTACTS} contacts in the end`, {
    timeout: 120_000,
  }, async () => {
    await using crm = await testCrm(
      {
        pack: false,
        workflows: [alwaysSync],
        hubspot: { limits: { perTenSeconds: LIMIT, perDay: 625_000, searchPerSecond: 5 }, mirrorTasks: false },
        engine: { retry: { firstDelayMs: 300, maxDelayMs: 1_000 } },
      },
      { tier: "professional", limits: { perTenSeconds: LIMIT } },
      { clock: systemClock },
    );
    const { engine } = crm.test;
    // The account was set up by calls of another pace, which are not what is judged here.
    crm.simulator.limits.reset();
    const begun = Date.now();
    crm.simulator.faults.set({
      tooManyRequests: 0.2,
      serverError: 0.1,
      cutAfter: 0.05,
      partialBatch: 0.05,
      wrongJson: 0.01,
    });
    await engine.append(Array.from({ length: CONTACTS }, (_, i) => created(i)));
    for (let round = 1; round <= ROUNDS; round++) {
      await sleep(1_500);
      await engine.append(Array.from({ length: CONTACTS }, (_, i) => updated(i, round)));
    }
    await untilSynced(engine, 60_000);
    crm.simulator.faults.reset();

    const contacts = crm.records("contacts");
    assert.equal(contacts.length, CONTACTS);
    assert.equal(new Set(contacts.map((contact) => contact.email)).size, CONTACTS);
    assert.deepEqual([...new Set(contacts.map(({ phone }) => phone))], [String(ROUNDS)]);
    const table = crm.simulator.account().tables.get("0-1");
    for (const record of table?.records.values() ?? []) {
      const told = (record.history.get("phone") ?? []).map(({ value }) => Number(value));
      assert.deepEqual(
        told,
        told.toSorted((a, b) => b - a),
        "an older value came over a newer one",
      );
    }
    const busiest = busiestTenSeconds(crm, begun);
    assert.ok(busiest <= LIMIT, `${busiest} calls in ten seconds`);
    const refused = crm.simulator.calls
      .latest(1_000)
      .filter(({ status, fault }) => status === 429 && fault === undefined);
    assert.deepEqual(refused, [], "HubSpot's real limit was hit");
  });

  it("is written to by one of two processes at a time, and by the other when that one ends", {
    timeout: 60_000,
  }, async () => {
    const config = { pack: false, workflows: [alwaysSync] } as const;
    await using crm = await testCrm({ ...config, hubspot: { mirrorTasks: false } }, {}, { clock: systemClock });
    const other = await openEngine({
      ...config,
      databaseUrl: crm.test.url,
      hubspot: { ...crm.settings, mirrorTasks: false },
    });
    try {
      await crm.test.engine.append(Array.from({ length: 1_200 }, (_, i) => created(i)));
      await untilSynced(other, 30_000);
      assert.equal(crm.records("contacts").length, 1_200);
      const leases = await other.db.query("select 1 from crm_leases");
      assert.deepEqual(leases, []);
      await crm.test.engine.stop();
      await other.append([updated(1, 7)]);
      await untilSynced(other, 30_000);
      assert.equal(crm.records("contacts").find((contact) => contact.email === email(1))?.phone, "7");
    } finally {
      await other.stop();
    }
  });

  it("that lost its writer in the middle of a write has everything once after the lease ran out", {
    timeout: 60_000,
  }, async () => {
    await using crm = await testCrm(
      { pack: false, workflows: [alwaysSync], hubspot: { mirrorTasks: false } },
      {},
      { clock: systemClock },
    );
    const { db } = crm.test.engine;
    // A writer that died: its lease still lasts for a moment.
    await db.query(
      "insert into crm_leases (name, holder, until) values ('hubspot writer', 'a process that is gone', clock_timestamp() + interval '1 s')",
    );
    await crm.test.engine.append([created(1)]);
    await untilSynced(crm.test.engine, 20_000);
    assert.equal(crm.records("contacts").length, 1);
  });
});
