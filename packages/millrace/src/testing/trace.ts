/** What an engine did, in the words an expectation is written in. */
import type { Queryable } from "../db/database.ts";

/** Each list in the order of the log. */
export interface Trace {
  /** Event types. */
  readonly events: readonly string[];
  /** "kind STATE PRIORITY", open and finished: "qualify_lead COMPLETED URGENT". */
  readonly tasks: readonly string[];
  /** "template state": "thank_you sent". */
  readonly emails: readonly string[];
  /** "audience name": "sales hot_lead". */
  readonly alerts: readonly string[];
  /** "workflow: branch" of each decision that took one: "form_cascade: form lead / hot". */
  readonly branches: readonly string[];
}

const PRIORITIES = ["URGENT", "HIGH", "MEDIUM", "LOW"];

/** How far each list had come; a later trace can leave out what was there before. */
export interface TraceMark {
  readonly position: number;
  readonly task: number;
  readonly email: number;
  readonly alert: number;
}

const BEGINNING: TraceMark = { position: 0, task: 0, email: 0, alert: 0 };

/** @param since what is left out; default nothing. */
export async function traceOf(db: Queryable, since: TraceMark = BEGINNING): Promise<Trace> {
  const [events, tasks, emails, alerts, decisions] = await Promise.all([
    db.query<{ type: string }>("select type from events where position > $1 order by position", [since.position]),
    db.query<{ kind: string; state: string; priority: number }>(
      `select kind, state, priority from (
         select id, kind, state, priority from tasks union all select id, kind, state, priority from finished_tasks
       ) task where id > $1 order by id`,
      [since.task],
    ),
    db.query<{ template: string; state: string }>("select template, state from emails where id > $1 order by id", [
      since.email,
    ]),
    db.query<{ audience: string; name: string }>("select audience, name from alerts where id > $1 order by id", [
      since.alert,
    ]),
    db.query<{ workflow: string; branch: string }>(
      "select workflow, branch from decisions where branch <> '' and event > $1 order by event, workflow",
      [since.position],
    ),
  ]);
  return {
    events: events.map(({ type }) => type),
    tasks: tasks.map(({ kind, state, priority }) => `${kind} ${state} ${PRIORITIES[priority]}`),
    emails: emails.map(({ template, state }) => `${template} ${state}`),
    alerts: alerts.map(({ audience, name }) => `${audience} ${name}`),
    branches: decisions.map(({ workflow, branch }) => `${workflow}: ${branch}`),
  };
}

export async function markOf(db: Queryable): Promise<TraceMark> {
  const [mark] = await db.query<TraceMark>(
    `select coalesce((select max(position) from events), 0) as position,
            greatest((select max(id) from tasks), (select max(id) from finished_tasks), 0) as task,
            coalesce((select max(id) from emails), 0) as email,
            coalesce((select max(id) from alerts), 0) as alert`,
  );
  return mark ?? BEGINNING;
}

/** How many of a list are this one. */
export function count(list: readonly string[], wanted: string): number {
  return list.filter((item) => item === wanted).length;
}
