/**
 * The workflow language. A workflow is data, not a closure: triggers, exclusive branches (`alt`), all-of (`par`),
 * optional parts (`opt`), named conditions, and outcomes with typed options. The same definition is run, drawn,
 * linted, versioned by its hash and tried on history.
 *
 * @example
 * export default workflow("webinar", { about: "People who attended get a call." }, [
 *   on("form_submitted", alt(
 *     branch("webinar", when<"form_submitted">("is the webinar form", ({ event }) => event.data.form === "webinar"),
 *       task("handle_inquiry", { priority: "HIGH", dueIn: "2h" })),
 *     otherwise(stop("not a webinar")))),
 * ]);
 */
import { createHash } from "node:crypto";
import type { Duration } from "../base/clock.ts";
import { type BatchRule, batchRule } from "../events/batch-rule.ts";
import type { EventTypes } from "../events/catalogue.ts";
import type { EventOf, Json, RecordedEvent } from "../events/event.ts";
import type { missionTaskKinds } from "../tasks/catalogue.ts";
import type { Priority } from "../tasks/task.ts";
import type { Condition, Facts } from "./condition.ts";

type MissionKinds = { [Kind in keyof typeof missionTaskKinds]: true };
/** The task kinds the compiler knows. Extend it by declaration merging for your own. */
export interface TaskKinds extends MissionKinds {}
export type TaskKindName = keyof TaskKinds & string;

// biome-ignore lint/suspicious/noExplicitAny: a step for any event fits where a step for one event is wanted.
export type AnyEvent = any;

export interface SourceLocation {
  /** "file:line:column" of the call that made the step, for the linter. */
  readonly at: string;
}

export interface TaskStep<Event = AnyEvent> extends SourceLocation {
  readonly step: "task";
  readonly kind: string;
  readonly priority?: Priority;
  readonly dueIn?: Duration;
  readonly after?: Duration;
  readonly staleAfter?: Duration;
  /** At most one open task per contact and key (R5). Default: the kind. */
  readonly mergeKey?: string | ((facts: Facts<Event>) => string);
  readonly payload?: Json | ((facts: Facts<Event>) => Json);
}
export interface EmailStep extends SourceLocation {
  readonly step: "email";
  readonly template: string;
  /** "submission": one per outside event. "contact": one per contact, ever. */
  readonly once: "submission" | "contact";
  readonly purpose: "transactional" | "outreach" | "nurture";
  readonly staleAfter?: Duration;
}
/** Who is alerted: the same people always, or those the event names. */
export type Audience<Event = AnyEvent> =
  | string
  | { readonly about: string; readonly of: (facts: Facts<Event>) => string };

export interface AlertStep<Event = AnyEvent> extends SourceLocation {
  readonly step: "alert";
  readonly audience: Audience<Event>;
  readonly name: string;
  /** What is told once, e.g. "task:7". Default: whatever began the chain of events is told of once. */
  readonly once?: (facts: Facts<Event>) => string;
  readonly staleAfter?: Duration;
  /** What its text may name beside the contact. */
  readonly values?: (facts: Facts<Event>) => Json;
}
export interface CancelStep extends SourceLocation {
  readonly step: "cancel";
  readonly kind: string;
  readonly reason: string;
  /** Only tasks whose merge key begins so; left out: all of the kind. */
  readonly keyPrefix?: string;
}
export interface EmitStep<Event = AnyEvent> extends SourceLocation {
  readonly step: "emit";
  readonly type: string;
  readonly data: Json | ((facts: Facts<Event>) => Json);
}
/** How long from now: fixed, or worked out from what is known (in milliseconds; past times mean at once). */
export type After<Event = AnyEvent> =
  | Duration
  | { readonly about: string; readonly ms: (facts: Facts<Event>) => number };

