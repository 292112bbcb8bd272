/** What a task done within the cascade leads to: it is finished, waits, or is tried again by the queue. Called by cascade.ts. */
import type { Json } from "../events/event.ts";
import type { TaskDraft } from "../tasks/draft.ts";
import type { Outcome, PureHandler } from "../tasks/handler.ts";
import {
  collectCancelled,
  collectCompleted,
  collectFailed,
  collectStatus,
  type EffectSink,
  type WorkItem,
} from "../tasks/outcome.ts";
import { retryDelayMs } from "../tasks/retry.ts";
import type { CascadePlan } from "./cascade-plan.ts";
import type { CascadeRules, Unit, Work } from "./cascade-unit.ts";
import type { Plan } from "./plan.ts";

/** One task that was done, and who has done it. */
interface Done {
  readonly handler: PureHandler;
  readonly task: TaskDraft;
  readonly unit: Unit;
  readonly item: WorkItem;
  readonly sink: EffectSink;
  readonly now: number;
}

/** Adds what became of one task to the plan, and what is left of it to its unit. */
export function applyOutcome(
  rules: CascadeRules,
  made: CascadePlan,
  handler: PureHandler,
  { task, unit, trail }: Work,
  outcome: Outcome,
  now: number,
): void {
  const item: WorkItem = { ...task, attempt: 1, cause: task.causes[0] ?? 0 };
  const sink = made.sinkOf(unit, trail);
  const done: Done = { handler, task, unit, item, sink, now };
  switch (outcome.outcome) {
    case "completed":
      finish(made.plan, done, "COMPLETED", null, outcome.result);
      collectCompleted(outcome, item, handler.name, now, sink);
      return;
    case "cancelled":
      finish(made.plan, done, "CANCELLED", outcome.reason, undefined);
      collectCancelled(outcome, item, handler.name, now, sink);
      return;
    case "waiting":
      wait(done, { attempt: 1, error: outcome.reason }, outcome.reason);
      return;
    case "snoozed":
      wait(done, { notBefore: now + outcome.forMs }, outcome.reason ?? "snoozed");
      return;
    case "failed":
      fail(rules, made.plan, done, outcome);
  }
}

function finish(
  plan: Plan,
  { task, handler }: Done,
  finalState: "COMPLETED" | "FAILED" | "CANCELLED",
  error: string | null,
  result: Json | undefined,
): void {
  plan.finished.push({ ...task, finalState, worker: handler.name, error, result });
}

function wait({ handler, task, unit, item, sink, now }: Done, change: Partial<TaskDraft>, reason: string): void {
  unit.queued.set(task.mergeKey, { ...task, state: "WAITING", ...change });
  collectStatus(item, { from: "NOT_STARTED", to: "WAITING", by: handler.name, reason }, now, sink);
}

function fail(rules: CascadeRules, plan: Plan, done: Done, outcome: Outcome & { outcome: "failed" }): void {
  const { handler, task, unit, item, sink, now } = done;
  const retries = rules.tasks.catalogue.find(task.kind)?.retries ?? 0;
  if (outcome.retry === "never" || (outcome.retry === "later" && retries === 0)) {
    finish(plan, done, "FAILED", outcome.error, undefined);
    collectFailed(outcome, { retry: outcome.retry === "never" ? "never" : "spent" }, item, handler.name, now, sink);
    return;
  }
  const isWaiting = outcome.retry === "wait";
  // The decision is pure, so the jitter is drawn from the task's id.
  const delay = isWaiting ? (outcome.afterMs ?? 30_000) : retryDelayMs(rules.retry, 1, (task.id % 97) / 97);
  const retryAt = now + delay;
  const attempt = isWaiting ? 0 : 1;
  unit.queued.set(task.mergeKey, { ...task, state: "WAITING", notBefore: retryAt, attempt, error: outcome.error });
  collectFailed(outcome, { retry: isWaiting ? "waiting" : "scheduled", retryAt }, item, handler.name, now, sink);
}
