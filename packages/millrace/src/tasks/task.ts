/**
 * The words of work.
 *
 * A *task* is a row of work; its *kind* is the order it carries ("qualify_lead"); an *agent* or a person does it.
 * *due* is a deadline: it orders the work and makes a task overdue. A delay is *notBefore*. Order of work:
 * rank, then due, then age. The *rank* begins as the priority and rises one level per hour of waiting (R4),
 * so LOW never starves.
 */
import type { Json, Position } from "../events/event.ts";

export const PRIORITIES = ["URGENT", "HIGH", "MEDIUM", "LOW"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** 0 for URGENT to 3 for LOW: the smaller comes first. */
export const rankOf: Readonly<Record<Priority, number>> = { URGENT: 0, HIGH: 1, MEDIUM: 2, LOW: 3 };

/**
 * NOT_STARTED: anyone who can may begin. IN_PROGRESS: held by one worker or person. WAITING: for a person or a time.
 * COMPLETED, FAILED, CANCELLED: final.
 */
export const TASK_STATES = ["NOT_STARTED", "IN_PROGRESS", "WAITING", "COMPLETED", "FAILED", "CANCELLED"] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const isFinal: Readonly<Record<TaskState, boolean>> = {
  NOT_STARTED: false,
  IN_PROGRESS: false,
  WAITING: false,
  COMPLETED: true,
  FAILED: true,
  CANCELLED: true,
};

/** A task as rows hold it and people see it. Times are in milliseconds. */
export interface Task {
  readonly id: number;
  readonly kind: string;
  readonly contact: string | null;
  readonly mergeKey: string;
  readonly state: TaskState;
  readonly priority: Priority;
  readonly dueAt: number;
  readonly notBefore: number | null;
  readonly staleAt: number | null;
  readonly payload: Json;
  /** Positions of every event that asked for it, the first one first. */
  readonly causes: readonly Position[];
  readonly root: Position;
  readonly depth: number;
  /** The workflow, or the agent, that asked for it. */
  readonly requestedBy: string;
  readonly attempt: number;
  readonly worker: string | null;
  readonly error: string | null;
  readonly result: Json;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}
