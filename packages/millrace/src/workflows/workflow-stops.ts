/**
 * Workflows that are left out because a decision of theirs took too long. Kept by version, so that a corrected workflow
 * is asked again by itself; its events wait as dead letters meanwhile.
 */
import type { Queryable } from "../db/database.ts";

export interface WorkflowStop {
  readonly workflow: string;
  readonly version: string;
  readonly reason: string;
  readonly stoppedAt: number;
}

/** "webinar@1a2b3c" → why. */
export type StoppedWorkflows = ReadonlyMap<string, string>;

export function listStops(db: Queryable): Promise<WorkflowStop[]> {
  return db.query(
    `select workflow, version, reason, stopped_at as "stoppedAt" from workflow_stops order by stopped_at`,
  );
}

export async function readStops(db: Queryable): Promise<StoppedWorkflows> {
  const stops = await listStops(db);
  return new Map(stops.map(({ workflow, version, reason }) => [stopKey({ name: workflow, version }), reason]));
}

export async function stopWorkflow(
  db: Queryable,
  { workflow, version, reason }: Omit<WorkflowStop, "stoppedAt">,
): Promise<void> {
  await db.query(
    `insert into workflow_stops (workflow, version, reason) values ($1, $2, $3)
     on conflict (workflow, version) do update set reason = excluded.reason, stopped_at = clock_timestamp()`,
    [workflow, version, reason],
  );
}

/** Asks it again, in whatever version. @param workflow undefined: all. */
export async function liftStops(db: Queryable, workflow?: string): Promise<void> {
  await db.query("delete from workflow_stops where $1::text is null or workflow = $1", [workflow ?? null]);
}

export function stopKey({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}@${version}`;
}
