/** An event from outside on its way into the log: checked by the catalogue, its moment known. Called by ingest.ts and its like. */
import { MillraceError } from "../base/errors.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { ContactReference, NewEvent } from "../events/event.ts";

/** An event that has passed the catalogue and has no position yet. */
export interface IncomingEvent {
  readonly type: string;
  /** JSON text, as it will be written: while it waits, one text is less to look after than all it is made of. */
  readonly data: string;
  readonly contact: ContactReference | undefined;
  readonly source: string;
  readonly id: string | null;
  readonly occurredAt: number;
  readonly actor: string;
}

/** @throws MillraceError unknown_event_type, invalid_event. */
export function incomingEventOf(event: NewEvent, catalogue: EventCatalogue, now: number): IncomingEvent {
  const checked = catalogue.check(event);
  return {
    type: checked.type,
    data: JSON.stringify(checked.data),
    contact: checked.contact,
    source: event.source ?? "api",
    id: event.id ?? null,
    occurredAt: occurredAt(event.occurredAt, now),
    actor: event.actor ?? "api",
  };
}

function occurredAt(given: string | number | undefined, now: number): number {
  if (given === undefined) return now;
  const at = typeof given === "number" ? given : Date.parse(given);
  // To the millisecond, as it is read back.
  if (Number.isFinite(at) && at > 0 && at < 8.64e15) return Math.round(at);
  throw new MillraceError("invalid_event", {
    saw: `occurredAt ${JSON.stringify(given)} is not a moment. Nothing was recorded.`,
    expected: "ISO 8601 or milliseconds since 1970",
    next: "correct occurredAt, or leave it out.",
    field: "occurredAt",
  });
}
