/** Every setting changes something: those whose effect no other scenario shows. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { defaultPack } from "../../packages/millrace/src/flows/default-pack.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { WorkflowSet } from "../../packages/millrace/src/workflows/workflow-set.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const agents = [scoresByPoints, findsNothing];

async function traceWith(config: MillraceConfig, form = formSubmitted({ points: 50 })) {
  await using test = await testEngine(config);
  await test.engine.append([form]);
  await test.engine.idle();
  return traceOf(test.engine);
}

describe("settings of the pack", () => {
  for (const [alertStaleAfter, alerts] of [
    ["24h", 0],
    ["48h", 1],
  ] as const) {
    it(`alertStaleAfter ${alertStaleAfter}: a lead of 30 hours ago raises ${alerts} alerts`, async () => {
      const occurredAt = Date.parse("2026-03-02T09:00:00Z") - 30 * 3_600_000;
      const trace = await traceWith(
        { agents, pack: { alertStaleAfter } },
        { ...formSubmitted({ points: 90 }), occurredAt },
      );
      assert.equal(trace.alerts.length, alerts);
    });
  }

  const enriches = {
    ...findsNothing,
    run: (tasks: readonly { id: number }[]) =>
      tasks.map(({ id }) => ({
        outcome: "completed" as const,
        events: [{ type: "contact_enriched", data: { quality: 6, values: {}, reasons: [], task: id } }],
      })),
  };
  for (const [enrichmentQuality, branch] of [
    [{ highFrom: 8, mediumFrom: 5 }, "medium"],
    [{ highFrom: 6, mediumFrom: 5 }, "high"],
    [{ highFrom: 9, mediumFrom: 7 }, "otherwise"],
  ] as const) {
    it(`enrichmentQuality ${JSON.stringify(enrichmentQuality)}: quality 6 takes the branch ${branch}`, async () => {
      const trace = await traceWith({ agents: [scoresByPoints, enriches], pack: { enrichmentQuality } });
      assert.ok(trace.branches.includes(`enrichment_chain: ${branch}`), trace.branches.join("\n"));
    });
  }

  it("pack false: a form is recorded and nothing is done", async () => {
    const trace = await traceWith({ pack: false });
    assert.deepEqual(trace.events, ["form_submitted", "contact_created"]);
  });
});

describe("settings of the engine", () => {
  for (const batchSize of [1, 500]) {
    it(`batchSize ${batchSize}: the same comes of 20 forms`, async () => {
      await using test = await testEngine({ agents, engine: { batchSize } });
      await test.engine.append(
        Array.from({ length: 20 }, (_, i) => formSubmitted({ email: `c${i}@example.com`, points: 90 })),
      );
      await test.engine.idle();
      const { alerts, emails } = await traceOf(test.engine);
      assert.equal(alerts.length, 20);
      assert.equal(count(emails, "thank_you sent"), 20);
      const [row] = await test.engine.db.query<{ batches: number }>(
        "select count(distinct xmin::text) as batches from settlements",
      );
      assert.ok(
        batchSize === 1 ? (row?.batches ?? 0) >= 20 : (row?.batches ?? 0) <= 5,
        `written in ${row?.batches} transactions`,
      );
    });
  }

  it("drainMs: a stop waits that long for a task under way, then takes it away", async () => {
    let wasAborted = false;
    const stuck = does(
      "stuck",
      "enrich_data",
      (_, { signal }) =>
        new Promise((resolve) =>
          signal.addEventListener("abort", () => {
            wasAborted = true;
            resolve({ outcome: "completed" });
          }),
        ),
    );
    const ask = workflow("ask", {}, [on("form_submitted", task("enrich_data"))]);
    const test = await testEngine({ pack: false, workflows: [ask], agents: [stuck], engine: { drainMs: 50 } });
    await test.engine.append([formSubmitted()]);
    for (let i = 0; i < 200 && !(await traceOf(test.engine)).tasks.includes("enrich_data IN_PROGRESS LOW"); i++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const start = performance.now();
    await test[Symbol.asyncDispose]();
    assert.equal(wasAborted, true);
    assert.ok(performance.now() - start < 8_000, "far less than the default of 10 s");
  });
});

describe("settings of what is written", () => {
  it("templates: a user's own words replace the built-in ones", async () => {
    await using test = await testEngine({
      agents,
      templates: { thank_you: { subject: "Danke, {{ contact.firstname }}", text: "Bis bald." } },
    });
    await test.engine.append([formSubmitted({ points: 10, firstname: "Ada" })]);
    await test.engine.idle();
    const [mail] = await test.engine.db.query<{ subject: string; body: string }>(
      "select subject, body from emails where template = 'thank_you'",
    );
    assert.deepEqual(mail, { subject: "Danke, Ada", body: "Bis bald." });
  });

  it("tasks: a kind's own numbers replace the mission's", async () => {
    const kinds = {
      hot_lead_review: { about: "Ring them.", priority: "HIGH", dueIn: "2h", doneBy: "person:sales" },
    } as const;
    const trace = await traceWith({ agents, tasks: kinds }, formSubmitted({ points: 90 }));
    assert.equal(count(trace.tasks, "hot_lead_review WAITING HIGH"), 1);
  });
});

describe("settings of forms", () => {
  for (const [maxLinks, branch] of [
    [3, "spam"],
    [9, "otherwise"],
  ] as const) {
    it(`maxLinks ${maxLinks}: a message with five links takes the branch ${branch}`, async () => {
      const message = "see https://a.example ".repeat(5);
      const trace = await traceWith({ agents, pack: { forms: { maxLinks } } }, formSubmitted({ points: 10, message }));
      assert.ok(trace.branches.includes(`form_cascade: ${branch}`), trace.branches.join("\n"));
    });
  }

  for (const [readingForms, priority] of [
    [["newsletter"], "URGENT"],
    [["demo"], "LOW"],
  ] as const) {
    it(`readingForms ${readingForms.join()}, reading LOW: a demo form is scored ${priority}`, async () => {
      const reading = { qualify: { priority: "LOW", dueIn: "1d" }, enrich: { priority: "LOW", dueIn: "1d" } } as const;
      const trace = await traceWith({ agents, pack: { forms: { readingForms, reading } } });
      assert.equal(count(trace.tasks, `qualify_lead COMPLETED ${priority}`), 1);
    });
  }

  it("sales: a form of somebody who wants to talk is scored as the config says", async () => {
    const sales = { qualify: { priority: "MEDIUM", dueIn: "5m" }, enrich: { priority: "LOW", dueIn: "1h" } } as const;
    const trace = await traceWith({ agents, pack: { forms: { sales } } });
    assert.equal(count(trace.tasks, "qualify_lead COMPLETED MEDIUM"), 1);
  });
});

describe("settings of what goes to the CRM together", () => {
  for (const [crmBatch, max, within] of [
    [undefined, 100, "5m"],
    [{ max: 20, within: "1m" }, 20, "1m"],
  ] as const) {
    it(`crmBatch ${JSON.stringify(crmBatch)}: ${max} facts, or those of ${within}`, () => {
      const [buffer] = new WorkflowSet(defaultPack({ crmBatch }, { crm: true })).batches;
      assert.deepEqual([buffer?.max, buffer?.within], [max, within]);
    });
  }
});
