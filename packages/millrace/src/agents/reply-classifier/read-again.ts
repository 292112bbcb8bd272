/**
 * "Read again as …": a person says what a reply says. What follows is what would have followed had it been read so at once;
 * the pair of text and reading is a label for the evaluation. Asked by the action readReplyAgain.
 */
import type { Queryable } from "../../db/database.ts";
import { MillraceError } from "../../errors.ts";
import type { Position } from "../../events/event.ts";
import type { ContactFact } from "../../events/facts.ts";
import { REPLY_CLASSES, type ReplyClass } from "../../events/mission-events.ts";
import { answersOf } from "./answers.ts";

export interface ReadAgainContext {
  readonly db: Queryable;
  /** Puts facts on record, under the name of who reads. */
  readonly append: (facts: readonly ContactFact[]) => Promise<readonly { readonly position: Position }[]>;
  /** Milliseconds. */
  readonly now: number;
  /** How long a contact who says "not now" is left in peace; milliseconds. */
  readonly coolOffMs: number;
}

export interface ReadAgainRequest {
  /** Position of the reply (email_engagement, email_replied) or of its reading (reply_classified). */
  readonly event: Position;
  readonly class: ReplyClass;
  readonly by: string;
  /** Why, for the record. */
  readonly reason?: string;
}

export interface ReadAgain {
  readonly contact: string;
  readonly class: ReplyClass;
  readonly events: readonly Position[];
}

interface ReplyRow {
  readonly contact: string | null;
  readonly type: string;
  readonly data: { readonly text?: string; readonly excerpt?: string };
}

const REPLY_EVENTS = ["email_engagement", "email_replied", "reply_classified"];
const CERTAIN = 1;

/** @throws MillraceError not_found when the position is no reply's; invalid_request for a class that is none. */
export async function readAgain(context: ReadAgainContext, request: ReadAgainRequest): Promise<ReadAgain> {
  const { db, append, now, coolOffMs } = context;
  if (!REPLY_CLASSES.includes(request.class)) throw unknownClass(request.class);
  const [reply] = await db.query<ReplyRow>(
    "select contact, type, data from events_at($1)",
    [request.event],
    "reply_to_read",
  );
  if (reply?.contact == null || !REPLY_EVENTS.includes(reply.type)) throw noReply(request.event);
  const excerpt = (reply.data.text ?? reply.data.excerpt ?? "").slice(0, 2_000).toWellFormed();
  const read = {
    class: request.class,
    confidence: CERTAIN,
    sure: true,
    by: `person:${request.by}`.slice(0, 200),
    reasons: [(request.reason ?? "read by a person").slice(0, 500)],
    excerpt,
  };
  const facts = [
    { type: "reply_classified" as const, data: read },
    ...answersOf(request.class, CERTAIN, now + coolOffMs),
  ];
  const contact = { id: reply.contact };
  const appended = await append(facts.map((fact) => ({ ...fact, contact })));
  return { contact: reply.contact, class: request.class, events: appended.map(({ position }) => position) };
}

function unknownClass(name: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `"${name.slice(0, 50)}" is no reading of a reply.`,
    expected: `one of ${REPLY_CLASSES.join(", ")}`,
    next: "choose one of them; none is for a reply from which nothing follows.",
    field: "class",
  });
}

function noReply(event: Position): MillraceError {
  return new MillraceError("not_found", {
    saw: `Event ${event} is no reply of a contact.`,
    next: "take the position of an email_engagement, email_replied or reply_classified event.",
    field: "event",
  });
}
