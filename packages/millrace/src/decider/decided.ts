/** From a batch of events to the rows of its plan: in steps, or at once for who holds the log's lock. */
import { messageOf } from "../base/errors.ts";
import { isRefused } from "../db/database.ts";
import { traced } from "../logging/tracing.ts";
import { finished } from "./cascade.ts";
import type { CascadeInput } from "./cascade-unit.ts";
import { layOut, type Rows } from "./layout.ts";
import type { Plan } from "./plan.ts";

export type Decide = (input: CascadeInput) => Generator<void, Plan>;

export interface Decided {
  readonly plan: Plan;
  readonly rows: Rows;
}

/** The cascade itself threw: trying the same batch again would throw again. */
class Undecidable extends Error {}

/** With room for others between two steps. */
export function decidedInSteps(decide: Decide, input: CascadeInput): Promise<Decided> {
  return traced("decide", { attributes: { "millrace.events": input.events.length } }, () => inSteps(decide, input));
}

async function inSteps(decide: Decide, input: CascadeInput): Promise<Decided> {
  const steps = decide(input);
  for (;;) {
    const step = undecidableIfThrown(() => steps.next());
    if (step.done) return undecidableIfThrown(() => ({ plan: step.value, rows: layOut(step.value) }));
    await new Promise(setImmediate);
  }
}

/** At once, for who holds the log's lock. */
export function decided(decide: Decide, input: CascadeInput): Decided {
  return undecidableIfThrown(() => {
    const plan = finished(decide(input));
    return { plan, rows: layOut(plan) };
  });
}

/** Is it what the batch holds that is at fault, so that trying it again would fail again? */
export function isPoison(error: unknown): boolean {
  return error instanceof Undecidable || isRefused(error);
}

function undecidableIfThrown<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new Undecidable(messageOf(error), { cause: error });
  }
}
