/**
 * Events that are decided but have no position yet. Within one transaction they, and the tasks they cause, refer to
 * each other by a negative number (-1 the first draft, -2 the second …), which becomes a position when the log's
 * lock is held and positions are drawn.
 */
import type { Json, Position } from "./event.ts";

/** A row on its way into the log, its position drawn. */
export interface EventRow {
  readonly position: Position;
  readonly type: string;
  readonly contact: string | null;
  /** JSON text. */
  readonly data: string;
  readonly occurredAt: number;
  readonly cause: Position | null;
  readonly root: Position;
  readonly depth: number;
  readonly actor: string;
  readonly isSettled: boolean;
}

/** A position, or a negative reference to a draft of the same transaction. */
export type Reference = number;

export interface EventDraft {
  readonly reference: Reference;
  readonly type: string;
  readonly contact: string | null;
  readonly data: Json;
  readonly occurredAt: number;
  readonly cause: Reference | null;
  readonly root: Reference;
  readonly depth: number;
  readonly actor: string;
}

export function referenceOf(index: number): Reference {
  return -1 - index;
}

/** Tells the position a reference stands for, once positions are drawn. */
export type Positions = (reference: Reference) => Position;

/** The drafts stand in the log in their order, the first one at `first`. */
export function positionsFrom(first: Position): Positions {
  return (reference) => (reference < 0 ? first - reference - 1 : reference);
}

/** The rows of drafts; not settled unless they say so. */
export function rowsOfDrafts(
  drafts: readonly (EventDraft & { readonly isSettled?: boolean })[],
  positions: Positions,
): EventRow[] {
  return drafts.map((draft) => ({
    position: positions(draft.reference),
    type: draft.type,
    contact: draft.contact,
    data: JSON.stringify(draft.data),
    occurredAt: draft.occurredAt,
    cause: draft.cause === null ? null : positions(draft.cause),
    root: positions(draft.root),
    depth: draft.depth,
    actor: draft.actor,
    isSettled: draft.isSettled ?? false,
  }));
}
