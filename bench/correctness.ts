/** What exists at the end of a run, counted from the database, beside what must exist. */
import { Database } from "../packages/millrace/src/db/database.ts";
import type { Position } from "../packages/millrace/src/events/event.ts";
import type { Submission } from "./form-cascade.ts";
import { expected } from "./workload/rubric.mjs";

/**
 * Events and finished tasks are counted after one place of the log: unfolded from the first one on, a million took ten
 * seconds. What has a row of its own is counted whole.
 */
const COUNTS = `
  with told as (select type from events_between($1, newest_position()) where type in ('form_submitted', 'nurture_enrolled')),
       finished as (select state from single_finished_tasks where root > $1
                    union all select t.state from settlements s cross join lateral finished_in(s) t where s.last > $1),
       known as (select count(*) as contacts,
                        count(properties->'lead_score') as scored,
                        count(properties->'domain') as enriched,
                        count(*) filter (where (facts->'lists')::jsonb ? 'low-priority') as low_priority,
                        coalesce(sum((properties->>'lead_score')::numeric), 0)::bigint as score_sum
                 from contacts)
  select known.*,
         (select count(*) from told where type = 'form_submitted') as submissions,
         (select count(*) from told where type = 'nurture_enrolled') as nurture,
         (select count(*) from emails where template = 'thank_you') as emails_thank_you,
         (select count(*) from emails where template = 'outreach') as emails_outreach,
         (select count(*) from alerts where name = 'hot_lead') as alerts,
         (select count(*) from tasks where kind = 'hot_lead_review' and state = 'WAITING') as human_tasks_open,
         (select count(*) from finished) as tasks_finished,
         (select count(*) from finished where state <> 'COMPLETED') as not_completed,
         (select count(*) from dead_letters) as dead_letters,
         (select count(*) from tasks where kind <> 'hot_lead_review') as left_over
  from known`;

export type Counts = Readonly<Record<string, number>>;

/** An empty database. */
export const NOTHING: Counts = {};

/** @param after events and tasks of the log up to this position are not counted. */
export async function countsOf(databaseUrl: string, after: Position = 0): Promise<Counts> {
  const [row] = await asked<Record<string, number>>(databaseUrl, COUNTS, [after]);
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, count]) => [name, Number(count)]));
}

export async function newestPosition(databaseUrl: string): Promise<Position> {
  const [row] = await asked<{ newest: Position }>(databaseUrl, "select newest_position() as newest", []);
  return row?.newest ?? 0;
}

/** Counts with millions of rows take longer than a statement of the engine may. */
async function asked<Row extends object>(
  databaseUrl: string,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const database = new Database({ url: databaseUrl, maxConnections: 1 });
  try {
    await database.query("set statement_timeout = 0");
    return await database.query<Row>(text, values);
  } finally {
    await database.close();
  }
}

/**
 * @param before what stood there before these submissions came.
 * @returns one line per count that is not what it must be; [] when all is right.
 */
export function wrongCounts(before: Counts, after: Counts, submissions: readonly Submission[]): string[] {
  const effects = expected(submissions);
  // Scored, enriched and thanked; by its band alerted, written to or enrolled. Putting on a list is no task.
  const tasks = 3 * submissions.length + effects.alerts + effects.emails_outreach + effects.nurture;
  const wanted: Counts = { ...effects, tasks_finished: tasks, not_completed: 0, dead_letters: 0, left_over: 0 };
  return Object.entries(after).flatMap(([name, count]) => {
    const [added, must] = [count - (before[name] ?? 0), wanted[name]];
    return must === undefined || added === must ? [] : [`${name}: ${added}, must be ${must}`];
  });
}

/** The same for a database that was empty. */
export async function checkCounts(databaseUrl: string, submissions: readonly Submission[]): Promise<string[]> {
  return wrongCounts(NOTHING, await countsOf(databaseUrl), submissions);
}
