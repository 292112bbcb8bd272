/** Taking tasks for a worker, inside this process (dispatcher.ts) or outside of it (outside.ts), and writing back what came of them. */
import type { Clock } from "../base/clock.ts";
import { type ContactRow, loadContactRows } from "../contacts/store.ts";
import type { Database, Queryable } from "../db/database.ts";
import type { WakeUps } from "../db/wake.ts";
import { type Result, type WorkRules, type Written, writeResults } from "./finish.ts";
import type { ClaimedTask } from "./queue.ts";
import type { ResultDecider } from "./result-decider.ts";

export interface Claimed {
  readonly tasks: readonly ClaimedTask[];
  /** The contacts the tasks are about, as far as they are known. */
  readonly contacts: ReadonlyMap<string, ContactRow>;
}

export interface Taking {
  readonly db: Database;
  readonly clock: Clock;
  readonly claim: (db: Queryable, now: number) => Promise<readonly ClaimedTask[]>;
}

/** Claims tasks and reads whom they are about. The log is left alone: see begun.ts. */
export async function takeTasks({ db, clock, claim }: Taking): Promise<Claimed> {
  const tasks = await claim(db, clock.now());
  return { tasks, contacts: await loadContactRows(db, [...new Set(tasks.flatMap((task) => task.contact ?? []))]) };
}

export interface WritingBack {
  readonly db: Database;
  readonly clock: Clock;
  readonly wakeUps: WakeUps;
  readonly rules: WorkRules;
  /** Decides at once what follows; undefined: who reads the results from the log does. */
  readonly decider?: ResultDecider | undefined;
}

/** Writes results back, with all that follows where it can be decided at once, and wakes who waits for it. */
export async function writeBack(parts: WritingBack, results: readonly Result[]): Promise<Written> {
  const left = (await parts.decider?.write(results)) ?? results;
  const decided = results.length - left.length;
  if (left.length === 0) return { written: decided, discarded: 0, lost: [] };
  const written = await writeUndecided(parts, left);
  return { ...written, written: written.written + decided };
}

async function writeUndecided(
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
