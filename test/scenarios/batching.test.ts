/** Flow 8: many events, one reaction; nothing urgent waits, nothing is lost, no threshold is missed. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { bandRanges, entered } from "../../packages/millrace/src/workflows/condition.ts";
import { alert, alt, batched, branch, on, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { type TestEngine, testEngine } from "../factories/engine.ts";
import { traceOf } from "../factories/trace.ts";

const MINUTE_MS = 60_000;

interface Flushed {
  readonly because: string;
  readonly counts: Record<string, number>;
  readonly contacts: string[];
  readonly items: { type: string; contact: string; count: number }[];
}

function gathers(options: Partial<Parameters<typeof batched>[1]> = {}) {
  return workflow("bulk", {}, [
    batched("bulk", { types: ["email_opened", "contact_updated"], max: 5, ...options }),
    on("lead_score_updated", alt(branch("hot", entered(bandRanges().hot), alert("sales", "hot_lead")))),
  ]);
}

function opened(who: number): NewEvent {
  return { type: "email_opened", data: { email: `p${who}@acme.example` } };
}

async function flushesOf(test: TestEngine): Promise<Flushed[]> {
  const rows = await test.engine.db.query<{ data: Flushed }>(
    "select data from events where type = 'events_aggregated' order by position",
  );
  return rows.map((row) => row.data);
}

describe("a buffer of events", () => {
  it("is flushed when it is full, and what is left goes on waiting", async () => {
    await using test = await testEngine({ pack: false, workflows: [gathers()] });
    await test.engine.append([1, 2, 3, 4, 5, 6, 7].map(opened));
    await test.engine.idle();
    const flushes = await flushesOf(test);
    assert.deepEqual(
      flushes.map((flush) => [flush.because, flush.counts]),
      [["full", { email_opened: 5 }]],
    );
    assert.equal(flushes[0]?.contacts.length, 5);
  });

  for (const [within, waitMs, expected] of [
    [undefined, 5 * MINUTE_MS, ["time"]],
    [undefined, 4 * MINUTE_MS, []],
    ["1m", 4 * MINUTE_MS, ["time"]],
  ] as const) {
    it(`is flushed ${within ?? "5m"} after its first event: after ${waitMs / MINUTE_MS} minutes ${expected.length} times`, async () => {
      await using test = await testEngine({ pack: false, workflows: [gathers(within ? { within } : {})] });
      await test.engine.append([1, 2].map(opened));
      await test.engine.idle();
      test.clock.advance(waitMs);
      await test.engine.idle();
      assert.deepEqual(
        (await flushesOf(test)).map((flush) => flush.because),
        expected,
      );
    });
  }

  for (const [dedupeBy, items] of [
    ["contact+type", 2],
    ["contact", 1],
    ["event", 4],
  ] as const) {
    it(`tells ${items} items of four events of one contact, deduplicated by ${dedupeBy}, the first type of the list first`, async () => {
      await using test = await testEngine({ pack: false, workflows: [gathers({ dedupeBy, max: 4 })] });
      const updated: NewEvent = {
        type: "contact_updated",
        data: { email: "p1@acme.example", changes: { city: { from: null, to: "Bonn" } } },
      };
      await test.engine.append([updated, opened(1), opened(1), opened(1)]);
      await test.engine.idle();
      const [flush] = await flushesOf(test);
      assert.equal(flush?.items.length, items);
      assert.deepEqual(flush?.counts, { contact_updated: 1, email_opened: 3 });
      if (dedupeBy !== "contact") assert.equal(flush?.items[0]?.type, "email_opened");
    });
  }

  it("gives up what gathered of a contact when something urgent of that contact comes; others go on waiting", async () => {
    await using test = await testEngine({ pack: false, workflows: [gathers()] });
    await test.engine.append([opened(1), opened(2)]);
    await test.engine.append([{ type: "meeting_booked", data: { email: "p1@acme.example" } }]);
    await test.engine.idle();
    const [flush, ...more] = await flushesOf(test);
    assert.equal(flush?.because, "urgent");
    assert.deepEqual(flush?.counts, { email_opened: 1 });
    assert.deepEqual(more, []);
    test.clock.advance(5 * MINUTE_MS);
    await test.engine.idle();
    assert.deepEqual(
      (await flushesOf(test)).map((each) => [each.because, each.counts.email_opened]),
      [
        ["urgent", 1],
        ["time", 1],
      ],
    );
  });

  it("loses nothing and tells nothing twice when the engine is restarted in between, after an urgent flush too", async () => {
    const config = { pack: false, workflows: [gathers()] } as const;
    await using test = await testEngine(config);
    await test.engine.append([opened(1), opened(2), opened(3)]);
    await test.engine.append([{ type: "meeting_booked", data: { email: "p2@acme.example" } }]);
    await test.engine.idle();
    await test.engine.stop();
    const again = await openEngine({ ...config, databaseUrl: test.url }, { clock: test.clock });
    try {
      await again.append([opened(4)]);
      test.clock.advance(5 * MINUTE_MS);
      await again.idle();
      const flushes = await again.db.query<{ data: { positions: number[] } }>(
        "select data from events where type = 'events_aggregated' order by position",
      );
      const told = flushes.flatMap((row) => row.data.positions);
      const opens = await again.db.query<{ position: number }>(
        "select position from events where type = 'email_opened'",
      );
      assert.deepEqual(
        told.toSorted((a, b) => a - b),
        opens.map((row) => row.position),
      );
    } finally {
      await again.stop();
    }
  });

  it("hides no threshold: a score that was 90 for a moment raises its alert, though the batch ends at 65", async () => {
    await using test = await testEngine({ pack: false, workflows: [gathers({ max: 100 })] });
    const scores = [60, 90, 65].map((score, i, all) => ({
      type: "contact_updated" as const,
      data: { email: "p1@acme.example", changes: { lead_score: { from: all[i - 1] ?? null, to: score } } },
    }));
    await test.engine.append(scores);
    await test.engine.idle();
    assert.deepEqual((await traceOf(test.engine)).alerts, ["sales hot_lead"]);
  });

  it("that could never be flushed is refused", () => {
    assert.throws(() => batched("none", { types: [] }), /at least one type/);
    assert.throws(() => batched("none", { types: ["email_opened"], max: 0 }), /max from 1/);
  });
});
