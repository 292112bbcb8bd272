/** What exists at the end of a run, counted from the database, beside what must exist. */
import { Database } from "../src/db/database.ts";
import type { Submission } from "./form-cascade.ts";
import { expected } from "./workload/rubric.mjs";

const COUNTS = `
  select (select count(*) from events where type = 'form_submitted') as submissions,
         (select count(*) from contacts) as contacts,
         (select count(*) from contacts where properties->'lead_score' is not null) as scored,
         (select count(*) from contacts where properties->'domain' is not null) as enriched,
         (select count(*) from emails where template = 'thank_you') as emails_thank_you,
         (select count(*) from emails where template = 'outreach') as emails_outreach,
         (select count(*) from alerts where name = 'hot_lead') as alerts,
         (select count(*) from tasks where kind = 'hot_lead_review' and state = 'WAITING') as human_tasks_open,
         (select count(*) from events where type = 'nurture_enrolled') as nurture,
         (select count(*) from contacts where (facts->'lists')::jsonb ? 'low-priority') as low_priority,
         (select coalesce(sum((properties->>'lead_score')::numeric), 0)::bigint from contacts) as score_sum,
         (select count(*) from finished_tasks where state <> 'COMPLETED') as not_completed,
         (select count(*) from dead_letters) as dead_letters,
         (select count(*) from tasks where kind <> 'hot_lead_review') as left_over`;

export type Counts = Readonly<Record<string, number>>;

/** An empty database. */
export const NOTHING: Counts = {};

/** Counts with millions of rows take longer than a statement of the engine may. */
export async function countsOf(databaseUrl: string): Promise<Counts> {
  const database = new Database({ url: databaseUrl, maxConnections: 1 });
  try {
    await database.query("set statement_timeout = 0");
    const [row] = await database.query<Record<string, number>>(COUNTS);
    return Object.fromEntries(Object.entries(row ?? {}).map(([name, count]) => [name, Number(count)]));
  } finally {
    await database.close();
  }
}

/**
 * @param before what stood there before these submissions came.
 * @returns one line per count that is not what it must be; [] when all is right.
 */
export function wrongCounts(before: Counts, after: Counts, submissions: readonly Submission[]): string[] {
  const wanted: Counts = { ...expected(submissions), not_completed: 0, dead_letters: 0, left_over: 0 };
  return Object.entries(after).flatMap(([name, count]) => {
    const [added, must] = [count - (before[name] ?? 0), wanted[name]];
    return must === undefined || added === must ? [] : [`${name}: ${added}, must be ${must}`];
  });
}

/** The same for a database that was empty. */
export async function checkCounts(databaseUrl: string, submissions: readonly Submission[]): Promise<string[]> {
  return wrongCounts(NOTHING, await countsOf(databaseUrl), submissions);
}
