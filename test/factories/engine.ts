/** An engine on a database of its own, stopped and dropped at the end of the test (`await using`). */
import { ManualClock } from "../../packages/millrace/src/clock.ts";
import type { EmbeddingOptions, MillraceConfig } from "../../packages/millrace/src/config.ts";
import { createEngine } from "../../packages/millrace/src/create-engine.ts";
import type { Engine } from "../../packages/millrace/src/engine.ts";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { freshDatabase } from "./database.ts";

export interface TestEngine extends AsyncDisposable {
  readonly engine: Engine;
  readonly clock: ManualClock;
  readonly url: string;
  /** Errors the engine survived; a test that expects none asserts that this is empty. */
  readonly errors: unknown[];
}

/** Monday, 2 March 2026, 9:00 UTC, on a clock that stands still. */
export async function testEngine(config: MillraceConfig = {}, embedding: EmbeddingOptions = {}): Promise<TestEngine> {
  const database = await freshDatabase();
  const clock = embedding.clock instanceof ManualClock ? embedding.clock : new ManualClock();
  const errors: unknown[] = [];
  const engine = await createEngine(
    { databaseUrl: database.url, ...config, engine: { sweepMs: 500, drainMs: 200, ...config.engine } },
    { clock, onError: (error) => errors.push(error), ...embedding },
  );
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

/** A submitted form with the fields given; by default a lead of no particular worth. */
export function formSubmitted(fields: Record<string, string | number> = {}, form = "demo", id?: string): NewEvent {
  return {
    type: "form_submitted",
    source: `form:${form}`,
    id,
    data: { form, fields: { email: "ada@acme-systems.example", ...fields } },
  };
}
