/** From a request for work to the row that asks for it: the kind's numbers, the request's own, business hours. */
import type { Reference } from "../events/draft.ts";
import type { Json, Position } from "../events/event.ts";
import { addBusinessTime, type BusinessHours } from "./business-hours.ts";
import type { TaskCatalogue, TaskKind } from "./catalogue.ts";
import type { TaskRequest } from "./handler.ts";
import { PRIORITIES, type Priority, rankOf } from "./task.ts";

/** A task that is decided but not written yet. */
export interface TaskDraft {
  readonly id: number;
  readonly kind: string;
  readonly contact: string | null;
  readonly mergeKey: string;
  readonly state: "NOT_STARTED" | "WAITING";
  readonly priority: Priority;
  readonly dueAt: number;
  readonly notBefore: number | null;
  readonly staleAt: number | null;
  readonly payload: Json;
  readonly causes: readonly Reference[];
  readonly root: Position;
  readonly depth: number;
  readonly requestedBy: string;
  readonly createdAt: number;
  /** When what began its cascade happened; null: it has to be looked up in the log. */
  readonly bornAt: number | null;
  /** Attempts used up already: 1 for a task whose first attempt, made at once, failed. */
  readonly attempt: number;
  readonly error: string | null;
}

export interface RequestOrigin {
  readonly contact: string | null;
  readonly cause: Reference;
  readonly root: Position;
  readonly depth: number;
  /** When what began the cascade happened: what has gone stale since is not done any more (R10). */
  readonly bornAt: number;
  /** When its cascade began, where a reaction's age is counted from another moment; null: not known. Default: bornAt. */
  readonly cascadeBornAt?: number | null;
  readonly requestedBy: string;
}

export interface TaskRules {
  readonly catalogue: TaskCatalogue;
  /** When the due times of human tasks run. */
  readonly businessHours: BusinessHours;
}

/**
 * The row a request asks for. A kind no one has declared becomes a manual_review: work goes to a person,
 * never to the floor.
 */
export function draftTask(
  request: TaskRequest,
  origin: RequestOrigin,
  id: number,
  now: number,
  rules: TaskRules,
): TaskDraft {
  const kind = rules.catalogue.find(request.kind);
  if (kind === undefined) return draftTask(reviewOfUnknown(request), origin, id, now, rules);
  const notBefore = request.delayMs === undefined || request.delayMs <= 0 ? null : now + request.delayMs;
  return {
    id,
    kind: kind.kind,
    contact: origin.contact,
    mergeKey: request.mergeKey ?? kind.kind,
    state: kind.isHuman || notBefore !== null ? "WAITING" : "NOT_STARTED",
    priority: request.priority ?? kind.priority,
    dueAt: dueAt(kind, request, notBefore ?? now, rules.businessHours),
    notBefore: kind.isHuman ? null : notBefore,
    staleAt: request.staleAfterMs === undefined ? null : origin.bornAt + request.staleAfterMs,
    payload: request.payload ?? null,
    causes: [origin.cause],
    root: origin.root,
    depth: origin.depth,
    requestedBy: origin.requestedBy,
    createdAt: now,
    bornAt: origin.cascadeBornAt === undefined ? origin.bornAt : origin.cascadeBornAt,
    attempt: 0,
    error: null,
  };
}

/** R5: the higher priority, the earlier due time, and the causes of both. The later request's payload is dropped. */
export function mergeDrafts(open: TaskDraft, again: TaskDraft): TaskDraft {
  return {
    ...open,
    priority: PRIORITIES[Math.min(rankOf[open.priority], rankOf[again.priority])] ?? open.priority,
    dueAt: Math.min(open.dueAt, again.dueAt),
    causes: [...open.causes, ...again.causes],
  };
}

function dueAt(kind: TaskKind, request: TaskRequest, from: number, hours: BusinessHours): number {
  const dueInMs = request.dueInMs ?? kind.dueInMs;
  return kind.isHuman ? addBusinessTime(from, dueInMs, hours) : from + dueInMs;
}

function reviewOfUnknown(request: TaskRequest): TaskRequest {
  return {
    kind: "manual_review",
    mergeKey: `manual_review:${request.kind}`,
    payload: { reason: `Nobody has declared the task kind "${request.kind}".`, request: request.payload ?? null },
  };
}
