/** Writes a plan: one statement per table, all within the caller's transaction. */

import { saveContacts } from "../contacts/store.ts";
import { copyRows, int8, json, text, timestamp, uuid } from "../db/copy.ts";
import type { Tx } from "../db/database.ts";
import { positionOf, rowsOfDrafts } from "../events/draft.ts";
import type { Position } from "../events/event.ts";
import { insertEvents } from "../events/log.ts";
import { addDeadLetter } from "../events/subscription.ts";
import { saveTimers, stopTimers } from "../events/timers.ts";
import { writeAlerts, writeEmails } from "../tasks/ledger.ts";
import { cancelUnstarted, insertFinishedTasks, insertTasks } from "../tasks/queue.ts";
import type { Plan } from "./plan.ts";

/**
 * @param first the position drawn for the plan's first event (any number when it has none).
 */
export async function writePlan(
  tx: Tx,
  plan: Plan,
  first: Position,
  options: { now: number; agingMs: number },
): Promise<void> {
  if (plan.events.length > 0) {
    const rows = rowsOfDrafts(plan.events, first, true);
    await insertEvents(
      tx,
      rows.map((row, i) => (plan.events[i]?.isSettled ? row : { ...row, isSettled: false })),
    );
  }
  await saveContacts(
    tx,
    plan.contacts.map((row) => ({ contact: row.contact, position: positionOf(row.position, first) })),
  );
  await writeDecisions(tx, plan, first, options.now);
  // Cancelled before new ones come in: a workflow may replace a task of a kind by another of the same kind.
  await cancelUnstarted(tx, plan.cancels, options.now);
  await insertTasks(tx, plan.tasks, first, options.agingMs);
  await insertFinishedTasks(tx, plan.finished, first, options.now);
  await writeEmails(tx, plan.emails);
  await writeAlerts(tx, plan.alerts);
  await stopTimers(tx, plan.stoppedTimers);
  await saveTimers(
    tx,
    plan.timers.map((timer) => ({ ...timer, cause: positionOf(timer.cause, first) })),
  );
  for (const letter of plan.deadLetters) {
    await addDeadLetter(tx, {
      subscription: `workflow:${letter.workflow}`,
      event: positionOf(letter.event, first),
      error: letter.error,
      attempts: 1,
    });
  }
}

async function writeDecisions(tx: Tx, plan: Plan, first: Position, now: number): Promise<void> {
  const rows = plan.decisions;
  await copyRows(tx, "decisions", rows.length, {
    event: int8(rows.map((row) => positionOf(row.event, first))),
    workflow: text(rows.map((row) => row.workflow)),
    version: text(rows.map((row) => row.version)),
    contact: uuid(rows.map((row) => row.contact)),
    branch: text(rows.map((row) => row.branch)),
    outcomes: json(rows.map((row) => JSON.stringify(row.outcomes))),
    because: text(rows.map((row) => row.because)),
    decided_at: timestamp(rows.map(() => now)),
  });
}
