/** Flow 1, branch by branch: what becomes of a contact that is new, or that somebody changed. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const EMAIL = "ada@acme-systems.example";
const agents = [scoresByPoints, findsNothing];

function created(properties: Record<string, string | number> = {}): NewEvent {
  return { type: "contact_created", data: { email: EMAIL, properties } };
}

function updated(to: Record<string, string | number>): NewEvent {
  const changes = Object.fromEntries(Object.entries(to).map(([name, value]) => [name, { from: null, to: value }]));
  return { type: "contact_updated", data: { email: EMAIL, changes } };
}

async function traceAfter(...events: NewEvent[]) {
  await using test = await testEngine({ agents });
  for (const event of events) {
    await test.engine.append([event]);
    await test.engine.idle();
  }
  assert.deepEqual(test.errors, []);
  return traceOf(test.engine);
}

describe("a contact", () => {
  it("a new contact is enriched and assessed, and its score is judged", async () => {
    const trace = await traceAfter(created({ points: 30 }));
    assert.equal(count(trace.tasks, "enrich_data COMPLETED LOW"), 1);
    assert.equal(count(trace.tasks, "initial_assessment COMPLETED MEDIUM"), 1);
    assert.equal(count(trace.events, "contact_scored"), 1);
    assert.equal(count(trace.events, "lead_score_updated"), 1);
  });

  it("a contact that came by a form is not assessed a second time: the form is qualified", async () => {
    const trace = await traceAfter(formSubmitted({ points: 30 }));
    assert.equal(trace.tasks.filter((task) => task.startsWith("initial_assessment")).length, 0);
    assert.equal(count(trace.tasks, "qualify_lead COMPLETED URGENT"), 1);
  });

  const branches = [
    {
      name: "60 to 90 is hot only: a person looks, no e-mail goes out",
      from: 60,
      to: 90,
      branch: "hot",
      review: 1,
      outreach: 0,
    },
    { name: "60 to 71 asks for outreach once", from: 60, to: 71, branch: "qualified", review: 0, outreach: 1 },
    { name: "90 to 95 fires nothing", from: 90, to: 95, branch: "otherwise", review: 1, outreach: 0 },
    {
      name: "80 to 60 calls off what has not begun",
      from: 80,
      to: 60,
      branch: "otherwise",
      review: 0,
      outreach: 1,
    },
  ];
  for (const given of branches) {
    it(`whose score goes ${given.name}: takes the branch "${given.branch}"`, async () => {
      const trace = await traceAfter(created(), updated({ lead_score: given.from }), updated({ lead_score: given.to }));
      assert.equal(count(trace.tasks, "human_review WAITING URGENT"), given.review);
      assert.equal(trace.emails.filter((email) => email === "outreach sent").length, given.outreach);
      const taken = trace.branches.filter((branch) => branch.startsWith("contact_lifecycle"));
      assert.equal(taken.at(-1), `contact_lifecycle: ${given.branch}`);
    });
  }

  it("whose score becomes hot while its outreach waits is called instead: the outreach is called off", async () => {
    const mail = { paused: true };
    await using test = await testEngine({ agents, mail });
    await test.engine.append([created(), updated({ lead_score: 75 })]);
    await test.engine.idle();
    await test.engine.append([updated({ lead_score: 90 })]);
    await test.engine.idle();
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.tasks, "human_review WAITING URGENT"), 1);
    const [row] = await test.engine.db.query<{ count: number }>(
      "select count(*)::int as count from tasks where kind in ('send_outreach', 'send_email')",
    );
    assert.equal(row?.count, 0, "nothing of it waits any more");
  });

  it("data completed by somebody else asks for a new scoring; a change of no weight does not", async () => {
    const heavy = await traceAfter(created(), updated({ jobtitle: "CTO" }));
    assert.equal(count(heavy.tasks, "requalify_lead COMPLETED MEDIUM"), 1);
    const light = await traceAfter(created(), updated({ favourite_colour: "blue" }));
    assert.equal(count(light.tasks, "requalify_lead COMPLETED MEDIUM"), 0);
  });

  it("one update that carries both a score and data is judged for both", async () => {
    const trace = await traceAfter(created(), updated({ lead_score: 90, company: "Blue Harbour" }));
    assert.equal(count(trace.tasks, "requalify_lead COMPLETED MEDIUM"), 1);
    assert.equal(count(trace.tasks, "human_review WAITING URGENT"), 1);
  });
});
