/** Alerts by what they are called and whom they are for: how many, how many are unseen, and the newest one. */
import type { Queryable } from "../../db/database.ts";

export interface AlertGroup {
  readonly audience: string;
  readonly name: string;
  readonly count: number;
  readonly unseen: number;
  /** About the system, and not over yet. */
  readonly unresolved: number;
  readonly lastId: number;
  readonly lastAt: number;
  readonly lastTitle: string;
}

/** Alerts are grouped among the newest so many. */
const MAX_LOOKED_AT = 10_000;

/** The group with the newest alert first. @param since in milliseconds. */
export function groupAlerts(
  db: Queryable,
  { audience, since, limit }: { readonly audience?: string; readonly since: number; readonly limit: number },
): Promise<AlertGroup[]> {
  return db.query(
    `select audience, name, count(*)::int as count, count(*) filter (where seen_at is null and resolved_at is null)::int as unseen,
            count(*) filter (where contact is null and resolved_at is null)::int as unresolved, max(id) as "lastId", max(created_at) as "lastAt",
            (array_agg(title order by id desc))[1] as "lastTitle"
     from (select * from alerts order by id desc limit ${MAX_LOOKED_AT}) newest
     where ($1::text is null or audience = $1) and created_at >= $2
     group by audience, name order by max(id) desc limit $3`,
    [audience ?? null, new Date(since), limit],
  );
}
