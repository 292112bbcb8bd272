/**
 * An engine for tests: on a real PostgreSQL, in a database of its own that is gone afterwards, with a clock that stands
 * still until it is turned. `await using test = await testEngine({ workflows: [mine] })`.
 */
import type { ManualClock } from "../clock.ts";
import type { EmbeddingOptions, MillraceConfig } from "../config.ts";
import { publicEngine } from "../create-engine.ts";
import type { Engine } from "../engine.ts";
import { openTestEngine } from "./open-test-engine.ts";

export interface TestEngine extends AsyncDisposable {
  readonly engine: Engine;
  /** Monday, 2 March 2026, 9:00 UTC, until it is turned. */
  readonly clock: ManualClock;
  /** Of the database. */
  readonly url: string;
  /** Errors the engine survived; a test that expects none asserts that this is empty. */
  readonly errors: unknown[];
}

/**
 * Starts an engine on a fresh database: 0.1 s, and once in a test file 2 s for PostgreSQL itself.
 * Its sweeps are quicker than in use, so that a test seldom waits for one.
 * @throws MillraceError invalid_config or invalid_workflow, as createEngine does.
 */
export async function testEngine(config: MillraceConfig = {}, embedding: EmbeddingOptions = {}): Promise<TestEngine> {
  const { engine, ...test } = await openTestEngine(config, embedding);
  return { ...test, engine: publicEngine(engine) };
}
