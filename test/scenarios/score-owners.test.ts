/** Whose a score is, and what ends when it leaves its band, whoever changed it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const DAY_MS = 86_400_000;
const EMAIL = "ada@acme-systems.example";
const agents = [scoresByPoints, findsNothing];
const open = () => testEngine({ agents, mail: { window: false, cap: false } });

function edited(to: Record<string, string | number | null>, actor = "hubspot:7"): NewEvent {
  const changes = Object.fromEntries(Object.entries(to).map(([name, value]) => [name, { from: null, to: value }]));
  return { type: "contact_updated", data: { email: EMAIL, changes }, actor };
}

async function tell(test: TestEngine, ...events: NewEvent[]): Promise<void> {
  for (const event of events) {
    await test.engine.append([event]);
    await test.engine.idle();
  }
}

async function contactOf(test: TestEngine) {
  const [row] = await test.engine.db.query<{
    properties: Record<string, unknown>;
    facts: { lists?: string[]; sequence?: object };
  }>("select properties, facts from contacts");
  assert.ok(row);
  const { lead_score, lead_band, lead_status, millrace_score } = row.properties;
  return { score: lead_score, band: lead_band, status: lead_status, own: millrace_score, ...row.facts };
}

async function timersOf(test: TestEngine): Promise<number> {
  const [row] = await test.engine.db.query<{ count: number }>("select count(*)::int as count from scheduled_events");
  return row?.count ?? 0;
}

describe("a score that a person or another system set", () => {
  const sets: readonly (readonly [who: string, first: NewEvent])[] = [
    ["a person in HubSpot", edited({ lead_score: 90 })],
    [
      "HubSpot, when the contact is met",
      {
        type: "contact_created",
        data: { email: EMAIL, properties: { lead_score: 90 }, origin: "hubspot" },
        actor: "hubspot",
      },
    ],
    [
      "a system with a key",
      {
        type: "contact_updated_external",
        data: { email: EMAIL, system: "billing", properties: { lead_score: 90 } },
      },
    ],
  ];
  for (const [who, first] of sets) {
    it(`stays when the rubric says another, which stands beside it: ${who}`, async () => {
      await using test = await open();
      await tell(test, first, edited({ jobtitle: "Clerk", points: 35 }));
      const { score, own, band } = await contactOf(test);
      assert.deepEqual({ score, own, band }, { score: 90, own: 35, band: "hot" });
    });
  }

  it("is not set by a form, whoever sends it", async () => {
    await using test = await open();
    await tell(test, edited({ lead_score: 20 }), formSubmitted({ points: 90 }));
    const { score, own } = await contactOf(test);
    assert.deepEqual({ score, own }, { score: 20, own: 90 });
    assert.deepEqual((await traceOf(test.engine)).alerts, []);
  });

  it("is the rubric's again when the person clears it", async () => {
    await using test = await open();
    await tell(
      test,
      edited({ lead_score: 90 }),
      edited({ jobtitle: "Clerk", points: 35 }),
      edited({ lead_score: null }),
    );
    assert.deepEqual([(await contactOf(test)).score, (await contactOf(test)).band], [35, "low"]);
    await tell(test, edited({ jobtitle: "CTO", points: 50 }));
    assert.deepEqual([(await contactOf(test)).score, (await contactOf(test)).band], [50, "nurture"]);
  });

  it("moves band and status along, at the configured edges", async () => {
    await using test = await testEngine({
      agents,
      pack: { bands: { hotAbove: 70, qualifiedAbove: 60, nurtureFrom: 40 } },
    });
    const seen = [];
    for (const score of [18, 60, 70, 71]) {
      await tell(test, edited({ lead_score: score }));
      const { band, status } = await contactOf(test);
      seen.push([score, band, status]);
    }
    assert.deepEqual(seen, [
      [18, "low", "UNQUALIFIED"],
      [60, "nurture", "NURTURING"],
      [70, "qualified", "QUALIFIED"],
      [71, "hot", "SALES_READY"],
    ]);
  });
});

describe("what a band asked for ends with it, timers too", () => {
  const ends: readonly (readonly [name: string, points: number, to: number])[] = [
    ["an outreach whose lead becomes hot", 74, 92],
    ["an outreach whose lead falls", 74, 15],
    ["an outreach whose lead falls to nurture", 74, 69],
    ["a nurture whose lead becomes hot", 50, 92],
    ["a nurture whose lead becomes low", 50, 15],
  ];
  for (const [name, points, to] of ends) {
    it(name, async () => {
      await using test = await open();
      await tell(test, formSubmitted({ points }));
      assert.ok(await timersOf(test));
      await tell(test, edited({ lead_score: to }));
      const sent = (await traceOf(test.engine)).emails.length;
      for (let day = 0; day < 8; day++) {
        test.clock.advance(DAY_MS);
        await test.engine.idle();
      }
      const trace = await traceOf(test.engine);
      const others = trace.emails.slice(sent).filter((email) => !email.startsWith(to === 69 ? "nurture" : "none"));
      assert.deepEqual(others, []);
      assert.deepEqual(
        trace.tasks.filter((task) => /^alternative_channel (?!.*CANCELLED)/.test(task) && to !== 69),
        [],
      );
    });
  }

  it("a lead that becomes hot again within the month is not called twice, and gets no e-mail either", async () => {
    await using test = await open();
    await tell(test, edited({ lead_score: 90 }), edited({ lead_score: 75 }));
    assert.ok((await contactOf(test)).sequence);
    await tell(test, edited({ lead_score: 90 }));
    assert.equal((await contactOf(test)).sequence, undefined);
    assert.equal(await timersOf(test), 0);
    assert.equal(count((await traceOf(test.engine)).events, "sequence_ended"), 1);
  });

  it("the low list, and it is entered again", async () => {
    await using test = await open();
    const lists = async () => (await contactOf(test)).lists ?? [];
    await tell(test, formSubmitted({ points: 37 }));
    assert.deepEqual(await lists(), ["low_priority"]);
    await tell(test, edited({ lead_score: 86 }));
    assert.deepEqual(await lists(), []);
    await tell(test, edited({ lead_score: 20 }));
    assert.deepEqual(await lists(), ["low_priority"]);
  });

  it("but the review stays with its person: that a lead was hot is never hidden", async () => {
    await using test = await open();
    await tell(test, formSubmitted({ points: 90 }));
    await tell(test, edited({ lead_score: 50 }));
    const { tasks } = await traceOf(test.engine);
    assert.equal(count(tasks, "hot_lead_review WAITING URGENT"), 1, tasks.join("\n"));
  });
});
