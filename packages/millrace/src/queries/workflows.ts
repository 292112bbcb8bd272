/** The workflows that run, with their versions and what the linter says. */
import { z } from "zod";
import type { EngineContext } from "../operations/context.ts";
import { engineOperation } from "../operations/operation.ts";
import { type Finding, lintWorkflows } from "../workflows/lint.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { workflowView } from "./views.ts";

export const workflows = engineOperation({
  input: z.object({}),
  answer: z.object({ workflows: z.array(workflowView) }),
  run: async (context) => ({ workflows: context.workflows.map((workflow) => inShort(workflow, context)) }),
});

export interface WorkflowSummary extends Pick<Workflow, "name" | "about" | "version" | "at"> {
  readonly source?: string | undefined;
  /** The event types it waits for. */
  readonly triggers: readonly string[];
  readonly findings: readonly (Omit<Finding, "code"> & { readonly code: string })[];
}

export function inShort(workflow: Workflow, { work }: EngineContext): WorkflowSummary {
  const { name, about, source, version, at, triggers } = workflow;
  return {
    name,
    about,
    source,
    version,
    at,
    triggers: [...new Set(triggers.map((trigger) => trigger.type))],
    findings: lintWorkflows([workflow], { events: work.catalogue, tasks: work.tasks.catalogue }),
  };
}
