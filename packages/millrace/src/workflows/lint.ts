/**
 * What is wrong with a workflow, found before it runs: unknown events and kinds, branches that can never be taken,
 * bands that overlap. Errors refuse the workflow; warnings are shown.
 */
import { didYouMean } from "../errors.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { TaskCatalogue } from "../tasks/catalogue.ts";
import { type Condition, nameOfRange, type ScoreRange } from "./condition.ts";
import { findLoops } from "./lint-loops.ts";
import { numberTestOf, showNumber } from "./lint-numbers.ts";
import { wrongOptions } from "./step-options.ts";
import { type AltStep, allSteps, isStep, type Step, type Workflow } from "./workflow.ts";

export interface Finding {
  /** "file:line:column" */
  readonly at: string;
  readonly level: "error" | "warning";
  readonly code:
    | "unknown_event"
    | "unknown_task_kind"
    | "unreachable_branch"
    | "overlapping_bands"
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
  /** What agents of the user's own establish, by kind. Left out: nothing is known of them. */
  readonly emits?: ReadonlyMap<string, readonly string[]>;
}

export function lintWorkflows(workflows: readonly Workflow[], catalogues: LintCatalogues): Finding[] {
  return [
    ...duplicateNames(workflows),
    ...duplicateBuffers(workflows),
    ...workflows.flatMap((workflow) => lintWorkflow(workflow, catalogues)),
    ...loops(workflows, catalogues),
  ];
}

function loops(workflows: readonly Workflow[], { emits = new Map() }: LintCatalogues): Finding[] {
  return findLoops(workflows, emits).map(({ workflow, at, isGuarded, path }) => ({
    at,
    level: isGuarded ? "warning" : "error",
    code: isGuarded ? "possible_loop" : "endless_loop",
    message: isGuarded
      ? `This may go round: ${path}. Next: see that a condition in it ends it; at depth 12 it is stopped.`
      : `This goes round for every event: ${path}. Next: put a condition before a step of it, or take one out.`,
    workflow,
  }));
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
      message: `Another buffer is named "${name}" too. Next: give this one a name of its own.`,
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

function lintWords(step: Step, { events, tasks }: LintCatalogues): StepFinding[] {
  switch (step.step) {
    case "task":
    case "cancel":
      return unknownKind(step.kind, step.at, tasks);
    case "emit":
    case "schedule":
      return [...unknownEvent(step.type, step.at, events), ...invalidData(step, events)];
    case "alt":
      return lintAlternatives(step);
    default:
      return [];
  }
}

function unknownEvent(type: string, at: string, events: EventCatalogue): StepFinding[] {
  if (events.find(type) !== undefined) return [];
  const message = `Unknown event type "${type}".${didYouMean(type, events.names())} Next: correct it, or add the type under \`events\` in millrace.config.ts.`;
  return [{ at, level: "error", code: "unknown_event", message }];
}

function unknownKind(kind: string, at: string, tasks: TaskCatalogue): StepFinding[] {
  if (tasks.find(kind) !== undefined) return [];
  const names = tasks.all().map((known) => known.kind);
  const message = `Unknown task kind "${kind}".${didYouMean(kind, names)} Next: correct it, or add the kind under \`tasks\` in millrace.config.ts.`;
  return [{ at, level: "error", code: "unknown_task_kind", message }];
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
      message: `Data of "${step.type}": ${issue.path.join(".")}: ${issue.message}.`,
    },
  ];
}

