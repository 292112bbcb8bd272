/**
 * What approving, editing and refusing a draft share: the review ends, the decision is on record with the difference, and the e-mail
 * is asked for, all in one transaction under the log's lock. So of two people who decide at once the first one counts. The e-mail
 * leaves by `send_email` like every other, and every gate is asked again then (R13).
 */
import { z } from "zod";
import { changedShare } from "../agents/draft-writer/changed-words.ts";
import { keepDraftLabel } from "../agents/draft-writer/draft-labels.ts";
import { type Draft, sendingOf } from "../agents/outreach-agent/outreach-agent.ts";
import { MillraceError } from "../base/errors.ts";
import type { Contact } from "../contacts/contact.ts";
import { CONTACT_COLUMNS } from "../contacts/store.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { TemplateText } from "../email/compose/templates.ts";
import { mayEmail } from "../email/policy/mail-gate.ts";
import type { Json } from "../events/event.ts";
import { DRAFT_VERDICTS, type DraftVerdict } from "../events/mission-events.ts";
import { commit } from "../operations/commit.ts";
import type { DatabaseContext } from "../operations/context.ts";
import { id } from "../operations/fields.ts";
import { completeWith, type PersonsOutcome } from "../tasks/people.ts";

export const draftId = id.describe("The draft's number: the task of its review.");
export const draftAnswer = z.object({
  id: z.number().int(),
  verdict: z.enum(DRAFT_VERDICTS),
  task: z.number().int().nullable().describe("The task that sends the e-mail; null: nothing is sent."),
});
export type DraftAnswer = z.output<typeof draftAnswer>;

/** What a person decides. */
export interface DraftDecision {
  readonly verdict: DraftVerdict;
  /** In the person's own words. */
  readonly letter?: TemplateText;
  readonly reason?: string;
  /** Of a refusal: the template is sent. */
  readonly takesTemplate?: boolean;
}

/** What a review carries: data of the event `outreach_drafted`. */
interface Review {
  readonly subject: string;
  readonly template: string;
  readonly onceKey: string;
  readonly purpose: Draft["purpose"];
  readonly task: number;
  readonly draft: {
    readonly text: string;
    readonly model: string;
    readonly prompt: string;
    readonly sequence?: Draft["sequence"];
    readonly touch?: number;
  };
}

/** @throws MillraceError not_found, task_not_open, task_held; invalid_request when the e-mail could not leave. */
export function decideDraft(context: DatabaseContext, id: number, decision: DraftDecision): Promise<DraftAnswer> {
  const { by, clock, work } = context;
  return commit(context, async (tx) => {
    const now = clock.now();
    const { review, contact } = await findReview(tx, id);
    const wrote = { subject: review.subject, text: review.draft.text };
    const sent = decision.verdict === "refused" ? undefined : (decision.letter ?? wrote);
    const isSame = sent !== undefined && sent.subject === wrote.subject && sent.text === wrote.text;
    const verdict = decision.verdict === "edited" && isSame ? "approved" : decision.verdict;
    if (sent !== undefined) await mustBeAbleToLeave(tx, review, contact, now);
    const { template, onceKey, draft, task } = review;
    const { model, prompt } = draft;
    const reason = decision.reason === undefined ? {} : { reason: decision.reason };
    const decided = {
      ...{ review: id, draft: task, template, onceKey, verdict, by: by.name.slice(0, 200), model, prompt, wrote },
      ...reason,
      ...(sent === undefined ? {} : { sent: { ...sent }, changed: changedOf(wrote, sent) }),
    };
    const outcome: PersonsOutcome = {
      result: { verdict, ...reason },
      facts: [{ type: "draft_decided", data: decided }],
      tasks: whatFollows(review, sent, decision),
    };
    const { first, tasks } = await completeWith(tx, id, by, outcome, now, work);
    await keepDraftLabel(tx, { decision: first, review: id, template, model, prompt, verdict }, now);
    return { id, verdict, task: tasks[0] ?? null };
  });
}

function whatFollows(review: Review, sent: TemplateText | undefined, { takesTemplate, reason }: DraftDecision) {
  const { template, onceKey, purpose, draft } = review;
  const { sequence, touch } = draft;
  const wanted: Draft = {
    template,
    onceKey,
    purpose,
    ...(sequence === undefined ? {} : { sequence, touch: touch ?? 1 }),
  };
  if (sent !== undefined) return [sendingOf(wanted, sent)];
  if (takesTemplate !== true) return [];
  return [
    { kind: "write_draft", payload: { ...wanted, asTemplate: `the draft was refused: ${reason ?? ""}` } as Json },
  ];
}

function changedOf(wrote: TemplateText, sent: TemplateText): number {
  return changedShare(`${wrote.subject}\n${wrote.text}`, `${sent.subject}\n${sent.text}`);
}

async function findReview(tx: Tx, id: number): Promise<{ review: Review; contact: Contact | undefined }> {
  const [open] = await tx.query<{ payload: Json; contact: string | null }>(
    "select payload, contact from tasks where id = $1 and kind = 'review_draft'",
    [id],
    "find_review",
  );
  if (open === undefined) throw await notWaiting(tx, id);
  const [contact] = await tx.query<Contact>(`select ${CONTACT_COLUMNS} from contacts where id = $1`, [open.contact]);
  return { review: open.payload as unknown as Review, contact };
}

async function notWaiting(db: Queryable, id: number): Promise<MillraceError> {
  const [ended] = await db.query<{ state: string; error: string | null; result: { verdict?: string } | null }>(
    "select state, error, result from finished_task($1) where kind = 'review_draft'",
    [id],
  );
  if (ended === undefined) {
    const next = "list those that wait: `millrace drafts list`.";
    return new MillraceError("not_found", { saw: `There is no draft ${id}.`, next, field: "id" });
  }
  const what = ended.result?.verdict ?? ended.error ?? ended.state.toLowerCase();
  const next = "nothing is sent of it any more; list those that wait: `millrace drafts list`.";
  return new MillraceError("task_not_open", { saw: `Draft ${id} waits no more: ${what}.`, next });
}

/** Told now, so that no one believes it is sent. The gate at sending has the last word. */
async function mustBeAbleToLeave(tx: Tx, review: Review, contact: Contact | undefined, now: number): Promise<void> {
  const verdict = contact === undefined ? undefined : mayEmail(contact, { purpose: review.purpose }, now);
  if (verdict?.ok !== true) throw cannotLeave(verdict?.reason ?? "The contact is gone.");
  const left = await tx.query(
    "select 1 from emails where once_key = $1 and state in ('sent', 'sending', 'unknown')",
    [review.onceKey],
    "has_left",
  );
  if (left.length > 0) throw cannotLeave("A letter of this step has left before.");
}

function cannotLeave(because: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `The letter would not leave: ${because} Nothing was changed.`,
    next: "refuse the draft, with a reason.",
  });
}
