/** What is set aside, one row for each cause: the same consumer and the same error, whatever names and numbers stand in it. */
import type { Queryable } from "../../db/database.ts";

export interface DeadLetterGroup {
  readonly subscription: string;
  /** The error with names and numbers left out. */
  readonly cause: string;
  readonly count: number;
  /** The number of the oldest and of the newest. */
  readonly oldest: number;
  readonly newest: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** The newest one's error, whole. */
  readonly error: string;
}

/** Causes are counted among the newest so many. */
const MAX_LOOKED_AT = 10_000;

/** The most frequent cause first. */
export function groupDeadLetters(db: Queryable, limit: number): Promise<DeadLetterGroup[]> {
  return db.query(
    `select subscription, cause_of(error) as cause, count(*)::int as count, min(id) as oldest, max(id) as newest,
            min(created_at) as "firstAt", max(created_at) as "lastAt", (array_agg(error order by id desc))[1] as error
     from (select * from dead_letters where resolved_at is null order by id desc limit ${MAX_LOOKED_AT}) open
     group by subscription, cause_of(error) order by count(*) desc, max(id) desc limit $1`,
    [limit],
  );
}

/** The numbers of those that are meant, oldest first: later ones may build on earlier ones. */
export async function deadLettersMeant(
  db: Queryable,
  { subscription, cause }: { readonly subscription?: string; readonly cause?: string },
  limit: number,
): Promise<{ readonly ids: readonly number[]; readonly count: number }> {
  const rows = await db.query<{ id: number; count: number }>(
    `select id, count(*) over ()::int as count from dead_letters
     where resolved_at is null and ($1::text is null or subscription = $1) and ($2::text is null or cause_of(error) = $2)
     order by id limit $3`,
    [subscription ?? null, cause ?? null, limit],
  );
  return { ids: rows.map(({ id }) => id), count: rows[0]?.count ?? 0 };
}