function lintAlternatives(alt: AltStep): StepFinding[] {
  const findings: StepFinding[] = [];
  const otherwiseAt = alt.branches.findIndex((branch) => branch.condition === undefined);
  for (const [i, branch] of alt.branches.entries()) {
    const earlier = alt.branches.slice(0, i);
    const why =
      otherwiseAt !== -1 && i > otherwiseAt
        ? "it stands after `otherwise`"
        : (coveredBy(branch.condition, earlier) ?? outnumberedBy(branch.condition, earlier));
    if (why !== undefined) {
      findings.push({
        at: branch.at,
        level: "error",
        code: "unreachable_branch",
        message: `Branch "${branch.name}" can never be taken: ${why}. Next: put it first, or take it out.`,
      });
      continue;
    }
    const shared = sharesNumbers(branch, earlier);
    if (shared !== undefined) {
      findings.push({ at: branch.at, level: "warning", code: "overlapping_bands", message: shared });
      continue;
    }
    const range = branch.condition?.range;
    const other = earlier.find(
      (before) =>
        range !== undefined && before.condition?.range !== undefined && overlap(range, before.condition.range),
    );
    if (range !== undefined && other?.condition?.range !== undefined) {
      findings.push({
        at: branch.at,
        level: "warning",
        code: "overlapping_bands",
        message: `Bands ${nameOfRange(range)} and ${nameOfRange(other.condition.range)} share scores; the first branch takes them.`,
      });
    }
  }
  return findings;
}

function coveredBy(
  condition: AltStep["branches"][number]["condition"],
  earlier: AltStep["branches"],
): string | undefined {
  if (condition === undefined) return undefined;
  const same = earlier.find((before) => before.condition === condition);
  if (same !== undefined) return `"${same.name}" asks the same before it`;
  const wider = earlier.find(
    (before) => condition.range && before.condition?.range && isInside(condition.range, before.condition.range),
  );
  return wider === undefined ? undefined : `every such score is taken by "${wider.name}" before it`;
}

/** Numbers are compared where conditions of a user's own ask for the same one. */
function outnumberedBy(condition: Condition | undefined, earlier: AltStep["branches"]): string | undefined {
  const own = numberTestOf(condition);
  if (own === undefined || !own.takes.includes(true)) return undefined;
  const before = earlier.flatMap(({ name, condition: other }) => {
    // What the engine's own conditions take is a part of their range: they cover nothing for sure.
    const test = other?.range === undefined ? numberTestOf(other) : undefined;
    return test?.path === own.path ? [{ name, takes: test.takes }] : [];
  });
  // Between two numbers that are tried there are others: one branch must take both.
  const isCovered = own.takes.every((takes, i) => {
    const isBoth = own.takes[i + 1] === true;
    return !takes || before.some((other) => other.takes[i] && (!isBoth || other.takes[i + 1]));
  });
  if (before.length === 0 || !isCovered) return undefined;
  const names = before.filter((other) => other.takes.some((takes, i) => takes && own.takes[i]));
  return `every such ${own.path} is taken by ${names.map(({ name }) => `"${name}"`).join(" or ")} before it`;
}

/** Ordered limits (over 85, then over 70) are usual; ranges of which each has numbers of its own are probably a mistake. */
function sharesNumbers(branch: AltStep["branches"][number], earlier: AltStep["branches"]): string | undefined {
  const own = branch.condition?.range === undefined ? numberTestOf(branch.condition) : undefined;
  if (own === undefined) return undefined;
  for (const before of earlier) {
    const other = before.condition?.range === undefined ? numberTestOf(before.condition) : undefined;
    if (other?.path !== own.path) continue;
    const shared = own.takes.findIndex((takes, i) => takes && other.takes[i]);
    const isOpen = own.takes.at(-1) === true || other.takes.at(-1) === true;
    const isEachItsOwn =
      own.takes.some((takes, i) => takes && !other.takes[i]) && other.takes.some((takes, i) => takes && !own.takes[i]);
    if (shared !== -1 && isEachItsOwn && !(isOpen && own.takes.at(-1) === other.takes.at(-1)))
      return `"${branch.name}" and "${before.name}" both take ${own.path} ${showNumber(shared)}; the first branch takes it.`;
  }
  return undefined;
}

function isInside(inner: ScoreRange, outer: ScoreRange): boolean {
  const startsInside =
    inner.from > outer.from || (inner.from === outer.from && (outer.includesFrom || !inner.includesFrom));
  const endsInside = inner.to < outer.to || (inner.to === outer.to && (outer.includesTo || !inner.includesTo));
  return startsInside && endsInside;
}

function overlap(a: ScoreRange, b: ScoreRange): boolean {
  const [low, high] = a.from < b.from || (a.from === b.from && a.includesFrom) ? [a, b] : [b, a];
  return high.from < low.to || (high.from === low.to && high.includesFrom && low.includesTo);
}
