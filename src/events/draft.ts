/**
 * Events that are decided but have no position yet. Within one transaction they, and the tasks they cause, refer to
 * each other by a negative number (-1 the first draft, -2 the second …), which becomes a position when the log's
 * lock is held and positions are drawn.
 */
import type { Json, Position } from "./event.ts";
import type { EventRow } from "./log.ts";

/** A position, or a negative reference to a draft of the same transaction. */
export type Reference = number;

export interface EventDraft {
  readonly reference: Reference;
  readonly type: string;
  readonly contact: string | null;
  readonly data: Json;
  readonly occurredAt: number;
  readonly cause: Reference | null;
  readonly root: Position;
  readonly depth: number;
  readonly actor: string;
}

export function referenceOf(index: number): Reference {
  return -1 - index;
}

/** The position a reference stands for, once the first draft has position `first`. */
export function positionOf(reference: Reference, first: Position): Position {
  return reference < 0 ? first - reference - 1 : reference;
}

/** The rows of drafts whose references are -1, -2, … in their order. */
export function rowsOfDrafts(drafts: readonly EventDraft[], first: Position, isSettled: boolean): EventRow[] {
  return drafts.map((draft, i) => ({
    position: first + i,
    type: draft.type,
    contact: draft.contact,
    data: JSON.stringify(draft.data),
    occurredAt: draft.occurredAt,
    cause: draft.cause === null ? null : positionOf(draft.cause, first),
    root: draft.root,
    depth: draft.depth,
    actor: draft.actor,
    isSettled,
  }));
}
