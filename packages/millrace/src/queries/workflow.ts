/** One workflow: its definition and its latest 50 decisions. */
import { z } from "zod";
import { didYouMean, MillraceError } from "../base/errors.ts";
import type { Json } from "../events/event.ts";
import { name } from "../operations/fields.ts";
import { engineOperation } from "../operations/operation.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { latestDecisions } from "./rows/decisions.ts";
import { workflowStory } from "./views.ts";
import { inShort } from "./workflows.ts";

const MAX_DECISIONS = 50;

export const workflow = engineOperation({
  input: z.object({ name }),
  answer: workflowStory,
  run: async (context, { name }) => {
    const found = workflowNamed(name, context.workflows);
    const decisions = await latestDecisions(context.db, name, MAX_DECISIONS);
    return { ...inShort(found, context), definition: definitionOf(found), decisions };
  },
});

/** @throws MillraceError unknown_workflow, with the nearest name. */
export function workflowNamed(name: string, workflows: readonly Workflow[]): Workflow {
  const found = workflows.find((one) => one.name === name);
  if (found === undefined) throw noSuchWorkflow(name, workflows);
  return found;
}

/** The definition as data: tests and payload functions are code, and stay out. */
function definitionOf(workflow: Workflow): Json[] {
  return JSON.parse(
    JSON.stringify(workflow.triggers, (key, value) =>
      key === "at" || typeof value === "function" ? undefined : value,
    ),
  );
}

function noSuchWorkflow(name: string, workflows: readonly Workflow[]): MillraceError {
  const names = workflows.map((workflow) => workflow.name);
  return new MillraceError("unknown_workflow", {
    saw: `There is no workflow "${name}".${didYouMean(name, names)}`,
    next: `it is one of ${names.join(", ")}.`,
    field: "name",
  });
}
