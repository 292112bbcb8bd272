/** Flow 2, branch by branch, with the built-in agents: given a form, when it is submitted, then this is the trace. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkScenario, play } from "../../packages/millrace/src/testing/scenario.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const HOT = {
  email: "grace.hughes@fjord-cloud.example",
  firstname: "Grace",
  lastname: "Hughes",
  company: "Fjord Cloud",
  jobtitle: "CTO",
  phone: "+4930123456",
  numberofemployees: 2400,
  industry: "Software",
  message: "We want to see a demo for our sales teams.",
};

describe("a form becomes a thanked, scored and answered lead", () => {
  it("thanks, qualifies and enriches at once, whatever the lead is worth", async () => {
    await using test = await testEngine();
    await test.engine.append([formSubmitted({ firstname: "Ada" })]);
    await test.engine.idle();
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.emails, "thank_you sent"), 1);
    assert.equal(count(trace.tasks, "enrich_data COMPLETED HIGH"), 1);
    assert.ok(count(trace.tasks, "qualify_lead COMPLETED URGENT") === 1, trace.tasks.join("\n"));
    assert.ok(
      trace.events.indexOf("contact_scored") < trace.events.indexOf("contact_enriched"),
      "scored before enriched",
    );
    assert.deepEqual(test.errors, []);
  });

  it("alerts sales and asks for a call when a technology chief of a large company asks for a demo", async () => {
    await using test = await testEngine();
    await test.engine.append([formSubmitted(HOT)]);
    await test.engine.idle();
    const trace = await traceOf(test.engine);
    assert.deepEqual(trace.alerts, ["sales hot_lead"]);
    assert.equal(count(trace.tasks, "hot_lead_review WAITING URGENT"), 1);
    assert.equal(count(trace.emails, "outreach sent"), 0, "hot means a person, not an automatic e-mail");
    const [contact] = await test.engine.db.query<{ band: string; status: string }>(
      "select properties->>'lead_band' as band, properties->>'lead_status' as status from contacts",
    );
    assert.deepEqual(contact, { band: "hot", status: "SALES_READY" });
  });

  const branches = [
    {
      name: "a score above 85 is hot",
      points: 85.5,
      branch: "hot",
      tasks: ["hot_lead_review WAITING URGENT"],
      emails: [],
      lists: null,
    },
    {
      name: "85 is still qualified",
      points: 85,
      branch: "qualified",
      tasks: ["send_outreach COMPLETED HIGH"],
      emails: ["outreach sent"],
      lists: null,
    },
    {
      name: "70.5 is qualified",
      points: 70.5,
      branch: "qualified",
      tasks: ["send_outreach COMPLETED HIGH"],
      emails: ["outreach sent"],
      lists: null,
    },
    {
      name: "70 is nurture",
      points: 70,
      branch: "nurture",
      tasks: ["nurture_sequence COMPLETED LOW"],
      emails: ["nurture_1 sent"],
      lists: null,
    },
    {
      name: "40 is nurture",
      points: 40,
      branch: "nurture",
      tasks: ["nurture_sequence COMPLETED LOW"],
      emails: ["nurture_1 sent"],
      lists: null,
    },
    {
      name: "39.9 is low and goes on the list, with no task",
      points: 39.9,
      branch: "low",
      tasks: [],
      emails: [],
      lists: ["low_priority"],
    },
  ];
  for (const given of branches) {
    it(given.name, async () => {
      await using test = await testEngine({ agents: [scoresByPoints, findsNothing] });
      await test.engine.append([formSubmitted({ points: given.points })]);
      await test.engine.idle();
      const trace = await traceOf(test.engine);
      assert.ok(trace.branches.includes(`form_cascade: form lead / ${given.branch}`), trace.branches.join("\n"));
      const followUps = trace.tasks.filter((task) => !/^(qualify_lead|enrich_data|send_email|send_alert) /.test(task));
      assert.deepEqual(followUps, given.tasks);
      assert.deepEqual(trace.emails, ["thank_you sent", ...given.emails]);
      assert.deepEqual(trace.alerts, given.branch === "hot" ? ["sales hot_lead"] : []);
      const [contact] = await test.engine.db.query<{ lists: string[] | null }>(
        "select facts->'lists' as lists from contacts",
      );
      assert.deepEqual(contact?.lists, given.lists);
    });
  }

  it("stops spam: nothing is sent, nobody is asked, and the decision says why", async () => {
    const spam = formSubmitted({ ...HOT, hp_website: "http://buy.example" });
    // However rich the fields are.
    await checkScenario({}, { when: [spam], expect: { emails: [], alerts: [], tasks: [] } });
    await using test = await testEngine();
    await play(test, [spam]);
    const [decision] = await test.engine.db.query<{ because: string }>(
      "select because from decisions where workflow = 'form_cascade' and branch = 'spam'",
    );
    assert.match(decision?.because ?? "", /spam/);
  });

  it("treats a newsletter form with less urgency than a demo form", async () => {
    const trace = await checkScenario(
      {},
      { when: [formSubmitted({}, "newsletter")], expect: { emails: ["thank_you sent"] } },
    );
    assert.equal(count(trace.tasks, "qualify_lead COMPLETED MEDIUM"), 1);
  });

  it("a form that comes twice under one key leads to everything once", async () => {
    const once = formSubmitted({ firstname: "Ada" }, "demo", "form-1");
    await checkScenario(
      {},
      { given: [once], when: [once], expect: { events: [], tasks: [], emails: [], branches: [] } },
    );
  });

  it("a nurtured lead that stays silent gets its second e-mail after two weeks", async () => {
    await checkScenario(
      { agents: [scoresByPoints, findsNothing] },
      { given: [formSubmitted({ points: 50 })], when: [{ wait: "14d" }], expect: { emails: ["nurture_2 sent"] } },
    );
  });

  it("a second scoring after the enrichment may raise the band but sends no second first-touch e-mail", async () => {
    const enrichesToHot = {
      ...findsNothing,
      run: (tasks: readonly { id: number }[]) =>
        tasks.map(({ id }) => ({
          outcome: "completed" as const,
          events: [
            {
              type: "contact_enriched",
              data: {
                quality: 6,
                values: { points: { value: 84, confidence: 1, source: "test" } },
                reasons: [],
                task: id,
              },
            },
          ],
        })),
    };
    await using test = await testEngine({ agents: [scoresByPoints, enrichesToHot], mail: { cap: false } });
    await test.engine.append([formSubmitted({ points: 60 })]);
    await test.engine.idle();
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.events, "lead_score_updated"), 2, "scored twice");
    assert.equal(count(trace.emails, "outreach sent"), 1);
    await test.engine.append([formSubmitted({ points: 30 }, "demo", "again-1")]);
    await test.engine.idle();
    await test.engine.append([formSubmitted({ points: 80 }, "demo", "again-2")]);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).emails, "outreach sent"), 1, "one first touch per contact, ever");
  });
});
