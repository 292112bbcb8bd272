/**
 * What it costs to show the watchdog each decision: nanoseconds a decision of a workflow with one condition, without and
 * with the guard, in turns so that the machine's pace is the same for both.
 *   node scripts/run.mjs exec bench/decision-guard.ts
 */
import { DecisionGuard } from "../packages/millrace/src/decider/decision-guard.ts";
import { type Facts, when } from "../packages/millrace/src/workflows/condition.ts";
import { decideTriggers } from "../packages/millrace/src/workflows/decide.ts";
import { alt, branch, on, otherwise, stop, workflow } from "../packages/millrace/src/workflows/workflow.ts";

const DECISIONS = 500_000;
const ROUNDS = 15;

const isDemo = when<"form_submitted">("is a demo", ({ event }) => event.data.form === "demo");
const trial = workflow("trial", {}, [
  on("form_submitted", alt(branch("demo", isDemo, stop("x")), otherwise(stop("y")))),
]);
const event = { position: 1, root: 1, type: "form_submitted", data: { form: "demo", fields: {} } };
const facts = { event, before: undefined, after: undefined, now: 0 } as unknown as Facts;
const guard = new DecisionGuard({ recordFile: "", arrivals: () => [] });

/** As the cascade does it. */
function decideAll(watched: DecisionGuard | undefined): number {
  const begun = process.hrtime.bigint();
  let branches = 0;
  for (let i = 0; i < DECISIONS; i++) {
    watched?.begin(trial, facts);
    try {
      branches += decideTriggers(trial, trial.triggers, facts).branch.length;
    } finally {
      watched?.end();
    }
  }
  if (branches === 0) throw new Error("nothing was decided");
  return Number(process.hrtime.bigint() - begun) / DECISIONS;
}

const times = Array.from({ length: ROUNDS }, () => ({ without: decideAll(undefined), withGuard: decideAll(guard) }));
const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const without = middle(times.map((time) => time.without));
const added = middle(times.map((time) => time.withGuard - time.without));
console.log(
  `a decision: ${without.toFixed(0)} ns without the guard; the guard adds ${added.toFixed(0)} ns (median of ${ROUNDS} rounds of ${DECISIONS})`,
);
