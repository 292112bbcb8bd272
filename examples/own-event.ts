/**
 * An event type of your own, known to the compiler: what it says, who it is about, and what follows from it.
 * Run it: node examples/own-event.ts
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine, emailAddress, event, on, opt, pureAgent, type TaskKinds, task, when, workflow } from "millrace";
import { z } from "zod";

declare module "millrace" {
  interface EventTypes {
    trial_ended: { email: string; seatsUsed: number };
  }
  interface TaskKinds {
    offer_plan: true;
  }
}

const trial_ended = event({
  about: "A free trial came to its end.",
  data: z.strictObject({ email: emailAddress, seatsUsed: z.number().int().nonnegative() }),
  contact: ({ email }) => ({ email }),
});

const wasUsed = when<"trial_ended">("somebody used it", ({ event }) => event.data.seatsUsed > 0);

const trials = workflow("trials", { about: "Trials that were used end in an offer." }, [
  on(
    "trial_ended",
    opt(
      "used",
      wasUsed,
      task("offer_plan", { dueIn: "1h", payload: ({ event }) => ({ seats: event.data.seatsUsed }) }),
    ),
  ),
]);

/** Pure: decides by what it is given and touches nothing, so it runs within the decision itself. */
const planner = pureAgent({
  name: "planner",
  kinds: ["offer_plan" satisfies keyof TaskKinds],
  run: (tasks) =>
    tasks.map(({ payload }) => ({ outcome: "completed", result: { plan: seatsIn(payload) > 5 ? "team" : "starter" } })),
});

function seatsIn(payload: unknown): number {
  return (payload as { seats: number }).seats;
}

function planIn(result: unknown): string {
  return (result as { plan: string }).plan;
}

const dataFolder = await mkdtemp(join(tmpdir(), "millrace-example-"));
const engine = await createEngine({
  databaseUrl: process.env.DATABASE_URL,
  dataFolder,
  events: { trial_ended },
  tasks: {
    offer_plan: { about: "Offer a plan that fits the trial.", priority: "HIGH", dueIn: "1h", doneBy: "planner" },
  },
  agents: [planner],
  workflows: [trials],
});

const [recorded] = await engine.append([
  { type: "trial_ended", data: { email: "ada@acme.example", seatsUsed: 7 } },
  { type: "trial_ended", data: { email: "bob@idle.example", seatsUsed: 0 } },
]);
await engine.idle();

const { decisions } = await engine.queries.workflow({ name: "trials" });
for (const { event: position, branch, because } of decisions.slice(0, 2).reverse()) {
  console.log(
    `event ${position}: ${branch === "" ? "nothing to do" : branch}${because === null ? "" : ` (${because})`}`,
  );
}
const { tasks } = await engine.queries.tasks({ kind: "offer_plan", state: "COMPLETED" });
for (const { result } of tasks) console.log(`offered: the ${planIn(result)} plan`);
console.log(`the first one was event ${recorded?.position}`);

await engine.stop();
await rm(dataFolder, { recursive: true, force: true });
