/**
 * What followed from an earlier reading of a reply, for the person who corrects it: an opt-out, a suppression, a refusal, an
 * ended sequence, and tasks that are open still. Only what this very reply brought about is taken back: an opt-out by a link
 * stands, whatever a reply is read as. What has left or was done by a person stays done.
 */
import type { Contact } from "../../contacts/contact.ts";
import { CONTACT_COLUMNS } from "../../contacts/store.ts";
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import type { ReplyClass } from "../../events/mission-events.ts";

/** A reply in the log. */
export interface ReplyPlace {
  readonly position: Position;
  readonly root: Position;
  readonly depth: number;
  readonly contact: string;
  /** Milliseconds. */
  readonly occurredAt: number;
}

export interface Followed {
  readonly optOut: boolean;
  readonly suppression: boolean;
  readonly refusal: boolean;
  /** The sequence it ended, and the last e-mail of it that left. */
  readonly sequence: { readonly sequence: string; readonly touch: number; readonly at: number } | undefined;
  /** Open tasks it asked for, and nothing else did. */
  readonly tasks: readonly number[];
}

interface Trace {
  readonly type: string;
  readonly root: Position;
  readonly data: { readonly hard?: boolean; readonly sequence?: string; readonly touch?: number };
  readonly occurredAt: number;
}

/** Of the contact's events since the reply; more than that of one contact is no conversation. */
const MAX_EVENTS = 2_000;
/** Tasks that come of a reading. What else is open (a sync of the CRM) has to go on. */
const OF_A_READING = ["classify_reply", "second_opinion", "handle_inquiry", "schedule_meeting", "send_email"];

/** @returns what of it still stands. */
export async function whatFollowed(db: Queryable, reply: ReplyPlace): Promise<Followed> {
  const [contact] = await db.query<Contact>(
    `select ${CONTACT_COLUMNS} from contacts where id = $1`,
    [reply.contact],
    "contact_of_reply",
  );
  const traces = await db.query<Trace>(
    `select type, root, data, occurred_at as "occurredAt" from events_of($1)
      where position >= $2 and type in ('opted_out', 'opt_out_lifted', 'email_bounced', 'suppression_lifted', 'negative_response', 'sequence_ended')
      order by position limit ${MAX_EVENTS}`,
    [reply.contact, reply.position],
    "traces_of_reply",
  );
  const facts = contact?.facts;
  const isOfReply = ({ root }: Trace) => root === reply.root;
  const outs = sinceLast(traces, "opt_out_lifted").filter(({ type }) => type === "opted_out");
  const bounces = sinceLast(traces, "suppression_lifted").filter(
    ({ type, data }) => type === "email_bounced" && data.hard === true,
  );
  const refusal = traces.findLast(({ type }) => type === "negative_response");
  const ended = traces.findLast(({ type }) => type === "sequence_ended");
  return {
    optOut:
      facts?.optedOut !== undefined &&
      facts.optedOut.at >= reply.occurredAt &&
      outs.length > 0 &&
      outs.every(isOfReply),
    suppression: facts?.bounced !== undefined && bounces.length > 0 && bounces.every(isOfReply),
    refusal: facts?.declined !== undefined && refusal !== undefined && isOfReply(refusal),
    sequence:
      ended !== undefined && isOfReply(ended) && facts !== undefined && facts.sequence === undefined
        ? await lastTouch(db, reply.contact, ended.data.sequence ?? "")
        : undefined,
    tasks: await openTasks(db, reply),
  };
}

function sinceLast(traces: readonly Trace[], type: string): readonly Trace[] {
  return traces.slice(traces.findLastIndex((trace) => trace.type === type) + 1);
}

async function lastTouch(db: Queryable, contact: string, sequence: string): Promise<Followed["sequence"]> {
  const [sent] = await db.query<Trace>(
    `select type, root, data, occurred_at as "occurredAt" from events_of($1)
      where type = 'email_sent' and data->>'sequence' = $2 order by position desc limit 1`,
    [contact, sequence],
    "last_touch",
  );
  return sent === undefined ? undefined : { sequence, touch: sent.data.touch ?? 1, at: sent.occurredAt };
}

async function openTasks(db: Queryable, { contact, root }: ReplyPlace): Promise<readonly number[]> {
  const rows = await db.query<{ id: number }>(
    // A task that another event asked for as well is that event's, too.
    `select t.id from tasks t where t.contact = $1 and t.root = $2 and t.kind = any($3::text[])
        and not exists (select from unnest(t.causes) c cross join lateral events_at(c) e where e.root <> $2)
      order by t.id limit 100`,
    [contact, root, `{${OF_A_READING.join(",")}}`],
    "tasks_of_reply",
  );
  return rows.map(({ id }) => id);
}

/** What a reading of this class takes back. */
export function takenBackBy(name: ReplyClass, followed: Followed) {
  return {
    liftsOptOut: followed.optOut && name !== "opt_out" && name !== "complaint",
    liftsSuppression: followed.suppression && name !== "bounce",
    withdrawsRefusal: followed.refusal && name !== "negative" && name !== "not_now",
    resumes: name === "none" || name === "out_of_office" ? followed.sequence : undefined,
  };
}
