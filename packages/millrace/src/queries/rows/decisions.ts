/** What workflows made of events, as the runner wrote it down. */
import type { Queryable } from "../../db/database.ts";
import type { Json, Position } from "../../events/event.ts";

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

/** What was made of these events. @param contacts whom they are about: the way in by an index. */
export function decisionsOn(
  db: Queryable,
  positions: readonly Position[],
  contacts: readonly string[],
): Promise<DecisionRow[]> {
  if (positions.length === 0) return Promise.resolve([]);
  return db.query(
    `select distinct on (event, workflow) ${COLUMNS}
     from unnest($2::uuid[] || null::uuid) as who cross join lateral decisions_of(who, $1::bigint[]) order by event, workflow`,
    [positions, contacts],
  );
}

/** A workflow's latest decisions, newest first. */
export function latestDecisions(db: Queryable, workflow: string, limit: number): Promise<DecisionRow[]> {
  return db.query(
    `with newest as (select * from settlements where strpos(decisions::text, to_json($1::text)::text) > 0 order by last desc limit $2),
          made as (select * from (select * from single_decisions where workflow = $1 order by event desc limit $2) alone
                   union all select d.* from newest cross join lateral decisions_in(newest) d where d.workflow = $1)
     select ${COLUMNS} from made order by event desc limit $2`,
    [workflow, limit],
  );
}
