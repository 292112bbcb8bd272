/** A test engine with all of it within reach: for the kit itself, and for this repository's own tests. The published one is test-engine.ts. */
import { ManualClock } from "../clock.ts";
import type { EmbeddingOptions, MillraceConfig } from "../config.ts";
import type { EngineHandle } from "../engine-handle.ts";
import { openEngine } from "../open-engine.ts";
import { freshDatabase } from "./database.ts";

export interface OpenTestEngine extends AsyncDisposable {
  readonly engine: EngineHandle;
  /** Monday, 2 March 2026, 9:00 UTC, until it is turned. */
  readonly clock: ManualClock;
  /** Of the database. */
  readonly url: string;
  /** Errors the engine survived; a test that expects none asserts that this is empty. */
  readonly errors: unknown[];
}

/** Starts an engine on a fresh database. @throws MillraceError invalid_config or invalid_workflow. */
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
