/**
 * "Read again as …": a person says what a reply says. What followed from an earlier reading is taken back, what follows is what
 * would have followed had it been read so at once; the pair of text and reading is a label for the evaluation. Asked by the
 * action readReplyAgain.
 */
import { MillraceError } from "../../base/errors.ts";
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import type { ContactFact, FactCause } from "../../events/facts.ts";
import { REPLY_CLASSES, type ReplyClass, TAKEN_BACK } from "../../events/mission-events.ts";
import { answersOf } from "./answers.ts";
import { type ReplyPlace, takenBackBy, whatFollowed } from "./take-back.ts";

export interface ReadAgainContext {
  readonly db: Queryable;
  /** Puts facts on record, under the name of who reads, in the cascade of the reply. */
  readonly append: (
    facts: readonly ContactFact[],
    cause?: FactCause,
  ) => Promise<readonly { readonly position: Position }[]>;
  /** Calls an open task off. */
  readonly cancel: (task: number, reason: string) => Promise<void>;
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
  /** The reading and what it says, in this order; before them what was lifted. */
  readonly events: readonly Position[];
  readonly tookBack: readonly (typeof TAKEN_BACK)[number][];
  /** Open tasks of the earlier reading that were called off. */
  readonly cancelled: readonly number[];
}

interface EventOfReply extends Omit<ReplyPlace, "contact"> {
  readonly contact: string | null;
  readonly type: string;
  readonly data: { readonly text?: string; readonly excerpt?: string; readonly reply?: Position };
}

const REPLIES = ["email_engagement", "email_replied"];
const CERTAIN = 1;

/**
 * @throws MillraceError not_found when the event is no reply; invalid_request for a class that is none, or when an opt-out
 * would be lifted without a reason.
 */
export async function readAgain(context: ReadAgainContext, request: ReadAgainRequest): Promise<ReadAgain> {
  const { db, append, cancel, now, coolOffMs } = context;
  if (!REPLY_CLASSES.includes(request.class)) throw unknownClass(request.class);
  const reply = await replyAt(db, request.event);
  const { contact } = reply;
  const followed = await whatFollowed(db, reply);
  const { liftsOptOut, liftsSuppression, withdrawsRefusal, resumes } = takenBackBy(request.class, followed);
  if (liftsOptOut && request.reason === undefined) throw noReason();
  const reason = (request.reason ?? "read by a person").slice(0, 500);
  const lifted = {
    by: request.by.slice(0, 200),
    reason: `a reply was read again as ${request.class}: ${reason}`.slice(0, 500),
  };
  for (const task of followed.tasks) await cancel(task, `a person read the reply again, as ${request.class}`);
  const read = {
    class: request.class,
    confidence: CERTAIN,
    sure: true,
    by: `person:${request.by}`.slice(0, 200),
    reasons: [reason],
    excerpt: (reply.data.text ?? reply.data.excerpt ?? "").slice(0, 2_000).toWellFormed(),
    reply: reply.position,
    ...(withdrawsRefusal ? { withdrawsRefusal } : {}),
    ...(resumes === undefined ? {} : { resumes }),
  };
  const facts: Omit<ContactFact, "contact">[] = [
    ...(liftsOptOut ? [{ type: "opt_out_lifted" as const, data: lifted }] : []),
    ...(liftsSuppression ? [{ type: "suppression_lifted" as const, data: lifted }] : []),
    { type: "reply_classified", data: read },
    ...answersOf(request.class, CERTAIN, now + coolOffMs),
  ];
  const appended = await append(
    facts.map((fact) => ({ ...fact, contact: { id: contact } })),
    reply,
  );
  const events = appended.map(({ position }) => position);
  await keepLabel(db, {
    reading: events[facts.findIndex(({ type }) => type === "reply_classified")] ?? 0,
    reply,
    request,
    now,
  });
  return {
    contact,
    class: request.class,
    events,
    tookBack: TAKEN_BACK.filter(
      (_, i) => [liftsOptOut, liftsSuppression, withdrawsRefusal, resumes !== undefined][i] === true,
    ),
    cancelled: followed.tasks,
  };
}

/** The reply itself, also when its reading is named. */
async function replyAt(db: Queryable, position: Position): Promise<ReplyPlace & Pick<EventOfReply, "data">> {
  const found = await eventAt(db, position);
  const reply = found?.type === "reply_classified" ? await eventAt(db, found.data.reply ?? found.root) : found;
  if (found?.contact == null || reply?.contact == null) throw noReply(position);
  if (REPLIES.includes(reply.type)) return { ...reply, contact: reply.contact };
  // A reading in a cascade that another event began still has its own words.
  if (found.type === "reply_classified") return { ...found, contact: found.contact };
  throw noReply(position);
}

async function eventAt(db: Queryable, position: Position): Promise<EventOfReply | undefined> {
  const [event] = await db.query<EventOfReply>(
    `select position, root, depth, contact, type, data, occurred_at as "occurredAt" from events_at($1)`,
    [position],
    "reply_to_read",
  );
  return event;
}

async function keepLabel(
  db: Queryable,
  { reading, reply, request, now }: { reading: Position; reply: ReplyPlace; request: ReadAgainRequest; now: number },
): Promise<void> {
  await db.query(
    "insert into reply_labels (reading, reply, class, read_at) values ($1, $2, $3, $4)",
    [reading, reply.position, request.class, new Date(now)],
    "keep_label",
  );
}

function noReason(): MillraceError {
  return new MillraceError("invalid_request", {
    saw: "Read so, the opt-out that followed from the reply is lifted, and there is no reason for the record. Nothing was changed.",
    next: "say why the first reading was wrong.",
    field: "reason",
  });
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
