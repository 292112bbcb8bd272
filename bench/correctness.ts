/** What exists at the end of a run, counted from the database, beside what must exist. */
import type { Database } from "../src/db/database.ts";
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

/** @returns one line per count that is not what it must be; [] when all is right. */
export async function checkCounts(db: Database, submissions: readonly Submission[]): Promise<string[]> {
  const [row] = await db.query<Record<string, number>>(COUNTS);
  const wanted: Record<string, number> = { ...expected(submissions), not_completed: 0, dead_letters: 0, left_over: 0 };
  return Object.entries(row ?? {})
    .filter(([name, count]) => wanted[name] !== undefined && Number(count) !== wanted[name])
    .map(([name, count]) => `${name}: ${count}, must be ${wanted[name]}`);
}
