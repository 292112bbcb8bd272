/** What workflows made of events, as the runner wrote it down. */
import type { Queryable } from "../db/database.ts";
import type { Json, Position } from "../events/event.ts";

export interface DecisionRow {
  readonly event: Position;
  readonly workflow: string;
  readonly version: string;
  readonly contact: string | null;
  /** The branches taken, outermost first, e.g. "form lead / hot"; "" when there was nothing to choose. */
  readonly branch: string;
  /** What was asked for, in short. */
  readonly outcomes: Json;
  /** Why nothing, or not everything, is done. */
  readonly because: string | null;
  readonly decidedAt: number;
}

const COLUMNS = 'event, workflow, version, contact, branch, outcomes, because, decided_at as "decidedAt"';

export function decisionsOn(db: Queryable, positions: readonly Position[]): Promise<DecisionRow[]> {
  if (positions.length === 0) return Promise.resolve([]);
  return db.query(`select ${COLUMNS} from decisions where event = any($1::bigint[]) order by event, workflow`, [
    positions,
  ]);
}

/** A workflow's latest decisions, newest first. */
export function latestDecisions(db: Queryable, workflow: string, limit: number): Promise<DecisionRow[]> {
  return db.query(`select ${COLUMNS} from decisions where workflow = $1 order by event desc limit $2`, [
    workflow,
    limit,
  ]);
}
