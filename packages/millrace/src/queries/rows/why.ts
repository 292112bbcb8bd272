/**
 * Why something happened (R12): the chain of causes from the outside event it began with, each link with the decisions
 * made on it, the tasks it asked for, and the e-mails and alerts those brought about. Read by the gateway and the CLI.
 */
import { MillraceError } from "../../base/errors.ts";
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import { type AlertRow, alertsOfTasks, findAlert } from "./alerts.ts";
import { type DecisionRow, decisionsOn } from "./decisions.ts";
import { type EmailRow, type EmailSummary, emailsOfTasks, findEmail } from "./emails.ts";
import type { EventRow } from "./events.ts";
import { findTask, type TaskRow, tasksAskedBy } from "./tasks.ts";

/** One event of the chain and what it led to directly. */
export interface WhyLink {
  readonly event: EventRow;
  readonly decisions: readonly DecisionRow[];
  readonly tasks: readonly TaskRow[];
  readonly emails: readonly EmailSummary[];
  readonly alerts: readonly AlertRow[];
}

export interface Why {
  /** What is explained. */
  readonly subject:
    | { readonly kind: "event"; readonly event: EventRow }
    | { readonly kind: "task"; readonly task: TaskRow }
    | { readonly kind: "email"; readonly email: EmailRow }
    | { readonly kind: "alert"; readonly alert: AlertRow };
  /** From the outside event to the last one before the subject (to the subject itself when it is an event). */
  readonly chain: readonly WhyLink[];
  /** Events the explained event led to directly; [] for other subjects. */
  readonly effects: readonly EventRow[];
}

/** No chain is longer: the engine stops cascades at depth 12, and timers begin anew. */
const MAX_CHAIN_LENGTH = 200;

/** @throws MillraceError not_found. */
export async function explainEvent(db: Queryable, position: Position): Promise<Why> {
  const chain = await chainTo(db, position);
  const event = chain.at(-1)?.event;
  if (event === undefined) throw missing("event", position, "events tail");
  return { subject: { kind: "event", event }, chain, effects: await effectsOf(db, event) };
}

/** @throws MillraceError not_found. */
export async function explainTask(db: Queryable, id: number): Promise<Why> {
  const task = await findTask(db, id);
  if (task === undefined) throw missing("task", id, "tasks list");
  return { subject: { kind: "task", task }, chain: await chainTo(db, task.causes[0] ?? task.root), effects: [] };
}

/** @throws MillraceError not_found. */
export async function explainEmail(db: Queryable, id: number): Promise<Why> {
  const email = await findEmail(db, id);
  if (email === undefined) throw missing("e-mail", id, "emails list");
  return { subject: { kind: "email", email }, chain: await chainToTask(db, email.task, email.root), effects: [] };
}

/** @throws MillraceError not_found. */
export async function explainAlert(db: Queryable, id: number): Promise<Why> {
  const alert = await findAlert(db, id);
  if (alert === undefined) throw missing("alert", id, "alerts list");
  return { subject: { kind: "alert", alert }, chain: await chainToTask(db, alert.task, alert.root), effects: [] };
}

async function chainToTask(db: Queryable, task: number | null, root: Position | null): Promise<WhyLink[]> {
  const cause = task === null ? undefined : (await findTask(db, task))?.causes[0];
  return chainTo(db, cause ?? root ?? 0);
}

async function chainTo(db: Queryable, position: Position): Promise<WhyLink[]> {
  const events = await causesOf(db, position);
  if (events.length === 0) return [];
  const positions = events.map((event) => event.position);
  const contacts = [...new Set(events.flatMap((event) => event.contact ?? []))];
  const [decisions, tasks] = await Promise.all([
    decisionsOn(db, positions, contacts),
    tasksAskedBy(db, positions, contacts, events[0]?.root ?? 0),
  ]);
  const ids = tasks.map((task) => task.id);
  const [emails, alerts] = await Promise.all([emailsOfTasks(db, ids), alertsOfTasks(db, ids)]);
  return events.map((event) => {
    const asked = tasks.filter((task) => task.causes.includes(event.position));
    const isAsked = (task: number | null) => asked.some((own) => own.id === task);
    return {
      event,
      decisions: decisions.filter((decision) => decision.event === event.position),
      tasks: asked,
      emails: emails.filter((email) => isAsked(email.task)),
      alerts: alerts.filter((alert) => isAsked(alert.task)),
    };
  });
}

/** The event and what led to it, the outside event first. */
function causesOf(db: Queryable, position: Position): Promise<EventRow[]> {
  return db.query(
    `with recursive chain as (
       select e.*, 0 as step from events_at($1) e
       union all
       select e.*, chain.step + 1 from chain cross join lateral events_at(chain.cause) e where chain.step < $2
     )
     select position, type, data, contact, occurred_at as "occurredAt", cause, root, depth, actor from chain order by step desc`,
    [position, MAX_CHAIN_LENGTH],
  );
}

/** By contact where there is one, which has an index; `cause` has none. */
function effectsOf(db: Queryable, event: EventRow): Promise<EventRow[]> {
  if (event.contact === null) return Promise.resolve([]);
  return db.query(
    `select position, type, data, contact, occurred_at as "occurredAt", cause, root, depth, actor from events_of($1)
     where position > $2 and cause = $2 order by position limit 100`,
    [event.contact, event.position],
  );
}

function missing(what: string, id: number, list: string): MillraceError {
  return new MillraceError("not_found", {
    saw: `There is no ${what} ${id}.`,
    next: `see which there are: \`millrace ${list}\`.`,
  });
}
