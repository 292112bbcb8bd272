/** Cases of evaluation from the log: replies people read otherwise, and e-mails people decided of, with the facts these were written from. */
import type { EvaluationCase } from "../../agents/evaluation/cases.ts";
import type { Queryable } from "../../db/database.ts";
import { listLabels } from "./reply-labels.ts";

/** Newest first. Those of people who were erased since are left out. */
export async function replyCases(db: Queryable, limit: number): Promise<EvaluationCase[]> {
  const labels = await listLabels(db, { limit });
  return labels.map(({ reply, contact, text, subject, class: name }) => ({
    agent: "reply_classifier",
    id: `reply ${reply}`,
    ...(contact === null ? {} : { contact }),
    text,
    subject,
    class: name,
  }));
}

type OutreachCase = Extract<EvaluationCase, { agent: "outreach_agent" }>;

/** Newest first. */
export async function letterCases(db: Queryable, limit: number): Promise<EvaluationCase[]> {
  const rows = await db.query<
    Omit<OutreachCase, "agent" | "id" | "sent"> & { review: number; sent: OutreachCase["sent"] | null }
  >(
    `select l.review, l.verdict, e.contact, e.data->'wrote' as wrote, e.data->'sent' as sent,
            d.data->'draft'->'facts' as facts, d.data->'draft'->'template' as template
       from draft_labels l cross join lateral events_at(l.decision) e
       cross join lateral (
         select o.data from events_of(e.contact) o
          where o.type = 'outreach_drafted' and o.position < l.decision and o.data->>'task' = e.data->>'draft'
          order by o.position desc limit 1) d
      where e.data->'wrote' is not null and d.data->'draft'->'facts' is not null
      order by l.decision desc limit $1`,
    [limit],
    "letter_cases",
  );
  return rows.map(({ review, sent, ...row }) => ({
    agent: "outreach_agent",
    id: `draft ${review}`,
    ...row,
    ...(sent === null ? {} : { sent }),
  }));
}
