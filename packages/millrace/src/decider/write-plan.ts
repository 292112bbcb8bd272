/** Writes a plan that is laid out in rows: one statement per table, sent together, within the caller's transaction. */
import { addContacts, type ContactRow, saveContacts } from "../contacts/store.ts";
import { copyRows, int8, json, text, timestamp, uuid } from "../db/copy.ts";
import type { Tx } from "../db/database.ts";
import { type Positions, rowsOfDrafts } from "../events/draft.ts";
import type { Position } from "../events/event.ts";
import { insertEvents, insertSettlements } from "../events/log-writer.ts";
import { addDeadLetter } from "../events/subscription.ts";
import { saveTimers, stopTimers } from "../events/timers.ts";
import type { TaskDraft } from "../tasks/draft.ts";
import { addAlerts, addEmails, writeAlerts, writeEmails } from "../tasks/ledger.ts";
import { cancelUnstarted, insertFinishedTasks, insertTasks } from "../tasks/queue.ts";
import type { Rows } from "./layout.ts";
import type { Plan, PlannedDecision } from "./plan.ts";

export interface WritingOptions {
  readonly now: number;
  readonly agingMs: number;
  /** Nothing of it is expected to be there, and whoever writes can do without when it is: it costs less. Default false. */
  readonly isFresh?: boolean;
  /** The position drawn for the first event that is not settled. Default: they follow those that are. */
  readonly behind?: Position;
  /** Takes the tasks for the queue, their causes told, instead of their being written: for who writes those of several plans together. */
  readonly queued?: TaskDraft[];
}

/**
 * @param rows the plan, laid out.
 * @param first the position drawn for the plan's first event (any number when it has none).
 * @throws DatabaseError 23505 with `isFresh`, when a once-key has been used before.
 */
export async function writePlan(
  tx: Tx,
  plan: Plan,
  rows: Rows,
  first: Position,
  options: WritingOptions,
): Promise<void> {
  // Cancelled before new ones come in: a workflow may replace a task of a kind by another of the same kind.
  await cancelUnstarted(tx, plan.cancels, options.now);
  await writeRows(tx, plan, rows, first, options);
}

/** What `writePlan` does once the plan's cancels are done; no statement of it needs another one's answer. */
export async function writeRows(
  tx: Tx,
  plan: Plan,
  rows: Rows,
  first: Position,
  { now, agingMs, isFresh = false, behind, queued }: WritingOptions,
): Promise<void> {
  const positions = rows.positions(first, behind);
  queued?.push(...plan.tasks.map((task) => ({ ...task, causes: task.causes.map(positions) })));
  await Promise.all([
    insertSettlements(
      tx,
      rows.settlements.map(({ offset, ...settlement }) => ({ ...settlement, first: first + offset })),
      now,
    ),
    insertEvents(tx, rowsOfDrafts(rows.alone.events, positions)),
    // Only the runner writes contacts, so one it did not find is not there; were it, all would be decided once more.
    addContacts(tx, contactRows(plan, true, positions)),
    saveContacts(tx, contactRows(plan, false, positions)),
    writeDecisions(tx, rows.alone.decisions, positions, now),
    queued === undefined ? insertTasks(tx, plan.tasks, agingMs, positions) : undefined,
    insertFinishedTasks(tx, rows.alone.finished, positions, now),
    isFresh ? addEmails(tx, plan.emails) : writeEmails(tx, plan.emails),
    isFresh ? addAlerts(tx, plan.alerts) : writeAlerts(tx, plan.alerts),
    stopTimers(tx, plan.stoppedTimers),
    saveTimers(
      tx,
      plan.timers.map((timer) => ({ ...timer, cause: positions(timer.cause) })),
    ),
    ...plan.deadLetters.map((deadLetter) =>
      addDeadLetter(tx, {
        subscription: `workflow:${deadLetter.workflow}`,
        event: positions(deadLetter.event),
        error: deadLetter.error,
        attempts: 1,
      }),
    ),
  ]);
}

function contactRows(plan: Plan, isNew: boolean, positions: Positions): ContactRow[] {
  return plan.contacts
    .filter((row) => row.isNew === isNew)
    .map(({ contact, position }) => ({ contact, position: positions(position) }));
}

async function writeDecisions(
  tx: Tx,
  rows: readonly PlannedDecision[],
  positions: Positions,
  now: number,
): Promise<void> {
  await copyRows(tx, "single_decisions", rows.length, {
    event: int8(rows.map((row) => positions(row.event))),
    workflow: text(rows.map((row) => row.workflow)),
    version: text(rows.map((row) => row.version)),
    contact: uuid(rows.map((row) => row.contact)),
    branch: text(rows.map((row) => row.branch)),
    outcomes: json(rows.map((row) => JSON.stringify(row.outcomes))),
    because: text(rows.map((row) => row.because)),
    decided_at: timestamp(rows.map(() => now)),
  });
}
