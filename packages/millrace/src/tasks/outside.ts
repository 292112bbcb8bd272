/**
 * Work done outside of this process and in any language: tasks of agents are claimed, held and finished over HTTP as the
 * dispatcher does inside: a lease that has to be renewed, a fencing token with every claim, a result that comes too late
 * thrown away. An agent is known by the name of its API key. Called by http/routes/work.ts.
 */
import type { Clock } from "../base/clock.ts";
import type { Contact } from "../contacts/contact.ts";
import type { Database } from "../db/database.ts";
import type { WakeUps } from "../db/wake.ts";
import { claimCanary } from "./canary.ts";
import type { Circuits } from "./circuits.ts";
import { STALE } from "./dispatcher.ts";
import type { Result, WorkRules } from "./finish.ts";
import type { Outcome } from "./handler.ts";
import { findWork, type WorkRow } from "./outside-rows.ts";
import { type ClaimedTask, claimTasks, type Held, renewLeases } from "./queue.ts";
import type { ResultDecider } from "./result-decider.ts";
import { takeTasks, writeBack } from "./take.ts";
import { type ToolCall, toolFacts } from "./tool-facts.ts";

export interface OutsideParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly wakeUps: WakeUps;
  readonly rules: WorkRules;
  /** Which agents are stopped. */
  readonly circuits: Circuits;
  /** Decides at once what results lead to; undefined: who reads them from the log does. */
  readonly decider?: ResultDecider | undefined;
}

export interface ClaimAsked {
  /** The name of the agent's key: the log names it so. */
  readonly agent: string;
  /** Which of its processes. */
  readonly worker: string;
  readonly kinds: readonly string[];
  readonly limit: number;
  /** Silence after which a task is given to another worker. */
  readonly leaseMs: number;
}

export interface TaskOutside {
  readonly task: ClaimedTask;
  /** As it is now; undefined: the task is about none, or it is gone. */
  readonly contact: Contact | undefined;
}

/** How often a claim that waits looks by itself: a wake-up may be lost. */
const LOOK_EVERY_MS = 2_000;

/** @returns tasks that are in progress now, most urgent first; [] when none is due, or the agent is stopped. */
export async function claimOutside(parts: OutsideParts, asked: ClaimAsked): Promise<readonly TaskOutside[]> {
  const { db, clock, circuits, rules } = parts;
  const { agent, kinds, limit, leaseMs } = asked;
  const worker = workerName(agent, asked.worker);
  await circuits.refresh();
  const isCanary = circuits.wantsCanary(agent, clock.now());
  if (circuits.isStopped(agent) && !isCanary) return [];
  const timeoutMs = kinds.map((kind) => rules.tasks.catalogue.get(kind).timeoutMs);
  const wishes = kinds.map((kind, i) => ({ handler: 0, kind, limit, timeoutMs: timeoutMs[i] ?? 0 }));
  const { tasks, contacts } = await takeTasks({
    db,
    clock,
    claim: (queue, now) =>
      isCanary
        ? db.transaction((tx) => claimCanary(tx, { agent, kinds, timeoutMs, worker, leaseMs, now }))
        : claimTasks(queue, worker, wishes, leaseMs, now, true),
  });
  if (isCanary) circuits.forget();
  const now = clock.now();
  const stale = tasks.filter(({ staleAt }) => staleAt !== null && staleAt < now);
  if (stale.length > 0)
    await writeBack(
      parts,
      stale.map((task) => ({ task, handler: agent, outcome: STALE })),
    );
  return tasks
    .filter((task) => !stale.includes(task))
    .map((task) => ({ task, contact: contacts.get(task.contact ?? "")?.contact }));
}

/**
 * As `claimOutside`, and when there is nothing, waits for something.
 * @param signal aborted when the one who waits has gone: nothing is claimed for it any more.
 */
