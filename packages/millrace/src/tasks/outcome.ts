/**
 * What becomes of an outcome: the events, follow-up tasks, e-mails and alerts it asks for, whoever ran the handler
 * (the runner for pure agents, the dispatcher for the others). Nothing is written here; a sink collects.
 */
import type { z } from "zod";
import { messageOf } from "../base/errors.ts";
import { isContactId } from "../contacts/contact-id.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { EventDraft, Reference } from "../events/draft.ts";
import type { Json, NewEvent, Position } from "../events/event.ts";
import { plainCheck } from "../events/plain-check.ts";
import type { RequestOrigin } from "./draft.ts";
import type { AlertRecord, Completed, EmailRecord, Failed, Outcome, TaskRequest } from "./handler.ts";
import { PRIORITIES } from "./task.ts";
import type { Lost, Transition } from "./transition.ts";

/** A task in the hands of a handler. */
export interface WorkItem {
  readonly id: number;
  readonly kind: string;
  readonly contact: string | null;
  readonly attempt: number;
  readonly cause: Reference;
  readonly root: Position;
  readonly depth: number;
  /** When its cascade began; null, undefined: not known. */
  readonly bornAt?: number | null;
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
  const flaw = flawOf(outcome);
  if (flaw !== undefined) return { outcome: "failed", error: `Agent "${handler}": ${flaw}.`, retry: "never" };
  if (outcome.outcome !== "completed" || outcome.events === undefined) return readable(outcome);
  for (const event of outcome.events) {
    const problem = problemOf(event, catalogue);
    if (problem !== undefined) return { outcome: "failed", error: `Agent "${handler}": ${problem}`, retry: "never" };
  }
  return outcome;
}

/**
 * What no row could hold: one such outcome would take everything that is written with it along, again and again.
 * Checked once here, so that no one behind this has to.
 */
function flawOf(outcome: Outcome): string | undefined {
  switch (outcome.outcome) {
    case "failed":
      if (typeof outcome.error !== "string") return "a failure without its error as text";
      return isSpan(outcome.afterMs) ? undefined : `afterMs is ${outcome.afterMs}`;
    case "waiting":
    case "cancelled":
      if (typeof outcome.reason !== "string") return `"${outcome.outcome}" without a reason as text`;
      return flawOfEffects(outcome);
    case "snoozed":
      return outcome.forMs !== undefined && isSpan(outcome.forMs) ? undefined : `forMs is ${outcome.forMs}`;
    case "completed":
      return (outcome.tasks ?? []).map(flawOfRequest).find((flaw) => flaw !== undefined) ?? flawOfEffects(outcome);
  }
}

function flawOfRequest(request: TaskRequest): string | undefined {
  const { kind, mergeKey, priority } = request;
  if (!isKey(kind)) return "it asks for a task without a kind";
  if (mergeKey !== undefined && !isKey(mergeKey))
    return `the mergeKey of ${kind} is no text of 1 to ${MAX_KEY_LENGTH} characters`;
  if (priority !== undefined && !PRIORITIES.includes(priority)) return `priority "${priority}" of ${kind}`;
  return [request.dueInMs, request.delayMs, request.staleAfterMs].every(isSpan)
    ? undefined
    : `a time of ${kind} is no number`;
}

function flawOfEffects(outcome: Outcome): string | undefined {
  if (!isPlain(outcome, 0)) {
    let json: string;
    try {
      json = JSON.stringify(outcome);
    } catch (error) {
      return `what it returned is no JSON: ${messageOf(error)}`;
    }
    if (outcome.outcome === "completed" && ESCAPED_NUL.test(json)) return "what it returned holds a NUL character";
  }
  const { emails = [], alerts = [] } = outcome as Completed;
  const keys = [...emails, ...alerts].map((record) => record.onceKey);
  return keys.every(isKey) ? undefined : `a onceKey is no text of 1 to ${MAX_KEY_LENGTH} characters`;
}

const MAX_PLAIN_DEPTH = 20;

/** Texts without NUL, numbers and plain objects of them, as most outcomes are: a third of the time of writing the JSON to see. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "string") return !value.includes("\u0000");
  if (typeof value !== "object" || value === null) return typeof value !== "bigint";
  if (depth === MAX_PLAIN_DEPTH) return false;
  if (Array.isArray(value)) {
    for (const one of value) if (!isPlain(one, depth + 1)) return false;
    return true;
  }
  const prototype = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || "toJSON" in value) return false;
  // Nothing enumerable is inherited: a list of the names would only have to be thrown away again.
  for (const name in value) {
    if (name.includes("\u0000") || !isPlain((value as Record<string, unknown>)[name], depth + 1)) return false;
  }
  return true;
}

/** NUL as JSON writes it; behind an escaped backslash the same letters are only text. */
const ESCAPED_NUL = /(?<!\\)(?:\\\\)*\\u0000/;
/** PostgreSQL's indexes take 2,704 bytes. */
const MAX_KEY_LENGTH = 600;
const CENTURY_MS = 3_155_760_000_000;

function isKey(value: unknown): boolean {
  return typeof value === "string" && value !== "" && value.length <= MAX_KEY_LENGTH;
}

function isSpan(value: number | undefined): boolean {
  return value === undefined || Math.abs(value) <= CENTURY_MS;
}

/** What another system said may hold NUL, which no row can hold. */
function readable(outcome: Outcome): Outcome {
  if (outcome.outcome === "failed") return { ...outcome, error: outcome.error.replaceAll("\u0000", "\ufffd") };
  if (outcome.outcome === "completed" || outcome.reason === undefined) return outcome;
  return { ...outcome, reason: outcome.reason.replaceAll("\u0000", "\ufffd") };
}

function problemOf(event: NewEvent, catalogue: EventCatalogue): string | undefined {
  const definition = catalogue.find(event.type);
  if (definition === undefined) return `unknown event type "${event.type}".`;
  const issue = plainCheck(definition.schema)(event.data) ? undefined : issueOf(definition.schema, event.data);
  if (issue !== undefined) return `event "${event.type}": ${issue.path.join(".")}: ${issue.message}`;
  if (event.contact !== undefined && event.contact.id === undefined)
    return `event "${event.type}" names its contact other than by id.`;
  if (event.contact?.id !== undefined && !isContactId(event.contact.id))
    return `event "${event.type}" names a contact by "${event.contact.id}", which is no id of ours.`;
  return undefined;
}

function issueOf(schema: z.ZodType, data: unknown): z.core.$ZodIssue | undefined {
  return schema.safeParse(data).error?.issues[0];
}

/**
 * Collects the end of an attempt: what the work established, what became of the task, and what is asked for besides.
 * @param by the agent, or "engine".
 */
export function collectEnd(
  { fact }: Transition,
  end: Outcome | Lost,
  item: WorkItem,
  by: string,
  now: number,
  sink: EffectSink,
): void {
  const about = aboutTask(item, by, now);
  const { events = [], tasks = [], emails = [], alerts = [] } = end as Partial<Completed>;
  for (const { type, data, contact } of events)
    sink.event({ ...about, type, data, contact: contact?.id ?? item.contact });
  const cause = sink.event({ ...about, ...fact });
  if (tasks.length > 0) {
    const { contact, root, depth, bornAt = null } = item;
    const origin = {
      contact,
      cause,
      root,
      depth: depth + 1,
      bornAt: now,
      cascadeBornAt: bornAt,
      requestedBy: about.actor,
    };
    for (const request of tasks) sink.task(request, origin);
  }
  for (const record of emails) sink.email(record, item);
  for (const record of alerts) sink.alert(record, item);
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
