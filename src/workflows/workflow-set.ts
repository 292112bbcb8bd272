/** The workflows that run, found by the type of the event they wait for. */
import type { BatchRule } from "../events/batch-rule.ts";
import type { Trigger, Workflow } from "./workflow.ts";

export interface Listening {
  readonly workflow: Workflow;
  readonly triggers: readonly Trigger[];
}

export class WorkflowSet {
  readonly all: readonly Workflow[];
  readonly #byType: ReadonlyMap<string, readonly Listening[]>;

  constructor(workflows: readonly Workflow[]) {
    this.all = workflows;
    const byType = new Map<string, Listening[]>();
    for (const workflow of workflows) {
      for (const [type, triggers] of Map.groupBy(workflow.triggers, (trigger) => trigger.type)) {
        byType.set(type, [...(byType.get(type) ?? []), { workflow, triggers }]);
      }
    }
    this.#byType = byType;
  }

  /** Who waits for this event, in the order of the list; [] when nobody does. */
  on(event: { readonly type: string; readonly data: unknown }): readonly Listening[] {
    const listening = this.#byType.get(event.type) ?? NOBODY;
    return event.type === AGGREGATED ? ofBuffer(listening, (event.data as { batch: string }).batch) : listening;
  }

  /** The buffers its batched triggers want, by name. */
  get batches(): readonly BatchRule[] {
    return this.all.flatMap((workflow) => workflow.triggers.flatMap((trigger) => trigger.batch ?? []));
  }

  find(name: string): Workflow | undefined {
    return this.all.find((workflow) => workflow.name === name);
  }
}

const NOBODY: readonly Listening[] = [];
const AGGREGATED = "events_aggregated";

/** A flush concerns the triggers of its own buffer, and those that wait for every flush. */
function ofBuffer(listening: readonly Listening[], name: string): readonly Listening[] {
  return listening.flatMap(({ workflow, triggers }) => {
    const mine = triggers.filter((trigger) => trigger.batch === undefined || trigger.batch.name === name);
    return mine.length === 0 ? [] : [{ workflow, triggers: mine }];
  });
}