export async function claimWaiting(
  parts: OutsideParts,
  asked: ClaimAsked,
  waitMs: number,
  signal: AbortSignal,
): Promise<readonly TaskOutside[]> {
  const until = performance.now() + waitMs;
  for (;;) {
    const woken = wakeUp(parts.wakeUps, signal);
    try {
      if (signal.aborted) return [];
      const tasks = await claimOutside(parts, asked);
      const leftMs = until - performance.now();
      if (tasks.length > 0 || leftMs <= 0) return tasks;
      await woken.within(Math.min(leftMs, LOOK_EVERY_MS));
    } finally {
      woken.end();
    }
  }
}

/** Heard from before the look on, so that what comes between look and wait is not missed. */
function wakeUp(wakeUps: WakeUps, signal: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const forget = wakeUps.on("tasks", resolve);
  const gone = () => resolve();
  signal.addEventListener("abort", gone);
  let timer: NodeJS.Timeout | undefined;
  return {
    within(ms: number): Promise<void> {
      timer = setTimeout(resolve, ms);
      return promise;
    },
    end(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", gone);
      forget();
    },
  };
}

/** Renews leases. @returns the ids still held; the others were taken away, or are another agent's. */
export async function renewOutside(
  { db }: Pick<OutsideParts, "db">,
  agent: string,
  held: readonly Held[],
  leaseMs: number,
): Promise<ReadonlySet<number>> {
  const own = await findWork(
    db,
    held.map(({ id }) => id),
  );
  const still = held.filter(({ id, fence }) => isHeld(own.get(id), agent, fence));
  return still.length === 0 ? new Set() : renewLeases(db, still, leaseMs);
}

export interface ResultOutside extends Held {
  /** As the claim said. */
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly tools: readonly ToolCall[];
}

/** What became of a result. "discarded": another has the task, or had it. "unknown": there never was such a task. */
export type Fate = "written" | "discarded" | "unknown";

/**
 * Writes results back, of each task one, all in one transaction. A result that was written before is "written" again.
 * @param rows the tasks, by `findWork`.
 */
export async function finishOutside(
  parts: OutsideParts,
  agent: string,
  results: readonly ResultOutside[],
  rows: ReadonlyMap<number, WorkRow>,
): Promise<readonly Fate[]> {
  const fates = new Map<number, Fate>();
  const toWrite: Result[] = [];
  for (const result of results) {
    const row = rows.get(result.id);
    if (row === undefined) fates.set(result.id, "unknown");
    else if (row.isFinished && wasWritten(row, agent, result)) fates.set(result.id, "written");
    else toWrite.push(asInside(row, agent, result));
  }
  if (toWrite.length > 0) {
    const { lost } = await writeBack(parts, toWrite);
    for (const { task } of toWrite) fates.set(task.id, lost.includes(task.id) ? "discarded" : "written");
  }
  return results.map(({ id }) => fates.get(id) ?? "unknown");
}

/** Of another agent, even with the right token, it is not this one's to finish. */
function asInside(row: WorkRow, agent: string, result: ResultOutside): Result {
  const isOwn = isHeld(row, agent, result.fence);
  const task = { ...row, fence: isOwn ? result.fence : LOST, attempt: isOwn ? row.attempt : result.attempt };
  return { task, handler: agent, outcome: result.outcome, facts: toolFacts(agent, result) };
}

/** No claim has this token. */
const LOST = 0;

function isHeld(row: WorkRow | undefined, agent: string, fence: number): boolean {
  return row !== undefined && !row.isFinished && row.fence === fence && isOf(row, agent);
}

/** The answer to a first try was lost on its way: the same attempt of the same agent has ended this task. */
function wasWritten(row: WorkRow, agent: string, { attempt }: ResultOutside): boolean {
  return isOf(row, agent) && row.attempt === attempt;
}

function isOf({ worker }: WorkRow, agent: string): boolean {
  return worker?.startsWith(`${agent}/`) ?? false;
}

function workerName(agent: string, worker: string): string {
  return `${agent}/${worker}`;
}
