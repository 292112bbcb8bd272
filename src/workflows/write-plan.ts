/** Writes a plan that is laid out in rows: one statement per table, all within the caller's transaction. */

import { saveContacts } from "../contacts/store.ts";
import { copyRows, int8, json, text, timestamp, uuid } from "../db/copy.ts";
import type { Tx } from "../db/database.ts";
import { type Positions, rowsOfDrafts } from "../events/draft.ts";
import type { Position } from "../events/event.ts";
import { insertEvents } from "../events/log.ts";
import { insertSettlements } from "../events/settlement.ts";
import { addDeadLetter } from "../events/subscription.ts";
import { saveTimers, stopTimers } from "../events/timers.ts";
import { writeAlerts, writeEmails } from "../tasks/ledger.ts";
import { cancelUnstarted, insertFinishedTasks, insertTasks } from "../tasks/queue.ts";
import type { Plan, PlannedDecision } from "./plan.ts";
import type { Rows } from "./settle.ts";

/**
 * @param rows the plan, laid out.
 * @param first the position drawn for the plan's first event (any number when it has none).
 */
export async function writePlan(
  tx: Tx,
  plan: Plan,
  rows: Rows,
  first: Position,
  { now, agingMs }: { now: number; agingMs: number },
): Promise<void> {
  const positions = rows.positions(first);
  await insertSettlements(
    tx,
    rows.settlements.map(({ offset, ...settlement }) => ({ ...settlement, first: first + offset })),
    now,
  );
  await insertEvents(tx, rowsOfDrafts(rows.alone.events, positions));
  await saveContacts(
    tx,
    plan.contacts.map((row) => ({ contact: row.contact, position: positions(row.position) })),
  );
  await writeDecisions(tx, rows.alone.decisions, positions, now);
  // Cancelled before new ones come in: a workflow may replace a task of a kind by another of the same kind.
  await cancelUnstarted(tx, plan.cancels, now);
  await insertTasks(tx, plan.tasks, agingMs, positions);
  await insertFinishedTasks(tx, rows.alone.finished, positions, now);
  await writeEmails(tx, plan.emails);
  await writeAlerts(tx, plan.alerts);
  await stopTimers(tx, plan.stoppedTimers);
  await saveTimers(
    tx,
    plan.timers.map((timer) => ({ ...timer, cause: positions(timer.cause) })),
  );
  for (const letter of plan.deadLetters) {
    await addDeadLetter(tx, {
      subscription: `workflow:${letter.workflow}`,
      event: positions(letter.event),
      error: letter.error,
      attempts: 1,
    });
  }
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
