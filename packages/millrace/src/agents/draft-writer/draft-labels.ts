/** What people made of drafts: one row a decision, written in its transaction; the e-mails themselves stand in the event. */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import type { DraftVerdict } from "../../events/mission-events.ts";

export interface DraftLabel {
  /** Position of `draft_decided`. */
  readonly decision: Position;
  /** The task of the review. */
  readonly review: number;
  readonly template: string;
  readonly model: string;
  readonly prompt: string;
  readonly verdict: DraftVerdict;
}

export async function keepDraftLabel(db: Queryable, label: DraftLabel, now: number): Promise<void> {
  const { decision, review, template, model, prompt, verdict } = label;
  await db.query(
    "insert into draft_labels (decision, review, template, model, prompt, verdict, decided_at) values ($1, $2, $3, $4, $5, $6, $7)",
    [decision, review, template, model, prompt, verdict, new Date(now)],
    "keep_draft_label",
  );
}

/** Has a person approved a letter of this template by this model and prompt as it was? */
export async function wasApproved(
  db: Queryable,
  { template, model, prompt }: { readonly template: string; readonly model: string; readonly prompt: string },
): Promise<boolean> {
  const rows = await db.query(
    "select 1 from draft_labels where template = $1 and model = $2 and prompt = $3 and verdict = 'approved' limit 1",
    [template, model, prompt],
    "was_draft_approved",
  );
  return rows.length > 0;
}
