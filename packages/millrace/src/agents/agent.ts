/**
 * How an agent is declared. An agent carries out tasks of certain kinds; what it is given and must give back
 * is in tasks/handler.ts. Pure agents (deterministic, no I/O) run inside the decision and cost one row;
 * the others are claimed, leased and fenced.
 */
import type { PureHandler, QueuedHandler } from "../tasks/handler.ts";

/**
 * Declares a pure agent: the same tasks always give the same outcomes, nothing outside is touched.
 * @example
 * const grader = pureAgent({ name: "grader", kinds: ["grade"], run: (tasks) => tasks.map(() => ({ outcome: "completed" })) });
 */
export function pureAgent(options: Omit<PureHandler, "isPure">): PureHandler {
  return { ...options, isPure: true };
}

/**
 * Declares an agent that does I/O, waits or may fail.
 * @example
 * const caller = agent({ name: "caller", kinds: ["call"], concurrency: 2, run: async (tasks, { signal }) => [{ outcome: "completed" }] });
 */
export function agent(options: Omit<QueuedHandler, "isPure">): QueuedHandler {
  return { ...options, isPure: false };
}
