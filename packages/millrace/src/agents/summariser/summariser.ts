/**
 * The summariser (flow 3): for work that was given up and for tools that failed, tells the person who gets it what happened, with the
 * events it rests on. Whatever the model does not answer is left out; the person has the task either way.
 */
import type { Database } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import { EVENT_COLUMNS } from "../../events/log.ts";
import { capAlert } from "../../models/cap-alert.ts";
import { callEvents, type Models } from "../../models/models.ts";
import type { Outcome, QueuedHandler, TaskInput, WorkContext } from "../../tasks/handler.ts";
import { agent } from "../agent.ts";
import { checkedSummary, type EventToSummarise, SUMMARY_PROMPT, summaryQuestion } from "./work-summary.ts";

/** What a `summarise_work` task carries. */
export interface SummariseWork {
  /** The failed task; null: a tool failed outside of one. */
  readonly task: number | null;
  /** What the person was told. */
  readonly reason: string;
}

const MAX_EVENTS = 40;

/** @param models undefined where none is set any more: what was asked for before is left. */
export function summariser(db: Database, models: Models | undefined): QueuedHandler {
  return agent({
    name: "summariser",
    kinds: ["summarise_work"],
    run: (tasks, context) => Promise.all(tasks.map((task) => summarise(task, context, { db, models }))),
  });
}

async function summarise(
  task: TaskInput,
  { signal }: WorkContext,
  { db, models }: { readonly db: Database; readonly models: Models | undefined },
): Promise<Outcome> {
  if (models === undefined) return { outcome: "cancelled", reason: "No model is set for it." };
  const { task: failed, reason } = task.payload as unknown as SummariseWork;
  const contact = task.contact?.id ?? null;
  const events = await eventsOf(db, contact, task.root, task.id);
  const work = { agent: "summariser" as const, task: task.id, contact, signal };
  const { answer, call, reached } = await models.ask(summaryQuestion(reason, events), work);
  const asked = {
    events: callEvents(call),
    alerts: reached === undefined ? [] : [capAlert(reached, contact, "Summaries wait meanwhile.")],
  };
  if (answer.outcome !== "answered")
    return { outcome: "completed", result: { said: false, because: `${answer.outcome}: ${answer.error}` }, ...asked };
  const { sentences, dropped } = checkedSummary(answer.value, reason, events);
  if (sentences.length === 0) return { outcome: "completed", result: { said: false, dropped }, ...asked };
  const data = {
    ...(failed === null ? {} : { of: failed }),
    sentences: sentences.map(({ text, events: named }) => ({ text, events: [...named] })),
    model: models.name.slice(0, 200),
    prompt: SUMMARY_PROMPT,
    task: task.id,
  };
  return {
    outcome: "completed",
    result: { said: true, dropped },
    ...asked,
    events: [...asked.events, { type: "summary_written", data }],
  };
}

/** The latest of the cascade, oldest first, without what asking for the summary itself added. */
async function eventsOf(
  db: Database,
  contact: string | null,
  root: Position,
  task: number,
): Promise<readonly EventToSummarise[]> {
  const source = contact === null ? "single_events where contact is null" : "events_of($2) where true";
  const rows = await db.query<EventToSummarise>(
    `select * from (select ${EVENT_COLUMNS} from ${source} and root = $1 and type not in ('model_called', 'summary_written')
        and coalesce((data->>'task')::text, '') <> $${contact === null ? 2 : 3} order by position desc limit ${MAX_EVENTS}) latest order by position`,
    contact === null ? [root, String(task)] : [root, contact, String(task)],
    "events_to_summarise",
  );
  return rows.map(({ position, type, occurredAt, data }) => ({ position, type, occurredAt, data }));
}
