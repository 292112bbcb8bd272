/** Agents whose answers a test decides, in place of the built-in ones. */
import { agent, pureAgent } from "../../packages/millrace/src/agents/agent.ts";
import { bandOf } from "../../packages/millrace/src/contacts/score-bands.ts";
import type {
  Outcome,
  PureHandler,
  QueuedHandler,
  TaskInput,
  WorkContext,
} from "../../packages/millrace/src/tasks/handler.ts";

/** Scores a contact with the number in its property `points`: exact scores for the edges of the bands. */
export const scoresByPoints: PureHandler = pureAgent({
  name: "lead_qualifier",
  kinds: ["qualify_lead", "qualify_lead_high_value", "requalify_lead", "initial_assessment"],
  run: (tasks) =>
    tasks.map(({ contact, id }) => {
      const score = Number(contact?.properties.points ?? 0);
      const data = { score, band: bandOf(score) ?? "none", rubric: "points@1", reasons: [], task: id };
      return { outcome: "completed", events: [{ type: "contact_scored", data }] };
    }),
});

/** Finds nothing and says nothing, so that a test sees the other agents alone. */
export const findsNothing: PureHandler = pureAgent({
  name: "data_enricher",
  kinds: ["enrich_data"],
  run: (tasks) => tasks.map(() => ({ outcome: "completed", result: { found: 0 } })),
});

/** An agent with one kind that does what it is told, one task at a time. */
export function does(
  name: string,
  kind: string,
  work: (task: TaskInput, context: WorkContext) => Promise<Outcome> | Outcome,
  options: { concurrency?: number } = {},
): QueuedHandler {
  return agent({
    name,
    kinds: [kind],
    ...options,
    run: async (tasks, context) => Promise.all(tasks.map((task) => work(task, context))),
  });
}
