/**
 * Shows a watchdog thread what is being decided, so that a workflow whose condition never returns is found and named.
 * One number in shared memory is odd while a workflow decides, and rises with each decision: the thread needs no more to
 * see that the same one goes on. What is decided is read only then, through the inspector (watchdog-thread.ts).
 * Cost: bench/decision-guard.ts.
 */
import type { Facts } from "../workflows/condition.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { DESCRIBE, type DecisionUnderWay } from "./decision-name.ts";

/** Shared with the thread: the number of the decision. One for the process, since one thread decides. */
export const decisionCell = new Int32Array(new SharedArrayBuffer(4));

export interface GuardOptions {
  readonly recordFile: string;
  /** What has been accepted and is not in the log yet. */
  readonly arrivals: () => readonly unknown[];
}

/** The decision under way, or the last one. */
const last: { guard?: DecisionGuard; workflow?: Workflow; facts?: Facts } = {};
let decisions = 0;

/** The guard of one engine: `begin` before a workflow decides, `end` after it, also when it throws. */
export class DecisionGuard {
  readonly options: GuardOptions;

  constructor(options: GuardOptions) {
    this.options = options;
  }

  begin(workflow: Workflow, facts: Facts): void {
    last.guard = this;
    last.workflow = workflow;
    last.facts = facts;
    decisions = (decisions + 1) | 0;
    Atomics.store(decisionCell, 0, decisions);
  }

  end(): void {
    decisions = (decisions + 1) | 0;
    Atomics.store(decisionCell, 0, decisions);
  }
}

/** Called by the thread while this one stands still in the middle of a decision. */
function describeDecision(): string | undefined {
  const { guard, workflow, facts } = last;
  if (guard === undefined || workflow === undefined || facts === undefined) return undefined;
  const { type, position, contact } = facts.event;
  return JSON.stringify({
    workflow: workflow.name,
    version: workflow.version,
    event: { type, position, contact },
    recordFile: guard.options.recordFile,
    arrivals: guard.options.arrivals(),
  } satisfies DecisionUnderWay);
}

Object.defineProperty(globalThis, Symbol.for(DESCRIBE), { value: describeDecision, configurable: true });
