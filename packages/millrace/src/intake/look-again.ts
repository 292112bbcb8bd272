/**
 * Whether arrivals are in the log, asked when the one who sent them off got no answer: the connection was lost behind the
 * commit, or the process ended. Called by ingest.ts.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { MillraceError } from "../base/errors.ts";
import { type Database, hasCommitSettled } from "../db/database.ts";
import type { Appended } from "../events/event.ts";
import type { IncomingEvent } from "./incoming-event.ts";

/** How long, and how often, the log is asked for what a lost connection may have committed. */
const LOOK_AGAIN_MS = 3_000;
const LOOK_EVERY_MS = 50;

/** Positions in which an arrival of the moment before the end of a process is looked for. */
const RECENT = 100_000;

/**
 * @param error one of which `isCommitUnknown` is true.
 * @returns where they are; undefined when the commit did not happen; "unknown" while it may still.
 */
export async function lookAgain(
  db: Database,
  arrivals: readonly IncomingEvent[],
  error: unknown,
): Promise<readonly Appended[] | undefined | "unknown"> {
  for (const deadline = performance.now() + LOOK_AGAIN_MS; ; ) {
    // Asked first: what is not found behind the end of its process never will be.
    const isSettled = await hasCommitSettled(db, error);
    const found = await recorded(db, arrivals);
    if (found !== undefined || isSettled) return found;
    if (performance.now() > deadline) return "unknown";
    await sleep(LOOK_EVERY_MS);
  }
}

/** Those of them that are not in the log. */
export async function notWritten(db: Database, arrivals: readonly IncomingEvent[]): Promise<readonly IncomingEvent[]> {
  const missing: IncomingEvent[] = [];
  for (const arrival of arrivals) if ((await findWritten(db, arrival)) === undefined) missing.push(arrival);
  return missing;
}

export function notRecorded(cause: unknown): MillraceError {
  return new MillraceError("database_unavailable", {
    saw: "The database does not answer just now. Nothing was recorded.",
    next: "send it again in a few seconds.",
    cause,
  });
}

/** @returns where the log has these arrivals; undefined when it lacks one. */
async function recorded(db: Database, arrivals: readonly IncomingEvent[]): Promise<readonly Appended[] | undefined> {
  const found: Appended[] = [];
  for (const arrival of arrivals) {
    const written = await findWritten(db, arrival);
    if (written === undefined) return undefined;
    found.push({ ...written, isDuplicate: false });
  }
  return found;
}

/** Told by its id, else by what it says and when it happened. */
async function findWritten(
  db: Database,
  arrival: IncomingEvent,
): Promise<Pick<Appended, "position" | "contact"> | undefined> {
  const { type, data, actor, source, id } = arrival;
  const isThis =
    id === null
      ? `position > newest_position() - ${RECENT} and type = $1 and occurred_at = to_timestamp($2::float8 / 1000) and actor = $3`
      : "source = $5 and id = $6 and type = $1 and occurred_at = to_timestamp($2::float8 / 1000) and actor = $3";
  const values = [type, arrival.occurredAt, actor, data, ...(id === null ? [] : [source, id])];
  const [found] = await db.query<{ position: number; contact: string | null }>(
    `select position, contact from single_events where ${isThis} and data::jsonb = $4::jsonb limit 1`,
    values,
  );
  return found;
}