export interface ScheduleStep<Event = AnyEvent> extends SourceLocation {
  readonly step: "schedule";
  readonly type: string;
  readonly after: After<Event>;
  /** With the contact it names the timer: setting it again moves it, `unschedule` stops it. */
  readonly key: string;
  readonly data: Json | ((facts: Facts<Event>) => Json);
}
export interface UnscheduleStep extends SourceLocation {
  readonly step: "unschedule";
  readonly key: string;
}
export interface StopStep extends SourceLocation {
  readonly step: "stop";
  readonly because: string;
}
export interface Branch<Event = AnyEvent> extends SourceLocation {
  readonly name: string;
  /** undefined: otherwise. */
  readonly condition: Condition<Event> | undefined;
  readonly steps: readonly Step<Event>[];
}
export interface AltStep<Event = AnyEvent> extends SourceLocation {
  readonly step: "alt";
  readonly branches: readonly Branch<Event>[];
}
export interface ParStep<Event = AnyEvent> extends SourceLocation {
  readonly step: "par";
  readonly steps: readonly Step<Event>[];
}
export interface OptStep<Event = AnyEvent> extends SourceLocation {
  readonly step: "opt";
  readonly branch: Branch<Event>;
}

export type Step<Event = AnyEvent> =
  | TaskStep<Event>
  | EmailStep
  | AlertStep<Event>
  | CancelStep
  | EmitStep<Event>
  | ScheduleStep<Event>
  | UnscheduleStep
  | StopStep
  | AltStep<Event>
  | ParStep<Event>
  | OptStep<Event>;

export interface Trigger extends SourceLocation {
  readonly type: string;
  readonly steps: readonly Step[];
  /** Set: the trigger is the flush of this buffer, not a single event (flow 8). */
  readonly batch?: BatchRule;
  /** Set: only events about tasks of these kinds; others are no decision at all. */
  readonly kinds?: readonly string[];
}

export interface Workflow {
  readonly name: string;
  readonly about: string;
  /** The part of the mission it carries out. */
  readonly source: string | undefined;
  readonly triggers: readonly Trigger[];
  /** The first 12 hex digits of the hash of all it says and tests. */
  readonly version: string;
  readonly at: string;
}

/** A named set of rules from events to outcomes. The name is unique and kept in every decision. */
export function workflow(
  name: string,
  options: { about?: string; source?: string },
  triggers: readonly Trigger[],
): Workflow {
  return {
    name,
    about: options.about ?? "",
    source: options.source,
    triggers,
    version: versionOf(triggers),
    at: place(),
  };
}

/** What to do when an event of this type is in the log. All steps are done, in order. */
export function on<Type extends keyof EventTypes & string>(type: Type, ...steps: Step<EventOf<Type>>[]): Trigger {
  return { type, steps: steps as Step[], at: place() };
}

/**
 * What to do when a task of one of these kinds is done: the next step of a chain (flow 3). Tasks of other kinds cost
 * nothing, not even a decision.
 */
export function onCompleted(
  kinds: TaskKindName | readonly TaskKindName[],
  ...steps: Step<EventOf<"task_completed">>[]
): Trigger {
  return {
    type: "task_completed",
    kinds: typeof kinds === "string" ? [kinds] : kinds,
    steps: steps as Step[],
    at: place(),
  };
}

/**
 * What to do with many events at once: they gather in a buffer until `max` of them are there or `within` has passed
 * since the first (flow 8). Each event is still decided on its own by every workflow that waits for it, so no
 * threshold is missed. The steps see one `events_aggregated` event: its items, deduplicated, urgent ones first.
 * @param name names the buffer's place in the log; unique.
 * @example
 * batched("crm_bulk", { types: ["contact_updated"], max: 100, within: "5m" }, task("sync_crm", { payload: ({ event }) => ({ contacts: event.data.contacts }) }))
 */
export function batched(
  name: string,
  options: Partial<Omit<BatchRule, "name">> & Pick<BatchRule, "types">,
  ...steps: Step<EventOf<"events_aggregated">>[]
): Trigger {
  return {
    type: "events_aggregated",
    batch: batchRule(name, options),
    steps: steps as Step[],
    at: place(),
  };
}

/** Exactly one branch: the first whose condition holds. None holding means nothing happens, and the decision says so. */
export function alt<Event>(...branches: Branch<Event>[]): AltStep<Event> {
  return { step: "alt", branches, at: place() };
}

export function branch<Event>(name: string, condition: Condition<Event>, ...steps: Step<Event>[]): Branch<Event> {
  return { name, condition, steps, at: place() };
}

export function otherwise<Event = AnyEvent>(...steps: Step<Event>[]): Branch<Event> {
  return { name: "otherwise", condition: undefined, steps, at: place() };
}

/** All of the steps; the order does not matter. */
export function par<Event>(...steps: Step<Event>[]): ParStep<Event> {
  return { step: "par", steps, at: place() };
}

