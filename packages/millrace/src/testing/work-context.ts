/** What an agent is given beside its tasks, for tests that call `run` themselves. */
import type { WorkContext } from "../tasks/handler.ts";
import type { DoStep } from "../tasks/steps.ts";

/**
 * A context whose steps last as long as it does: call `run` twice with one context to see an attempt go on behind a step.
 * @param given Default: the moment 0, a signal that is never aborted, and no tools: give `callTool` to answer in their place.
 */
export function workContext({
  now = 0,
  signal = new AbortController().signal,
  callTool = async (name) => ({ ok: false, outcome: "not_allowed", error: `No tool "${name}" is given to this test.` }),
}: Partial<WorkContext> = {}): WorkContext {
  const done = new Map<string, unknown>();
  const step: DoStep = async (name, work, { task = 0 } = {}) => {
    const key = `${task} ${name}`;
    if (!done.has(key)) done.set(key, await work());
    return done.get(key) as Awaited<ReturnType<typeof work>>;
  };
  return { now, signal, step, callTool };
}
