/** Pure agents do tasks within the cascade: what each of these tasks came to. Called by cascade.ts; nothing is kept here. */
import type { EventCatalogue } from "../events/catalogue.ts";
import type { TaskDraft } from "../tasks/draft.ts";
import type { Outcome, PureHandler, TaskInput } from "../tasks/handler.ts";
import { checkedOutcomes, failure } from "../tasks/outcome.ts";
import type { Unit, Work } from "./cascade-unit.ts";

const STALE: Outcome = { outcome: "cancelled", reason: "stale: its time had passed before it could be done" };

/** @returns one outcome per task, in order; a handler that throws, or returns something else, fails its own task only. */
export function outcomesOf(
  handler: PureHandler,
  work: readonly Work[],
  now: number,
  catalogue: EventCatalogue,
): readonly Outcome[] {
  const fresh = work.filter(({ task }) => !isStale(task, now));
  const inputs = fresh.map(({ unit, task }) => inputOf(task, unit));
  const given = run(handler, inputs, now, catalogue);
  let at = 0;
  return work.map(({ task }) => {
    if (isStale(task, now)) return STALE;
    const outcome = given[at] ?? failure("no outcome");
    at += 1;
    return outcome;
  });
}

function run(
  handler: PureHandler,
  inputs: readonly TaskInput[],
  now: number,
  catalogue: EventCatalogue,
): readonly Outcome[] {
  if (inputs.length === 0) return [];
  try {
    return checkedOutcomes(handler.name, handler.run(inputs, { now }), inputs.length, catalogue);
  } catch (error) {
    // One bad task must not cost the others their turn: each is tried alone.
    if (inputs.length === 1) return [failure(error)];
    return inputs.flatMap((input) => run(handler, [input], now, catalogue));
  }
}

function isStale(task: TaskDraft, now: number): boolean {
  return task.staleAt !== null && task.staleAt < now;
}

function inputOf(task: TaskDraft, unit: Unit): TaskInput {
  return {
    id: task.id,
    kind: task.kind,
    payload: task.payload,
    contact: unit.contact,
    attempt: 1,
    root: task.root,
    createdAt: task.createdAt,
  };
}
