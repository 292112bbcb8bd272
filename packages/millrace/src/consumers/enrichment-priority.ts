/**
 * The enricher's consumer of `contact_scored` (flow 9, "Update enrichment priority"): an enrichment that waits for a
 * contact that has just scored well is done sooner. Nothing is ever made to wait longer.
 */
import { int2Column, uuidColumn } from "../db/columns.ts";
import { rankOf } from "../tasks/task.ts";
import type { Consumer } from "./consumer.ts";

const PRIORITY: Readonly<Record<string, number>> = { hot: rankOf.URGENT, qualified: rankOf.HIGH };

export const enrichmentPriority: Consumer = {
  name: "enrichment_priority",
  about: "An enrichment waits less when its contact has scored well.",
  types: ["contact_scored"],
  from: "now",
  take: async (events, tx) => {
    const wanted = new Map<string, number>();
    for (const { contact, data } of events) {
      const priority = PRIORITY[(data as { band: string }).band];
      if (contact !== null && priority !== undefined) wanted.set(contact, priority);
    }
    if (wanted.size === 0) return;
    // `skip locked`: a task someone is just claiming needs no hurry any more.
    await tx.query(
      `with chosen as (select tasks.id, wanted.priority from tasks
                       join unnest($1::uuid[], $2::smallint[]) as wanted(contact, priority) on wanted.contact = tasks.contact
                       where kind = 'enrich_data' and state = 'NOT_STARTED' and tasks.priority > wanted.priority
                       order by tasks.id for update of tasks skip locked)
       update tasks set priority = chosen.priority, rank = least(tasks.rank, chosen.priority)
       from chosen where chosen.id = tasks.id`,
      [uuidColumn([...wanted.keys()]), int2Column([...wanted.values()])],
      "enrich_sooner",
    );
  },
};
