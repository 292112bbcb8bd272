/** Puts an engine together for a program that embeds Millrace: the public face of open-engine.ts. */
import type { EmbeddingOptions, MillraceConfig } from "../config/config.ts";
import type { Replayed } from "../decider/replay.ts";
import type { Appended, NewEvent } from "../events/event.ts";
import type { Asked } from "../operations/surface.ts";
import type { Actions, Engine, EventSubscription, Queries, ReplayRequest, SubscribeOptions } from "./engine.ts";
import type { EngineHandle } from "./engine-handle.ts";
import { openEngine } from "./open-engine.ts";

/**
 * Boots the database (embedded unless `databaseUrl` is set), migrates it and starts all parts.
 * Work that was under way when the last process ended goes on.
 * @throws MillraceError database_setup, database_locked, database_unavailable, migration_failed, invalid_config or invalid_workflow.
 * @example
 * const engine = await createEngine({ workflows: [mine] });
 * await engine.append([{ type: "form_submitted", data: { form: "demo", fields: { email: "ada@example.com" } } }]);
 * await engine.idle();
 * await engine.stop();
 */
export async function createEngine(config: MillraceConfig = {}, embedding: EmbeddingOptions = {}): Promise<Engine> {
  return asEngine(await openEngine(config, embedding));
}

/** What a program may see of an engine. Called by the test kit, too. */
export function asEngine(handle: EngineHandle): Engine {
  return new PublicEngine(handle);
}

/** Nothing but what `Engine` names can be reached through it. */
class PublicEngine implements Engine {
  readonly #handle: EngineHandle;

  constructor(handle: EngineHandle) {
    this.#handle = handle;
  }

  get actions(): Actions {
    return this.#handle.actions;
  }

  get queries(): Queries {
    return this.#handle.queries;
  }

  append(events: readonly NewEvent[]): Promise<readonly Appended[]> {
    return this.#handle.append(events);
  }

  appendBulk(events: readonly NewEvent[]): Promise<number> {
    return this.#handle.appendBulk(events);
  }

  idle(): Promise<void> {
    return this.#handle.idle();
  }

  stop(): Promise<void> {
    return this.#handle.stop();
  }

  async subscribe(options: SubscribeOptions): Promise<EventSubscription> {
    const subscription = await this.#handle.subscribe(options);
    return { name: subscription.name, stop: () => subscription.stop() };
  }

  replay(request: ReplayRequest, asked: Asked): Promise<Replayed> {
    return this.#handle.actions.replayEvent({ ...request }, asked);
  }
}
