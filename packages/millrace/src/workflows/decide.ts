/**
 * The decision: one workflow, one event, what is known. Pure: the same facts always give the same outcomes,
 * so a decision can be explained, replayed and tried on history.
 */
import { durationMs } from "../base/clock.ts";
import type { Json } from "../events/event.ts";
import type { TaskRequest } from "../tasks/handler.ts";
import type { Condition, Facts } from "./condition.ts";
import type { AlertStep, Branch, EmailStep, Step, Trigger, Workflow } from "./workflow.ts";

/** What a workflow asks for, before anything of it is written. */
export type Wanted =
  | { readonly do: "task"; readonly request: TaskRequest }
  | { readonly do: "cancel"; readonly kind: string; readonly reason: string; readonly keyPrefix: string | undefined }
  | { readonly do: "emit"; readonly type: string; readonly data: Json }
  | {
      readonly do: "schedule";
      readonly type: string;
      readonly data: Json;
      readonly key: string;
      readonly afterMs: number;
    }
  | { readonly do: "unschedule"; readonly key: string };

export interface Decision {
  readonly workflow: string;
  readonly version: string;
  /** The branches taken, outermost first, e.g. "hot" or "hot / returning"; "" when there was nothing to choose. */
  readonly branch: string;
  readonly wanted: readonly Wanted[];
  /** Why nothing, or not everything, is done. */
  readonly because: string | undefined;
}

interface Walk {
  readonly facts: Facts;
  readonly path: string[];
  readonly wanted: Wanted[];
  readonly because: string[];
}

/**
 * What the workflow makes of the event, or undefined when it has no trigger for it.
 * @throws whatever a condition or payload function throws: that is a bug of the workflow, and the runner sets the event aside for it.
 */
export function decide(workflow: Workflow, facts: Facts): Decision | undefined {
  const triggers = workflow.triggers.filter((trigger) => trigger.type === facts.event.type);
  return triggers.length === 0 ? undefined : decideTriggers(workflow, triggers, facts);
}

/** As `decide`, for triggers already found (the runner keeps them by event type). */
export function decideTriggers(workflow: Workflow, triggers: readonly Trigger[], facts: Facts): Decision {
  const walk: Walk = { facts, path: [], wanted: [], because: [] };
  for (const trigger of triggers) walkSteps(trigger.steps, walk);
  return {
    workflow: workflow.name,
    version: workflow.version,
    branch: walk.path.join(" / "),
    wanted: walk.wanted,
    because: walk.because.length === 0 ? undefined : walk.because.join("; "),
  };
}

function walkSteps(steps: readonly Step[], walk: Walk): void {
  for (const step of steps) walkStep(step, walk);
}

function walkStep(step: Step, walk: Walk): void {
  switch (step.step) {
    case "alt":
      walkAlternatives(step.branches, walk);
      return;
    case "opt":
      walkOption(step.branch, walk);
      return;
    case "par":
      walkSteps(step.steps, walk);
      return;
    case "stop":
      walk.because.push(step.because);
      return;
    default:
      walk.wanted.push(wantedOf(step, walk.facts));
  }
}

function walkAlternatives(branches: readonly Branch[], walk: Walk): void {
  const taken = branches.find((branch) => holds(branch.condition, walk.facts));
  if (taken === undefined) {
    walk.because.push(
      `no branch holds (${branches.map((branch) => branch.condition?.name ?? branch.name).join(", ")})`,
    );
    return;
  }
  walk.path.push(taken.name);
  walkSteps(taken.steps, walk);
}

function walkOption(branch: Branch, walk: Walk): void {
  if (!holds(branch.condition, walk.facts)) {
    walk.because.push(`${branch.name}: not ${branch.condition?.name}`);
    return;
  }
  walk.path.push(branch.name);
  walkSteps(branch.steps, walk);
}

function holds(condition: Condition | undefined, facts: Facts): boolean {
  return condition === undefined || condition.test(facts);
}

function wantedOf(step: Exclude<Step, { step: "alt" | "opt" | "par" | "stop" }>, facts: Facts): Wanted {
  switch (step.step) {
    case "task":
      return {
        do: "task",
        request: {
          kind: step.kind,
          priority: step.priority,
          dueInMs: step.dueIn === undefined ? undefined : durationMs(step.dueIn),
          delayMs: step.after === undefined ? undefined : durationMs(step.after),
          staleAfterMs: step.staleAfter === undefined ? undefined : durationMs(step.staleAfter),
          mergeKey: typeof step.mergeKey === "function" ? step.mergeKey(facts) : step.mergeKey,
          payload: resolved(step.payload, facts),
        },
      };
    case "email":
      return { do: "task", request: emailRequest(step, facts) };
    case "alert":
      return { do: "task", request: alertRequest(step, facts) };
    case "cancel":
      return { do: "cancel", kind: step.kind, reason: step.reason, keyPrefix: step.keyPrefix };
    case "emit":
      return { do: "emit", type: step.type, data: resolved(step.data, facts) ?? null };
    case "schedule":
      return {
        do: "schedule",
        type: step.type,
        data: resolved(step.data, facts) ?? null,
        key: step.key,
        afterMs: typeof step.after === "string" ? durationMs(step.after) : Math.max(0, step.after.ms(facts)),
      };
    case "unschedule":
      return { do: "unschedule", key: step.key };
  }
}

function emailRequest(step: EmailStep, facts: Facts): TaskRequest {
  const subject = step.once === "submission" ? `event:${facts.event.root}` : `contact:${facts.event.contact}`;
  const onceKey = `${step.template}:${subject}`;
  return {
    kind: "send_email",
    mergeKey: `send_email:${onceKey}`,
    staleAfterMs: step.staleAfter === undefined ? undefined : durationMs(step.staleAfter),
    payload: { template: step.template, onceKey, purpose: step.purpose },
  };
}

function alertRequest(step: AlertStep, facts: Facts): TaskRequest {
  const audience = typeof step.audience === "string" ? step.audience : step.audience.of(facts);
  const onceKey = `${step.name}:${audience}:${step.once?.(facts) ?? `event:${facts.event.root}`}`;
  return {
    kind: "send_alert",
    mergeKey: `send_alert:${onceKey}`,
    staleAfterMs: step.staleAfter === undefined ? undefined : durationMs(step.staleAfter),
    payload: {
      audience,
      name: step.name,
      onceKey,
      ...(step.values === undefined ? {} : { values: step.values(facts) }),
    },
  };
}

function resolved(value: Json | ((facts: Facts) => Json) | undefined, facts: Facts): Json | undefined {
  return typeof value === "function" ? value(facts) : value;
}
