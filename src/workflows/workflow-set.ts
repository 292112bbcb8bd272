/** The workflows that run, found by the type of the event they wait for. */
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

  /** Who waits for this type, in the order of the list; [] when nobody does. */
  on(type: string): readonly Listening[] {
    return this.#byType.get(type) ?? NOBODY;
  }

  find(name: string): Workflow | undefined {
    return this.all.find((workflow) => workflow.name === name);
  }
}

const NOBODY: readonly Listening[] = [];
