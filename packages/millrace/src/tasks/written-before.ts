/**
 * Results that are in the database already: their transaction was committed and the answer was lost, so the worker writes
 * them once more. They are no results of a task that was taken away, and nothing more is to be said of them.
 */
import { int2Column, int8Column, textColumn } from "../db/columns.ts";
import type { Tx } from "../db/database.ts";
import type { Result } from "./finish.ts";
import type { Outcome } from "./handler.ts";
import type { FinishedRow } from "./queue.ts";

/** What an outcome makes of its task; null: the task waits, and is tried again. */
const STATE_OF: Readonly<Record<string, FinishedRow["state"] | null>> = {
  completed: "COMPLETED",
  cancelled: "CANCELLED",
  failed: "FAILED",
};

function errorOf(outcome: Outcome): string | null {
  if (outcome.outcome === "failed") return outcome.error;
  return outcome.outcome === "cancelled" ? outcome.reason : null;
}

/**
 * @param lost results whose tasks are not held any more under their token.
 * @returns the ids of those that this very attempt has ended, or has let wait, and that no one took away.
 */
export async function writtenBefore(tx: Tx, lost: readonly Result[]): Promise<ReadonlySet<number>> {
  if (lost.length === 0) return new Set();
  const rows = await tx.query<{ id: number }>(
    `select given.id from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[], $5::text[], $6::text[]) as given(id, fence, attempt, worker, state, error)
     where exists (select from finished_task(given.id) f where f.attempt = given.attempt and f.worker = given.worker and f.state = given.state
                     and f.error is not distinct from given.error)
        or exists (select from tasks where tasks.id = given.id and tasks.fence = given.fence and tasks.claim is null)`,
    [
      int8Column(lost.map(({ task }) => task.id)),
      int8Column(lost.map(({ task }) => task.fence)),
      int2Column(lost.map(({ task }) => task.attempt)),
      textColumn(lost.map(({ task }) => task.heldBy)),
      textColumn(lost.map(({ outcome }) => STATE_OF[outcome.outcome] ?? null)),
      // A last attempt that was taken back has failed too, for another reason.
      textColumn(lost.map(({ outcome }) => errorOf(outcome))),
    ],
    "written_before",
  );
  return new Set(rows.map(({ id }) => id));
}
