/** The log for those who follow it: where its end is, a page behind a position, and a call when something was committed. */
import type { Database } from "../db/database.ts";
import { ANY_EVENT, type WakeUps } from "../db/wake.ts";
import type { Position, RecordedEvent } from "./event.ts";
import { newestPosition, readEvents } from "./log.ts";

export interface LogReader {
  newestPosition(): Promise<Position>;
  /** At most `limit` events behind `after`, in order. */
  read(after: Position, limit: number): Promise<readonly RecordedEvent[]>;
  /** Called when something was committed. @returns a function that ends it. */
  onEvent(listener: () => void): () => void;
}

export function logReader(db: Database, wakeUps: WakeUps): LogReader {
  return {
    newestPosition: () => newestPosition(db),
    read: (after, limit) => readEvents(db, after, limit),
    onEvent: (listener) => wakeUps.on(ANY_EVENT, listener),
  };
}
