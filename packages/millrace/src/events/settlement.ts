/**
 * A settlement: the events that followed from one contact's events within one transaction, in one row, with what
 * workflows made of them and the tasks pure agents did. Written by the runner, read as single events by everyone
 * else: in SQL through the view `events` and its functions, in large numbers through `readEvents`.
 * Columns and their order: migrations/0009_settlements.sql. Why: docs/decisions/0014-a-cascade-is-one-row.md.
 */
import type { Reference } from "./draft.ts";
import type { Json, Position, RecordedEvent } from "./event.ts";

/** Cause, root, depth, actor, occurredAt, data. A cause below zero is an event of the row: -1 the first one. */
export type SettledEvent = readonly [Reference | null, Position, number, string, number, Json];

export interface SettlementRow {
  /** Position of its first event; the others follow without a gap. */
  readonly first: Position;
  readonly contact: string;
  /** The earliest event that was decided in it. */
  readonly since: Position;
  /** The ids of its tasks, divided by `TASK_GROUP`; null when it has none. */
  readonly taskGroup: number | null;
  readonly types: readonly string[];
  /** JSON arrays. */
  readonly events: string;
  readonly decisions: string;
  readonly tasks: string;
}

/** What is needed of a row to tell its events. */
export interface FoldedEvents {
  readonly first: Position;
  readonly contact: string;
  readonly types: readonly string[];
  readonly events: readonly SettledEvent[];
}

/** The events of a settlement, in order. */
export function unfold({ first, contact, types, events }: FoldedEvents): RecordedEvent<string, Json>[] {
  return events.map(([cause, root, depth, actor, occurredAt, data], i) => ({
    position: first + i,
    type: types[i] ?? "",
    data,
    contact,
    occurredAt,
    cause: cause !== null && cause < 0 ? first - cause - 1 : cause,
    root,
    depth,
    actor,
  }));
}
