/**
 * Rules as data: given these events, when those come, then this is what they lead to. Everything runs as in use: the
 * workflows, the agents, the log, the queue.
 */
import assert from "node:assert/strict";
import { type Duration, durationMs } from "../base/clock.ts";
import type { MillraceConfig } from "../config/config.ts";
import type { Engine } from "../engine/engine.ts";
import type { NewEvent } from "../events/event.ts";
import { openTestEngine, type TestEngine } from "./test-engine.ts";
import { markOf, type Trace, traceOf } from "./trace.ts";

/** One step of a scenario: events that come together, or time that passes. */
export type Step = NewEvent | { readonly wait: Duration };

export interface Scenario {
  /** What has happened before; what it leads to is not looked at. Default nothing. */
  readonly given?: readonly Step[];
  /** What happens. */
  readonly when: readonly Step[];
  /** What `when` leads to: each list that is named must be exactly this; the others may be anything. */
  readonly expect: Partial<Trace>;
}

/**
 * Runs a scenario on an engine of its own and compares.
 * @returns everything that `when` led to, for further looks.
 * @throws AssertionError with the difference, and MillraceError when the engine refuses an event or the config.
 * @example
 * await checkScenario({ workflows: [webinar], events: { webinar_attended } }, {
 *   when: [{ type: "webinar_attended", data: { email: "ada@example.com", minutes: 45 } }],
 *   expect: { branches: ["webinar: stayed"] },
 * });
 */
export async function checkScenario(config: MillraceConfig, { given = [], when, expect }: Scenario): Promise<Trace> {
  await using test = await openTestEngine(config);
  await play(test, given);
  const before = await markOf(test.engine.db);
  await play(test, when);
  const trace = await traceOf(test.engine.db, before);
  const seen = Object.fromEntries(Object.keys(expect).map((list) => [list, trace[list as keyof Trace]]));
  assert.deepEqual(seen, expect);
  assert.deepEqual(test.errors, [], "errors the engine survived");
  return trace;
}

/** What a scenario is played on. */
export interface Playable extends Pick<TestEngine, "clock"> {
  readonly engine: Pick<Engine, "append" | "idle">;
}

/** Appends each event and lets all that is due be done, and turns the clock where the step says so. */
export async function play({ engine, clock }: Playable, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if ("wait" in step) clock.advance(durationMs(step.wait));
    else await engine.append([step]);
    await engine.idle();
  }
}
