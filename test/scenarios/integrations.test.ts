/** Flow 7, branch by branch: purchases, changes from other systems, tools that fail. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { leadQualifier } from "../../packages/millrace/src/agents/lead-qualifier/lead-qualifier.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { play } from "../../packages/millrace/src/testing/scenario.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";

const EMAIL = "ada@acme-systems.example";

function updated(properties: Record<string, string>, email = EMAIL): NewEvent {
  return {
    type: "contact_updated_external",
    source: "webhook:billing",
    data: { email, system: "billing", properties },
  };
}

/** A lead whose outreach is written and cannot leave yet: sending is somebody else's here. */
async function traceAfter(events: readonly NewEvent[], config: MillraceConfig = {}) {
  const mailer = does("mailer", "send_email", () => ({ outcome: "snoozed", forMs: 3_600_000 }));
  await using test = await testEngine({ agents: [scoresByPoints, findsNothing, mailer], ...config });
  await test.engine.append([formSubmitted({ points: 80, company: "Acme", jobtitle: "CTO", city: "Bonn" })]);
  await test.engine.idle();
  await test.engine.append(events);
  await test.engine.idle();
  const drafts = await test.engine.db.query<{ subject: string; state: string }>(
    `select payload->>'subject' as subject, state from tasks where kind = 'send_email' and merge_key like 'prospecting:%'
     union all select payload->>'subject', state from finished_tasks where kind = 'send_email' and merge_key like 'prospecting:%'`,
  );
  assert.deepEqual(test.errors, []);
  return { ...(await traceOf(test.engine)), drafts };
}

describe("a purchase told by a shop", () => {
  it("welcomes the customer, and ends prospecting", async () => {
    const trace = await traceAfter([
      { type: "customer_purchased", data: { email: EMAIL, product: "Team plan", amount: 490 } },
    ]);
    assert.equal(count(trace.events, "purchase_completed"), 1);
    assert.equal(count(trace.tasks, "customer_onboarding WAITING HIGH"), 1);
    assert.equal(count(trace.tasks, "upsell_analysis WAITING LOW"), 1);
    assert.deepEqual(
      trace.drafts.map((draft) => draft.state),
      ["CANCELLED"],
    );
  });

  for (const [upsellAfter, days] of [
    [undefined, 6],
    ["2d", 2],
  ] as const) {
    it(`looks after ${days} days for what else they need, and sales hear what speaks for it`, async () => {
      const pack = upsellAfter === undefined ? {} : { upsellAfter };
      await using test = await testEngine({ agents: [scoresByPoints, findsNothing, leadQualifier()], pack });
      const buys: NewEvent = {
        type: "customer_purchased",
        data: { email: EMAIL, product: "Team plan", amount: 490, currency: "EUR" },
      };
      await play(test, [{ ...buys, id: "1" }, { ...buys, id: "2" }, { wait: `${days * 24 - 1}h` }]);
      assert.equal(count((await traceOf(test.engine)).tasks, "upsell_analysis WAITING LOW"), 1);
      await play(test, [{ wait: "2h" }]);
      const trace = await traceOf(test.engine);
      assert.equal(count(trace.tasks, "upsell_analysis COMPLETED LOW"), 1);
      const alerts = await test.engine.db.query<{ audience: string; text: string }>(
        "select audience, body as text from alerts where name = 'upsell_found'",
      );
      assert.equal(alerts.length, 1);
      assert.equal(alerts[0]?.audience, "sales");
      assert.match(
        alerts[0]?.text ?? "",
        /bought "Team plan" 2 times[\s\S]*Bought so far: Team plan \(490 EUR\), Team plan/,
      );
    });
  }

  it("of a customer of whom nothing speaks for more is looked at, and no one is alerted", async () => {
    await using test = await testEngine({ agents: [scoresByPoints, findsNothing, leadQualifier()] });
    await play(test, [{ type: "customer_purchased", data: { email: EMAIL, product: "Team plan" } }, { wait: "7d" }]);
    const trace = await traceOf(test.engine);
    assert.equal(count(trace.tasks, "upsell_analysis COMPLETED LOW"), 1);
    assert.equal(count(trace.events, "upsell_found"), 0);
  });
});

describe("a change another system made", () => {
  it("that is significant asks for a new scoring and writes the unsent e-mail anew", async () => {
    const trace = await traceAfter([updated({ company: "Blue Harbour" })]);
    assert.equal(count(trace.events, "contact_sync_completed"), 1);
    assert.equal(count(trace.tasks, "requalify_lead COMPLETED MEDIUM"), 1);
    assert.equal(count(trace.tasks, "update_outreach COMPLETED MEDIUM"), 1);
    assert.deepEqual(trace.drafts.map((draft) => `${draft.subject} ${draft.state}`).sort(), [
      "Acme and us CANCELLED",
      "Blue Harbour and us WAITING",
    ]);
  });

  for (const [what, properties] of [
    ["of a minor property", { city: "Berlin" }],
    ["of case and spaces alone", { company: " ACME ", jobtitle: "cto" }],
  ] as const) {
    it(`${what} is logged and nothing else follows`, async () => {
      const trace = await traceAfter([updated(properties)]);
      assert.equal(count(trace.events, "contact_sync_completed"), 1);
      assert.equal(count(trace.tasks, "requalify_lead COMPLETED MEDIUM"), 0);
      assert.ok(trace.branches.includes("integrations: otherwise"));
    });
  }

  it("significantProperties decides what counts", async () => {
    const trace = await traceAfter([updated({ city: "Berlin" })], { pack: { significantProperties: ["city"] } });
    assert.equal(count(trace.tasks, "requalify_lead COMPLETED MEDIUM"), 1);
  });

  it("of a contact nobody knew creates it, flags it and assesses it", async () => {
    const trace = await traceAfter([updated({ company: "Blue" }, "new@blue.example")]);
    assert.equal(count(trace.events, "data_quality_issue"), 1);
    assert.equal(count(trace.tasks, "initial_assessment COMPLETED MEDIUM"), 1);
    assert.equal(count(trace.tasks, "requalify_lead COMPLETED MEDIUM"), 0);
  });
});

describe("a tool of an agent that fails", () => {
  it("goes to a person", async () => {
    const failing = does("data_enricher", "enrich_data", (task) => ({
      outcome: "completed",
      events: [
        {
          type: "mcp_tool_failed",
          data: { agent: "data_enricher", tool: "browser", error: "it would not start", task: task.id },
        },
      ],
    }));
    const trace = await traceAfter([], { agents: [scoresByPoints, failing] });
    assert.equal(count(trace.tasks, "manual_processing WAITING MEDIUM"), 1);
  });
});
