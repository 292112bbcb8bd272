/** What may happen once is stated once, however far apart two things ask for it, and by whichever process it is decided. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Database } from "../../packages/millrace/src/db/database.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { alert, email, on, onCompleted, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";

const templates = { welcome: { subject: "Welcome", text: "Hello." } };
const CONTACTS = 20;

/** How often each e-mail or alert is stated, and how many are on record. */
async function stated(db: Database, type: "email_sent" | "alert_sent") {
  const ledger = type === "email_sent" ? "emails where state = 'sent'" : "alerts";
  const [row] = await db.query<{ stated: number; recorded: number }>(
    `select (select count(*)::int from events where type = $1) as stated, (select count(*)::int from ${ledger}) as recorded`,
    [type],
  );
  return row;
}

describe("what may happen once", () => {
  it("is stated once though two forms, one behind the other, ask for it; the second task says that it was done before", async () => {
    const own = workflow("welcomes", {}, [
      on("form_submitted", email("welcome", { once: "contact" }), alert("sales", "came", { once: () => "first" })),
    ]);
    await using test = await testEngine({ workflows: [own], pack: false, templates });
    const { engine } = test;
    for (let i = 0; i < 3; i++) {
      await engine.append([formSubmitted({ visit: i })]);
      await engine.idle();
    }
    assert.deepEqual(await stated(engine.db, "email_sent"), { stated: 1, recorded: 1 });
    assert.deepEqual(await stated(engine.db, "alert_sent"), { stated: 1, recorded: 1 });
    const results = await engine.db.query<{ state: string; done: unknown }>(
      "select state, coalesce(result->'alreadySent', result->'alreadyTold') as done from finished_tasks where kind in ('send_email', 'send_alert') order by id",
    );
    assert.deepEqual(
      results.map(({ state, done }) => `${state} ${done ?? "first"}`).toSorted(),
      [..."first first true true true true".split(" ")].map((done) => `COMPLETED ${done}`),
    );
    assert.deepEqual(test.errors, []);
  });

  it("is stated once though it is asked for twice in what one event leads to", async () => {
    const own = workflow("welcomes", {}, [
      on("form_submitted", email("welcome", { once: "contact" }), task("qualify_lead")),
      on("contact_scored", email("welcome", { once: "contact" })),
    ]);
    await using test = await testEngine({ workflows: [own], pack: false, templates });
    await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    assert.deepEqual(await stated(test.engine.db, "email_sent"), { stated: 1, recorded: 1 });
  });

  it("is stated once though the results of two tasks ask for it, one long after the other", async () => {
    const gate = Promise.withResolvers<void>();
    const agents = [
      does("data_enricher", "enrich_data", () => ({ outcome: "completed" })),
      does("lead_qualifier", "qualify_lead", async () => {
        await gate.promise;
        return { outcome: "completed" };
      }),
    ];
    const own = workflow("welcomes", {}, [
      on("form_submitted", task("enrich_data"), task("qualify_lead")),
      onCompleted(["enrich_data", "qualify_lead"], email("welcome", { once: "contact" })),
    ]);
    await using test = await testEngine({ workflows: [own], agents, pack: false, templates });
    await test.engine.append([formSubmitted()]);
    await until(async () => (await stated(test.engine.db, "email_sent"))?.stated === 1);
    gate.resolve();
    await test.engine.idle();
    assert.deepEqual(await stated(test.engine.db, "email_sent"), { stated: 1, recorded: 1 });
  });

  it(`is stated once though two processes decide at the same moment that it is due: ${CONTACTS} races`, async () => {
    const gate = Promise.withResolvers<void>();
    let begun = 0;
    const answers = (name: string, kind: "enrich_data" | "qualify_lead") =>
      does(
        name,
        kind,
        async () => {
          begun += 1;
          if (begun === 2 * CONTACTS) gate.resolve();
          await gate.promise;
          return { outcome: "completed", events: [] };
        },
        { concurrency: 2 * CONTACTS },
      );
    const own = workflow("welcomes", {}, [
      on("form_submitted", task("enrich_data"), task("qualify_lead")),
      onCompleted(
        ["enrich_data", "qualify_lead"],
        email("welcome", { once: "contact" }),
        alert("sales", "came", { once: ({ event }) => String(event.contact) }),
      ),
    ]);
    const config = {
      workflows: [own],
      agents: [answers("data_enricher", "enrich_data"), answers("lead_qualifier", "qualify_lead")],
      pack: false as const,
      templates,
    };
    await using one = await testEngine(config);
    const other = await openEngine(
      { databaseUrl: one.url, ...config, engine: { sweepMs: 50 } },
      { clock: one.clock, onError: (error) => one.errors.push(error) },
    );
    try {
      await one.engine.append(
        Array.from({ length: CONTACTS }, (_, i) => formSubmitted({ email: `lead${i}@a.example` })),
      );
      await Promise.all([one.engine.idle(), other.idle()]);
      assert.deepEqual(await stated(one.engine.db, "email_sent"), { stated: CONTACTS, recorded: CONTACTS });
      assert.deepEqual(await stated(one.engine.db, "alert_sent"), { stated: CONTACTS, recorded: CONTACTS });
      assert.deepEqual(one.errors, []);
    } finally {
      await other.stop();
    }
  });
});
