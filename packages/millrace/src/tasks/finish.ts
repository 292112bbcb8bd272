/**
 * The end of an attempt: outcomes of claimed tasks written back in one transaction, fenced by token, with the events,
 * follow-up tasks, e-mails and alerts they ask for. A result whose task was taken away meanwhile is recorded as
 * discarded and changes nothing.
 */

import type { ContactRow } from "../contacts/store.ts";
import type { Tx } from "../db/database.ts";
import { append } from "../events/append.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import { type EventDraft, positionsFrom, referenceOf } from "../events/draft.ts";
import type { NewEvent } from "../events/event.ts";
import { lockLog } from "../events/log-lock.ts";
import { collectBegun } from "./begun.ts";
import { draftTask, type TaskDraft, type TaskRules } from "./draft.ts";
import type { Outcome } from "./handler.ts";
import { type AlertRow, type EmailRow, writeAlerts, writeEmails } from "./ledger.ts";
import { aboutTask, collectEnd, type EffectSink, type WorkItem } from "./outcome.ts";
import {
  type ClaimedTask,
  type FinishedRow,
  finishTasks,
  type HeldTask,
  insertTasks,
  lockHeldTasks,
  type PausedRow,
  pauseTasks,
} from "./queue.ts";
import type { RetryPolicy } from "./retry.ts";
import type { TaskIds } from "./task-ids.ts";
import { isOver, transition } from "./transition.ts";
import { writtenBefore } from "./written-before.ts";

export interface WorkRules {
  readonly catalogue: EventCatalogue;
  readonly tasks: TaskRules;
  readonly retry: RetryPolicy;
  readonly agingMs: number;
  /** A person's task that is overdue for so long is escalated; 0: never. */
  readonly escalateAfterMs: number;
  readonly taskIds: TaskIds;
  /** Depth at which a chain is stopped (R8). Default 12. */
  readonly maxDepth: number;
}

export interface Result {
  readonly task: ClaimedTask;
  readonly handler: string;
  readonly outcome: Outcome;
  /** What happened on the way, e.g. calls of tools: recorded before the outcome, whatever it is. */
  readonly facts?: readonly Pick<NewEvent, "type" | "data">[];
  /** Whom it is about, as they were when the work began: they are read again only if they have changed since. */
  readonly contact?: ContactRow | undefined;
}

export interface Written {
  readonly written: number;
  readonly discarded: number;
  /** The tasks whose results were thrown away. */
  readonly lost: readonly number[];
}

/** Everything a set of results leads to by itself, collected before it is written. */
export interface Writing {
  readonly events: EventDraft[];
  readonly tasks: TaskDraft[];
  readonly emails: EmailRow[];
  readonly alerts: AlertRow[];
  readonly finished: FinishedRow[];
  readonly paused: PausedRow[];
}

/**
 * Writes results back.
 * @returns how many were written and how many were thrown away because their task was no longer held.
 */
export async function writeResults(
  tx: Tx,
  results: readonly Result[],
  now: number,
  rules: WorkRules,
): Promise<Written> {
  const tasks = results.map((result) => result.task);
  const [, held] = await Promise.all([lockLog(tx), lockHeldTasks(tx, tasks)]);
  const before = await writtenBefore(
    tx,
    results.filter(({ task }) => !held.has(task.id)),
  );
  const writing = emptyWriting();
  const sink = sinkInto(writing, now, rules);
  const lost: number[] = [];
  for (const result of results) {
    const row = held.get(result.task.id);
    if (before.has(result.task.id)) continue;
    if (row === undefined) {
      lost.push(result.task.id);
      discard(result, now, sink);
    } else {
      collect(result, row, now, sink, writing, rules);
    }
  }
  await write(tx, writing, now, rules);
  return { written: results.length - lost.length, discarded: lost.length, lost };
}

/**
 * What these results lead to by themselves, all of their tasks being held and none asked for again meanwhile.
 * Needs ten task ids for each at hand. Nothing is written.
 */
export function gatherResults(results: readonly Result[], now: number, rules: WorkRules): Writing {
  const writing = emptyWriting();
  const sink = sinkInto(writing, now, rules);
  for (const result of results) collect(result, { ...result.task, requestedAgain: false }, now, sink, writing, rules);
  return writing;
}

function emptyWriting(): Writing {
  return { events: [], tasks: [], emails: [], alerts: [], finished: [], paused: [] };
}

/** A sink that collects into plain arrays. */
export function collectingSink(events: Omit<EventDraft, "reference">[]): EffectSink {
  return {
    event: (draft) => referenceOf(events.push(draft) - 1),
    task: () => {},
    email: () => {},
    alert: () => {},
  };
}

function sinkInto(writing: Writing, now: number, rules: WorkRules): EffectSink {
  return {
    event: (draft) => {
      const reference = referenceOf(writing.events.length);
      writing.events.push({ ...draft, reference });
      return reference;
    },
    // R8: the runner puts a chain that has come to its end in the hands of a person; nothing more is asked for here.
    task: (request, origin) => {
      if (origin.depth >= rules.maxDepth) return;
      writing.tasks.push(draftTask(request, origin, rules.taskIds.take(), now, rules.tasks));
    },
    email: (record, item) =>
      writing.emails.push({ ...record, contact: item.contact, task: item.id, root: item.root, at: now }),
    alert: (record, item) =>
      writing.alerts.push({ ...record, contact: item.contact, task: item.id, root: item.root, at: now }),
  };
}

function collect(
  result: Result,
  held: HeldTask,
  now: number,
  sink: EffectSink,
  writing: Writing,
  rules: WorkRules,
): void {
  const { task, handler, outcome } = result;
  const item: WorkItem = task;
  collectBegun(task, sink);
  for (const fact of result.facts ?? []) sink.event({ ...aboutTask(item, handler, now), ...fact });
  const next = transition(task, outcome, { from: "IN_PROGRESS", by: handler, now, rules });
  const { to, error, result: made, notBefore, attempt } = next;
  if (isOver(to)) writing.finished.push({ id: task.id, state: to, error, result: made });
  else writing.paused.push({ id: task.id, notBefore, error, attemptUnused: attempt < task.attempt });
  collectEnd(next, outcome, item, handler, now, sink);
  if (outcome.outcome === "completed" && held.requestedAgain) requestAgain(task, sink, now);
}

/** Asked for while it was being done: it is done once more, with what is known then. */
function requestAgain(task: ClaimedTask, sink: EffectSink, now: number): void {
  const origin = {
    contact: task.contact,
    cause: task.cause,
    root: task.root,
    depth: task.depth,
    bornAt: now,
    cascadeBornAt: task.bornAt,
    requestedBy: "merged request",
  };
  sink.task({ kind: task.kind, mergeKey: task.mergeKey, payload: task.payload }, origin);
}

function discard(result: Result, now: number, sink: EffectSink): void {
  const { task, handler } = result;
  const data = { task: task.id, kind: task.kind, attempt: task.attempt, by: handler };
  sink.event({ ...aboutTask(task, handler, now), type: "task_result_discarded", data });
}

async function write(tx: Tx, writing: Writing, now: number, rules: WorkRules): Promise<void> {
  const finishing = Promise.all([finishTasks(tx, writing.finished, now), pauseTasks(tx, writing.paused)]);
  const appending = append(tx, writing.events);
  const noting = Promise.all([writeEmails(tx, writing.emails), writeAlerts(tx, writing.alerts)]);
  const [first] = await Promise.all([appending, finishing, noting]);
  await insertTasks(tx, writing.tasks, rules.agingMs, positionsFrom(first));
}
