/** E-mails that a model wrote: those that wait for a person, and what people made of the others. */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import type { DraftVerdict } from "../../events/mission-events.ts";
import { WHO, type Who } from "./tasks.ts";

interface DraftContent {
  readonly subject: string;
  readonly text: string;
}

export interface DraftFactRow {
  readonly id: string;
  readonly what: string;
  readonly words: string;
}

export interface DraftRow extends DraftContent {
  /** The task of its review. */
  readonly id: number;
  readonly contact: string | null;
  readonly who: Who | null;
  readonly createdAt: number;
  readonly dueAt: number;
  /** When the deadline is; null: it waits until someone decides. */
  readonly deadlineAt: number | null;
  /** Who has claimed it. */
  readonly worker: string | null;
  readonly sequence: string | null;
  readonly touch: number | null;
  readonly template: string;
  /** Paragraph by paragraph, with the facts each rests on. */
  readonly parts: readonly { readonly text: string; readonly facts: readonly DraftFactRow[] }[];
  /** What would be sent without a model. */
  readonly instead: DraftContent;
  readonly model: string;
  readonly prompt: string;
}

/** The next due first. */
export function listDrafts(
  db: Queryable,
  { contact, after, limit }: { readonly contact?: string; readonly after?: number; readonly limit: number },
): Promise<DraftRow[]> {
  return db.query<DraftRow>(
    `select t.id, t.contact, t.created_at as "createdAt", t.due_at as "dueAt", t.worker, ${WHO},
            (select s.due_at from scheduled_events s where s.key = 'draft_deadline:' || t.contact) as "deadlineAt",
            t.payload->>'template' as template, t.payload->>'subject' as subject, t.payload->'draft'->>'text' as text,
            t.payload->'draft'->>'sequence' as sequence, (t.payload->'draft'->>'touch')::int as touch,
            t.payload->'draft'->'parts' as parts, t.payload->'draft'->'template' as instead,
            t.payload->'draft'->>'model' as model, t.payload->'draft'->>'prompt' as prompt
       from tasks t left join contacts c on c.id = t.contact
      where t.kind = 'review_draft' and t.payload->'draft' is not null and ($1::uuid is null or t.contact = $1)
        and ($2::bigint is null or (t.due_at, t.id) > (select last.due_at, last.id from tasks last where last.id = $2))
      order by t.due_at, t.id limit $3`,
    [contact ?? null, after ?? null, limit],
  );
}

export interface DraftLabelRow {
  /** Position of the decision. */
  readonly decision: Position;
  readonly review: number;
  readonly contact: string | null;
  readonly template: string;
  readonly verdict: DraftVerdict;
  readonly by: string;
  readonly reason: string | null;
  readonly model: string;
  readonly prompt: string;
  readonly wrote: DraftContent;
  /** Null: nothing was sent. */
  readonly sent: DraftContent | null;
  /** The share of its words that were changed, from 0 to 1. */
  readonly changed: number | null;
  readonly decidedAt: number;
}

/** Newest first. E-mails to people who were erased since have no words, and are left out. */
export function listDraftLabels(
  db: Queryable,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<DraftLabelRow[]> {
  return db.query<DraftLabelRow>(
    `select l.decision, l.review, e.contact, l.template, l.verdict, e.data->>'by' as by, e.data->>'reason' as reason, l.model, l.prompt,
            e.data->'wrote' as wrote, e.data->'sent' as sent, (e.data->>'changed')::float8 as changed, l.decided_at as "decidedAt"
       from draft_labels l cross join lateral events_at(l.decision) e
      where ($1::bigint is null or l.decision < $1) and e.data->'wrote' is not null
      order by l.decision desc limit $2`,
    [before ?? null, limit],
  );
}
