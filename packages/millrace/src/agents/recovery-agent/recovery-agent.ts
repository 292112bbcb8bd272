/**
 * The recovery agent: what the engine does about its own health, and no more than this. It stops an agent that fails too
 * often, gives the backlog more hands up to a ceiling, and cleans up what no one misses. Each can be done twice without
 * harm, and what was done stands in the task's result.
 */
import type { Database } from "../../db/database.ts";
import type { WakeUps } from "../../db/wake.ts";
import { appendFacts } from "../../events/facts.ts";
import { lockLog } from "../../events/log-lock.ts";
import { type Circuits, openCircuit } from "../../tasks/circuits.ts";
import type { WorkRules } from "../../tasks/finish.ts";
import type { Outcome, TaskHandler, TaskInput } from "../../tasks/handler.ts";
import { expireLeases, rescueTasks } from "../../tasks/sweeps.ts";
import { agent } from "../agent.ts";
import { type CleanUpRules, cleanUp } from "./clean-up.ts";
import { scale } from "./scale.ts";

export interface RecoveryRules extends CleanUpRules {
  readonly circuitPauseMs: number;
  readonly releaseAfterMs: number;
  readonly concurrencyCeiling: number;
}

export interface RecoveryOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly circuits: Circuits;
  readonly work: WorkRules;
  readonly rules: RecoveryRules;
  /** The agents of this engine; asked when a task is done. */
  readonly agents: () => readonly TaskHandler[];
}

/** Without these no one would be alerted, or helped. */
const NEVER_STOPPED: ReadonlySet<string> = new Set(["recovery_agent", "alerter", "alert_courier"]);

export function recoveryAgent(options: RecoveryOptions): TaskHandler {
  return agent({
    name: "recovery_agent",
    kinds: ["recover_agent", "free_resources", "scale_processing"],
    concurrency: 1,
    run: async (tasks, { now }) => {
      const outcomes: Outcome[] = [];
      for (const task of tasks) outcomes.push(await help(task, options, now));
      return outcomes;
    },
  });
}

async function help(task: TaskInput, options: RecoveryOptions, now: number): Promise<Outcome> {
  switch (task.kind) {
    case "recover_agent":
      return recover(task, options, now);
    case "free_resources":
      return { outcome: "completed", result: await cleanUp(options.db, options.rules, now) };
    default:
      return scaleProcessing(task, options);
  }
}

/** Opens the agent's circuit and takes away what it has been at for long; the canary follows by itself (tasks/canary.ts). */
async function recover(task: TaskInput, options: RecoveryOptions, now: number): Promise<Outcome> {
  const payload = task.payload as { agent?: unknown; failureRate?: unknown } | null;
  const handler = options.agents().find(({ name }) => name === payload?.agent);
  if (handler === undefined) {
    return { outcome: "failed", error: `There is no agent "${String(payload?.agent)}" here.`, retry: "never" };
  }
  const { name, kinds } = handler;
  if (NEVER_STOPPED.has(name)) {
    return {
      outcome: "completed",
      result: { agent: name, stopped: false, because: "without it nobody would be told" },
    };
  }
  const { db, circuits, rules, work, wakeUps } = options;
  const rate = Number(payload?.failureRate ?? 0);
  const reason = `${(rate * 100).toFixed(1)} % of its attempts failed.`;
  await work.taskIds.ensure(db, 10);
  const result = await db.transaction(async (tx) => {
    await lockLog(tx);
    const isOpened = await openCircuit(tx, {
      agent: name,
      reason,
      by: "recovery_agent",
      now,
      pauseMs: rules.circuitPauseMs,
    });
    if (!isOpened) return { agent: name, stopped: true, because: "it was stopped already" };
    await expireLeases(tx, kinds, now - rules.releaseAfterMs);
    const released = await rescueTasks(tx, now, work);
    const detail = `${reason} It is stopped; one task is tried in ${Math.round(rules.circuitPauseMs / 60_000)} min.`;
    const data = { component: `agent:${name}`, ok: false, detail };
    await appendFacts(tx, [{ type: "component_health_check", data }], "recovery", now);
    return { agent: name, stopped: true, released, retryAt: now + rules.circuitPauseMs };
  });
  circuits.forget();
  await circuits.refresh();
  wakeUps.local("events");
  return { outcome: "completed", result };
}

async function scaleProcessing(task: TaskInput, options: RecoveryOptions): Promise<Outcome> {
  const { direction } = (task.payload ?? {}) as { direction?: unknown };
  const agents = options.agents().filter(({ name }) => !NEVER_STOPPED.has(name));
  const result = await scale(options.db, {
    direction: direction === "down" ? "down" : "up",
    agents,
    ceiling: options.rules.concurrencyCeiling,
  });
  options.circuits.forget();
  options.wakeUps.local("tasks");
  return { outcome: "completed", result };
}
