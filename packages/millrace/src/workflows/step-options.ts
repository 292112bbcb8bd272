/**
 * The options of every step, checked when a workflow is loaded: Node runs TypeScript without looking at its types, so a
 * misspelt priority or a duration that is none would only show with the first event. By the same schemas settings have.
 */
import { z } from "zod";
import { differencesIn } from "../settings/check.ts";
import { duration, group, listOf, name, oneOf } from "../settings/setting.ts";
import { PRIORITIES } from "../tasks/task.ts";
import { isStep, type Step } from "./workflow.ts";

const at = z.string();
const isFunction = (value: unknown) => typeof value === "function";
const compute = (what: string) => z.custom<unknown>(isFunction, { error: what });
const json = z.unknown().optional();
const words = z.string().min(1, "a text that is not empty");
const eventType = name("the name of an event type", "form_submitted");
const kind = name("the name of a task kind", "qualify_lead");
const condition = z
  .custom<unknown>(isCondition, { error: "a condition, made with when(), not(), entered() or left()" })
  .optional();

function isCondition(value: unknown): boolean {
  return typeof value === "object" && value !== null && "test" in value && isFunction(value.test) && "name" in value;
}

/** What is below a branch is looked at as a step of its own. */
const steps = z.array(z.custom<unknown>(isStep, { error: "a step, e.g. task(…) or stop(…)" }));

const branch = group({ name: words, condition, steps, at });
const after = z.union([duration(), group({ about: words, ms: compute("a function that gives milliseconds") })]);

/** By the name of the step. */
const OPTIONS: Readonly<Record<Step["step"], z.ZodType>> = {
  task: group({
    step: z.literal("task"),
    at,
    kind,
    priority: oneOf(...PRIORITIES).optional(),
    dueIn: duration().optional(),
    after: duration().optional(),
    staleAfter: duration().optional(),
    mergeKey: z.union([words, compute("a function that gives a text")]).optional(),
    payload: json,
  }),
  email: group({
    step: z.literal("email"),
    at,
    template: words,
    once: oneOf("submission", "contact"),
    purpose: oneOf("transactional", "outreach", "nurture"),
    staleAfter: duration().optional(),
  }),
  alert: group({
    step: z.literal("alert"),
    at,
    audience: z.union([words, group({ about: words, of: compute("a function that gives the audience") })]),
    name: words,
    once: compute("a function that gives what is told once").optional(),
    staleAfter: duration().optional(),
    values: compute("a function that gives the values").optional(),
  }),
  cancel: group({ step: z.literal("cancel"), at, kind, reason: words, keyPrefix: words.optional() }),
  emit: group({ step: z.literal("emit"), at, type: eventType, data: json }),
  schedule: group({ step: z.literal("schedule"), at, type: eventType, after, key: words, data: json }),
  unschedule: group({ step: z.literal("unschedule"), at, key: words }),
  stop: group({ step: z.literal("stop"), at, because: words }),
  alt: group({ step: z.literal("alt"), at, branches: listOf(branch, { min: 1 }) }),
  par: group({ step: z.literal("par"), at, steps }),
  opt: group({ step: z.literal("opt"), at, branch }),
};

/** @returns a sentence for each option that is wrong: what it is, the nearest word, and what is expected. */
export function wrongOptions(step: Step): string[] {
  const schema = OPTIONS[step.step];
  if (schema === undefined) return [`there is no step "${String(step.step)}".`];
  return differencesIn(schema, step, "option").map(({ saw, expected }) =>
    expected === undefined ? saw : `${saw} Expected: ${expected}.`,
  );
}
