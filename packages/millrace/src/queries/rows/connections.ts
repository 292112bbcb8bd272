/** The last errors met with what is outside. */
import type { Queryable } from "../../db/database.ts";
import { findEvents } from "./events.ts";

export interface LastError {
  readonly lastError: string | null;
  /** Milliseconds. */
  readonly lastErrorAt: number | null;
}

const NONE: LastError = { lastError: null, lastErrorAt: null };

/** Failures of any work that are looked through. */
const LOOKED_AT = 50;

/** Of work of this kind that waits to be tried again, or that failed lately for good. */
export async function lastTaskError(db: Queryable, kind: string): Promise<LastError> {
  const [[open], { events }] = await Promise.all([
    db.query<LastError>(
      `select left(error, 500) as "lastError", started_at as "lastErrorAt" from tasks
        where kind = $1 and error is not null order by started_at desc nulls last limit 1`,
      [kind],
      "last_task_error",
    ),
    findEvents(db, { type: "task_failed", limit: LOOKED_AT }),
  ]);
  const failure = events.find(({ data }) => (data as { kind?: unknown }).kind === kind);
  if (failure === undefined || (open?.lastErrorAt ?? 0) > failure.occurredAt) return open ?? NONE;
  const { error } = failure.data as { error?: unknown };
  return { lastError: String(error ?? "").slice(0, 500), lastErrorAt: failure.occurredAt };
}

export async function lastModelError(db: Queryable): Promise<LastError> {
  const [found] = await db.query<LastError>(
    `select left(error, 500) as "lastError", ended_at as "lastErrorAt" from model_calls where state = 'failed' order by id desc limit 1`,
    [],
    "last_model_error",
  );
  return found ?? NONE;
}
