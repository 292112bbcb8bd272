/**
 * Consumers of the log beside the workflows (flow 9): each has a place, retries and dead letters of its own, so none
 * waits for another and a new one is added without touching a producer. What a consumer writes, it writes in the
 * transaction that moves its place: exactly once, and nothing outside the database. A projection, therefore, can be
 * dropped and built again from the log without repeating any effect.
 */
import type { Tx } from "../db/database.ts";
import type { Json, Position, RecordedEvent } from "../events/event.ts";

export interface Consumer {
  /** Unique; its place in the log is kept under it. */
  readonly name: string;
  /** One sentence: what it makes of the log. */
  readonly about: string;
  /** Only these events. Default: all. */
  readonly types?: readonly string[];
  /** Where it begins when it is new. Default "start": with everything that ever happened. */
  readonly from?: "start" | "now";
  /** Takes events in order, inside the transaction that moves the place on. No I/O but SQL. */
  readonly take: (events: readonly RecordedEvent<string, Json>[], tx: Tx) => Promise<void>;
  /** Empties what it has built, so that it can be built again from the start. Left out: it cannot be rebuilt. */
  readonly reset?: (tx: Tx) => Promise<void>;
}

/** A process outside that gets the log (webhook-out.ts), for who tries an event again that it did not take. */
export interface Subscriber {
  /** "webhook:NAME", as its dead letters have it. */
  readonly name: string;
  /** @throws MillraceError delivery_failed when it is not taken. */
  readonly sendAgain: (event: Position) => Promise<void>;
}
