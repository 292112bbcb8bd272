/**
 * An engine for tests: on a real PostgreSQL, in a database of its own that is gone afterwards, with a clock that stands
 * still until it is turned. `await using test = await testEngine({ workflows: [mine] })`.
 */
import { ManualClock } from "../base/clock.ts";
import type { EmbeddingOptions, MillraceConfig } from "../config/config.ts";
import { asEngine } from "../engine/create-engine.ts";
import type { Engine } from "../engine/engine.ts";
import type { EngineHandle } from "../engine/engine-handle.ts";
import { openEngine } from "../engine/open-engine.ts";
import { freshDatabase } from "./database.ts";

export interface TestEngine extends AsyncDisposable {
  readonly engine: Engine;
  /** Monday, 2 March 2026, 9:00 UTC, until it is turned. */
  readonly clock: ManualClock;
  /** Of the database. */
  readonly url: string;
  /** Errors the engine survived; a test that expects none asserts that this is empty. */
  readonly errors: unknown[];
}

/** The same, with everything of the engine within reach: for the kit itself and this repository's own tests. */
export interface OpenTestEngine extends Omit<TestEngine, "engine"> {
  readonly engine: EngineHandle;
}

/**
 * Starts an engine on a fresh database: 0.1 s, and once in a test file 2 s for PostgreSQL itself.
 * Its sweeps are quicker than in use, so that a test seldom waits for one.
 * @throws MillraceError invalid_config or invalid_workflow, as createEngine does.
 */
export async function testEngine(config: MillraceConfig = {}, embedding: EmbeddingOptions = {}): Promise<TestEngine> {
  const open = await openTestEngine(config, embedding);
  return { ...open, engine: asEngine(open.engine) };
}

/** As testEngine. */
export async function openTestEngine(
  config: MillraceConfig = {},
  embedding: EmbeddingOptions = {},
): Promise<OpenTestEngine> {
  const database = await freshDatabase();
  const clock = embedding.clock instanceof ManualClock ? embedding.clock : new ManualClock();
  const errors: unknown[] = [];
  const settings = { databaseUrl: database.url, ...config, engine: { sweepMs: 500, drainMs: 200, ...config.engine } };
  const engine = await openEngine(settings, {
    clock,
    onError: (error) => errors.push(error),
    ...embedding,
  }).catch(async (error: unknown) => {
    await database.drop();
    throw error;
  });
  return {
    engine,
    clock,
    url: database.url,
    errors,
    async [Symbol.asyncDispose]() {
      await engine.stop();
      await database.drop();
    },
  };
}
