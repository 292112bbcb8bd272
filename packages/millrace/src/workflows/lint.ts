/**
 * What is wrong with a workflow, found before it runs: unknown events and kinds, branches that can never be taken,
 * branches that share values, loops. Errors refuse the workflow; warnings are shown.
 */
import { didYouMean } from "../base/errors.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { TaskCatalogue } from "../tasks/catalogue.ts";
import { lintAlternatives } from "./lint-branches.ts";
import { lintLoops } from "./lint-loops.ts";
import { wrongOptions } from "./step-options.ts";
import { allSteps, isStep, type Step, type Workflow } from "./workflow.ts";

export interface Finding {
  /** "file:line:column" */
  readonly at: string;
  readonly level: "error" | "warning";
  readonly code:
    | "unknown_event"
    | "unknown_task_kind"
    | "unknown_template"
    | "unreachable_branch"
    | "overlapping_bands"
    | "overlapping_branches"
    | "endless_loop"
    | "possible_loop"
    | "invalid_data"
    | "invalid_option"
    | "type_error"
    | "duplicate_name";
  readonly message: string;
  readonly workflow: string;
}

export interface LintCatalogues {
  readonly events: EventCatalogue;
  readonly tasks: TaskCatalogue;
  /** Names of e-mail templates, ours and the config's. Default: they are not looked at. */
  readonly templates?: readonly string[];
}

export function lintWorkflows(workflows: readonly Workflow[], catalogues: LintCatalogues): Finding[] {
  return [
    ...duplicateNames(workflows),
    ...duplicateBuffers(workflows),
    ...workflows.flatMap((workflow) => lintWorkflow(workflow, catalogues)),
    ...lintLoops(workflows, catalogues.tasks),
  ];
}

/** Two buffers of one name would share a place in the log and take each other's events. */
function duplicateBuffers(workflows: readonly Workflow[]): Finding[] {
  const buffers = workflows.flatMap((workflow) =>
    workflow.triggers.flatMap((trigger) =>
      trigger.batch ? [{ name: trigger.batch.name, at: trigger.at, workflow }] : [],
    ),
  );
  return buffers
    .filter((buffer, i) => buffers.findIndex((other) => other.name === buffer.name) !== i)
    .map(({ name, at, workflow }) => ({
      at,
      level: "error",
      code: "duplicate_name",
      message: `Another \`batch\` is named "${name}" too, and each would take the other's events. Next: give this one a name of its own.`,
      workflow: workflow.name,
    }));
}

function duplicateNames(workflows: readonly Workflow[]): Finding[] {
  return workflows
    .filter((workflow, i) => workflows.findIndex((other) => other.name === workflow.name) !== i)
    .map((workflow) => ({
      at: workflow.at,
      level: "error",
      code: "duplicate_name",
      message: `Another workflow is named "${workflow.name}" too. Next: give this one a name of its own.`,
      workflow: workflow.name,
    }));
}

function lintWorkflow(workflow: Workflow, catalogues: LintCatalogues): Finding[] {
  return workflow.triggers.flatMap((trigger) => {
    const types = [trigger.type, ...(trigger.batch?.types ?? []), ...(trigger.batch?.urgent ?? [])];
    const found = types
      .flatMap((type) => unknownEvent(type, trigger.at, catalogues.events))
      .map((finding) => ({
        ...finding,
        workflow: workflow.name,
      }));
    const kinds = (trigger.kinds ?? []).flatMap((kind) =>
      unknownKind(kind, trigger.at, catalogues.tasks).map((finding) => ({ ...finding, workflow: workflow.name })),
    );
    const foreign = trigger.steps
      .filter((step) => !isStep(step))
      .map(() => ({
        ...invalidOption(
          trigger.at,
          `Something in "${trigger.type}" is no step. Next: write one, e.g. task(…) or stop(…).`,
        ),
        workflow: workflow.name,
      }));
    const below = allSteps(trigger.steps).flatMap((step) => lintStep(step, catalogues));
    return [...found, ...kinds, ...foreign, ...below.map((finding) => ({ ...finding, workflow: workflow.name }))];
  });
}

type StepFinding = Omit<Finding, "workflow">;

function lintStep(step: Step, catalogues: LintCatalogues): StepFinding[] {
  const wrong = wrongOptions(step).map((sentence) => invalidOption(step.at, `${step.step}: ${sentence}`));
  // What it is made of is not as it has to be: nothing further can be said of it.
  return wrong.length > 0 ? wrong : lintWords(step, catalogues);
}

function invalidOption(at: string, message: string): StepFinding {
  return { at, level: "error", code: "invalid_option", message };
}

function lintWords(step: Step, { events, tasks, templates }: LintCatalogues): StepFinding[] {
  switch (step.step) {
    case "task":
    case "cancel":
      return unknownKind(step.kind, step.at, tasks);
    case "emit":
    case "schedule":
      return [...unknownEvent(step.type, step.at, events), ...invalidData(step, events)];
    case "email":
      return unknownTemplate(step.template, step.at, templates);
    case "alt":
      return lintAlternatives(step);
    default:
      return [];
  }
}

function unknownEvent(type: string, at: string, events: EventCatalogue): StepFinding[] {
  if (events.find(type) !== undefined) return [];
  const message = `Unknown event type "${type}".${didYouMean(type, events.names())} Next: correct it, or add the type under \`events\` in millrace.config.ts and start the engine again, which reads that file at a start only.`;
  return [{ at, level: "error", code: "unknown_event", message }];
}

function unknownKind(kind: string, at: string, tasks: TaskCatalogue): StepFinding[] {
  if (tasks.find(kind) !== undefined) return [];
  const names = tasks.all().map((known) => known.kind);
  const message = `Unknown task kind "${kind}".${didYouMean(kind, names)} Next: correct it, or add the kind under \`tasks\` in millrace.config.ts and start the engine again, which reads that file at a start only.`;
  return [{ at, level: "error", code: "unknown_task_kind", message }];
}

function unknownTemplate(name: string, at: string, templates: readonly string[] | undefined): StepFinding[] {
  if (templates === undefined || templates.includes(name)) return [];
  const message = `Unknown template "${name}".${didYouMean(name, templates)} Next: correct it, or add the template under \`templates\` in millrace.config.ts and start the engine again, which reads that file at a start only.`;
  return [{ at, level: "error", code: "unknown_template", message }];
}

/** Data given as a plain value can be checked now; data given as a function is checked by its type. */
function invalidData(step: Step & { step: "emit" | "schedule" }, events: EventCatalogue): StepFinding[] {
  if (typeof step.data === "function") return [];
  const issue = events.find(step.type)?.schema.safeParse(step.data).error?.issues[0];
  if (issue === undefined) return [];
  return [
    {
      at: step.at,
      level: "error",
      code: "invalid_data",
      message: `The data of "${step.type}" does not fit: ${[...issue.path, issue.message].join(": ")}. Next: correct it; \`millrace events schema ${step.type}\` shows an example.`,
    },
  ];
}
