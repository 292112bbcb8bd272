/**
 * What becomes of a task when an attempt at it ends, and what people may do with one: the rules alone. Pure agents inside a
 * decision, workers, the sweeps and people all come here, so a task's history reads the same for all of them.
 * Pure: the same task, end, moment and rules give the same transition. Source: flows.md, flow 3; reliability, I13 and I14.
 */
import type { Json } from "../events/event.ts";
import type { Outcome } from "./handler.ts";
import { type RetryPolicy, retryDelayMs } from "./retry.ts";
import { isFinal, type TaskState } from "./task.ts";

/** Of a task, what its next state depends on. */
export interface Attempted {
  readonly id: number;
  readonly kind: string;
  /** Which attempt this was: 1 for the first. */
  readonly attempt: number;
}

/** Its worker went silent or got stuck: the attempt has ended without an outcome. */
export interface Lost {
  readonly outcome: "lost";
  /** In words, as the task shows it. */
  readonly error: string;
}

export interface TransitionRules {
  readonly retry: RetryPolicy;
  /** Says how often a failed attempt at a kind is tried again; one that is not declared: never. */
  readonly tasks: { readonly catalogue: { find(kind: string): { readonly retries: number } | undefined } };
}

/** A fact about a task, as the log states it. */
export interface TaskFact {
  readonly type: "task_completed" | "task_cancelled" | "task_failed" | "task_status_changed";
  readonly data: Json;
}

export interface Transition {
  readonly to: Exclude<TaskState, "IN_PROGRESS">;
  /** Why it is not done; null when it is, or when it only sleeps. */
  readonly error: string | null;
  readonly result: Json | undefined;
  /** When it may begin again, in milliseconds; null with WAITING: when a person says so. */
  readonly notBefore: number | null;
  /** Attempts that are used up from now on. */
  readonly attempt: number;
  readonly fact: TaskFact;
}

/**
 * @param from NOT_STARTED where the attempt was made at once, within the decision that asked for it.
 * @param by the agent, as it is named; of what is lost, no one.
 * @param now milliseconds.
 */
export function transition(
  task: Attempted,
  end: Outcome | Lost,
  { from, by, now, rules }: { from: "NOT_STARTED" | "IN_PROGRESS"; by: string; now: number; rules: TransitionRules },
): Transition {
  const { id, kind, attempt } = task;
  const about = { task: id, kind, attempt };
  const sleeps = { to: "WAITING", result: undefined } as const;
  switch (end.outcome) {
    case "completed": {
      const { result } = end;
      const data = result === undefined ? { ...about, by } : { ...about, by, result };
      return { to: "COMPLETED", error: null, result, notBefore: null, attempt, fact: { type: "task_completed", data } };
    }
    case "cancelled":
      return ended("CANCELLED", end.reason, attempt, {
        type: "task_cancelled",
        data: { ...about, reason: end.reason },
      });
    case "waiting": {
      const fact = changed({ ...about, from, to: "WAITING", by, reason: end.reason });
      return { ...sleeps, error: end.reason, notBefore: null, attempt, fact };
    }
    case "snoozed": {
      const fact = changed({ ...about, from, to: "WAITING", by, reason: end.reason ?? "snoozed" });
      return { ...sleeps, error: null, notBefore: now + end.forMs, attempt: attempt - 1, fact };
    }
    case "failed": {
      const { error } = end;
      const next = retryOf(task, end, now, rules);
      const fact = {
        type: "task_failed",
        data: { ...about, error: error.slice(0, MAX_ERROR_LENGTH), ...next },
      } as const;
      if (!("retryAt" in next)) return ended("FAILED", error, attempt, fact);
      const used = next.retry === "waiting" ? attempt - 1 : attempt;
      return { ...sleeps, error, notBefore: next.retryAt, attempt: used, fact };
    }
    case "lost": {
      const { error } = end;
      if (attempt > retriesOf(kind, rules)) {
        return ended("FAILED", error, attempt, { type: "task_failed", data: { ...about, error, retry: "spent" } });
      }
      const fact = changed({ ...about, from, to: "NOT_STARTED", reason: error });
      return { to: "NOT_STARTED", error: null, result: undefined, notBefore: null, attempt, fact };
    }
  }
}

/** Whether a task of this state is done with, one way or the other. */
export function isOver(state: TaskState): state is "COMPLETED" | "FAILED" | "CANCELLED" {
  return isFinal[state];
}

const MAX_ERROR_LENGTH = 2_048;

type Retry =
  | { readonly retry: "scheduled" | "waiting"; readonly retryAt: number }
  | { readonly retry: "spent" | "never" };

/** "never" cannot be helped by trying, "wait" uses up no attempt, and "later" is tried again until there are no more tries. */
function retryOf(task: Attempted, end: Outcome & { outcome: "failed" }, now: number, rules: TransitionRules): Retry {
  if (end.retry === "never") return { retry: "never" };
  if (end.retry === "wait") return { retry: "waiting", retryAt: now + (end.afterMs ?? DEFAULT_WAIT_MS) };
  if (task.attempt > retriesOf(task.kind, rules)) return { retry: "spent" };
  return { retry: "scheduled", retryAt: now + retryDelayMs(rules.retry, task.attempt, chanceOf(task)) };
}

function retriesOf(kind: string, { tasks }: TransitionRules): number {
  return tasks.catalogue.find(kind)?.retries ?? 0;
}

const DEFAULT_WAIT_MS = 30_000;

/** Where in the jitter a delay falls: another place for each task and attempt, and always the same one. */
function chanceOf({ id, attempt }: Attempted): number {
  return ((id + (attempt - 1) * 31) % 97) / 97;
}

function ended(to: "CANCELLED" | "FAILED", error: string, attempt: number, fact: TaskFact): Transition {
  return { to, error, result: undefined, notBefore: null, attempt, fact };
}

function changed(data: { readonly [name: string]: Json }): TaskFact {
  return { type: "task_status_changed", data };
}

/** What a person does with an open task. */
export type PersonsVerb = "claim" | "hand over" | "give back" | "snooze" | "complete" | "cancel";

/** Why a person may not: an agent is about to do it, or someone holds it. */
export type Refusal = "agents own" | "held";

/**
 * May a person do this with an open task?
 * What waits for people is anyone's; what someone holds is theirs (who calls it off need not hold it); what an agent is about to do is
 * the agent's, but can be called off or said to be done.
 * @param holds the one who asks, or for "hand over" the one who is to get it, holds it already.
 * @returns undefined when they may.
 */
export function refusalOf(verb: PersonsVerb, state: TaskState, holds: boolean): Refusal | undefined {
  if (state === "NOT_STARTED") return verb === "complete" || verb === "cancel" ? undefined : "agents own";
  return state === "IN_PROGRESS" && !holds && verb !== "cancel" ? "held" : undefined;
}
