/** What a scenario left behind, in the words its expectation is written in. */
import type { Engine } from "../../packages/millrace/src/engine.ts";

export interface Trace {
  /** Event types in the order of the log. */
  readonly events: readonly string[];
  /** "kind STATE PRIORITY", open and finished, in the order they were asked for. */
  readonly tasks: readonly string[];
  /** "template state" */
  readonly emails: readonly string[];
  /** "audience name" */
  readonly alerts: readonly string[];
  /** "workflow: branch" of each decision that took one. */
  readonly branches: readonly string[];
}

const NAMES = ["URGENT", "HIGH", "MEDIUM", "LOW"];

export async function traceOf(engine: Engine): Promise<Trace> {
  const { db } = engine;
  const [events, tasks, emails, alerts, decisions] = await Promise.all([
    db.query<{ type: string }>("select type from events order by position"),
    db.query<{ id: number; kind: string; state: string; priority: number }>(
      `select id, kind, state, priority from tasks union all select id, kind, state, priority from finished_tasks order by id`,
    ),
    db.query<{ template: string; state: string }>("select template, state from emails order by id"),
    db.query<{ audience: string; name: string }>("select audience, name from alerts order by id"),
    db.query<{ workflow: string; branch: string }>(
      "select workflow, branch from decisions where branch <> '' order by event, workflow",
    ),
  ]);
  return {
    events: events.map((event) => event.type),
    tasks: tasks.map((task) => `${task.kind} ${task.state} ${NAMES[task.priority]}`),
    emails: emails.map((email) => `${email.template} ${email.state}`),
    alerts: alerts.map((alert) => `${alert.audience} ${alert.name}`),
    branches: decisions.map((decision) => `${decision.workflow}: ${decision.branch}`),
  };
}

/** How many of a list are this one. */
export function count(list: readonly string[], wanted: string): number {
  return list.filter((item) => item === wanted).length;
}
