/** A chain that spreads through agents, each step of it narrow and in a batch of its own, comes to an end. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { z } from "zod";
import { event } from "../../packages/millrace/src/events/define-event.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";

const MAX_EVENTS = 60;
/** Where nothing stops it, this does. */
const AT_MOST = 150;

it("a chain that doubles through queued agents is stopped when it is too wide, and one person is asked, once", async () => {
  let told = 0;
  /** Tells two things for each task. */
  const tells = (name: string, kind: string, type: string) =>
    does(name, kind, () => {
      if (told >= AT_MOST) return { outcome: "completed" };
      told += 2;
      return { outcome: "completed", events: [told, told + 1].map((n) => ({ type, data: { n } })) };
    });
  // biome-ignore lint/suspicious/noExplicitAny: event types the compiler does not know.
  const [rumour, gossip] = ["rumour", "gossip"] as any[];
  const definition = event({ about: "Test.", data: z.strictObject({ n: z.number() }) });
  const asks = (kind: "enrich_data" | "qualify_lead") =>
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    task<any>(kind, { mergeKey: ({ event }) => `${kind}:${event.data.n}` });
  const own = workflow("spreads", {}, [
    on("form_submitted", task("enrich_data")),
    // No agent is asked because of what it has told itself.
    on(rumour, asks("qualify_lead")),
    on(gossip, asks("enrich_data")),
  ]);
  await using test = await testEngine({
    workflows: [own],
    agents: [tells("data_enricher", "enrich_data", "rumour"), tells("lead_qualifier", "qualify_lead", "gossip")],
    pack: false,
    events: { rumour: definition, gossip: definition },
    engine: { maxDepth: 1_000, maxEvents: MAX_EVENTS },
  });
  const { db } = test.engine;
  const [first] = await test.engine.append([formSubmitted()]);
  await test.engine.idle();
  assert.ok(told > 10 && told < AT_MOST, `${told} things were told`);
  const stopped = await db.query<{ root: number }>("select root from events where type = 'cascade_stopped'");
  assert.deepEqual(stopped, [{ root: first?.position }]);
  const reviews = await db.query<{ reason: string }>(
    "select payload->>'reason' as reason from tasks where kind = 'manual_review'",
  );
  assert.deepEqual(reviews, [{ reason: `A chain of more than ${MAX_EVENTS} events was stopped.` }]);
  assert.deepEqual(test.errors, []);
});
