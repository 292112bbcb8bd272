/** Tasks as work from outside names them: by id, open or finished. */
import { int8Column } from "../db/columns.ts";
import type { Queryable } from "../db/database.ts";
import { CLAIMED, type ClaimedTask } from "./queue.ts";

export interface WorkRow extends ClaimedTask {
  readonly worker: string | null;
  readonly isFinished: boolean;
}

const FINISHED = `id, kind, contact, merge_key as "mergeKey", payload, attempt, 0 as fence, causes[1] as cause, root, depth, null::timestamptz as "staleAt", created_at as "createdAt",
  priority, due_at as "dueAt", requested_by as "requestedBy", causes, started_at as "startedAt", slept, null as "heldBy", true as "isBegunInLog", null::bigint as claim, null::timestamptz as "bornAt"`;

/** By id; those that never were are missing. */
export async function findWork(db: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, WorkRow>> {
  if (ids.length === 0) return new Map();
  const open = await db.query<WorkRow>(
    `select ${CLAIMED}, case when state = 'IN_PROGRESS' then worker end as worker, false as "isFinished" from tasks where id = any((select $1::bigint[])::bigint[])`,
    [int8Column(ids)],
    "find_open_work",
  );
  const found = new Map(open.map((row) => [row.id, row]));
  const missing = ids.filter((id) => !found.has(id));
  const finished = await Promise.all(
    missing.map((id) =>
      db.query<WorkRow>(
        `select ${FINISHED}, worker, true as "isFinished" from finished_task($1)`,
        [id],
        "find_finished_work",
      ),
    ),
  );
  for (const [row] of finished) if (row !== undefined) found.set(row.id, row);
  return found;
}
