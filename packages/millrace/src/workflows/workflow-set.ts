/** The workflows that run, found by the type of the event they wait for. */
import type { BatchRule } from "../events/batch-rule.ts";
import type { Trigger, Workflow } from "./workflow.ts";
import { type StoppedWorkflows, stopKey } from "./workflow-stops.ts";

export interface Listening {
  readonly workflow: Workflow;
  readonly triggers: readonly Trigger[];
  /** Why it is not asked: its events are set aside. */
  readonly stopped: string | undefined;
}

export class WorkflowSet {
  readonly all: readonly Workflow[];
  readonly #byType: ReadonlyMap<string, readonly Listening[]>;

  /** @param stops those that are not asked, with the reason. */
  constructor(workflows: readonly Workflow[], stops: StoppedWorkflows = new Map()) {
    this.all = workflows;
    const byType = new Map<string, Listening[]>();
    for (const workflow of workflows) {
      const stopped = stops.get(stopKey(workflow));
      for (const [type, triggers] of Map.groupBy(workflow.triggers, (trigger) => trigger.type)) {
        byType.set(type, [...(byType.get(type) ?? []), { workflow, triggers, stopped }]);
      }
    }
    this.#byType = byType;
  }

  /** Who waits for this event, in the order of the list; [] when no one does. */
  on(event: { readonly type: string; readonly data: unknown }): readonly Listening[] {
    const listening = this.#byType.get(event.type) ?? NO_WORKFLOWS;
    if (!SELECTIVE.has(event.type)) return listening;
    return listening.flatMap((one) => {
      const mine = one.triggers.filter((trigger) => concerns(trigger, event.data as Selected));
      return mine.length === 0 ? [] : [{ ...one, triggers: mine }];
    });
  }

  /** The buffers its batched triggers want, by name. */
  get batches(): readonly BatchRule[] {
    return this.all.flatMap((workflow) => workflow.triggers.flatMap((trigger) => trigger.batch ?? []));
  }

  find(name: string): Workflow | undefined {
    return this.all.find((workflow) => workflow.name === name);
  }
}

const NO_WORKFLOWS: readonly Listening[] = [];
/** Event types whose triggers may want some of the events only: flushes of a buffer, tasks of a kind. */
const SELECTIVE: ReadonlySet<string> = new Set(["events_aggregated", "task_completed"]);

interface Selected {
  readonly batch?: string;
  readonly kind?: string;
}

function concerns({ batch, kinds }: Trigger, data: Selected): boolean {
  return (batch === undefined || batch.name === data.batch) && (kinds === undefined || kinds.includes(data.kind ?? ""));
}
