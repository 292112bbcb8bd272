/** What a task done within the cascade leads to: it is finished, waits, or is tried again by the queue. Called by cascade.ts. */
import type { Outcome, PureHandler } from "../tasks/handler.ts";
import { collectEnd, type WorkItem } from "../tasks/outcome.ts";
import { isOver, transition } from "../tasks/transition.ts";
import type { CascadePlan } from "./cascade-plan.ts";
import type { CascadeRules, Work } from "./cascade-unit.ts";
import { withoutRepetition } from "./once-keys.ts";

/** Adds what became of one task to the plan, and what is left of it to its unit. */
export function applyOutcome(
  rules: CascadeRules,
  made: CascadePlan,
  handler: PureHandler,
  { task, unit, trail }: Work,
  given: Outcome,
  now: number,
): void {
  const outcome = withoutRepetition(task.kind, given, made.usedKeys);
  const item: WorkItem = { ...task, attempt: 1, cause: task.causes[0] ?? 0 };
  const by = handler.name;
  const next = transition(item, outcome, { from: "NOT_STARTED", by, now, rules });
  const { to, error, result, notBefore, attempt } = next;
  if (isOver(to)) made.plan.finished.push({ ...task, finalState: to, worker: by, error, result });
  else unit.queued.set(task.mergeKey, { ...task, state: "WAITING", notBefore, attempt, error });
  collectEnd(next, outcome, item, by, now, made.sinkOf(unit, trail));
}
