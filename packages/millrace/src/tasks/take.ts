/** Taking tasks for a worker, inside this process (dispatcher.ts) or outside of it (outside.ts): one transaction, with the fact that work began. */
import type { Clock } from "../clock.ts";
import type { Contact } from "../contacts/contact.ts";
import { loadContacts } from "../contacts/store.ts";
import type { Database, Tx } from "../db/database.ts";
import type { WakeUps } from "../db/wake.ts";
import type { EventDraft } from "../events/draft.ts";
import { lockLog } from "../events/log.ts";
import { appendDrafts, collectingSink, type Result, type WorkRules, type Written, writeResults } from "./finish.ts";
import { collectStatus } from "./outcome.ts";
import { type ClaimedTask, hasReadyTasks } from "./queue.ts";

export interface Claimed {
  readonly tasks: readonly ClaimedTask[];
  /** The contacts the tasks are about, as far as they are known. */
  readonly contacts: ReadonlyMap<string, Contact>;
}

export interface Taking {
  readonly db: Database;
  readonly clock: Clock;
  readonly worker: string;
  /** Nothing is locked while no task of these kinds waits. */
  readonly kinds: readonly string[];
  readonly claim: (tx: Tx, now: number) => Promise<readonly ClaimedTask[]>;
}

/** Claims tasks and states that they are in progress, in one transaction. */
export async function takeTasks({ db, clock, worker, kinds, claim }: Taking): Promise<Claimed> {
  if (kinds.length === 0 || !(await hasReadyTasks(db, kinds))) return { tasks: [], contacts: new Map() };
  return db.transaction(async (tx) => {
    const now = clock.now();
    const [, tasks] = await Promise.all([lockLog(tx), claim(tx, now)]);
    const begun: Omit<EventDraft, "reference">[] = [];
    for (const task of tasks) {
      collectStatus(task, { from: "NOT_STARTED", to: "IN_PROGRESS", by: worker }, now, collectingSink(begun));
    }
    const ids = [...new Set(tasks.flatMap((task) => task.contact ?? []))];
    const [contacts] = await Promise.all([loadContacts(tx, ids), appendDrafts(tx, begun)]);
    return { tasks, contacts };
  });
}

export interface WritingBack {
  readonly db: Database;
  readonly clock: Clock;
  readonly wakeUps: WakeUps;
  readonly rules: WorkRules;
}

/** Writes results back in one transaction and wakes who waits for what follows from them. */
export async function writeBack(
  { db, clock, wakeUps, rules }: WritingBack,
  results: readonly Result[],
): Promise<Written> {
  await rules.taskIds.ensure(db, results.length * 10);
  const [written] = await db.transaction((tx) =>
    Promise.all([writeResults(tx, results, clock.now(), rules), wakeUps.remote(tx, "events")]),
  );
  wakeUps.local("events");
  wakeUps.local("tasks");
  return written;
}
