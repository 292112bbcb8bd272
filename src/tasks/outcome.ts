/**
 * What becomes of an outcome: the events, follow-up tasks, e-mails and alerts it asks for, whoever ran the handler
 * (the runner for pure agents, the dispatcher for the others). Nothing is written here; a sink collects.
 */
import { messageOf } from "../errors.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { EventDraft, Reference } from "../events/draft.ts";
import type { Json, NewEvent, Position } from "../events/event.ts";
import type { RequestOrigin } from "./draft.ts";
import type { AlertRecord, Cancelled, Completed, EmailRecord, Failed, Outcome, TaskRequest } from "./handler.ts";

/** A task in the hands of a handler. */
export interface WorkItem {
  readonly id: number;
  readonly kind: string;
  readonly contact: string | null;
  readonly attempt: number;
  readonly cause: Reference;
  readonly root: Position;
  readonly depth: number;
}

/** Takes what outcomes ask for, in order. */
export interface EffectSink {
  event(draft: Omit<EventDraft, "reference">): Reference;
  task(request: TaskRequest, origin: RequestOrigin): void;
  email(record: EmailRecord, item: WorkItem): void;
  alert(record: AlertRecord, item: WorkItem): void;
}

const STATES: ReadonlySet<string> = new Set(["completed", "failed", "waiting", "snoozed", "cancelled"]);

/**
 * The outcomes a handler gave, one per task. Anything that is not an outcome counts as a failure of its task:
 * an unknown return must never pass for success.
 */
export function checkedOutcomes(handler: string, given: unknown, count: number, catalogue: EventCatalogue): Outcome[] {
  if (!Array.isArray(given) || given.length !== count) {
    const saw = Array.isArray(given) ? `${given.length} outcomes` : typeof given;
    return Array.from({ length: count }, () => failure(`Agent "${handler}" returned ${saw} for ${count} tasks.`));
  }
  return given.map((outcome) => checkedOutcome(handler, outcome, catalogue));
}

/** The outcome of a throw: a bug or a lost connection, tried again. */
export function failure(error: unknown): Failed {
  return { outcome: "failed", error: messageOf(error), retry: "later" };
}

function checkedOutcome(handler: string, given: unknown, catalogue: EventCatalogue): Outcome {
  const outcome = given as Outcome | null;
  if (typeof outcome !== "object" || outcome === null || !STATES.has(outcome.outcome)) {
    return failure(`Agent "${handler}" returned something that is not an outcome.`);
  }
  if (outcome.outcome !== "completed" || outcome.events === undefined) return outcome;
  for (const event of outcome.events) {
    const problem = problemOf(event, catalogue);
    if (problem !== undefined) return { outcome: "failed", error: `Agent "${handler}": ${problem}`, retry: "never" };
  }
  return outcome;
}

function problemOf(event: NewEvent, catalogue: EventCatalogue): string | undefined {
  const definition = catalogue.find(event.type);
  if (definition === undefined) return `unknown event type "${event.type}".`;
  const parsed = definition.schema.safeParse(event.data);
  if (!parsed.success)
    return `event "${event.type}": ${parsed.error.issues[0]?.path.join(".")}: ${parsed.error.issues[0]?.message}`;
  if (event.contact !== undefined && event.contact.id === undefined)
    return `event "${event.type}" names its contact other than by id.`;
  return undefined;
}

/** Collects what a completed task asks for, its own completion last. */
export function collectCompleted(
  outcome: Completed,
  item: WorkItem,
  handler: string,
  now: number,
  sink: EffectSink,
): void {
  const actor = `agent:${handler}`;
  const about = { cause: item.cause, root: item.root, depth: item.depth + 1, actor, occurredAt: now };
  for (const event of outcome.events ?? []) {
    sink.event({ ...about, type: event.type, data: event.data, contact: event.contact?.id ?? item.contact });
  }
  const data = {
    task: item.id,
    kind: item.kind,
    attempt: item.attempt,
    by: handler,
    ...(outcome.result === undefined ? {} : { result: outcome.result }),
  };
  const cause = sink.event({ ...about, type: "task_completed", contact: item.contact, data: factOf(data) });
  const origin = {
    contact: item.contact,
    cause,
    root: item.root,
    depth: item.depth + 1,
    bornAt: now,
    requestedBy: actor,
  };
  for (const request of outcome.tasks ?? []) sink.task(request, origin);
  for (const record of outcome.emails ?? []) sink.email(record, item);
  for (const record of outcome.alerts ?? []) sink.alert(record, item);
}

export function collectCancelled(
  outcome: Cancelled,
  item: WorkItem,
  handler: string,
  now: number,
  sink: EffectSink,
): void {
  const data = { task: item.id, kind: item.kind, attempt: item.attempt, reason: outcome.reason };
  sink.event({ ...aboutTask(item, handler, now), type: "task_cancelled", data: factOf(data) });
  for (const record of outcome.emails ?? []) sink.email(record, item);
}

export type RetryDecision =
  | { readonly retry: "scheduled" | "waiting"; readonly retryAt: number }
  | { readonly retry: "spent" | "never" };

export function collectFailed(
  outcome: Failed,
  decision: RetryDecision,
  item: WorkItem,
  handler: string,
  now: number,
  sink: EffectSink,
): void {
  const data = {
    task: item.id,
    kind: item.kind,
    attempt: item.attempt,
    error: outcome.error.slice(0, 2_048),
    ...decision,
  };
  sink.event({ ...aboutTask(item, handler, now), type: "task_failed", data: factOf(data) });
}

/** A task that left the hands of its worker without being done: paused, given back, or begun. */
export function collectStatus(
  item: WorkItem,
  change: { from: string; to: string; by?: string; reason?: string },
  now: number,
  sink: EffectSink,
): void {
  const data = { task: item.id, kind: item.kind, attempt: item.attempt, ...change };
  sink.event({ ...aboutTask(item, change.by ?? "engine", now), type: "task_status_changed", data: factOf(data) });
}

/** The event's fields that are the same for every fact about a task. */
export function aboutTask(item: WorkItem, by: string, now: number) {
  return {
    contact: item.contact,
    cause: item.cause,
    root: item.root,
    depth: item.depth + 1,
    actor: `agent:${by}`,
    occurredAt: now,
  };
}

/** Facts about tasks are plain JSON by construction. */
function factOf(data: object): Json {
  return data as Json;
}