/** The steps only when the condition holds. */
export function opt<Event>(name: string, condition: Condition<Event>, ...steps: Step<Event>[]): OptStep<Event> {
  return { step: "opt", branch: { name, condition, steps, at: place() }, at: place() };
}

/** Asks for a task; one that is open for the contact already takes the request in (R5). */
export function task<Event = AnyEvent>(
  kind: TaskKindName,
  options: Omit<TaskStep<Event>, "step" | "kind" | "at"> = {},
): TaskStep<Event> {
  return { step: "task", kind, ...options, at: place() };
}

/** Sends an e-mail from a template; the gates (opt-out first) are asked at the moment of sending. */
export function email(
  template: string,
  options: { once: "submission" | "contact"; purpose?: EmailStep["purpose"]; staleAfter?: Duration },
): EmailStep {
  return { step: "email", template, purpose: "transactional", ...options, at: place() };
}

/** Tells people, now, on every channel the config gives the audience. */
export function alert<Event = AnyEvent>(
  audience: Audience<NoInfer<Event>>,
  name: string,
  options: Pick<AlertStep<Event>, "staleAfter" | "values" | "once"> = {},
): AlertStep<Event> {
  return { step: "alert", audience, name, ...options, at: place() };
}

/** Calls off the contact's tasks of a kind that no one has begun. */
export function cancel(kind: TaskKindName, reason: string, options: { keyPrefix?: string } = {}): CancelStep {
  return { step: "cancel", kind, reason, ...options, at: place() };
}

/** States a fact of its own. */
export function emit<Type extends keyof EventTypes & string, Event = AnyEvent>(
  type: Type,
  data: EventTypes[Type] | ((facts: Facts<Event>) => EventTypes[Type]),
): EmitStep<Event> {
  return { step: "emit", type, data: data as EmitStep<Event>["data"], at: place() };
}

/** States a fact later, unless it is unscheduled before. */
export function schedule<Type extends keyof EventTypes & string, Event = AnyEvent>(
  type: Type,
  options: {
    after: After<NoInfer<Event>>;
    key: string;
    data: EventTypes[Type] | ((facts: Facts<Event>) => EventTypes[Type]);
  },
): ScheduleStep<Event> {
  return {
    step: "schedule",
    type,
    after: options.after as After,
    key: options.key,
    data: options.data as ScheduleStep<Event>["data"],
    at: place(),
  };
}

export function unschedule(key: string): UnscheduleStep {
  return { step: "unschedule", key, at: place() };
}

export function addToList(list: string): EmitStep {
  return { step: "emit", type: "contact_listed", data: { list }, at: place() };
}

export function removeFromList(list: string): EmitStep {
  return { step: "emit", type: "contact_unlisted", data: { list }, at: place() };
}

/** Nothing is to be done, and this is why; the reason stands in the decision. */
export function stop(because: string): StopStep {
  return { step: "stop", because, at: place() };
}

/** Every step below these, depth first. */
export function allSteps(steps: readonly Step[]): Step[] {
  return steps.filter(isStep).flatMap((step) => {
    if (step.step === "alt") return [step, ...step.branches.flatMap((below) => allSteps(below?.steps ?? []))];
    if (step.step === "par") return [step, ...allSteps(step.steps)];
    if (step.step === "opt") return [step, ...allSteps(step.branch.steps)];
    return [step];
  });
}

/** Is it something a function of the language has made? A file is JavaScript when it runs, and may hold anything. */
export function isStep(value: unknown): value is Step {
  return typeof value === "object" && value !== null && "step" in value;
}

function versionOf(triggers: readonly Trigger[]): string {
  // Functions count by their source; where a step stands in its file does not.
  const text = JSON.stringify(triggers, (key, value) =>
    key === "at" ? undefined : typeof value === "function" ? String(value) : value,
  );
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** Where the language was called from: the first frame outside this file. */
function place(): string {
  const frames = new Error().stack?.split("\n").slice(2) ?? [];
  const frame = frames.find((line) => !line.includes("/workflows/workflow."));
  const found = /\(?((?:file:\/\/)?[^()\s]+:\d+:\d+)\)?$/.exec(frame ?? "")?.[1] ?? "";
  return found.replace(/^file:\/\//, "").replace(/\?[^:]*/, "");
}

export type { RecordedEvent };
